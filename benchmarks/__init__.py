"""What FeedForward costs: pages, pipeline, memory and start, measured on the machine at hand. Run it with `make bench`."""
