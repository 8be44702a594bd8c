"""What administrators can do with an account, in words: the act, what it means, what is said afterwards."""

from feedforward.accounts.status_rules import Act

ACT_LABELS = {
    Act.MAKE_STUDENT: "Make a student",
    Act.MAKE_INSTRUCTOR: "Make an instructor",
    Act.MAKE_ADMIN: "Make an administrator",
    Act.DEACTIVATE: "Deactivate",
    Act.REACTIVATE: "Reactivate",
    Act.ARCHIVE: "Archive",
    Act.DELETE: "Delete for good",
    Act.END_SESSIONS: "Sign out everywhere",
    Act.RESET_LINK: "Make a reset link",
    Act.REMOVE_SECOND_FACTOR: "Remove the second step",
}
_SIGNED_OUT = "Every browser of theirs is signed out; they sign in again."
CONSEQUENCES: dict[Act, tuple[str, ...]] = {
    Act.MAKE_STUDENT: (
        "They can no longer make courses. Courses they teach stay theirs to teach.",
        _SIGNED_OUT,
    ),
    Act.MAKE_INSTRUCTOR: ("They can make courses and invite students.", _SIGNED_OUT),
    Act.MAKE_ADMIN: (
        "They can do everything you can do here: see every account, change roles, delete people.",
        "Administrators cannot make courses. Courses they teach stay theirs to teach.",
        _SIGNED_OUT,
    ),
    Act.DEACTIVATE: (
        "They are signed out at once and cannot sign in. Links sent to them are worth nothing.",
        "Their courses, drafts and feedback stay as they are, for everybody else.",
        "They get no mail. You can reactivate the account at any time.",
    ),
    Act.REACTIVATE: ("They can sign in again with the password they had, and everything is as it was.",),
    Act.ARCHIVE: (
        "The account leaves the list of people, unless archived ones are asked for. They still cannot sign in.",
        "Their courses, drafts and feedback stay. You can reactivate the account at any time.",
    ),
    Act.DELETE: (
        "This cannot be undone.",
        "Name and address go: where they stood one reads “Deleted person”. Password, second step and links go too.",
        "They leave every course they study in. What they taught, and feedback they gave or got, stays without a name.",
        "Their address can be used for a new account, which has nothing to do with this one.",
    ),
    Act.END_SESSIONS: (_SIGNED_OUT,),
    Act.RESET_LINK: (
        "You get a link to hand over, with which they choose a new password. It works once, for 45 minutes.",
        "Their present password works until they have used it. Make sure who asks: the link is worth the account.",
    ),
    Act.REMOVE_SECOND_FACTOR: (
        "Their password alone is enough to sign in, until they set up the second step again. They are told by mail.",
        "Make sure who asks: this is what somebody wants who has stolen the password.",
    ),
}
DONE = {
    Act.MAKE_STUDENT: "This is a student’s account now.",
    Act.MAKE_INSTRUCTOR: "This is an instructor’s account now.",
    Act.MAKE_ADMIN: "This is an administrator’s account now.",
    Act.DEACTIVATE: "The account is inactive, and every browser is signed out.",
    Act.REACTIVATE: "The account is active again.",
    Act.ARCHIVE: "The account is archived.",
    Act.DELETE: "The account is deleted.",
    Act.END_SESSIONS: "Every browser is signed out.",
    Act.REMOVE_SECOND_FACTOR: "The second step is removed.",
}
