"""Where a text may disclose danger or distress of the one who wrote it: a place and a reason, for a person to read."""
# ruff: noqa: E501

import re

from feedforward.inspection.context import reported_stretches
from feedforward.inspection.flags import Flag, FlagKind
from feedforward.inspection.folding import folded, whole

_LONGEST_SHOWN = 600
# Written about oneself and now, or lately: essays on these subjects, characters of novels and figures of speech are not meant.
_SIGNS: tuple[tuple[str, str], ...] = (
    (
        "may speak of not wanting to live",
        r"\bi(?:'ve| have)? (?:(?:really|just|often|always|sometimes|still|do|also|even) )*(?:want(?:ed)?|wish(?:ed)?|plan|am going|decided|am planning|tried|try|intend) to (?:die\b(?! (?:laughing|of (?:laughter|embarrassment|boredom|shame)|for|from laugh))|kill myself|end (?:my (?:own )?life|it all)|take my (?:own )?life|commit suicide|not be alive|disappear forever)"
        r"|\bi (?:do not|don't|dont|didn't|no longer) want(?:ed)? to (?:live|be alive|exist)(?: any ?more| anymore| like this)?\b(?! (?:in|with|at|near|under|on|here|there|by))"
        r"|\bi (?:(?:often|sometimes|always|still|have|had|am|was|keep|kept) )*(?:think|thinking|thought|thoughts) (?:about|of) (?:killing myself|suicide|ending (?:my life|it all)|taking my life|hurting myself)"
        r"|\bi (?:wish|wished) (?:that )?i (?:was|were) (?:dead|never born)\b|\b(?:everyone|everybody|they|my family|the world) would be better off (?:without me|if i (?:was|were) (?:dead|gone))"
        r"|\bi (?:feel|am|was|have been) suicidal\b|\b(?:my|a) suicide (?:note|attempt)\b(?=.{0,40}\b(?:i|my|me)\b)|\bi (?:have )?(?:tried|attempted) (?:to kill myself|suicide)\b",
    ),
    (
        "may speak of hurting oneself",
        r"\bi (?:(?:have|had|often|sometimes|still|started|started to|keep|kept|used to|began to|want to|am|was|been) )*(?:cut(?:ting)?|hurt(?:ing)?|burn(?:ing)?|harm(?:ing)?|starv(?:e|ing)) myself\b(?! (?:off|out|from|with a|on a|while|by accident|accidentally|loose|playing|when i fell|short|some slack))"
        r"|\bmy self-?harm\b|\bi (?:\w+ )?self-?harm\b",
    ),
    (
        "may speak of violence or abuse at home",
        r"\bmy (?:own )?(?:step)?-?(?:father|dad|mother|mom|mum|parents?|uncle|aunt|brother|stepfather|stepdad|stepmother|grandfather|boyfriend|girlfriend|husband|wife|guardian|cousin) (?:(?:often|always|sometimes|still|has|have|had|just|would|used to|started to|regularly|keeps|kept) )*(?:beats?|beat(?:en|ing)?|hits?|hitting|punche[sd]|choke[sd]|rapes?|raped|molest(?:s|ed)|touche[sd] me (?:in|where)|abuse[sd]?|abusing|locks?) (?:me|us)\b(?! (?:at|in (?:chess|cards|tennis|basketball|soccer|football|the race)|to the|by \w+ points|up on|with (?:questions|the news)))"
        r"|\bi (?:was|have been|am being|am|got|had been) (?:\w+ )?(?:raped|molested|sexually (?:abused|assaulted)|abused by (?:my|a|the|our))\b|\b(?:i am|i'm) (?:afraid|scared|terrified) (?:to go home|of going home|of my (?:step)?(?:father|dad|mother|mom|boyfriend|husband))\b",
    ),
    (
        "may threaten to harm other people",
        r"\bi(?:'m| am| will|'ll| want| plan) (?:going )?(?:to )?(?:kill|shoot|stab|murder) (?:them all|everyone|everybody|my (?:class|teacher|classmates|family|parents)|people at|him|her|them)\b(?! in (?:the )?(?:game|minecraft|fortnite|chess))"
        r"|\bi (?:will|am going to|plan to|want to) (?:shoot up|blow up|bomb) (?:the|my|this|our) (?:school|class\w*|university|college)\b",
    ),
    (
        "may speak of hunger, no home or being unsafe now",
        r"\bi (?:do not|don't|dont) feel safe (?:at home|in my (?:home|house|own))|\b(?:i|we) have (?:nowhere|no place|no where) to (?:sleep|live|go tonight)\b|\bi have(?:n't| not) eaten (?:for|in) (?:\w+ )?days\b|\b(?:i|we) (?:am|are|was|'m|'re) homeless (?:now|since|at the moment|right now)\b|\bi(?:'m| am) being (?:stalked|blackmailed|trafficked|threatened)\b",
    ),
    (
        "may speak of not wanting to live (German, French, Spanish, Portuguese, Italian, Chinese)",
        r"\bich (?:will|mochte) (?:nicht mehr (?:leben|da sein)|sterben|mich umbringen|mir das leben nehmen)\b|\bich (?:denke|dachte) (?:\w+ )?(?:an selbstmord|daran,? mich umzubringen)|\bich (?:ritze|verletze) mich (?:selbst)?|\b(?:mein|meine) (?:vater|stiefvater|mutter|bruder|onkel|freund) (?:schlagt|schlug|missbraucht|verprugelt) mich\b"
        r"|\bje (?:ne )?veux (?:plus vivre|mourir\b(?! de rire)|me (?:tuer|suicider))|\bj'ai (?:pense a|tente de) me suicider|\bmon (?:beau-)?pere me (?:bat|frappe|viole)\b"
        r"|\b(?:yo )?(?:ya )?no quiero (?:vivir(?! (?:en|con|cerca|aqui|alli))|seguir viviendo)|\bquiero (?:morirme?\b(?! de (?:risa|verguenza))|matarme|suicidarme)|\bmi (?:padre|padrastro|novio|madre|tio) me (?:pega|golpea|viola|maltrata)\b"
        r"|\b(?:eu )?nao quero mais viver\b(?! (?:em|com|aqui))|\bquero (?:morrer\b(?! de (?:rir|vergonha))|me matar)|\bmeu (?:pai|padrasto|namorado|tio) me (?:bate|agride|estupra)"
        r"|\bnon voglio piu vivere\b(?! (?:in|con|qui))|\bvoglio (?:morire\b(?! dal)|uccidermi|suicidarmi)|\bmio (?:padre|patrigno|zio|fratello) mi (?:picchia|violenta)\b"
        r"|我(?:真的|已经|很|只)?(?:不想活|想死(?!你)|想自杀|要自杀)|(?:爸爸|父亲|继父|妈妈)(?:经常|总是|每天)打我",
    ),
)
_PATTERNS = tuple((why, re.compile(pattern)) for why, pattern in _SIGNS)
# Somebody else speaks, or the sentence is supposed: the essays that say so are about books, laws and games.
_NOT_MEANT = re.compile(
    r"\b(?:if i|imagine|suppose|pretend|as if|in the (?:novel|book|movie|film|story|game|play|poem)|character|narrator|hamlet|juliet|romeo|ophelia|lyrics?|song)\b"
)


