"""Measures of one question's hits and answer, and of all questions together. Pure; docs/evaluation.md defines each."""
