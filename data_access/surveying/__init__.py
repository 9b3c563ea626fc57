"""Surveys as they are kept: what is asked, who is invited, what was answered."""
