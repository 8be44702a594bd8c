"""The rubric library through its pages: kept, shared, found, copied, put away and brought back."""

import pytest
from sqlalchemy import Connection, func, insert, select

from feedforward import urls
from feedforward.rubrics.formats.registry import FORMATS, Format, read_any
from feedforward.rubrics.tables import RubricRow, TemplateRow
from feedforward.rubrics.template_queries import PER_PAGE
from feedforward.rubrics.template_rules import MOVES, TemplateStatus
from feedforward.web.access import Role
from tests.factories.site import Site, Visitor
from tests.factories.teaching import last_id, make_teaching
from tests.rubrics.made import ESSAY


def copy_of_essay(who: Visitor) -> int:
    """A template made from the ready-made rubric for essays; still being prepared."""
    who.get(urls.ready_made_rubric("essay"))
    who.submit(urls.copy_ready_made("essay"))
    assert who.status == 200, who.page.text
    return last_id(who.path.removesuffix("/edit"))


def move(who: Visitor, template_id: int, go_to: str) -> None:
    """One step in the template's life, from its page."""
    page = who.get(urls.template(template_id))
    form = next(
        form
        for form in page.forms
        if form.action == urls.template_status(template_id) and form.fields["go_to"] == go_to
    )
    who.post(form.action, form.fields)


def test_a_template_is_kept_shared_found_and_copied_and_others_never_change_it(site: Site) -> None:
    iris, otto = (site.person(name, Role.INSTRUCTOR) for name in ("Iris Instructor", "Otto Other"))
    template_id = copy_of_essay(iris)
    edit = urls.edit_template(template_id)
    iris.submit(edit, None, do="save", name="Zeitung", about="For the newspaper project")
    assert iris.path == urls.template(template_id)
    assert "For the newspaper project" in iris.page.text
    assert "Zeitung" not in otto.get(urls.rubrics()).text
    iris.submit(urls.share_template(template_id))
    assert "Zeitung" not in otto.get(urls.rubrics()).text, "shared, but not offered yet"
    move(iris, template_id, "active")
    seen = (urls.rubrics(), urls.rubrics(search="newspaper"), urls.rubrics(search="IRIS"), urls.rubrics(whose="shared"))
    for address in seen:
        assert "Zeitung" in otto.get(address).text, address
    unseen = (urls.rubrics(search="nothing like it"), urls.rubrics(whose="mine"), urls.rubrics(status="active"))
    for address in unseen:
        assert "Zeitung" not in otto.get(address).text, address
    page = otto.get(urls.template(template_id))
    assert "Shared by Iris Instructor" in page.text
    assert not [form for form in page.forms if form.action in (edit, urls.share_template(template_id))]
    for address in (edit, urls.share_template(template_id), urls.template_status(template_id)):
        otto.post(address, {"do": "save", "come_from": "active", "go_to": "inactive"})
        assert otto.status == 404, address
    otto.get(urls.template(template_id))
    otto.submit(urls.copy_template(template_id))
    assert otto.path.endswith("/edit")
    mine = last_id(otto.path.removesuffix("/edit"))
    assert mine != template_id
    assert otto.page.form(urls.edit_template(mine)).fields["name"] == "Copy of Zeitung"
    for kind in Format:
        otto.get(urls.export_template(template_id, kind))
        assert otto.last is not None
        assert FORMATS[kind].ending in otto.last.headers["content-disposition"]
        assert read_any(otto.last.content, "it").rubrics[0].rubric.name == "Zeitung"
    otto.get(urls.export_template(template_id, "word"))
    assert otto.status == 404
    assert "no weights" in otto.get(urls.template_exports(template_id)).text
    move(iris, template_id, "inactive")
    otto.get(urls.template(template_id))
    assert otto.status == 404


def test_the_life_of_a_template_loses_nothing_and_deleted_ones_come_back_where_they_were(site: Site) -> None:
    if not site.wiring.database.is_sqlite:
        pytest.skip("the steps are the same on both databases; one of them is walked")
    iris = site.person("Iris Instructor", Role.INSTRUCTOR)
    template_id = copy_of_essay(iris)
    come_from = TemplateStatus.DRAFT
    walk = (
        "deleted",
        "draft",
        "active",
        "inactive",
        "active",
        "inactive",
        "archived",
        "deleted",
        "archived",
        "inactive",
    )
    for go_to in walk:
        iris.post(urls.template_status(template_id), {"come_from": "active", "go_to": "draft"})
        assert iris.status == 422, "no such step"
        move(iris, template_id, go_to)
        assert iris.status == 200, (come_from, go_to, iris.page.text)
        page = iris.get(urls.template(template_id))
        assert ESSAY.criteria[0].name in page.text
        listed = "Essay" in iris.get(urls.rubrics(whose="mine")).text
        assert listed == (go_to not in ("archived", "deleted"))
        assert "Essay" in iris.get(urls.rubrics(status=go_to)).text
        iris.get(urls.edit_template(template_id))
        assert iris.status == (200 if listed else 403)
        come_from = TemplateStatus(go_to)
    assert {(each.come_from, each.go_to) for each in MOVES} >= set(zip(("draft", *walk), walk, strict=False))


