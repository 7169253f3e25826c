"""How fast and how heavy: each prints its figures with what they are compared to, in one run."""
