"""The gate: a draft and what was shown in, the sentences that the record bears out and those it does not, out."""
