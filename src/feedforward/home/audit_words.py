"""Audit events in words: what was done, never to which text or in which words."""

import re
from collections.abc import Mapping
from typing import Any

_WORDS = {
    "account.create": "created an account",
    "account.delete": "deleted an account",
    "account.move": "changed the state of an account",
    "account.rename": "changed their name",
    "account.role": "gave an account another role",
    "assignment.attach_sheet": "attached a task sheet",
    "assignment.change": "changed an assignment",
    "assignment.choose_signals": "chose what the built-in reader looks at",
    "assignment.create": "created an assignment",
    "assignment.move": "changed an assignment’s state",
    "assignment.publish": "published an assignment",
    "assignment.publish_failed": "could not publish an assignment by its schedule",
    "assignment.publish_scheduled": "published an assignment by its schedule",
    "assignment.remove_sheet": "removed a task sheet",
    "assignment.restore": "restored an assignment",
    "assignment.schedule": "scheduled the publication of an assignment",
    "assignment.set_readers": "chose an assignment’s readers",
    "assignment.set_rubric": "changed an assignment’s rubric",
    "assignment.set_settings": "changed the settings of an assignment",
    "assignment.unschedule": "took back the schedule of an assignment",
    "audit.export": "downloaded the audit log",
    "break_glass.close": "closed student work before its time was over",
    "break_glass.open": "gave a reason and opened student work",
    "break_glass.read": "read student work for a recorded reason",
    "break_glass.seen": "saw that student work was opened",
    "calendar.make": "made a calendar address",
    "calendar.revoke": "revoked their calendar address",
    "calibration.begin": "began a calibration",
    "calibration.remove": "threw a calibration away",
    "calibration.stop": "stopped using a calibration",
    "calibration.use": "put a calibration to use",
    "class.export": "exported the table of a class",
    "class.export_feedback": "exported the feedback of a class",
    "class.remind": "reminded students of an assignment",
    "class.remind_before_due": "reminded students of a due date by the schedule",
    "comment.addressed_corrected": "said what became of a comment",
    "comment.correction_withdrawn": "took back a word on what became of a comment",
    "comment.uptake": "marked a comment",
    "comment.uptake_cleared": "took back a mark on a comment",
    "course.change": "changed a course",
    "course.create": "created a course",
    "course.duplicate": "duplicated a course",
    "course.move": "changed a course’s state",
    "course.restore": "restored a course",
    "course.set_defaults": "changed the defaults of a course",
    "course.transfer": "handed a course to another owner",
    "domain.add": "added a domain to the list",
    "domain.remove": "removed a domain from the list",
    "draft.discard": "threw a text away before handing it in",
    "draft.download": "downloaded a draft’s file",
    "draft.erase": "erased a draft’s content",
    "draft.preserve": "kept a draft’s content from being erased",
    "draft.hand_in_for": "handed in a draft on behalf of a student",
    "draft.preview": "looked at a text before handing it in",
    "draft.stop_preserving": "let a draft’s content be erased again",
    "draft.submit": "handed in a draft",
    "draft.sweep": "threw away a text nobody handed in",
    "draft.take_back": "took a draft back",
    "email.ask": "asked for another e-mail address",
    "email.change": "changed their e-mail address",
    "email.drop": "took back a wish for another e-mail address",
    "email.give": "changed somebody’s e-mail address",
    "email.undo": "undid a change of their e-mail address",
    "enrolment.add": "enrolled a student",
    "enrolment.change": "changed a student’s section or number",
    "enrolment.remove": "removed a student from a course",
    "extension.grant": "gave a student an extension",
    "extension.withdraw": "took back an extension",
    "feedback.merged": "merged the readings of a draft",
    "feedback.open": "opened feedback",
    "installation.set_defaults": "changed the defaults of the installation",
    "invitation.add": "invited somebody to a course",
    "invitation.join": "joined a course by invitation",
    "invitation.link": "made a link for an invitation",
    "invitation.remove": "removed an invitation",
    "invitation.revoke": "took an invitation back",
    "invitation.send": "sent an invitation again",
    "key.rotate": "wrapped the keys under another root secret",
    "key.use": "used the key of a provider",
    "keys.rotate": "wrapped everything under another root secret",
    "lms.bring_in": "brought in an archive of submissions",
    "lms.look": "looked at an archive of submissions",
    "lms.throw_away": "threw away an archive of submissions",
    "mail.choose": "chose what to be told by mail",
    "mail.send_again": "had a message sent again",
    "mail.unsubscribe": "turned off mail of a kind",
    "password.ask_reset": "asked for a link to choose a new password",
    "password.change": "changed their password",
    "password.reset": "chose a new password by a link",
    "permission.refuse": "asked for a page that is not theirs, or not there",
    "registration.approve": "let in somebody who registered",
    "registration.ask": "asked for an account",
    "registration.confirm": "confirmed an address while registering",
    "registration.reject": "rejected a registration",
    "review.kept_for_a_person": "kept feedback for a person to review",
    "review.read_again": "had a draft read again",
    "review.recall": "recalled feedback",
    "review.release": "released feedback",
    "review.release_failed": "could not release feedback at its set time",
    "review.release_unreviewed": "released feedback that nobody reviewed",
    "review.save": "saved a review",
    "review.schedule": "set a time for releasing feedback",
    "review.schedule_saved": "set a time for releasing saved feedback",
    "review.stop_withholding": "stopped withholding feedback",
    "review.unschedule": "took back a set time of release",
    "review.withhold": "withheld feedback",
    "rubric.forget_try": "erased the texts of a trial of a rubric",
    "rubric.save": "saved a rubric",
    "rubric.try": "tried a rubric",
    "second_factor.begin": "began to set up a second step",
    "second_factor.new_codes": "made new recovery codes",
    "second_factor.off": "turned off the second step",
    "second_factor.on": "turned on the second step",
    "second_factor.refuse": "gave a wrong code for the second step",
    "second_factor.removed": "removed somebody’s second step",
    "second_factor.use_recovery": "used a recovery code",
    "session.confirm": "showed again that it is them",
    "session.end": "signed out",
    "session.end_all": "signed out everywhere",
    "session.end_of": "signed somebody out everywhere",
    "session.end_other": "signed out another browser",
    "session.half": "gave the right password and owes a code",
    "session.pause": "made one wrong try too many, and has to wait",
    "session.refuse": "could not sign in",
    "session.start": "signed in",
    "sign_on.ask": "asked to connect with an institution",
    "sign_on.break_glass": "signed in with a password although the institution signs in",
    "sign_on.link": "connected an account with an institution",
    "sign_on.refuse": "could not be signed in by an institution",
    "sign_on.unlink": "ended a connection with an institution",
    "staff.add": "let somebody teach a course",
    "staff.change": "gave a teacher of a course another role",
    "staff.part": "gave a tutor a part of the roster",
    "staff.remove": "removed somebody from a course’s staff",
    "template.change": "changed a rubric template",
    "template.keep": "kept a rubric as a template",
    "template.move": "took a step in a template’s life",
    "template.share": "changed who can use a template",
    "terms.accept": "accepted the terms",
    "terms.publish": "published an edition of the terms",
    "token.mint": "had a link made",
    "token.use": "used a link from a letter",
}


