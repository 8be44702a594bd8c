"""A small university, built once through the pages: everybody who may want to see a draft, and drafts to be seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert, select, update

from feedforward import urls
from feedforward.accounts.account_queries import handle_of
from feedforward.accounts.tables import AllowedDomain, Registration, User
from feedforward.assessment.answer import Addressed, Uptake
from feedforward.assessment.calibration_actions import begin_run
from feedforward.assessment.tables import Reading
from feedforward.assessment.trial_actions import begin_trial
from feedforward.assessment.trial_queries import ASKED_PLACE
from feedforward.assessment.trial_rules import TrialKind
from feedforward.assignments.tables import Assignment
from feedforward.courses.tables import CourseStaff, Invitation
from feedforward.drafts.queries import draft_for_work
from feedforward.feedback.tables import Comment, Feedback
from feedforward.rubrics.template_actions import keep_template
from feedforward.rubrics.template_rules import TemplateStatus
from feedforward.rubrics.templates import ready_made
from feedforward.web.access import Role
from feedforward.web.sessions import hash_of
from feedforward.wiring import Wiring
from tests.factories.archives import archive_of_one
from tests.factories.feedback_rows import merge, release
from tests.factories.site import Site, Visitor
from tests.factories.studying import ESSAY, StartedFeedback, confirm, preview_file, preview_text, wiring_with
from tests.factories.teaching import enrol_students, last_id, make_course, make_teaching
from tests.mail.post_office import delivery_to
from tests.mail.posting import INVITATION, LETTERS, send

ACTORS = (
    "signed out", "writer", "classmate", "student elsewhere", "owner", "co-instructor", "tutor", "instructor elsewhere",
    "admin", "removed", "inactive",
)  # fmt: skip


@dataclass
class World:
    """`ids` are the values of the names in the routes' paths; `people` one browser per actor."""

    site: Site
    people: dict[str, Visitor] = field(default_factory=dict)
    user_ids: dict[str, int] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    reading_id: str = ""

    def add(self, actor: str, name: str, role: Role = Role.STUDENT) -> Visitor:
        self.user_ids[actor] = self.site.make_person(name, role)
        self.people[actor] = self.site.visitor().sign_in(f"{name.split()[0].lower()}@example.edu")
        return self.people[actor]

    def session_handle(self, actor: str) -> str:
        """What the session of this actor's browser is called on their account page."""
        return handle_of(hash_of(self.people[actor].client.cookies["feedforward-session"]))

    def value(self, statement: Any) -> Any:
        return self.site.wiring.database.read_now(lambda connection: connection.execute(statement).scalar_one())

    def run(self, statement: Any) -> None:
        self.site.wiring.database.write_now(lambda connection: connection.execute(statement))

    def comment_of(self, draft_id: int) -> int:
        """A comment on the draft that its student may answer."""
        found: int = self.value(
            select(Comment.id)
            .join(Feedback, Feedback.id == Comment.feedback_id)
            .where(Feedback.draft_id == draft_id, Comment.supported)
            .order_by(Comment.id)
            .limit(1)
        )
        return found


@contextmanager
def open_world(wiring: Wiring) -> Iterator[World]:
    with Site.open(wiring_with(wiring, StartedFeedback())) as site:
        yield build(World(site))


