"""Surveys as data: what is asked, of whom, and whether what was answered can stand."""
