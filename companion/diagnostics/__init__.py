"""What she can say about herself: logs without what people said, latency stamps, figures."""
