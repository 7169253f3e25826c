"""What the server counts and measures of itself, for Prometheus. Answers and requests in; numbers out, no words."""

from web.metrics.asking import Asked, Measured
from web.metrics.metrics import Metrics

__all__ = ["Asked", "Measured", "Metrics"]
