"""Hostile people on the whole application: what they write stays text, and pressing twice at once does a thing once."""

import html
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

import pytest
from sqlalchemy import delete, func, insert, select

from feedforward import urls
from feedforward.courses.tables import CourseStaff
from feedforward.drafts.tables import Draft
from feedforward.feedback.tables import FeedbackVersion
from feedforward.web.access import Role
from feedforward.wiring import Wiring
from tests.factories.feedback_rows import merge
from tests.factories.site import Site, Visitor
from tests.factories.studying import (
    ESSAY,
    StartedFeedback,
    confirm,
    hand_in_text,
    preview_file,
    preview_text,
    wiring_with,
)
from tests.factories.teaching import make_teaching

HOSTILE = "\"'><xss onx=1>{{7*7}}</xss></textarea></title><script>1</script><!--"
MARKDOWN = (
    f"[a](javascript:alert(1)) ![x](https://evil.example/x.png) <b onx=1>b</b> [d](data:text/html,x)\n\n{HOSTILE}"
)
FORBIDDEN_TAGS = {"xss", "iframe", "object", "embed", "base", "img", "style", "b"}
ADDRESSES = {"href", "src", "action", "formaction", "hx-get", "hx-post", "srcset", "poster", "data"}


class Harm(HTMLParser):
    """Collects what a browser would run, load from elsewhere or take for a comment."""

    def __init__(self, page: str, may_link_to: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._may_link_to = may_link_to
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in FORBIDDEN_TAGS or (tag == "script" and "nonce" not in dict(attrs)):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.found.append(f"{tag} {name}")
            if name in ADDRESSES and not self._is_ours(tag, name, value or ""):
                self.found.append(f"{tag} {name}={value}")

    def _is_ours(self, tag: str, name: str, value: str) -> bool:
        # A person may link to somewhere in Markdown; nothing may be loaded from there.
        linked = tag == "a" and name == "href" and value == self._may_link_to
        return linked or value == "" or value.startswith("#") or bool(re.match(r"/(?!/)", value))

    def handle_comment(self, data: str) -> None:
        self.found.append(f"<!--{data[:20]}")


def walk(visitor: Visitor, start: str = "/") -> Iterator[str]:
    """Every page that can be reached by links; fails where one holds harm."""
    waiting, seen = [start], set[str]()
    while waiting and len(seen) < 60:
        path = waiting.pop().split("#")[0]
        if not path or path in seen or path.startswith("/static"):
            continue
        seen.add(path)
        visitor.get(path)
        assert visitor.last is not None
        assert visitor.status == 200, (path, visitor.status)
        if "html" not in visitor.last.headers["content-type"]:
            continue
        assert Harm(visitor.last.text, "https://evil.example/x.png").found == [], path
        assert "49</xss" not in visitor.last.text
        waiting += [html.unescape(link) for link in re.findall(r'href="(/[^"]*)"', visitor.last.text)]
        yield path


@dataclass
class Hostile:
    site: Site
    instructor: Visitor
    student: Visitor
    assignment_id: int
    course_id: int


@pytest.fixture
def hostile(wiring: Wiring) -> Iterator[Hostile]:
    """A course in which everybody is called, and writes, what would run in a careless page."""
    with Site.open(wiring_with(wiring, StartedFeedback())) as site:
        site.make_person(f"Ada {HOSTILE}", Role.STUDENT)
        instructor = site.person(f"Iris {HOSTILE}", Role.INSTRUCTOR)
        teaching = make_teaching(
            site,
            instructor=instructor,
            students=["ada@example.edu"],
            title=f"Title {HOSTILE}",
            instructions=MARKDOWN,
            guidelines=MARKDOWN,
        )
        named = {"code": HOSTILE[:30], "title": HOSTILE, "term": HOSTILE[:50], "description": HOSTILE}
        instructor.get(urls.edit_course(teaching.course_id))
        instructor.submit(urls.edit_course(teaching.course_id), **named)  # type: ignore[arg-type]
        assert instructor.status == 200, instructor.page.text
        student = site.visitor().sign_in("ada@example.edu")
        yield Hostile(site, instructor, student, teaching.assignment_id, teaching.course_id)


def test_what_hostile_people_write_stays_text_on_every_page(hostile: Hostile) -> None:
    student, instructor = hostile.student, hostile.instructor
    text = f"{HOSTILE} {ESSAY}"
    draft_id = preview_file(student, hostile.assignment_id, f"{HOSTILE}.txt", text.encode())
    confirm(student, draft_id)
    merge(hostile.site, draft_id)
    instructor.get(urls.review(draft_id))
    form = instructor.page.form(urls.review_save(draft_id))
    typed = {name: HOSTILE for name in form.fields if re.search(r"\.(text|next_step)$|^note$", name)}
    instructor.post(urls.review_save(draft_id), {**form.fields, **typed})
    assert instructor.status == 200, instructor.page.text
    instructor.get(urls.review(draft_id))
    instructor.post(urls.review_release(draft_id), instructor.page.form(urls.review_save(draft_id)).fields)
    assert instructor.status == 200, instructor.page.text
    student.get(urls.feedback(draft_id))
    uptake = next(each for each in student.page.forms if each.action.endswith("/uptake"))
    comment_id = int(uptake.action.split("/")[2])
    student.post(uptake.action, {"state": "asked", f"note.asked.{comment_id}": HOSTILE})
    assert student.status == 200, student.page.text
    by_student, by_instructor = set(walk(student)), set(walk(instructor))
    assert urls.feedback(draft_id) in by_student
    assert {urls.review(draft_id), urls.course(hostile.course_id)} <= by_instructor
    instructor.get(urls.review_file(draft_id))
    assert instructor.last is not None
    assert instructor.last.headers["content-disposition"].startswith("attachment; ")
    assert "sandbox" in instructor.last.headers["content-security-policy"]


def test_a_search_for_what_is_asked_in_the_address_stays_text_too(hostile: Hostile) -> None:
    pages = [(hostile.student, "/sign-in?next=")]
    pages += [(hostile.instructor, f"/review?{name}=") for name in ("show", "page", "assignment")]
    for visitor, path in pages:
        visitor.get(path + HOSTILE.replace("<", "%3C").replace("#", "%23"))
        assert visitor.last is not None
        assert visitor.status < 500
        assert Harm(visitor.last.text, "").found == []


def together(times: int, act: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=act, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def also(visitor: Visitor, site: Site) -> Visitor:
    """The same person in one more window."""
    other = site.visitor()
    other.client.cookies.update(visitor.client.cookies)
    return other


def count(site: Site, statement: object) -> int:
    found: int = site.wiring.database.read_now(lambda c: c.execute(statement).scalar_one())  # type: ignore[call-overload]
    return found


def test_pressing_several_times_at_once_does_it_once(hostile: Hostile) -> None:
    site, student, instructor = hostile.site, hostile.student, hostile.instructor
    student.get(urls.task(hostile.assignment_id))
    fields = {**student.page.form(urls.hand_in(hostile.assignment_id)).fields, "text": ESSAY}
    statuses: list[int] = []

    def press(visitor: Visitor, path: str, sent: Mapping[str, str]) -> None:
        window = also(visitor, site)
        window.post(path, sent)
        statuses.append(window.status)

    together(5, lambda _: press(student, urls.hand_in(hostile.assignment_id), fields))
    assert count(site, select(func.count()).select_from(Draft)) == 1
    draft_id = count(site, select(Draft.id))
    together(5, lambda _: press(student, urls.confirm_draft(draft_id), {"x": "1"}))
    assert count(site, select(func.count()).where(Draft.number == 1)) == 1
    merge(site, draft_id)
    instructor.get(urls.review(draft_id))
    review = instructor.page.form(urls.review_save(draft_id)).fields
    together(5, lambda _: press(instructor, urls.review_release(draft_id), review))
    assert count(site, select(func.count()).select_from(FeedbackVersion)) == 1
    assert all(status < 500 for status in statuses), statuses


def test_fields_nobody_offered_change_nothing(hostile: Hostile) -> None:
    site, student = hostile.site, hostile.student
    draft_id = preview_text(student, hostile.assignment_id)
    more = {"number": "9", "status": "released", "student_id": "1", "erase_after": "2099-01-01", "role": "admin"}
    student.post(urls.confirm_draft(draft_id), more)
    row = site.wiring.database.read_now(
        lambda c: c.execute(select(Draft.number, Draft.status, Draft.erase_after)).one()
    )
    assert tuple(row) == (1, "submitted", None)


def test_comments_of_another_draft_are_not_changed_through_ones_own(hostile: Hostile) -> None:
    site, instructor = hostile.site, hostile.instructor
    otto = site.person("Otto Other", Role.INSTRUCTOR)
    olga = site.person("Olga Outside")
    elsewhere = make_teaching(site, instructor=otto, students=["olga@example.edu"])
    theirs, ours = hand_in_text(olga, elsewhere.assignment_id), hand_in_text(hostile.student, hostile.assignment_id)
    merge(site, theirs)
    merge(site, ours)
    before = otto.get(urls.review(theirs)).form(urls.review_save(theirs)).fields
    name = next(each for each in before if re.fullmatch(r"comment\.\d+\.text", each))
    form = instructor.get(urls.review(ours)).form(urls.review_save(ours)).fields
    digest = next(each for each in before["base"].split() if each.startswith(f"{name}="))
    instructor.post(urls.review_save(ours), {**form, name: "stolen", "base": f"{form['base']} {digest}"})
    assert otto.get(urls.review(theirs)).form(urls.review_save(theirs)).fields == before


def test_a_colleague_who_was_taken_off_a_course_is_out_of_it(hostile: Hostile) -> None:
    site = hostile.site
    cora_id = site.make_person("Cora Colleague", Role.INSTRUCTOR)
    cora = site.visitor().sign_in("cora@example.edu")
    row = {"course_id": hostile.course_id, "user_id": cora_id, "role": "tutor", "added_at": site.wiring.clock.now()}
    site.wiring.database.write_now(lambda c: c.execute(insert(CourseStaff).values(**row)))
    cora.get(urls.course(hostile.course_id))
    assert cora.status == 200
    site.wiring.database.write_now(lambda c: c.execute(delete(CourseStaff).where(CourseStaff.user_id == cora_id)))
    cora.get(urls.course(hostile.course_id))
    assert cora.status == 404
