"""`make bench`: every benchmark, one after the other."""

from benchmarks import click, questions

questions.main()
click.main()
