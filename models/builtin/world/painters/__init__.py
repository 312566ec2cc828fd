"""One function per place that paints its set."""
