"""Speed and memory, as medians. Nothing here is a test: a loaded machine is slow without being wrong."""
