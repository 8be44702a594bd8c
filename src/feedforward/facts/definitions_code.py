"""Facts of program code: comments, naming, functions, duplication."""

from feedforward.facts.definition import Group

_LAYOUT = Group("Code: layout and comments")
_NAMES = Group("Code: naming")
_FUNCTIONS = Group("Code: functions")
_REPEATS = Group("Code: duplication and leftovers")

CODE_DEFINITIONS = (
    _LAYOUT.code("code_language", "1 where the programming language is recognised; its name in the note.", "yes/no", 1),
    _LAYOUT.code("code_lines", "Lines with something on them.", "lines"),
    _LAYOUT.code(
        "code_syntax_errors", "1 when Python cannot parse the code; the place is the line it stops at.", "places", 1
    ),
    _LAYOUT.code(
        "code_comment_share", "Lines with a comment or documentation over lines with something on them.", "share", 1
    ),
    _LAYOUT.code("code_uncommented", "Stretches of 30 or more lines without any comment.", "places"),
    _LAYOUT.code("code_long_lines", "Lines of more than 120 characters.", "lines"),
    _NAMES.code(
        "code_one_letter_names",
        "Different names of one letter, counters of loops (i, j, k, x, y, n …) left out.",
        "names",
    ),
    _NAMES.code("code_unclear_names", "Different names that say nothing: data2, temp, foo, stuff …", "names"),
    _NAMES.code(
        "code_mixed_names",
        "Names of functions and variables written another way than most: camelCase among snake_case, or the reverse.",
        "names",
        None,
        "PEP 8; Java code conventions",
    ),
    _NAMES.code(
        "code_odd_class_names",
        "Names of classes that do not open with a capital.",
        "names",
        None,
        "PEP 8; Java code conventions",
    ),
    _FUNCTIONS.code("code_functions", "Functions and methods.", "functions"),
    _FUNCTIONS.code(
        "code_function_length_mean", "Mean number of lines of a function, empty ones left out.", "lines per function"
    ),
    _FUNCTIONS.code("code_long_functions", "Functions of more than 40 lines with something on them.", "functions"),
    _FUNCTIONS.code("code_deep_nesting", "Functions with branches and loops more than four deep.", "functions"),
    _FUNCTIONS.code(
        "code_undocumented",
        "Functions and classes of five or more lines, names with a leading _ left out, without a word on what for.",
        "places",
    ),
    _REPEATS.code(
        "code_duplicates",
        "Stretches of five or more lines that come again with names and values changed at most.",
        "places",
        None,
        "token-based clones (type 2), Kamiya et al. 2002",
    ),
    _REPEATS.code(
        "code_magic_numbers",
        "Numbers other than −1, 0, 1, 2, 10 and 100 in the code that no constant or default names.",
        "places",
    ),
    _REPEATS.code("code_commented_out", "Runs of comment lines that are code.", "places"),
    _REPEATS.code(
        "code_unreachable", "Lines after return, raise, break or continue in the same block (Python).", "places"
    ),
)
