"""Files become text with its structure, in a child process that can do no harm; what a reader cannot see is kept apart."""
