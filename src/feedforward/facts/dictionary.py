"""What is a word of English: the kept dictionary, what people write often, and words made from these by rule."""

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

from feedforward.facts.lexicon import listed

_ENDINGS = listed("""
    less like wise ness ship ships hood ism ist ists ward wards able ability fully ment ments ize ized izes izing
    ization ise ised ises ising isation ish
    """)
_PREFIXES = listed("""
    un re in im ir il dis mis non over under pre anti inter sub super semi multi co de out up self counter hyper
    micro mini post pro trans ultra extra fore bio eco geo neo auto cyber tele psycho socio neuro nano macro mono poly
    quasi pseudo para proto crypto electro photo thermo hydro
    """)
_VARIANTS = (
    ("our", "or"),
    ("or", "our"),
    ("ise", "ize"),
    ("isi", "izi"),
    ("isa", "iza"),
    ("ize", "ise"),
    ("yse", "yze"),
    ("tre", "ter"),
    ("ogue", "og"),
    ("ence", "ense"),
    ("ense", "ence"),
    ("lled", "led"),
    ("lling", "ling"),
    ("ller", "ler"),
    ("ae", "e"),
    ("oe", "e"),
    ("mme", "m"),
    ("que", "k"),
    ("ll", "l"),
    ("l", "ll"),
    ("ey", "y"),
)
_KNOWN_HERE = listed("""
    wisp swerve swerved swerving ensue ensued ensues ensuing gripe gripes busses straggling online email website
    internet smartphone smartphones app apps blog blogs selfie chatbot chatbots covid google youtube tiktok
    instagram facebook counterargument counterarguments autopilot driverless robotaxi webcam homeschooled
    homeschooling screentime fanfiction preteen preteens mindset mindsets workload extracurricular
    extracurriculars rewatch reread abled cyberbully cyberbullying microplastic microplastics neurodiverse
    neurodivergent transphobia transphobic homophobia ableism ableist livestream livestreaming podcast podcasts vlog
    vlogs vaping vape hashtag hashtags meme memes emoji emojis chrome ebook ebooks laptop laptops wifi esports
    gamification telehealth telework unfollow retweet clickbait deepfake deepfakes geopolitics biopolitics metadata
    dataset datasets backend frontend fullstack schema schemas struct structs bool boolean iterator iterable iterables
    async init args regex stdin stdout stderr repo repos auth oauth codec config configs admin admins login logins
    dropdown tooltip toolbar plugin plugins firmware chipset chipsets codebase refactor refactored refactoring
    parser parsers runtime timestamp timestamps lookup lookups tuple tuples string strings hardcoded bugfix linting
    truthy falsy printf boilerplate workflow workflows whitepaper spreadsheets pixelated blockchain cryptocurrency
    cryptocurrencies fintech bitcoin startup startups crowdfunding crowdsourcing gentrification intersectionality
    microaggression microaggressions heteronormative biodiversity ecotourism biofuel biofuels fracking geothermal
    antioxidants probiotics carbs coronavirus lockdown lockdowns immunocompromised superspreader vaxxed unvaccinated
    doomscrolling screenshare barista latte smoothie smoothies hijab burrito tacos sushi anime manga kpop
    """)


LONGEST = 30
"""Longer runs of letters are no words, and are not given to the dictionary."""
_SHORTEST_PART = 4


class _Speller(Protocol):
    def spell(self, word: str, /) -> bool: ...


@cache
def frequencies() -> Mapping[str, float]:
    """The small English list of wordfreq (words of one in a million and more), loaded when first asked for."""
    from wordfreq import get_frequency_dict

    loaded: Mapping[str, float] = get_frequency_dict("en", wordlist="small")
    return loaded


@cache
def _speller() -> _Speller:
    """The American dictionary of hunspell that lies in the wheel: 11 MB once it is loaded, in 20 ms."""
    import hunspell

    folder = Path(hunspell.__file__).parent / "dictionaries"
    loaded: _Speller = hunspell.Hunspell("en_US", hunspell_data_dir=str(folder))
    return loaded


@lru_cache(maxsize=40_000)
def is_listed(form: str) -> bool:
    """Whether a run of ASCII letters stands in the dictionary as it is written, or with another variety's ending."""
    spelt = _speller().spell
    return spelt(form) or any(spelt(form.replace(here, there)) for here, there in _VARIANTS if here in form)


@lru_cache(maxsize=20_000)
def may_be_a_word(form: str) -> bool:
    """Whether a small word in ASCII letters may well be right: listed, much used, or made of known parts."""
    if form in _KNOWN_HERE or form in frequencies() or is_listed(form):
        return True
    if any(form.endswith(each) and _is_part(form[: -len(each)]) for each in _ENDINGS):
        return True
    if any(form.startswith(each) and _is_part(form[len(each) :]) for each in _PREFIXES):
        return True
    cuts = range(_SHORTEST_PART, len(form) - _SHORTEST_PART + 1)
    return any(_is_everyday(form[:cut]) and _is_everyday(form[cut:]) for cut in cuts)


def _is_part(form: str) -> bool:
    return len(form) >= _SHORTEST_PART and is_listed(form)


def _is_everyday(form: str) -> bool:
    return frequencies().get(form, 0.0) >= 6e-6 and is_listed(form)
