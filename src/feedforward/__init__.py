"""FeedForward: formative feedback on drafts, read by several readers and released by the instructor."""
