"""What is known of each programming language: how its comments and strings are written, and its keywords."""

import re
from dataclasses import dataclass

from feedforward.facts.lexicon import listed

_SLASHES = r"//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/)?"
_HASH = r"\#[^\n]*"
_DASHES = r"--[^\n]*"
_PERCENT = r"%[^\n]*"
_DOUBLE = r"\"(?:[^\"\\\n]|\\.)*\"?"
_SINGLE = r"'(?:[^'\\\n]|\\.)*'?"
_BACKTICK = r"`(?:[^`\\]|\\.)*`?"
_TRIPLE = r"[rRbBuUfF]{0,2}(?:\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*(?:\"\"\")?|'''(?:[^'\\]|\\.|'(?!''))*(?:''')?)"

_CONTROL = listed("""
    if else elif elsif for while do switch case default try catch finally return break continue throw throws new in of
    and or not with as is function def class import from package public private protected static final const let var
    void int float double char boolean bool long short byte string this self super null none nil true false lambda
    yield async await raise except pass del global nonlocal assert instanceof typeof interface enum extends implements
    abstract struct unsigned signed sizeof typedef using namespace template typename virtual override include define
    foreach repeat next until unless end begin then match fn func fun val mut impl trait pub use mod let's go defer
    synchronized volatile transient native print
    """)


@dataclass(frozen=True, slots=True)
class CodeLanguage:
    """`name` for people; `braces`: whether blocks stand in { }."""

    name: str
    comments: str
    strings: str
    braces: bool = True

    def pattern(self) -> re.Pattern[str]:
        """One token at a time; comments and strings that never end run to the end of the line or text."""
        return re.compile(
            rf"(?P<comment>{self.comments})|(?P<string>{self.strings})"
            r"|(?P<number>\b(?:0[xX][\da-fA-F_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)[fFlLuU]?\b)"
            r"|(?P<name>[^\W\d][\w$]*)|(?P<mark><-|=>|->|::|:=|[=!<>]=|&&|\|\||\S)",
            re.DOTALL,
        )


_C_STRINGS = f"{_DOUBLE}|{_SINGLE}"
_C_LIKE = {
    "java": "Java", "c": "C", "c++": "C++", "csharp": "C#", "go": "Go", "kotlin": "Kotlin", "rust": "Rust",
    "scala": "Scala", "swift": "Swift", "php": "PHP",
}  # fmt: skip
LANGUAGES: dict[str, CodeLanguage] = {
    **{key: CodeLanguage(name, _SLASHES, _C_STRINGS) for key, name in _C_LIKE.items()},
    "javascript": CodeLanguage("JavaScript", _SLASHES, f"{_C_STRINGS}|{_BACKTICK}"),
    "typescript": CodeLanguage("TypeScript", _SLASHES, f"{_C_STRINGS}|{_BACKTICK}"),
    "python": CodeLanguage("Python", _HASH, f"{_TRIPLE}|{_C_STRINGS}", braces=False),
    "r": CodeLanguage("R", _HASH, _C_STRINGS),
    "julia": CodeLanguage("Julia", _HASH, _DOUBLE, braces=False),
    "ruby": CodeLanguage("Ruby", _HASH, _C_STRINGS, braces=False),
    "perl": CodeLanguage("Perl", _HASH, _C_STRINGS),
    "shell": CodeLanguage("shell", _HASH, _C_STRINGS, braces=False),
    "sql": CodeLanguage("SQL", rf"{_DASHES}|/\*(?:[^*]|\*(?!/))*(?:\*/)?", _C_STRINGS, braces=False),
    "lua": CodeLanguage("Lua", _DASHES, _C_STRINGS, braces=False),
    "haskell": CodeLanguage("Haskell", _DASHES, _DOUBLE, braces=False),
    "matlab": CodeLanguage("MATLAB", _PERCENT, _DOUBLE, braces=False),
}
KEYWORDS = _CONTROL
_SIGNS = (
    ("java", r"\bpublic\s+(?:static\s+)?(?:class|void|interface)\b|\bSystem\.out\.|\bimport java", 3),
    ("c++", r"#include\s*<(?:iostream|vector|string|map)>|\bstd::|\bcout\s*<<", 3),
    ("c", r"#include\s*[<\"]\w+\.h[>\"]|\bprintf\s*\(|\bint main\s*\(", 2),
    ("csharp", r"\busing System\b|\bConsole\.Write|\bnamespace \w+", 3),
    ("r", r"<-\s*function\b|\blibrary\(|\w\s*<-\s|%>%", 2),
    (
        "python",
        r"(?m)^\s*(?:def \w+\(.*\).*:|class \w+.*:|import \w+|from [\w.]+ import|elif .*:)|\bprint\(|\bself\.",
        2,
    ),
    ("javascript", r"\b(?:const|let|var) \w+\s*=|=>|\bconsole\.log\(|\bfunction\s+\w+\s*\(", 2),
    ("sql", r"(?i)\bselect\b.+\bfrom\b|\bcreate table\b|\binsert into\b", 2),
    ("rust", r"\bfn \w+\(|\blet mut\b|\bprintln!", 3),
    ("go", r"\bpackage main\b|\bfunc \w+\(|:=", 2),
)


def language_key(code: str, media_type: str) -> str:
    """The key of `LANGUAGES` by the file's media type, or by what stands in the code; "" where neither tells."""
    key = media_type.removeprefix("text/x-")
    if key in LANGUAGES:
        return key
    if media_type == "application/x-ipynb+json" and "<- " not in code:
        return "python"
    if media_type.startswith("text/x-"):
        return ""
    head = code[:20_000]
    scores = {name: weight * min(len(re.findall(pattern, head)), 5) for name, pattern, weight in _SIGNS}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= 3 else ""