def test_two_windows_never_overwrite_each_other_and_nothing_typed_is_lost(site: Site) -> None:
    iris = site.person("Iris Instructor", Role.INSTRUCTOR)
    template_id = copy_of_essay(iris)
    edit = urls.edit_template(template_id)
    mine = iris.get(edit).form(edit).fields
    iris.submit(edit, None, do="save", **{"criterion.0.name": "Theirs"})
    page = iris.post(edit, {**mine, "criterion.0.name": "Mine", "do": "save"})
    assert iris.status == 409
    assert page.form(edit).fields["criterion.0.name"] == "Mine"
    assert "Theirs" in iris.get(urls.template(template_id)).text
    page = iris.post(edit, {**mine, "criterion.0.name": "", "about": "x" * 501, "do": "save"})
    assert iris.status == 422
    assert "Give the criterion a name." in page.text
    assert "Use at most 500 characters." in page.text


def test_an_assignment_keeps_its_rubric_as_a_template_and_another_starts_from_it(site: Site) -> None:
    teaching = make_teaching(site)
    iris, first = teaching.instructor, teaching.assignment_id
    iris.get(urls.edit_rubric(first))
    iris.submit(urls.keep_rubric(first))
    template_id = last_id(iris.path)
    edit = urls.edit_template(template_id)
    iris.get(edit)
    iris.submit(edit, None, do="save", name="Kept one", **{"criterion.0.name": "Claim"})
    second = make_teaching(site, instructor=iris, title="Another").assignment_id
    builder = urls.edit_rubric(second)
    assert "Nothing like it" not in iris.get(urls.rubric_library(second, search="kept")).text
    iris.submit(builder)
    assert "not saved yet" in iris.page.text
    assert iris.page.form(builder).fields["criterion.0.name"] == "Claim"
    iris.submit(builder, do="save")
    assert iris.path == urls.assignment(second)
    assert "Claim" in iris.page.text
    page = iris.get(urls.rubric_exports(second))
    assert "Carries everything." in page.text
    iris.get(urls.export_rubric(second, "ffrubric"))
    assert iris.last is not None
    about = read_any(iris.last.content, "it").rubrics[0].about
    assert about is not None
    assert (about.title, about.max_drafts) == ("Another", 3)
    other = site.person("Otto Other", Role.INSTRUCTOR)
    other.get(urls.rubric_library(second))
    assert other.status == 404
    other.post(builder, {"do": f"template:{template_id}"})
    assert other.status == 404


def test_a_library_of_thousands_is_searched_and_turned_page_by_page(site: Site) -> None:
    iris = site.person("Iris Instructor", Role.INSTRUCTOR)
    template_id = copy_of_essay(iris)
    now = site.wiring.clock.now()

    def fill(connection: Connection) -> None:
        connection.execute(
            insert(TemplateRow),
            [
                {
                    "owner_id": 1, "rubric_id": 1, "name": f"Template {number}", "about": "", "shared": number % 2 == 0,
                    "status": "active", "version": 1, "created_at": now, "changed_at": now,
                }
                for number in range(2000)
            ],
        )  # fmt: skip

    site.wiring.database.write_now(fill)
    page = iris.get(urls.rubrics())
    assert page.text.count("Template ") >= PER_PAGE
    assert f"of {-(-2001 // PER_PAGE)}" in page.text
    assert "Template 1234" in iris.get(urls.rubrics(search="template 1234")).text
    assert "Template 0" in iris.get(urls.rubrics(page=67)).text
    assert iris.get(urls.rubrics(page=9999)).text
    assert iris.status == 200
    assert template_id


def test_tutors_look_at_the_library_and_keep_nothing(site: Site) -> None:
    teaching = make_teaching(site)
    tim = site.person("Tim Tutor", Role.STUDENT)
    iris = teaching.instructor
    iris.get(urls.course_staff(teaching.course_id))
    iris.submit(urls.add_staff(teaching.course_id), email="tim@example.edu", role="tutor")
    assert tim.get(urls.rubrics()).text
    assert tim.status == 200
    tim.get(urls.ready_made_rubric("code"))
    assert tim.status == 200
    for address in (urls.new_template(), urls.copy_ready_made("essay")):
        tim.post(address, {"do": "save"})
        assert tim.status == 403
    count = select(func.count()).select_from(TemplateRow)
    assert site.wiring.database.read_now(lambda connection: connection.execute(count).scalar_one()) == 0
    assert site.wiring.database.read_now(
        lambda connection: connection.execute(select(func.count()).select_from(RubricRow)).scalar_one()
    )
