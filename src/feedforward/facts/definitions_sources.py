"""Facts of sources: quotations, citations against the list, styles of citing, figures, tables and numbers."""

from feedforward.facts.definition import Group

_QUOTES = Group("Quotations")
_CITATIONS = Group("Citations and the reference list")
_FIGURES = Group("Numbers, figures and tables")
_MANUALS = "APA 7, MLA 9, Chicago 17, Cite Them Right (Harvard), IEEE Reference Guide"

SOURCE_DEFINITIONS = (
    _QUOTES.any("quotations", "Passages in quotation marks, and quotation blocks.", "quotations"),
    _QUOTES.any("quotation_share", "Part of the words of the body that stands in quotations.", "share", 1),
    _QUOTES.any("block_quotations", "Quotations set as a block of their own.", "quotations"),
    _QUOTES.any(
        "long_inline_quotations",
        "Quotations of more than 40 words (80 signs) that are not set as a block.",
        "quotations",
        None,
        "APA 7, section 8.27",
    ),
    _QUOTES.any(
        "quotations_without_citation", "Quotations of six or more words (15 signs) without a source near.", "quotations"
    ),
    _QUOTES.any(
        "quotations_unintroduced",
        "Quotations of six or more words (15 signs) that are a sentence by themselves, with no words of the writer's "
        "before or after them and no colon or comma leading up to them.",
        "quotations",
    ),
    _CITATIONS.any(
        "citations",
        "Citations in the text: author–year, author–page, numbered, or a note with its source.",
        "citations",
    ),
    _CITATIONS.any("references", "Entries of the reference list.", "entries"),
    _CITATIONS.any("citations_without_reference", "Citations whose source is not in the reference list.", "citations"),
    _CITATIONS.any("references_without_citation", "Entries of the list that the text never cites.", "entries"),
    _CITATIONS.any(
        "citation_style",
        "1 when the style of citing is recognised, its name in the note: APA, MLA, Chicago (author-date), Chicago "
        "(notes), Harvard or IEEE.",
        "yes/no",
        1,
        _MANUALS,
    ),
    _CITATIONS.any(
        "mixed_citations", "Citations of another kind than most: numbers among names, pages among years …", "citations"
    ),
    _CITATIONS.any(
        "mixed_references", "Entries of the list formed after another style than most.", "entries", None, _MANUALS
    ),
    _FIGURES.any(
        "figure_mentions",
        "Mentions of a figure or table by its number, captions left out; in seven languages.",
        "mentions",
    ),
    _FIGURES.any(
        "figures_missing", "Mentions of a figure or table that has no caption or heading in the text.", "mentions"
    ),
    _FIGURES.any("captions", "Captions of figures and tables.", "captions"),
    _FIGURES.any("captions_unmentioned", "Captions whose figure or table the text never mentions.", "captions"),
    _FIGURES.any("numbers", "Numbers written as figures, years and citations left out.", "numbers"),
)
