"""Words for seeded drafts and comments: our own, plain, and as long as real ones."""

TITLES = ("Should cities ban cars?", "Is homework worth it?", "A place that matters", "Work from home", "Reading aloud")

_SENTENCES = (
    "Many people who live near a busy street say that noise is the first thing they would like to lose.",
    "A change like this costs money, and it is fair to ask who pays for it in the first years.",
    "Shops feared for their customers, yet in two of the three towns that were looked at sales went up.",
    "My grandmother remembers a square where children played until the lamps came on.",
    "Against this one can say that not everybody is able to walk or ride.",
    "For that reason a plan without buses that come often would be unfair.",
    "Numbers alone do not decide the question, because people also choose what kind of place they want.",
    "In the end the strongest reason is the simplest one: the air is better where fewer engines run.",
)
COMMENTS = (
    "You say this without a source. A reader who doubts it has nothing to look up.",
    "This sentence carries your whole argument, and it stands where a reader looks for it.",
    "Two ideas share this paragraph, and the second one gets no room of its own.",
    "The word “thing” hides what you mean; the sentence before it already has the better word.",
    "Here you take the other side seriously, and your answer to it is fair.",
)
STEPS = (
    "Name where you found it, in brackets after the sentence.",
    "",
    "Start a new paragraph here and give it a first sentence of its own.",
    "Write the word you mean in both places.",
    "",
)
SUMMARY = (
    "Your position is clear from the first paragraph and you keep to it. What would help most now is to say where your "
    "facts come from, and to give the objection in the fourth paragraph an answer that is as long as the objection."
)


def essay(seed: int, words: int = 500) -> str:
    """A text of about this many words in paragraphs of five sentences; another seed gives another order."""
    count = words // 18
    sentences = [_SENTENCES[(seed + place * 3 + place // 8) % len(_SENTENCES)] for place in range(count)]
    return "\n\n".join(" ".join(sentences[start : start + 5]) for start in range(0, count, 5))


def quotes(seed: int, text: str, how_many: int) -> list[tuple[str, int, int]]:
    """Passages of eight words that stand in `text`, each with its start and end."""
    found: list[tuple[str, int, int]] = []
    position = 0
    for place in range(how_many):
        sentence = _SENTENCES[(seed + place) % len(_SENTENCES)]
        quote = " ".join(sentence.split()[:8])
        start = text.find(quote, position)
        if start < 0:
            start = text.find(quote)
        found.append((quote, start, start + len(quote)))
        position = start + len(quote)
    return found
