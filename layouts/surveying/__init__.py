"""Pages of surveys: what is asked of a maker, and what an administrator does."""
