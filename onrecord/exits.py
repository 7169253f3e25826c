"""Exit statuses of the command line, and what each promises to a script."""

DONE = 0
FAILED = 1
"""Something failed; the rest was done, and what failed is listed."""
USAGE = 2
"""The command, a setting or a question is not as it must be; nothing was done."""
NOT_SO = 3
"""Done, and the answer is no: the record has no answer, the index needs mending."""
STOPPED = 130
"""Stopped from the keyboard; what was stored is kept."""
