"""What FeedForward costs: pages, pipeline, memory and start, measured on this machine. Run it with `make bench`."""
