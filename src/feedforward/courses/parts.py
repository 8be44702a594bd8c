"""Which students a person who teaches a course looks after: all of them, or a tutor's part of the roster."""

from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from feedforward.courses.tables import CourseStaff, Enrolment, TutorSection, TutorStudent

_Placed = aliased(Enrolment)


def in_my_part(student_id: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """For a statement that joins the staff row of who asks (`CourseStaff`): whether this student is one of theirs.

    The first arm is decided on the staff row alone, so that a statement costs an instructor what it did before.
    """
    by_name = (
        select(1)
        .where(
            TutorStudent.course_id == CourseStaff.course_id, TutorStudent.user_id == CourseStaff.user_id,
            TutorStudent.student_id == student_id,
        )
        .correlate_except(TutorStudent)
    )  # fmt: skip
    by_section = (
        select(1)
        .select_from(_Placed)
        .join(
            TutorSection, (TutorSection.course_id == _Placed.course_id) & (TutorSection.section == _Placed.section)
        )
        .where(
            _Placed.course_id == CourseStaff.course_id, _Placed.student_id == student_id,
            TutorSection.user_id == CourseStaff.user_id,
        )
        .correlate_except(TutorSection, _Placed)
    )  # fmt: skip
    return or_(CourseStaff.sees_all, exists(by_name), exists(by_section))
