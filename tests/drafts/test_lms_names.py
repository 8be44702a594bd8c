"""Whose a file of an archive is, and what bringing it in would do: decided on names and values alone."""

import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.assignments.choices import LatePolicy
from feedforward.assignments.rules import AssignmentStatus, MergeMethod, Task
from feedforward.courses.rules import CourseStatus
from feedforward.drafts import lms_archive
from feedforward.drafts.lms_archive import file_in, packed_files
from feedforward.drafts.lms_matching import LmsFile, RosterStudent, Step, fingerprint, planned
from feedforward.drafts.lms_names import Lms, folded, named_file, spellings
from feedforward.errors import RuleBroken
from tests.factories.archives import archive

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TASK = Task(
    assignment_id=1, course_id=1, course_code="ENG", course_title="Writing", course_status=CourseStatus.ACTIVE,
    rubric_id=1, title="Cars", instructions="", kind="essay", due_at=NOW + timedelta(days=1), time_zone="UTC",
    max_drafts=2, word_min=None, word_max=None, merge_method=MergeMethod.MEAN, min_readings=1, retention_days=None,
    guidelines="", status=AssignmentStatus.ACTIVE, version=1,
)  # fmt: skip
PAST = replace(TASK, due_at=NOW - timedelta(days=1))
ADA = RosterStudent(1, "Ada Lovelace", "4711", 0, None, frozenset())
JOSE = RosterStudent(2, "José María de la Cruz", "", 0, None, frozenset())
MEGABYTE = 1024 * 1024


def plan(
    *paths: str, task: Task = TASK, roster: tuple[RosterStudent, ...] = (ADA, JOSE)
) -> list[tuple[Step, int | None]]:
    files = [LmsFile(named_file(path), f"mark of {path}", "") for path in paths]
    return [(each.step, each.student_id) for each in planned(files, roster, task, NOW)]


@pytest.mark.parametrize(
    ("path", "lms", "person", "number", "late", "file_name"),
    [
        ("lovelaceada_12_345_my_essay.docx", Lms.CANVAS, "lovelaceada", "12", False, "my_essay.docx"),
        ("lovelaceada_LATE_12_345_essay-1.pdf", Lms.CANVAS, "lovelaceada", "12", True, "essay-1.pdf"),
        ("submissions/de_la_cruzjose_7_8_a 1_2_3.txt", Lms.CANVAS, "de_la_cruzjose", "7", False, "a 1_2_3.txt"),
        ("Ada Lovelace_1234_assignsubmission_file_/essay.docx", Lms.MOODLE, "Ada Lovelace", "1234", None, "essay.docx"),
        ("Ada Lovelace_1234_assignsubmission_file/essay.docx", Lms.MOODLE, "Ada Lovelace", "1234", None, "essay.docx"),
        (
            "Ada Lovelace_1234_assignsubmission_file_essay_2.docx",
            Lms.MOODLE,
            "Ada Lovelace",
            "1234",
            None,
            "essay_2.docx",
        ),
        ("G1/Ada_9_assignsubmission_onlinetext_/onlinetext.html", Lms.MOODLE, "Ada", "9", None, "onlinetext.html"),
        ("essay.docx", None, "", "", None, "essay.docx"),
        ("LATE_12.docx", None, "", "", None, "LATE_12.docx"),
    ],
)
def test_names_of_both_systems_are_read(
    path: str, lms: Lms | None, person: str, number: str, late: bool | None, file_name: str
) -> None:
    found = named_file(path)
    assert (found.lms, found.person, found.number, found.late, found.file_name) == (
        lms,
        person,
        number,
        late,
        file_name,
    )


@given(st.text(max_size=60))
def test_any_path_is_read_without_an_error_and_its_file_name_is_its_end(path: str) -> None:
    assert path.endswith(named_file(path).file_name)


@given(st.lists(st.from_regex(r"[A-Za-zÀ-ÿ]{1,8}", fullmatch=True), min_size=1, max_size=4), st.integers(0, 3))
def test_a_name_is_known_again_wherever_its_last_name_begins(words: list[str], turn: int) -> None:
    at = turn % len(words)
    assert folded("".join(words[at:] + words[:at])) in spellings(" ".join(words))


def test_files_find_their_students_and_the_others_are_nobodys() -> None:
    assert plan(
        "lovelaceada_12_345_essay.docx", "delacruzjosemaria_1_2_text.pdf", "nobodynora_3_4_a.docx", "notes.docx"
    ) == [(Step.TAKE, 1), (Step.TAKE, 2), (Step.UNMATCHED, None), (Step.UNMATCHED, None)]
    assert plan("Ada Lovelace_9_assignsubmission_file_/essay.docx") == [(Step.TAKE, 1)]


def test_two_of_one_name_are_told_apart_by_number_or_not_at_all() -> None:
    twin = replace(ADA, student_id=3, number="4712")
    assert plan("lovelaceada_12_1_a.docx", roster=(ADA, twin)) == [(Step.UNMATCHED, None)]
    assert plan("lovelaceada_4712_1_a.docx", roster=(ADA, twin)) == [(Step.TAKE, 3)]


