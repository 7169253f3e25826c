"""How what the product ships was fitted: run by hand, on permissive sources alone."""
