"""Audit events in words: what was done, never to which text or in which words."""

_WORDS = {
    "account.create": "created an account",
    "assignment.change": "changed an assignment",
    "assignment.create": "created an assignment",
    "assignment.move": "changed an assignment’s state",
    "assignment.publish": "published an assignment",
    "assignment.set_readers": "chose an assignment’s readers",
    "assignment.set_rubric": "changed an assignment’s rubric",
    "comment.uptake": "marked a comment",
    "comment.uptake_cleared": "took back a mark on a comment",
    "course.change": "changed a course",
    "course.create": "created a course",
    "course.move": "changed a course’s state",
    "draft.discard": "threw a text away before handing it in",
    "draft.download": "downloaded a draft’s file",
    "draft.erase": "erased a draft’s content",
    "draft.preserve": "kept a draft’s content from being erased",
    "draft.preview": "looked at a text before handing it in",
    "draft.stop_preserving": "let a draft’s content be erased again",
    "draft.submit": "handed in a draft",
    "draft.sweep": "threw away a text nobody handed in",
    "draft.take_back": "took a draft back",
    "enrolment.add": "enrolled a student",
    "enrolment.remove": "removed a student from a course",
    "feedback.merged": "merged the readings of a draft",
    "feedback.open": "opened feedback",
    "review.read_again": "had a draft read again",
    "review.recall": "recalled feedback",
    "review.release": "released feedback",
    "review.release_failed": "could not release feedback at its set time",
    "review.save": "saved a review",
    "review.schedule": "set a time for releasing feedback",
    "review.schedule_saved": "set a time for releasing saved feedback",
    "review.stop_withholding": "stopped withholding feedback",
    "review.unschedule": "took back a set time of release",
    "review.withhold": "withheld feedback",
    "rubric.save": "saved a rubric",
    "session.end": "signed out",
    "session.start": "signed in",
}


def act_in_words(action: str) -> str:
    """“released feedback”; an act without words of its own is told by its code: “model key added”."""
    return _WORDS.get(action) or action.replace(".", " ").replace("_", " ")
