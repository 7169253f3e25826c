"""Transcripts added and removed under a running server: jobs, their line, and the one process that writes."""
