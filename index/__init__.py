"""Transcripts in, ranked passages out."""