def build(world: World) -> World:
    site = world.site
    world.people["signed out"] = site.visitor()
    owner = world.add("owner", "Iris Instructor", Role.INSTRUCTOR)
    world.add("co-instructor", "Cora Colleague", Role.INSTRUCTOR)
    world.add("tutor", "Tim Tutor")
    elsewhere = world.add("instructor elsewhere", "Otto Other", Role.INSTRUCTOR)
    world.add("admin", "Adam Admin", Role.ADMIN)
    writer = world.add("writer", "Ada Author")
    removed = world.add("removed", "Rita Removed")
    world.add("classmate", "Cleo Classmate")
    world.add("student elsewhere", "Olga Outside")
    world.add("inactive", "Ina Inactive")
    world.add("archived", "Archie Archived")
    world.add("deleted", "Della Deleted")
    teaching = make_teaching(
        site, instructor=owner, students=[f"{name}@example.edu" for name in ("ada", "cleo", "rita", "ina")],
    )  # fmt: skip
    other_course = make_course(elsewhere, code="OTH 1", title="Elsewhere")
    enrol_students(elsewhere, other_course, ["olga@example.edu"])
    for actor, role in (("co-instructor", "co_instructor"), ("tutor", "tutor")):
        world.run(
            insert(CourseStaff).values(
                course_id=teaching.course_id, user_id=world.user_ids[actor], role=role, added_at=site.wiring.clock.now()
            )
        )
    world.ids = {"course_id": teaching.course_id, "assignment_id": teaching.assignment_id}
    world.ids |= {"student_id": world.user_ids["classmate"]}
    owner.get(urls.task_sheet(teaching.assignment_id))
    owner.submit(urls.task_sheet(teaching.assignment_id), files={"file": ("task.txt", b"Write about cars.")})
    owner.get(urls.hand_in_for(teaching.assignment_id))
    owner.submit(urls.archives(teaching.assignment_id), files={"file": ("all.zip", archive_of_one("essay.txt"))})
    world.ids["archive_id"] = last_id(owner.path)
    owner_id = world.user_ids["owner"]
    for name, student in (("own of removed", removed), ("released", writer)):
        world.ids[name] = draft_id = hand_in_file(student, teaching.assignment_id)
        merge(site, draft_id)
        release(site, draft_id, by=owner_id)
    world.ids["awaiting"] = hand_in_file(writer, teaching.assignment_id)
    world.ids["comment_id"] = world.comment_of(world.ids["released"])
    judged = (Uptake(str(world.ids["comment_id"]), Addressed.PARTLY, "A reason came in."),)
    merge(site, world.ids["awaiting"], uptake=judged)
    world.ids["answered"] = hand_in_file(writer, teaching.assignment_id)
    merge(site, world.ids["answered"], uptake=judged)
    release(site, world.ids["answered"], by=owner_id)
    second = make_teaching(site, instructor=owner, students=["ada@example.edu"], title="A second one")
    for actor, role in (("co-instructor", "co_instructor"), ("tutor", "tutor")):
        world.run(
            insert(CourseStaff).values(
                course_id=second.course_id, user_id=world.user_ids[actor], role=role, added_at=site.wiring.clock.now()
            )
        )
    world.ids["submitted"] = preview_text(writer, second.assignment_id)
    confirm(writer, world.ids["submitted"])
    third = make_teaching(site, instructor=owner, students=["ada@example.edu"], title="A third one")
    world.ids["previewed"] = preview_text(writer, third.assignment_id)
    world.ids["message_id"] = lay_out_a_letter(world)
    world.ids["template_id"] = site.wiring.database.write_now(
        keep_template, owner_id=owner_id, rubric=ready_made()["essay"].rubric, about="", status=TemplateStatus.ACTIVE,
        now=site.wiring.clock.now(),
    )  # fmt: skip
    world.reading_id = add_reading(world, world.ids["awaiting"])
    world.ids["calibration_id"] = site.wiring.database.write_now(
        begin_run, staff_id=owner_id, assignment_id=teaching.assignment_id,
        rubric_id=world.value(select(Assignment.rubric_id).where(Assignment.id == teaching.assignment_id)),
        reader="built-in", version="1", source="marked", texts=30, now=site.wiring.clock.now(),
    )  # fmt: skip
    content_id = site.wiring.content.new()
    world.ids["trial_id"] = site.wiring.database.write_now(
        begin_trial, staff_id=owner_id, assignment_id=teaching.assignment_id, kind=TrialKind.DRY_RUN,
        content_id=content_id, asked=site.wiring.content.seal(content_id, {"texts": []}, ASKED_PLACE),
        readers=("built-in",), subjects=(1,), now=site.wiring.clock.now(),
    )  # fmt: skip
    owner.get(urls.add_people(teaching.course_id))
    owner.submit(urls.check_people(teaching.course_id), emails="invited@example.edu")
    owner.submit(urls.add_people(teaching.course_id))
    world.ids["invitation_id"] = world.value(select(Invitation.id))
    world.ids["user_id"] = world.user_ids["tutor"]
    owner.get(urls.course_people(teaching.course_id))
    owner.submit(urls.remove_student(teaching.course_id, world.user_ids["removed"]))
    assert owner.status == 200, owner.page.text
    add_registration_and_domain(world)
    for status in ("inactive", "archived", "deleted"):
        world.run(update(User).where(User.id == world.user_ids[status]).values(status=status))
    return world


def hand_in_file(student: Visitor, assignment_id: int) -> int:
    draft_id = preview_file(student, assignment_id, "essay.txt", ESSAY.encode())
    confirm(student, draft_id)
    return draft_id


def add_registration_and_domain(world: World) -> None:
    """Somebody who asks for an account, and an entry of the list of domains."""
    asking, admin = world.site.visitor(), world.people["admin"]
    asking.get(urls.register())
    asking.submit(
        urls.register(), name="Nora New", email="nora@example.org", password="four quiet words here", accepted="yes"
    )
    assert asking.status == 200, asking.page.text
    admin.get(urls.domains())
    admin.submit(urls.domains(), domain="example.org", decision="wait")
    world.ids["registration_id"] = world.value(select(Registration.id))
    world.ids["domain_id"] = world.value(select(AllowedDomain.id))


def lay_out_a_letter(world: World) -> int:
    """An invitation that lies here because there is no mail server; its message."""
    wiring = world.site.wiring
    address = wiring.mail.addresses.sealed("somebody@example.edu")
    message_id = send(wiring, INVITATION, address, invitation_id=1)
    delivery_to(wiring, None, LETTERS).deliver_due()
    return message_id


def add_reading(world: World, draft_id: int) -> str:
    """A reading with a record that can be looked up, as the pipeline would have left it."""
    wiring, now = world.site.wiring, world.site.wiring.clock.now()

    def write(connection: Connection) -> str:
        draft = draft_for_work(connection, draft_id)
        record = {"system": "You read drafts.", "user": "a draft", "raw": "{}"}
        values = {
            "id": f"{draft_id}-1-9-1", "draft_id": draft_id, "round": 1, "reader": "local/model-z", "provider": "local",
            "run": 1, "weight": 1.0, "temperature": 0.0, "max_tokens": 2000, "status": "done", "dispatch": 1,
            "planned_at": now, "changed_at": now, "finished_at": now, "seconds": 1.0, "tokens_in": 1, "tokens_out": 1,
            "tokens_cached": 0, "cost_microdollars": 0, "prompt_version": "p1",
            "record": wiring.content.seal(draft.content_id, record, "record"),
        }  # fmt: skip
        connection.execute(insert(Reading).values(**values))
        return str(values["id"])

    return wiring.database.write_now(write)
