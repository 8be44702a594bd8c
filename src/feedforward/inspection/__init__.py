"""Reads a text for what people should look at first: hostile instructions, names, signs of danger. Decides nothing."""
