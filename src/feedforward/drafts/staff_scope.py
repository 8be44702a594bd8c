"""Which drafts a person who teaches may see, for statements that list drafts of many assignments."""

from sqlalchemy import ColumnElement, Select, bindparam, exists, or_, select

from feedforward.assignments.tables import Assignment
from feedforward.courses.parts import in_my_part
from feedforward.courses.tables import Course, CourseStaff
from feedforward.drafts.tables import Draft

# The assignments of my courses: few, found by index.
MY_ASSIGNMENTS: Select[int] = (
    select(Assignment.id)
    .join(CourseStaff, CourseStaff.course_id == Assignment.course_id)
    .join(Course, Course.id == Assignment.course_id)
    .where(CourseStaff.user_id == bindparam("user_id"), Course.status != "deleted", Assignment.status != "deleted")
)
# Those of them whose every student is mine to look after.
WHOLLY_MINE = MY_ASSIGNMENTS.where(CourseStaff.sees_all)
_IN_MY_PART = (
    select(1)
    .select_from(CourseStaff)
    .join(Assignment, Assignment.course_id == CourseStaff.course_id)
    .where(
        CourseStaff.user_id == bindparam("user_id"), Assignment.id == Draft.assignment_id, in_my_part(Draft.student_id)
    )
    .correlate(Draft)
)  # fmt: skip


def of_my_students() -> ColumnElement[bool]:
    """Beside `Draft.assignment_id.in_(MY_ASSIGNMENTS)`, which an index answers: whether the draft's student is mine.

    The list of wholly mine assignments is made once for a statement, so that the second arm, which looks at the roster,
    is asked for drafts in a tutor's part alone.
    """
    return or_(Draft.assignment_id.in_(WHOLLY_MINE), exists(_IN_MY_PART))
