"""Reading rosters: exports of Canvas and Moodle, tables of every encoding, and lists that people type."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.courses.roster_file import read_roster_file, read_roster_text
from feedforward.courses.roster_rows import MOST_ROWS, RosterRow, carried, cleaned, rows_carried, turned
from feedforward.courses.roster_text import MOST_BYTES
from feedforward.errors import RuleBroken

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Essay one (123),Current Score
    Points Possible,,,,,10,(read only)
"Lovelace, Ada",501,S-0042,ADA@example.edu,ENG 101-A,8,80
"King, Martin Luther, Jr.",502,S-0043,martin@example.edu,ENG 101-B,9,90
"O'Brien, Bela",503,S-0044,bela01,ENG 101-B,,
"Student, Test",504,,1f8a6e,ENG 101-A,,
"""
MOODLE = """\
First name,Surname,ID number,Institution,Department,Email address,Groups
Ada,Lovelace,00042,,,ada@example.edu,A
Zoë,Ångström,00043,,,zoe@example.edu,"A
and B"
"""
ADA = RosterRow(2, "ada@example.edu", "Ada Lovelace", "00042", "A")


def test_a_gradebook_of_canvas_gives_its_students_and_nothing_else() -> None:
    roster = read_roster_file(CANVAS.encode())
    assert roster.rows == (
        RosterRow(3, "ada@example.edu", "Ada Lovelace", "S-0042", "ENG 101-A"),
        RosterRow(4, "martin@example.edu", "Martin Luther King Jr.", "S-0043", "ENG 101-B"),
    )
    assert [(each.line, each.shown) for each in roster.refused] == [(5, "bela01")]
    assert "no e-mail address" in roster.refused[0].reason


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_an_export_of_moodle_is_read_in_every_encoding_with_every_delimiter(encoding: str, delimiter: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(csv.reader(io.StringIO(MOODLE, newline="")))
    roster = read_roster_file(written.getvalue().encode(encoding))
    assert roster.rows[0] == ADA
    assert roster.rows[1].name == "Zoë Ångström"
    assert roster.rows[1].section == "A and B"


def test_a_table_without_heads_and_one_that_names_its_delimiter_are_read() -> None:
    plain = read_roster_file(b"Ada Lovelace;ada@example.edu;00042;A\n").rows
    assert plain == (RosterRow(1, "ada@example.edu", "Ada Lovelace", "00042", "A"),)
    told = read_roster_file(b'sep=;\r\nName;E-mail\r\n"Lovelace, Ada";ada@example.edu\r\n').rows
    assert told == (RosterRow(3, "ada@example.edu", "Ada Lovelace"),)


def test_a_typed_list_may_be_written_as_people_write_them() -> None:
    typed = (
        "ada@example.edu, Bela B <bela@example.edu>; cleo@example.edu\n"
        '"Dora, Doe" <DORA@example.edu>\n\n  emil@example.edu fritz@example.edu\nnot an address\n'
        "Gil Gold, gil@example.edu, 77, B"
    )
    roster = read_roster_text(typed)
    assert [(each.email, each.name) for each in roster.rows] == [
        ("ada@example.edu", ""), ("bela@example.edu", "Bela B"), ("cleo@example.edu", ""),
        ("dora@example.edu", "Doe Dora"), ("emil@example.edu", ""), ("fritz@example.edu", ""),
        ("gil@example.edu", "Gil Gold"),
    ]  # fmt: skip
    assert (roster.rows[-1].number, roster.rows[-1].section) == ("77", "B")
    assert [(each.line, each.shown) for each in roster.refused] == [(5, "not an address")]


def test_a_table_copied_out_of_a_spreadsheet_may_be_pasted() -> None:
    assert read_roster_text("E-mail\tName\nada@example.edu\tLovelace, Ada\n").rows[0].name == "Ada Lovelace"
    assert read_roster_text("Lovelace\tada@example.edu\t42\n").rows[0].number == "42"


def test_the_same_address_twice_counts_once_and_is_told() -> None:
    roster = read_roster_text("ada@example.edu\nbela@example.edu\nADA@example.edu")
    assert [each.email for each in roster.rows] == ["ada@example.edu", "bela@example.edu"]
    assert [each.line for each in roster.twice] == [3]


@pytest.mark.parametrize("formula", ['=HYPERLINK("http://x")', "+1+1", "@SUM(A1)", "-2+3", "=cmd|' /C calc'!A0"])
def test_a_cell_that_begins_like_a_formula_is_refused_in_every_column(formula: str) -> None:
    written = io.StringIO()
    rows = [
        ["ada@example.edu", formula, "", ""],
        ["b@example.edu", "", formula, ""],
        ["c@example.edu", "", "", formula],
    ]
    csv.writer(written).writerows([["Email", "Name", "Student ID", "Section"], *rows, [formula, "Ada", "", ""]])
    roster = read_roster_file(written.getvalue().encode())
    assert roster.rows == ()
    assert [each.line for each in roster.refused] == [2, 3, 4, 5]


def test_a_number_excel_keeps_as_text_keeps_its_zeros() -> None:
    assert cleaned('="00123"') == "00123"
    assert cleaned('="=1+1"') == "=1+1"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "nobody in it"),
        (b"PK\x03\x04rest", "Save as"),
        (b"\x00\x01\x02\x03" * 50, "not a text"),
        (b"\x81\x8d\x8f\x90", "not a text"),
        (b"a" * (MOST_BYTES + 1), "larger than 2 MB"),
        (b'Email,Name\nada@example.edu,"never closed' + b" and on" * 3000, "never ends"),
        ("\n".join(f"s{n}@example.edu" for n in range(MOST_ROWS + 1)).encode(), "2,001"),
    ],
)
def test_what_is_no_roster_is_refused_with_what_to_do(data: bytes, told: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_roster_file(data)
    assert told in refused.value.message
    assert refused.value.field == "file"


def test_too_long_values_are_refused_and_never_cut() -> None:
    text = f"Email,Name,Student ID,Section\na@example.edu,{'n' * 201},,\nb@example.edu,,{'1' * 41},\n"
    text += f"c@example.edu,,,{'s' * 81}\n{'d' * 250}@example.edu,,,\n"
    assert [each.line for each in read_roster_file(text.encode()).refused] == [2, 3, 4, 5]


def test_letters_that_hide_or_turn_words_around_are_left_out() -> None:
    roster = read_roster_text("Ada\u202eLove\u200blace <ada@example.edu>")
    assert roster.rows[0].name == "AdaLovelace"


WORDS = st.text(st.characters(categories=("L", "Nd"), include_characters=" ,;'\t\n\""), max_size=20)
NAMES = st.from_regex(r"[a-z][a-z0-9.]{0,8}", fullmatch=True)


@given(data=st.binary(max_size=400))
def test_any_bytes_give_a_roster_or_a_clear_refusal(data: bytes) -> None:
    try:
        roster = read_roster_file(data)
    except RuleBroken:
        return
    assert len({each.email for each in roster.rows}) == len(roster.rows)
    assert rows_carried(carried(roster.rows)) == roster.rows if roster.rows else True


@given(typed=st.text(max_size=400))
def test_any_typed_text_gives_a_roster_or_a_clear_refusal(typed: str) -> None:
    try:
        roster = read_roster_text(typed)
    except RuleBroken:
        return
    assert all("\n" not in each.name and each.email == each.email.strip().lower() for each in roster.rows)


@given(
    names=st.lists(NAMES, unique=True, min_size=1, max_size=8),
    between=st.sampled_from(["\n", ", ", "; ", "\r\n", " ,\n\n"]),
)
def test_every_address_is_found_whatever_divides_them(names: list[str], between: str) -> None:
    emails = [f"{name}@example.edu" for name in names]
    assert [each.email for each in read_roster_text(between.join(each.upper() for each in emails)).rows] == emails
    angled = between.join(f"{each.upper()} <{each}>" for each in emails)
    assert [each.email for each in read_roster_text(angled).rows] == emails


@given(
    people=st.lists(st.tuples(NAMES, WORDS, WORDS), min_size=1, max_size=8, unique_by=lambda each: each[0]),
    delimiter=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_a_table_comes_back_as_it_was_written(
    people: list[tuple[str, str, str]], delimiter: str, encoding: str
) -> None:
    written = io.StringIO()
    rows = [[f"{name}@example.edu", words, section] for name, words, section in people]
    csv.writer(written, delimiter=delimiter).writerows([["Email address", "Full name", "Section"], *rows])
    roster = read_roster_file(written.getvalue().encode(encoding))
    assert [(each.email, each.name, each.section) for each in roster.rows] == [
        (email, turned(cleaned(words)), cleaned(section)) for email, words, section in rows
    ]


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "[1]", '[["1","a@b.c","","",""]]', '[[1,"no address","","",""]]', "[" * 50_000,
     '[[1,"a@b.ch","=1+1","",""]]', '[[1,"a@b.ch","","",""],[2,"a@b.ch","","",""]]'],
)  # fmt: skip
def test_rows_that_were_changed_on_the_way_are_not_taken(text: str) -> None:
    with pytest.raises(RuleBroken):
        rows_carried(text)
