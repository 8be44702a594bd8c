"""What of a text is somebody else's speech: quoted, or announced as an example."""
# ruff: noqa: E501

import re

_QUOTED = re.compile(
    r"“[^”“]{1,400}”|„[^“”„]{1,400}[“”]|«[^»]{1,400}»|»[^«]{1,400}«|「[^」]{1,400}」|『[^』]{1,400}』|\"[^\"\n]{1,400}\""
    r"|(?<![\w'])'(?=\w)[^\n]{2,300}?[\w.,!?]'(?!\w)"
)
# Words that say that what follows, or what went before, is somebody's speech or an example of it.
_REPORTS = re.compile(
    r"\b(?:said|says|say|told|tells|asked|ordered|orders|commands|shouted|whispered|answered|wrote|writes|write|typed|types|reads|read|replied|called"
    r"|spelled|reported|instructed|screen|such as|like|as in|for example|for instance|e\.g\.|example|instance|phrase|sentence|line|slogan|attack\w*|hidden"
    r"|command such|injection\w*|jailbreak\w*|hidden (?:line|text|command|sentence|instruction)|satz|satze|sagte|schrieb|rief|wie|beispiel|phrase|comme|dit|ecrit|ecrire"
    r"|appelle|frase|frases|como|dijo|escribio|exemplo|exemple|ejemplo|esempio|disse|escreve\w*|come|nasconde|zin|zdanie|сказал\w*|написал\w*|фраз\w*"
    r"|например|dedi|cumle\w*)\b|所谓|所謂|这样的|這樣的|句子|说：|说|比如|例如|という|といった|ような|다는|라는|مثل|عبارة|قال"
)
_ORDERS_QUOTE = re.compile(
    r"\b(?:only|exactly|just) (?:with |the )*(?:the )?(?:words?|phrase|sentence)?\W*$|\b(?:print|output|respond|reply|report)\W*(?:only |just |with |that )*\W*$"
)
_ANNOUNCED = re.compile(
    r"\b(?:said|says|reads|read|wrote|writes|shouted|whispered|such as|for example|for instance|beispiel|exemple|ejemplo|exemplo|esempio|sagte|schrieb"
    r"|disse|dijo|a typical one says)\b[^.:!?\n]{0,30}: ?(?=[^.!?\n])[^.!?\n]{1,300}|(?:比如|例如)[：:，,]?[^。！？\n]{1,100}"
)


def quoted_stretches(text: str) -> list[tuple[int, int]]:
    """Where folded text quotes and nothing else: (start, end) of what stands between quotation marks."""
    return [found.span() for found in _QUOTED.finditer(text)]


def reported_stretches(text: str) -> list[tuple[int, int]]:
    """Where folded text gives somebody else's words and says so; quoted words that nobody announces are not among them.

    Quoted words the sentence orders to be printed are the writer's own.
    """
    stretches = []
    for start, end in quoted_stretches(text):
        before, after = text[max(0, start - 120) : start], text[end : end + 70]
        before = re.split(r"[.!?。！？] |\n", before)[-1]
        after = re.split(r"[.!?。！？\n]", after)[0]
        if not _ORDERS_QUOTE.search(before) and (_REPORTS.search(before) or _REPORTS.search(after)):
            stretches.append((start, end))
    stretches += [found.span() for found in _ANNOUNCED.finditer(text)]
    return stretches
