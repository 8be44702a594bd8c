"""Facts of language: vocabulary, wording, repetition, stance, argument, spelling and grammar."""

from feedforward.facts.definition import Group

_WORDS = Group("Vocabulary: range and level")
_WORDING = Group("Precise wording and register")
_REPETITION = Group("Repetition")
_STANCE = Group("Stance and person")
_ARGUMENT = Group("Claims and evidence")
_SLIPS = Group("Spelling, grammar and punctuation")
_MEASURED = "own patterns; precision measured, docs/adr/0031-grammar-checker.md"

LANGUAGE_DEFINITIONS = (
    _WORDS.spaced(
        "mattr",
        "Moving-average type–token ratio over 50 words: how often a new word comes.",
        "ratio",
        1,
        "Covington & McFall 2010",
    ),
    _WORDS.english(
        "mtld",
        "Measure of textual lexical diversity, threshold 0.72, both directions.",
        "words",
        None,
        "McCarthy & Jarvis 2010",
    ),
    _WORDS.english(
        "lexical_density", "Part of the words that carries matter (no function word).", "share", 1, "Ure 1971; own list"
    ),
    _WORDS.english(
        "word_frequency",
        "Mean Zipf frequency of the content words, each word counted once: lower is rarer.",
        "Zipf",
        8,
        "wordfreq, small English list; scale by van Heuven et al. 2014",
    ),
    _WORDS.english(
        "rare_words", "Different content words of Zipf frequency between 3 and 4.2.", "words", None, "wordfreq"
    ),
    _WORDS.english("long_words", "Part of the words that has seven or more letters.", "share", 1),
    _WORDING.english("vague_words", "Words that say little: thing, stuff, a lot, very …", "places"),
    _WORDING.english("informal_words", "Words of conversation: gonna, kinda, kids …", "places"),
    _WORDING.english("contractions", "Short forms with an apostrophe: don't, it's, we'll …", "places"),
    _REPETITION.english("repeated_words", "Content words used four or more times within about 60 words.", "words"),
    _REPETITION.english(
        "repeated_phrases",
        "Phrases of four or more words used three or more times, or twice close together.",
        "phrases",
    ),
    _STANCE.english(
        "hedges", "Words that limit a claim: may, perhaps, suggests …", "places", None, "after Hyland 1998; own list"
    ),
    _STANCE.english(
        "boosters",
        "Words that press a claim: clearly, everyone, always …",
        "places",
        None,
        "after Hyland 1998; own list",
    ),
    _STANCE.english(
        "passives", "Sentences with a likely passive: a form of be and a participle (an estimate).", "sentences"
    ),
    _STANCE.english("first_person", "I, me, my, mine, myself.", "places"),
    _STANCE.english("first_person_plural", "We, us, our, ours, ourselves.", "places"),
    _STANCE.english("second_person", "You, your, yours.", "places"),
    _STANCE.english(
        "person_shifts",
        "Neighbouring sentences of a paragraph that turn from I, we, he, she or they to you.",
        "sentences",
    ),
    _ARGUMENT.english(
        "thesis_candidates", "Sentences worded as a position: I believe, should, this essay argues …", "sentences"
    ),
    _ARGUMENT.english(
        "claims_without_support",
        "Sentences worded as a position with no reason or evidence there or in the next two; the opening paragraph "
        "and the last are left out.",
        "sentences",
        None,
        "claim and ground after Toulmin 1958; own marks",
    ),
    _ARGUMENT.english(
        "other_views", "Sentences that bring another view: some people say, opponents, critics …", "sentences"
    ),
    _ARGUMENT.english(
        "answers_to_other_views", "Sentences with another view that are answered there or in the next two.", "sentences"
    ),
    _ARGUMENT.english("reasons", "Sentences that give a reason or draw a result.", "sentences"),
    _ARGUMENT.english(
        "evidence", "Sentences with an example, figure, source, quotation or research word.", "sentences"
    ),
    _ARGUMENT.english(
        "paragraphs_without_support",
        "Body paragraphs of 40 words or more without a reason, an example, a figure or a source.",
        "paragraphs",
    ),
    _SLIPS.english(
        "misspellings",
        "Words that the kept dictionary does not know and no rule makes, with a suggestion where one is clear.",
        "places",
        None,
        "hunspell, American dictionary; wordfreq; precision measured, docs/adr/0041-spelling-by-a-kept-dictionary.md",
    ),
    _SLIPS.english(
        "word_form_slips",
        "Certain slips of grammar: could of, didn't went, a apple, there own …",
        "places",
        None,
        _MEASURED,
    ),
    _SLIPS.english("missing_apostrophes", "dont, cant, didnt, im …", "places", None, _MEASURED),
    _SLIPS.english("lower_case_i", "The pronoun I written small.", "places", None, _MEASURED),
    _SLIPS.english("lower_case_starts", "Sentences that start with a small letter.", "sentences", None, _MEASURED),
    _SLIPS.english(
        "missing_end_marks", "Paragraphs whose last sentence has no end mark.", "paragraphs", None, _MEASURED
    ),
    _SLIPS.any("doubled_words", "The same word twice in a row.", "places", None, _MEASURED),
    _SLIPS.spaced(
        "missing_spaces", "No space after a comma, full stop, question mark or semicolon.", "places", None, _MEASURED
    ),
    _SLIPS.spaced("spaces_before_marks", "A space before a comma or full stop.", "places", None, _MEASURED),
)
