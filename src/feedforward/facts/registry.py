"""What every fact is: its meaning, unit, range and source, for people who want to check a comment."""

from dataclasses import dataclass

OWN = "own rule, see the module"


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """The documentation of one fact; `english_only` facts are left out for texts in other languages."""

    name: str
    what: str
    unit: str
    range: tuple[float, float | None]
    source: str
    english_only: bool = True


def _any_language(name: str, what: str, unit: str, top: float | None = None, source: str = OWN) -> FactDefinition:
    return FactDefinition(name, what, unit, (0.0, top), source, english_only=False)


def _english(name: str, what: str, unit: str, top: float | None = None, source: str = OWN) -> FactDefinition:
    return FactDefinition(name, what, unit, (0.0, top), source)


_DEFINITIONS = (
    _any_language("words", "Words of the body: headings and the reference list are left out.", "words"),
    _any_language("paragraphs", "Paragraphs of the body.", "paragraphs"),
    _any_language("headings", "Headings.", "headings"),
    _any_language("introduction_share", "Part of the words that stands in the first paragraph.", "share", 1),
    _any_language("conclusion_share", "Part of the words that stands in the last paragraph.", "share", 1),
    _any_language("one_sentence_paragraphs", "Paragraphs of one sentence.", "paragraphs"),
    _any_language("long_paragraphs", "Paragraphs of more than 250 words.", "paragraphs"),
    _any_language("sentences", "Sentences of the body.", "sentences"),
    _any_language("sentence_length_mean", "Mean number of words in a sentence.", "words per sentence"),
    _any_language("sentence_length_spread", "Standard deviation of sentence length over its mean.", "ratio"),
    _any_language("long_sentences", "Sentences of more than 40 words.", "sentences"),
    _any_language("quotations", "Passages in quotation marks, and quotation blocks.", "quotations"),
    _any_language("questions", "Sentences that end in a question mark.", "questions"),
    _any_language("citations", "Citations in the text: author–year, author–page or numbered.", "citations"),
    _any_language("references", "Entries of the reference list.", "entries"),
    _any_language("citations_without_reference", "Citations whose source is not in the reference list.", "citations"),
    _any_language("references_without_citation", "Entries of the list that the text never cites.", "entries"),
    _any_language(
        "quotations_without_citation", "Quotations of six or more words without a source near.", "quotations"
    ),
    _any_language("figure_mentions", "Mentions of a figure or table by its number.", "mentions"),
    _any_language("numbers", "Numbers written as figures, years and citations left out.", "numbers"),
    _any_language("doubled_words", "The same word twice in a row.", "places"),
    _any_language("missing_spaces", "No space after a comma, full stop, question mark or semicolon.", "places"),
    _any_language("spaces_before_marks", "A space before a comma or full stop.", "places"),
    _any_language("words_over_limit", "Words above the assignment's upper limit.", "words"),
    _any_language("words_under_limit", "Words below the assignment's lower limit.", "words"),
    _any_language(
        "mattr",
        "Moving-average type–token ratio over 50 words: how often a new word comes.",
        "ratio",
        1,
        "Covington & McFall 2010",
    ),
    _english("same_openings", "Runs of three or more sentences that open with the same word.", "runs"),
    _english("repeated_words", "Content words used four or more times within about 60 words.", "words"),
    _english(
        "repeated_phrases",
        "Phrases of four or more words used three or more times, or twice close together.",
        "phrases",
    ),
    _english(
        "mtld",
        "Measure of textual lexical diversity, threshold 0.72, both directions.",
        "words",
        None,
        "McCarthy & Jarvis 2010",
    ),
    _english(
        "word_frequency",
        "Mean Zipf frequency of the content words, each word counted once: lower is rarer.",
        "Zipf",
        8,
        "wordfreq, small English list",
    ),
    _english("rare_words", "Different content words of Zipf frequency between 3 and 4.2.", "words", None, "wordfreq"),
    _english("long_words", "Part of the words that has seven or more letters.", "share", 1),
    _english("vague_words", "Words that say little: thing, stuff, a lot, very …", "places"),
    _english("informal_words", "Words of conversation: gonna, kinda, kids …", "places"),
    _english("links_adding", "Words that add: also, moreover, in addition …", "places"),
    _english("links_contrasting", "Words that set against: however, although, on the other hand …", "places"),
    _english("links_causing", "Words that give a reason or a result: because, therefore …", "places"),
    _english("links_sequencing", "Words that order: first, then, finally …", "places"),
    _english("links_concluding", "Words that close: in conclusion, overall …", "places"),
    _english("links_exemplifying", "Words that bring an example: for example, such as …", "places"),
    _english("links", "All linking words for each 100 words of the body.", "per 100 words"),
    _english("link_kinds", "Different linking words used.", "different words"),
    _english(
        "unlinked_paragraphs",
        "Paragraphs after the first that share no link and few words with what stands before.",
        "paragraphs",
    ),
    _english("sentence_overlap", "Part of neighbouring sentences that share a content word or refer back.", "share", 1),
    _english(
        "concluding_paragraph",
        "1 when the last paragraph closes: a closing word, or words of the opening.",
        "yes/no",
        1,
    ),
    _english("hedges", "Words that limit a claim: may, perhaps, suggests …", "places"),
    _english("boosters", "Words that press a claim: clearly, everyone, always …", "places"),
    _english("passives", "Sentences with a likely passive: a form of be and a participle (an estimate).", "sentences"),
    _english("first_person", "I, me, my, mine, myself.", "places"),
    _english("second_person", "You, your, yours.", "places"),
    _english("subordination", "Part of the sentences with a subordinating word.", "share", 1),
    _english(
        "reading_grade",
        "Flesch–Kincaid grade: 0.39 words/sentence + 11.8 syllables/word − 15.59, not below 0.",
        "school grade",
        None,
        "Kincaid et al. 1975; syllables by pyphen",
    ),
    _english(
        "reading_ease",
        "Flesch reading ease: 206.835 − 1.015 words/sentence − 84.6 syllables/word.",
        "points",
        None,
        "Flesch 1948; pyphen",
    ),
    _english(
        "thesis_candidates", "Sentences worded as a position: I believe, should, this essay argues …", "sentences"
    ),
    _english("other_views", "Sentences that bring another view: some people say, opponents, critics …", "sentences"),
    _english(
        "answers_to_other_views", "Sentences with another view that are answered there or in the next two.", "sentences"
    ),
    _english("reasons", "Sentences that give a reason or draw a result.", "sentences"),
    _english("evidence", "Sentences with an example, figure, source, quotation or research word.", "sentences"),
    _english(
        "paragraphs_without_support",
        "Body paragraphs without a reason, an example, a figure or a source.",
        "paragraphs",
    ),
    _english(
        "fragments",
        "Certain fragments: a sentence that is only a subordinate clause or has no verb-like word.",
        "sentences",
    ),
    _english(
        "run_ons", "Sentences of more than 55 words, or whole paragraphs, with hardly a mark inside.", "sentences"
    ),
    _english("comma_splices", "Two full clauses joined by a comma alone, where this is certain.", "places"),
    _english(
        "misspellings",
        "Words that look misspelt, with a suggestion; precision before completeness.",
        "places",
        None,
        "wordfreq, own lists",
    ),
    _english("missing_apostrophes", "dont, cant, didnt, im …", "places"),
    _english("lower_case_i", "The pronoun I written small.", "places"),
    _english("lower_case_starts", "Sentences that start with a small letter.", "sentences"),
    _english("missing_end_marks", "Paragraphs whose last sentence has no end mark.", "paragraphs"),
    _english("word_form_slips", "Certain slips of grammar: could of, didn't went, a apple, more better …", "places"),
    _english("task_words_met", "Part of the task's own content words that the draft uses.", "share", 1),
    _english("task_words_missing", "Content words of the task that the draft does not use.", "words"),
)

FACTS: dict[str, FactDefinition] = {definition.name: definition for definition in _DEFINITIONS}
