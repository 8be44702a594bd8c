"""Facts of structure: proportions, paragraphs, sentences, readability, links, the task and its limits."""

from feedforward.facts.definition import Group

_PARTS = Group("Structure and proportions")
_UNITY = Group("Paragraph unity")
_SENTENCES = Group("Sentences")
_READABILITY = Group("Readability")
_LINKS = Group("Links and transitions")
_TASK = Group("The task and its limits")
_OVERLAP = "argument overlap, Graesser et al. 2004 (Coh-Metrix)"

STRUCTURE_DEFINITIONS = (
    _PARTS.any(
        "words",
        "Words of the body: headings, notes and the reference list are left out; a Chinese or Japanese sign is a word.",
        "words",
    ),
    _PARTS.any("paragraphs", "Paragraphs of the body.", "paragraphs"),
    _PARTS.any("headings", "Headings.", "headings"),
    _PARTS.any("list_items", "Items of lists.", "items"),
    _PARTS.any(
        "introduction_share", "Part of the words that stands in the first paragraph, a title left out.", "share", 1
    ),
    _PARTS.any("conclusion_share", "Part of the words that stands in the last paragraph.", "share", 1),
    _PARTS.any("longest_paragraph_share", "Part of the words that stands in the longest paragraph.", "share", 1),
    _PARTS.any("paragraph_length_mean", "Mean number of words in a paragraph.", "words per paragraph"),
    _PARTS.any("paragraph_length_spread", "Standard deviation of paragraph length over its mean.", "ratio"),
    _PARTS.any("one_sentence_paragraphs", "Paragraphs of one sentence of four or more words.", "paragraphs"),
    _PARTS.any("long_paragraphs", "Paragraphs of more than 250 words (500 Chinese or Japanese signs).", "paragraphs"),
    _PARTS.english(
        "concluding_paragraph",
        "1 when the last paragraph closes: a closing word, or words of the opening.",
        "yes/no",
        1,
    ),
    _UNITY.english(
        "sentence_overlap",
        "Part of neighbouring sentences that share a content word or refer back.",
        "share",
        1,
        _OVERLAP,
    ),
    _UNITY.english(
        "loose_paragraphs",
        "Paragraphs of four or more sentences, of which fewer than a quarter share a word with the last or refer back.",
        "paragraphs",
        None,
        _OVERLAP,
    ),
    _UNITY.english(
        "thesis_overlap",
        "Part of the body paragraphs that take up two or more content words of the thesis (the last sentence of the "
        "opening worded as a position; without one, the whole opening).",
        "share",
        1,
        "after topic overlap, Foltz, Kintsch & Landauer 1998; words, not meaning",
    ),
    _UNITY.english(
        "paragraphs_off_thesis", "Body paragraphs that share no content word with the thesis.", "paragraphs"
    ),
    _UNITY.english(
        "task_overlap", "Part of the body paragraphs that use two or more content words of the task.", "share", 1
    ),
    _UNITY.english("paragraphs_off_task", "Body paragraphs that share no content word with the task.", "paragraphs"),
    _SENTENCES.any("sentences", "Sentences of the body.", "sentences"),
    _SENTENCES.any("sentence_length_mean", "Mean number of words in a sentence.", "words per sentence"),
    _SENTENCES.any("sentence_length_spread", "Standard deviation of sentence length over its mean.", "ratio"),
    _SENTENCES.any("long_sentences", "Sentences of more than 40 words (100 Chinese or Japanese signs).", "sentences"),
    _SENTENCES.any("questions", "Sentences that end in a question mark.", "questions"),
    _SENTENCES.any("exclamations", "Sentences that end in an exclamation mark.", "sentences"),
    _SENTENCES.spaced("opening_variety", "Different first words of sentences over sentences.", "ratio", 1),
    _SENTENCES.english("same_openings", "Runs of three or more sentences that open with the same word.", "runs"),
    _SENTENCES.english("subordination", "Part of the sentences with a subordinating word.", "share", 1),
    _SENTENCES.english(
        "fragments",
        "Certain fragments: a clause with because, although or whereas alone; “such as” or “for example” and no verb.",
        "sentences",
    ),
    _SENTENCES.english(
        "run_ons",
        "Sentences of more than 55 words, or whole paragraphs, with hardly a mark inside or joined on and on.",
        "sentences",
    ),
    _SENTENCES.english("comma_splices", "Two full clauses joined by a comma alone, where this is certain.", "places"),
    _READABILITY.english(
        "reading_grade",
        "Flesch–Kincaid grade: 0.39 words/sentence + 11.8 syllables/word − 15.59, not below 0.",
        "school grade",
        None,
        "Kincaid et al. 1975; syllables by pyphen",
    ),
    _READABILITY.english(
        "reading_ease",
        "Flesch reading ease: 206.835 − 1.015 words/sentence − 84.6 syllables/word, not below 0.",
        "points",
        None,
        "Flesch 1948; pyphen",
    ),
    _READABILITY.english(
        "gunning_fog",
        "Fog index: 0.4 (words/sentence + 100 × share of words of three or more syllables).",
        "school grade",
        None,
        "Gunning 1952",
    ),
    _READABILITY.english(
        "smog",
        "SMOG: 1.043 √(30 × words of three or more syllables / sentences) + 3.1291; meant for 30 sentences or more.",
        "school grade",
        None,
        "McLaughlin 1969",
    ),
    _READABILITY.english(
        "coleman_liau",
        "Coleman–Liau: 5.88 letters/word − 29.6 sentences/word − 15.8, not below 0.",
        "school grade",
        None,
        "Coleman & Liau 1975",
    ),
    _READABILITY.english(
        "automated_readability",
        "ARI: 4.71 letters/word + 0.5 words/sentence − 21.43, not below 0.",
        "school grade",
        None,
        "Senter & Smith 1967",
    ),
    _READABILITY.spaced(
        "lix",
        "LIX: words/sentence + 100 × share of words of seven or more letters; made for several languages.",
        "points",
        None,
        "Björnsson 1968",
    ),
    _LINKS.english("links_adding", "Words that add: also, moreover, in addition …", "places"),
    _LINKS.english("links_contrasting", "Words that set against: however, although, on the other hand …", "places"),
    _LINKS.english("links_causing", "Words that give a reason or a result: because, therefore …", "places"),
    _LINKS.english("links_sequencing", "Words that order: first, then, finally …", "places"),
    _LINKS.english("links_concluding", "Words that close: in conclusion, overall …", "places"),
    _LINKS.english("links_exemplifying", "Words that bring an example: for example, such as …", "places"),
    _LINKS.english(
        "links",
        "All linking words for each 100 words of the body.",
        "per 100 words",
        None,
        "kinds after Halliday & Hasan 1976; own list",
    ),
    _LINKS.english("link_kinds", "Different linking words used.", "different words"),
    _LINKS.english(
        "unlinked_paragraphs",
        "Paragraphs after the first that share no link and few words with what stands before.",
        "paragraphs",
    ),
    _TASK.any("words_over_limit", "Words above the assignment's upper limit; only where there is one.", "words"),
    _TASK.any("words_under_limit", "Words below the assignment's lower limit; only where there is one.", "words"),
    _TASK.english("task_words_met", "Part of the task's own content words that the draft uses.", "share", 1),
    _TASK.english("task_words_missing", "Content words of the task that the draft does not use.", "words"),
)
