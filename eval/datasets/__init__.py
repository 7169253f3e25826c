"""Datasets: questions with known answers, and the transcripts they are put to; one file a kind of source."""
