"""The reader that needs no language model: facts about a draft turned into honest comments."""