def test_what_a_student_could_not_hand_in_is_refused_and_what_was_brought_in_is_there() -> None:
    path = "lovelaceada_12_345_essay.docx"
    assert plan("lovelaceada_12_345_essay.exe") == [(Step.REFUSE, 1)]
    assert plan(path, roster=(replace(ADA, used=2),)) == [(Step.REFUSE, 1)]
    assert plan(path, roster=(replace(ADA, used=2, marks=frozenset({f"mark of {path}"})),)) == [(Step.THERE, 1)]
    assert plan(path, "lovelaceada_12_345_other.pdf") == [(Step.REFUSE, 1), (Step.REFUSE, 1)]
    assert plan(path, "lovelaceada_12_345_figure.exe") == [(Step.TAKE, 1), (Step.REFUSE, 1)]
    assert plan(path, task=replace(TASK, status=AssignmentStatus.INACTIVE)) == [(Step.REFUSE, 1)]


def test_late_files_need_a_reason_once_the_last_moment_has_passed() -> None:
    late, in_time, moodle = (
        "lovelaceada_LATE_12_345_a.docx", "lovelaceada_12_345_a.docx", "Ada Lovelace_1_assignsubmission_file_/a.docx",
    )  # fmt: skip
    assert plan(late) == [(Step.TAKE, 1)]
    assert plan(in_time, task=PAST) == [(Step.TAKE, 1)]
    assert plan(late, task=PAST) == [(Step.LATE, 1)]
    assert plan(moodle, task=PAST) == [(Step.LATE, 1)]
    assert plan(late, task=PAST, roster=(replace(ADA, extended_to=NOW + timedelta(hours=1)),)) == [(Step.TAKE, 1)]
    accepts = replace(PAST, settings=replace(PAST.settings, late=LatePolicy.ACCEPT))
    found = planned([LmsFile(named_file(late), "m", "")], (ADA,), accepts, NOW)[0]
    assert (found.step, found.late) == (Step.TAKE, True)


def test_another_plan_has_another_fingerprint() -> None:
    files = [LmsFile(named_file("lovelaceada_12_345_a.docx"), "mark", "")]
    first = fingerprint(planned(files, (ADA,), TASK, NOW))
    assert first == fingerprint(planned(files, (ADA,), TASK, NOW))
    assert first != fingerprint(planned(files, (replace(ADA, used=2),), TASK, NOW))
    assert first != fingerprint(planned(files, (replace(ADA, student_id=9),), TASK, NOW))


@pytest.mark.parametrize(
    "data",
    [
        b"", b"PK\x03\x04 not really", archive(), archive(("__MACOSX/._a.docx", b"x")), archive(("../a.docx", b"x")),
        archive(("/etc/passwd", b"x")), archive(("a/../../b.docx", b"x")), archive(("C:\\a.docx", b"x")),
        archive(("a\x07.docx", b"x")), archive(*((f"a_{number}_1_b.txt", b"") for number in range(1001))),
    ],
    ids=["nothing", "broken", "empty", "noise alone", "up", "root", "up inside", "drive", "unprintable", "too many"],
)  # fmt: skip
def test_what_is_no_archive_or_leads_elsewhere_is_refused_whole(data: bytes) -> None:
    with pytest.raises(RuleBroken) as refused:
        packed_files(data, most_bytes=MEGABYTE)
    assert refused.value.field == "file"


def test_an_encrypted_archive_and_one_with_a_name_twice_are_refused() -> None:
    data = bytearray(archive(("a_1_2_b.txt", b"x")))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(RuleBroken, match="password"):
        packed_files(bytes(data), most_bytes=MEGABYTE)
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = archive(("a_1_2_b.txt", b"x"), ("a_1_2_b.txt", b"y"))
    with pytest.raises(RuleBroken, match="twice"):
        packed_files(twice, most_bytes=MEGABYTE)


def test_a_bomb_is_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = archive(("a_1_2_b.txt", b"\0" * (4 * MEGABYTE)), ("c_1_2_d.txt", b"fine"))
    large, fine = packed_files(bomb, most_bytes=MEGABYTE)
    assert (large.mark, large.problem) == ("", "The file is larger than 1 MB.")
    assert fine.mark
    assert file_in(bomb, "c_1_2_d.txt", most_bytes=MEGABYTE) == b"fine"
    with pytest.raises(RuleBroken, match="larger"):
        file_in(bomb, "a_1_2_b.txt", most_bytes=MEGABYTE)
    monkeypatch.setattr(lms_archive, "MOST_UNPACKED", MEGABYTE)
    with pytest.raises(RuleBroken, match="more than is opened"):
        packed_files(bomb, most_bytes=MEGABYTE)


def test_a_size_that_lies_a_broken_file_and_another_packing_end_with_the_file() -> None:
    data = archive(("a_1_2_b.txt", b"words " * 999), how=zipfile.ZIP_DEFLATED)
    lies = bytearray(data)
    place = lies.index(b"PK\x01\x02") + 24
    lies[place : place + 4] = (3).to_bytes(4, "little")
    assert packed_files(bytes(lies), most_bytes=MEGABYTE)[0].mark == ""
    assert packed_files(archive(("a_1_2_b.txt", b"x"), how=zipfile.ZIP_LZMA), most_bytes=MEGABYTE)[0].mark == ""


@given(st.binary(max_size=300), st.integers(0, 200))
def test_no_bytes_make_anything_but_a_refusal(junk: bytes, cut: int) -> None:
    whole = archive(("a_1_2_b.txt", b"words"))
    for data in (junk, whole[:cut] + junk + whole[cut:]):
        try:
            found = packed_files(data, most_bytes=MEGABYTE)
        except RuleBroken:
            continue
        assert all(each.mark or each.problem for each in found)
