"""A program from upload to feedback: its lines and layout are kept, and every comment says the line it is about."""

import asyncio
import io
import re
import zipfile
from collections.abc import Iterator

import pytest

from feedforward import urls
from feedforward.assessment.calls import WorkerIdentity
from feedforward.assessment.desk import ReadingDesk
from feedforward.web.access import Role
from feedforward.wiring import Wiring
from tests.assessment.desk_work import Scripted, work_off
from tests.assessment.handed_over import HandedOver, lanes
from tests.factories.site import Site, Visitor
from tests.factories.studying import StartedFeedback, confirm, preview_file, preview_text, wiring_with
from tests.factories.teaching import enrol_students, last_id, make_assignment, make_course, publish

PROGRAM = '''\
import csv

def mean(rows):
    """The mean of the second column."""
    t = 0
    for row in rows:
        if row:
            if row[1]:
                if row[1] != "n/a":
                    if float(row[1]) > 0:
                        if float(row[1]) < 9999:
                            t = t + float(row[1])
    return t / len(rows)


def spread(rows):
    data2 = []
    for row in rows:
        data2.append(float(row[1]) * 1.4826)
    # data2.sort()
    # print(data2)
    return max(data2) - min(data2)


def read(path):
    with open(path) as file:
        return list(csv.reader(file))[1:]


print(mean(read("rain.csv")), spread(read("rain.csv")))
'''
CHANGED = PROGRAM.replace("data2", "rainfall").replace("    # rainfall.sort()\n    # print(rainfall)\n", "")
LINES = PROGRAM.split("\n")
_COMMENT = re.compile(
    r'<blockquote class="comment-quote comment-quote-code">(.*?)</blockquote><p class="comment-place">Line (\d+)</p>',
    re.DOTALL,
)
_UNDER = r'comment-criterion">([^<]*)</span></header><blockquote class="comment-quote comment-quote-code">([^<]*)<'


@pytest.fixture
def site(wiring: Wiring) -> Iterator[Site]:
    with Site.open(wiring_with(wiring, StartedFeedback())) as opened:
        yield opened


def make_code_assignment(site: Site, instructor: Visitor) -> int:
    """A published assignment of kind code with the ready-made rubric for code."""
    course_id = make_course(instructor)
    enrol_students(instructor, course_id, ["ada@example.edu"])
    assignment_id = make_assignment(instructor, site, course_id, title="Rain", fields={"kind": "code"})
    edit = urls.edit_rubric(assignment_id)
    instructor.get(edit)
    instructor.submit(edit, do="template:code")
    instructor.submit(edit, do="save")
    publish(instructor, assignment_id)
    return assignment_id


def read_by_the_built_in_reader(site: Site, draft_id: int) -> None:
    wiring = site.wiring
    desk = ReadingDesk(
        database=wiring.database, content=wiring.content, clock=wiring.clock, gateway=Scripted(), providers=(),
        lanes=lanes(built_in=2), engine=HandedOver(), worker=WorkerIdentity(0, "boot"), tries=1,
    )  # fmt: skip
    asyncio.run(work_off(desk, draft_id))


def quotes_on_lines(html: str) -> list[tuple[str, int]]:
    """What each comment in code quotes first, and the line it says."""
    unescaped = html.replace("&quot;", '"').replace("&#34;", '"').replace("&lt;", "<").replace("&gt;", ">")
    return [(quote.split("\n")[0].strip(), int(line)) for quote, line in _COMMENT.findall(unescaped)]


def test_a_program_is_read_line_by_line_and_every_comment_names_its_line(site: Site) -> None:
    student, instructor = site.person("Ada Author"), site.person("Iris Instructor", Role.INSTRUCTOR)
    assignment_id = make_code_assignment(site, instructor)

    task = student.get(urls.task(assignment_id))
    assert "Or paste or write your code here" in task.text
    assert 'wrap="off"' in task.html
    assert "source code (PY, R, JAVA, JS and others)" in task.text
    student.submit(urls.hand_in(assignment_id), files={"file": ("rain.docx", b"PK\x03\x04")})
    assert student.status == 422
    assert "This assignment takes" in student.page.text

    draft_id = preview_file(student, assignment_id, "rain.py", PROGRAM.encode())
    full = sum(bool(line.strip()) for line in LINES)
    assert f"{full} lines of code" in student.page.text
    assert '<span class="code-line" data-line="5">    t = 0</span>' in student.page.html
    confirm(student, draft_id)
    assert "Lines of code" in student.page.text

    read_by_the_built_in_reader(site, draft_id)
    review = instructor.get(urls.review(draft_id))
    found = quotes_on_lines(review.html)
    assert len(found) >= 4
    assert all(LINES[line - 1].strip().startswith(quote[:40]) for quote, line in found), found
    assert "does not understand meaning" not in review.text
    assert "The name “data2” says little about what it holds." in review.text
    criteria = {quote: criterion for criterion, quote in re.findall(_UNDER, review.html)}
    assert (criteria["def mean(rows):"], criteria["data2"]) == ("Structure", "Readability")
    form = review.form(urls.review_save(draft_id))
    instructor.post(urls.review_release(draft_id), {**form.fields, **form.lists})
    feedback = student.get(urls.feedback(draft_id))
    assert set(quotes_on_lines(feedback.html)) == set(found)
    assert 'data-line="30"' in feedback.html

    instructor.get(urls.class_feedback(last_id(instructor.get(urls.assignment(assignment_id)).links["ENG 101"])))
    assert instructor.last is not None
    with zipfile.ZipFile(io.BytesIO(instructor.last.content)) as archive:
        kept = "".join(archive.read(name).decode() for name in archive.namelist() if "Ada" in name)
    assert " 5|     t = 0\n" in kept
    assert "Line 17" in kept

    second = preview_text(student, assignment_id, "\n" + CHANGED)
    assert 'data-line="2"' in student.page.html
    assert "    rainfall = []" in student.page.html
    confirm(student, second)
    changes = student.get(urls.draft_changes(second))
    assert "lines reworded" in changes.text
    assert '<span class="sides-code">        <del>data2</del>.append(' in changes.html
