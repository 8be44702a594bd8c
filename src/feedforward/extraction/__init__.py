"""Files become text with its structure, in a child process that can do no harm; hidden text is kept apart."""
