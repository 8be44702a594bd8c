"""An assignment as its students see it, for its staff: nobody's account, nobody's drafts, and nothing to hand in."""

from sqlalchemy import Connection
from starlette.responses import Response

from feedforward import urls
from feedforward.assignments.queries import reader_settings, task_for_staff
from feedforward.drafts.hand_in_form import Typed
from feedforward.drafts.page_data import TaskData
from feedforward.drafts.rules import may_submit
from feedforward.drafts.task_pages import student_view_body
from feedforward.drafts.task_routes import facts_of
from feedforward.rubrics.queries import rubric_by_id
from feedforward.ui.navigation import Link
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@routes.get("/assignments/{assignment_id}/student-view")
async def show_student_view(who: Staff, web: Web, assignment_id: int) -> Response:
    def read(connection: Connection) -> TaskData:
        task = task_for_staff(connection, who.user_id, assignment_id)
        return TaskData(
            task=task, drafts=[], used=0, highest=0, closed=may_submit(task, drafts_used=0, now=web.clock.now()),
            readers=reader_settings(connection, assignment_id),
            rubric=rubric_by_id(connection, task.rubric_id) if task.rubric_id is not None else None,
        )  # fmt: skip

    data = await web.database.read(read)
    return web.page(
        title=f"Student’s view: {data.task.title}",
        body=student_view_body(facts=facts_of(web, who.user_id, data), typed=Typed("", "", {})),
        breadcrumbs=(
            Link("Courses", urls.courses()), Link(data.task.course_code, urls.course(data.task.course_id)),
            Link(data.task.title, urls.assignment(assignment_id)),
        ),
    )  # fmt: skip