def signs_of_distress(text: str) -> tuple[Flag, ...]:
    """The sentences of a settled text (`Document.text`) in which the writer may disclose danger or distress, in order.

    It flags and decides nothing. What is quoted from somebody else, supposed or told of a character is left out.
    """
    plain = folded(whole(text))
    flat = plain.text.replace("\n", " ")
    reported = reported_stretches(flat)
    flags: list[Flag] = []
    for why, pattern in _PATTERNS:
        for found in pattern.finditer(flat):
            if any(start <= found.start() < end for start, end in reported):
                continue
            first, last = _sentence(plain.text, found.start(), found.end())
            if _NOT_MEANT.search(flat, first, last):
                continue
            start, end = plain.places[first], plain.places[last]
            if all(start >= (flag.end or 0) or end <= (flag.start or 0) for flag in flags):
                shown = text[start:end][:_LONGEST_SHOWN]
                flags.append(Flag(FlagKind.DISTRESS, shown, start, end, f"This {why}. Please read it yourself."))
    return tuple(sorted(flags, key=lambda flag: flag.start or 0))


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a stretch, without the white space beside it."""
    first = max((text.rfind(sign, 0, start) + 1 for sign in ".!?。！？\n"), default=0)
    while first < start and text[first].isspace():
        first += 1
    ends = [place + 1 for sign in ".!?。！？\n" if (place := text.find(sign, max(start, end - 1))) >= 0]
    last = min(ends, default=len(text))
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, max(last, end)
