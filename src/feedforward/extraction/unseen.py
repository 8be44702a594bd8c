"""Characters nobody sees: removed from every text, and reported where they hide something."""

import re
import unicodedata

from feedforward.extraction.document import HiddenText

ZERO_WIDTH = "zero-width characters"
BIDI = "bidi override"
TAGS = "tag characters"
_LONGEST_REPORT = 2000

_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029\v\f]")
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SILENT = re.compile(r"[\u00ad\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff\ufff9-\ufffb]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_LIGATURES = re.compile(r"[\ufb00-\ufb06]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")

_UNSEEN = re.compile(
    r"(?P<tags>[\U000e0000-\U000e007f]+)"
    r"|(?P<selectors>[\ufe00-\ufe0f\U000e0100-\U000e01ef]+)"
    r"|(?P<overrides>[\u202d\u202e])"
    r"|(?P<directions>[\u200e\u200f\u061c\u202a-\u202c\u2066-\u2069])"
    r"|(?P<zero_width>[\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff\u180e\u115f\u1160\u3164\uffa0\u034f]+)"
)
_FLAG_TAGS = re.compile(r"[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
_JOINED_SCRIPTS = re.compile(
    r"[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ua840-\ua87f\ufb50-\ufdff\ufe70-\ufefc]"
)
_UNSPACED_SCRIPTS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1980-\u19df]")
_PICTURES = re.compile(r"[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff\ufe0f\u20e3]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def settle(text: str) -> tuple[str, tuple[HiddenText, ...]]:
    """`text` as everybody sees it, and what was hidden in it.

    The text is NFC with "\\n" line ends, plain spaces, ligatures spelt out, soft hyphens joined, without control
    characters. Joiners that a script or an emoji needs stay.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _SPACES.sub(" ", text)
    if not text.isascii():
        text = _SURROGATES.sub("\ufffd", text)
        text = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    text = _SILENT.sub("", text)
    if text.isascii():
        return text, ()
    text, hidden = _without_unseen(text)
    return unicodedata.normalize("NFC", text), hidden


def _without_unseen(text: str) -> tuple[str, tuple[HiddenText, ...]]:
    kept: list[str] = []
    secrets: dict[str, list[str]] = {}
    position = 0
    for found in _UNSEEN.finditer(text):
        before, after = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
        kept.append(text[position : found.start()])
        position = found.end()
        stays, why, secret = _judged(text, found, before, after)
        kept.append(stays)
        if why:
            secrets.setdefault(why, []).append(secret)
    kept.append(text[position:])
    hidden = tuple(HiddenText(_report(why, parts), why) for why, parts in secrets.items())
    return "".join(kept), hidden


def _judged(text: str, found: re.Match[str], before: str, after: str) -> tuple[str, str, str]:
    """What stays of one find, why the rest is reported ("" where it need not be), and what it said."""
    signs = found.group()
    if found.lastgroup == "tags":
        if before == "\U0001f3f4" and _FLAG_TAGS.fullmatch(signs):
            return signs, "", ""
        return "", TAGS, "".join(chr(ord(sign) - 0xE0000) for sign in signs if 0xE0020 <= ord(sign) <= 0xE007E)
    if found.lastgroup == "selectors":
        return _judged_selectors(signs, before)
    if found.lastgroup == "overrides":
        return "", BIDI, text[found.end() : found.end() + 80].partition("\n")[0]
    if found.lastgroup == "directions":
        around = text[max(0, found.start() - 200) : found.end() + 200]
        return (signs, "", "") if _RIGHT_TO_LEFT.search(around) else ("", "", "")
    return _judged_zero_width(signs, before, after)


def _judged_selectors(signs: str, before: str) -> tuple[str, str, str]:
    if len(signs) == 1:
        wanted = bool(_PICTURES.match(before) or _HAN.match(before) or before in set("0123456789#*"))
        return (signs if wanted else ""), "", ""
    numbers = [ord(sign) - 0xFE00 if ord(sign) < 0xE0000 else ord(sign) - 0xE0100 + 16 for sign in signs]
    return "", ZERO_WIDTH, bytes(numbers).decode("utf-8", "replace")


def _judged_zero_width(signs: str, before: str, after: str) -> tuple[str, str, str]:
    around = before + after
    if signs == "\u200d" and _PICTURES.match(before) and _PICTURES.match(after):
        return signs, "", ""
    if signs in ("\u200c", "\u200d") and _JOINED_SCRIPTS.search(around):
        return signs, "", ""
    if signs == "\u200b" and _UNSPACED_SCRIPTS.search(around):
        return signs, "", ""
    return "", ZERO_WIDTH, "".join(f"U+{ord(sign):04X} " for sign in signs)


def _report(why: str, parts: list[str]) -> str:
    if why == ZERO_WIDTH:
        return " ".join(part.strip() for part in parts if part.strip())[:_LONGEST_REPORT]
    return "".join(parts)[:_LONGEST_REPORT] if why == TAGS else " … ".join(parts)[:_LONGEST_REPORT]