SUBJECTS = {
    "user": "account", "course": "course", "assignment": "assignment", "draft": "draft", "comment": "comment",
    "rubric": "rubric", "template": "rubric template", "registration": "registration", "domain": "domain",
    "mail": "message", "glass": "opening of student work",
}  # fmt: skip
# The first word of an act's code, and what that kind of act is called.
KINDS = {
    "session": "Signing in and out", "second_factor": "Second step", "password": "Passwords", "token": "Links by mail",
    "sign_on": "Sign-in by an institution", "permission": "Refused", "account": "Accounts", "email": "E-mail addresses",
    "registration": "Registrations", "domain": "Domains", "terms": "Terms", "mail": "Mail", "key": "Keys of providers",
    "keys": "Root secret",
    "break_glass": "Student work read for a reason", "audit": "This log", "course": "Courses", "staff": "Who teaches",
    "enrolment": "Who studies", "invitation": "Invitations", "assignment": "Assignments", "rubric": "Rubrics",
    "template": "Rubric templates",
    "calibration": "Calibrations", "draft": "Drafts", "comment": "Comments", "feedback": "Feedback",
    "review": "Reviews", "calendar": "Calendars", "class": "Classes: reminders and exports", "extension": "More time",
    "installation": "The installation", "lms": "Archives of submissions",
}  # fmt: skip


def actions_of_kind(kind: str) -> frozenset[str]:
    """The codes of all acts of a kind; none for a kind nobody knows."""
    return frozenset(each for each in _WORDS if each.partition(".")[0] == kind)


def actions_with_words(typed: str) -> frozenset[str]:
    """The codes of the acts whose words, or whose code, hold all that was typed, in any order."""
    words = typed.lower().split()
    found = {code for code, said in _WORDS.items() if all(each in f"{code} {said}".lower() for each in words)}
    # An act of a release before or after this one has no words here and can still be asked for.
    exact = {typed.lower()} if re.fullmatch(r"[a-z_]+\.[a-z_]+", typed.lower()) else set()
    return frozenset(found | exact)


def detail_in_words(detail: Mapping[str, Any]) -> str:
    """“from: student, to: admin”."""
    return ", ".join(f"{name.replace('_', ' ')}: {_value(value)}" for name, value in detail.items())


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(map(_value, value)) or "none"
    # Codes of statuses are written as one word.
    return "none" if value is None else str(value).replace("_", " ")


def subject_in_words(kind: str, number: str) -> str:
    """“account 3”."""
    return f"{SUBJECTS.get(kind, kind.replace('_', ' '))} {number}"


def act_in_words(action: str) -> str:
    """“released feedback”; an act without words of its own is told by its code: “model key added”."""
    return _WORDS.get(action) or action.replace(".", " ").replace("_", " ")
