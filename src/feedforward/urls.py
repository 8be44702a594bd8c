"""The site map: one small pure function per address; the patterns in routes.py files are these with names in braces."""

from urllib.parse import quote, urlencode


def home() -> str:
    return "/"


def sign_in(back_to: str = "") -> str:
    return f"/sign-in?{urlencode({'next': back_to})}" if back_to else "/sign-in"


def sign_in_again() -> str:
    return "/sign-in/again"


def sign_out() -> str:
    return "/sign-out"


def second_step(back_to: str = "") -> str:
    return f"/sign-in/code?{urlencode({'next': back_to})}" if back_to else "/sign-in/code"


def sign_on(name: str, back_to: str = "") -> str:
    asked = f"?{urlencode({'next': back_to})}" if back_to else ""
    return f"/sign-in/with/{quote(name)}{asked}"


def sign_on_return(name: str) -> str:
    return f"/sign-in/with/{quote(name)}/back"


def connect_sign_on() -> str:
    return "/sign-in/connect"


def sign_on_letter() -> str:
    return "/sign-in/connect/letter"


def sign_on_proof(token: str = "") -> str:
    return f"/sign-in/connect/proof?{urlencode({'token': token})}" if token else "/sign-in/connect/proof"


def account_sign_on(name: str) -> str:
    return f"/account/sign-on/{quote(name)}"


def end_sign_on(identity_id: int | str) -> str:
    return f"/account/sign-on/{identity_id}/end"


def forgotten_password() -> str:
    return "/forgotten-password"


def reset_password(token: str = "") -> str:
    return f"/reset-password?{urlencode({'token': token})}" if token else "/reset-password"


def confirm_email(token: str = "") -> str:
    return f"/confirm-email?{urlencode({'token': token})}" if token else "/confirm-email"


def undo_email(token: str = "") -> str:
    return f"/undo-email?{urlencode({'token': token})}" if token else "/undo-email"


def account() -> str:
    return "/account"


def rename_account() -> str:
    return "/account/name"


def change_password() -> str:
    return "/account/password"


def change_email() -> str:
    return "/account/email"


def drop_email_change() -> str:
    return "/account/email/drop"


def end_session(handle: str) -> str:
    return f"/account/sessions/{quote(handle)}/end"


def end_all_sessions() -> str:
    return "/account/sessions/end-all"


def second_factor() -> str:
    return "/account/second-factor"


def begin_second_factor() -> str:
    return "/account/second-factor/begin"


def set_up_second_factor() -> str:
    return "/account/second-factor/set-up"


def new_recovery_codes() -> str:
    return "/account/second-factor/codes"


def second_factor_off() -> str:
    return "/account/second-factor/off"


def privacy() -> str:
    return "/privacy"


def asset(file_name: str) -> str:
    return f"/static/{quote(file_name)}"


def courses() -> str:
    return "/courses"


def new_course() -> str:
    return "/courses/new"


def course(course_id: int | str) -> str:
    return f"/courses/{course_id}"


def edit_course(course_id: int | str) -> str:
    return f"/courses/{course_id}/edit"


def course_status(course_id: int | str) -> str:
    return f"/courses/{course_id}/status"


def course_people(course_id: int | str, *, show: str = "", section: str = "", search: str = "", page: int = 1) -> str:
    asked = {"show": show, "section": section, "q": search, "page": page if page > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value != ""})
    return f"/courses/{course_id}/people?{query}" if query else f"/courses/{course_id}/people"


def add_people(course_id: int | str) -> str:
    return f"/courses/{course_id}/people/add"


def check_people(course_id: int | str) -> str:
    return f"/courses/{course_id}/people/check"


def change_student(course_id: int | str, student_id: int | str) -> str:
    return f"/courses/{course_id}/people/{student_id}/change"


def enrol_again(course_id: int | str, student_id: int | str) -> str:
    return f"/courses/{course_id}/people/{student_id}/enrol"


def remove_student(course_id: int | str, student_id: int | str) -> str:
    return f"/courses/{course_id}/people/{student_id}/remove"


def course_invitations(course_id: int | str, *, show: str = "", search: str = "", page: int = 1) -> str:
    asked = {"show": show, "q": search, "page": page if page > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value != ""})
    return f"/courses/{course_id}/invitations?{query}" if query else f"/courses/{course_id}/invitations"


def send_invitation(course_id: int | str, invitation_id: int | str) -> str:
    return f"/courses/{course_id}/invitations/{invitation_id}/send"


def invitation_link(course_id: int | str, invitation_id: int | str) -> str:
    return f"/courses/{course_id}/invitations/{invitation_id}/link"


def revoke_invitation(course_id: int | str, invitation_id: int | str) -> str:
    return f"/courses/{course_id}/invitations/{invitation_id}/revoke"


def remove_invitation(course_id: int | str, invitation_id: int | str) -> str:
    return f"/courses/{course_id}/invitations/{invitation_id}/remove"


def course_staff(course_id: int | str) -> str:
    return f"/courses/{course_id}/staff"


def add_staff(course_id: int | str) -> str:
    return f"/courses/{course_id}/staff/add"


def staff_role(course_id: int | str, user_id: int | str) -> str:
    return f"/courses/{course_id}/staff/{user_id}/role"


def remove_staff(course_id: int | str, user_id: int | str) -> str:
    return f"/courses/{course_id}/staff/{user_id}/remove"


def tutor_part(course_id: int | str, user_id: int | str) -> str:
    return f"/courses/{course_id}/staff/{user_id}/part"


def transfer_course(course_id: int | str) -> str:
    return f"/courses/{course_id}/transfer"


def join(token: str = "") -> str:
    return f"/join?{urlencode({'token': token})}" if token else "/join"


def join_by_sign_on() -> str:
    return "/join/sign-on"


def confirm_join() -> str:
    return "/join/confirm"


def new_assignment(course_id: int | str) -> str:
    return f"/courses/{course_id}/assignments/new"


def assignment(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}"


def edit_assignment(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/edit"


def edit_rubric(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/rubric"


def edit_readers(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/readers"


def assignment_signals(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/signals"


def assignment_calibration(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/calibration"


def calibrate(assignment_id: int | str, source: str) -> str:
    return f"/assignments/{assignment_id}/calibrate/{source}"


def calibration(calibration_id: int | str) -> str:
    return f"/calibrations/{calibration_id}"


def publish(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/publish"


def assignment_status(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/status"


def task(assignment_id: int | str) -> str:
    return f"/tasks/{assignment_id}"


def student_view(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/student-view"


def hand_in(assignment_id: int | str) -> str:
    return f"/tasks/{assignment_id}/drafts"


def draft(draft_id: int | str) -> str:
    return f"/drafts/{draft_id}"


def preview_draft(draft_id: int | str) -> str:
    return f"/drafts/{draft_id}/preview"


def confirm_draft(draft_id: int | str) -> str:
    return f"/drafts/{draft_id}/confirm"


def replace_draft(draft_id: int | str) -> str:
    return f"/drafts/{draft_id}/replace"


def discard_draft(draft_id: int | str) -> str:
    return f"/drafts/{draft_id}/discard"


def take_back_draft(draft_id: int | str) -> str:
    return f"/drafts/{draft_id}/take-back"


def draft_stages(draft_id: int | str) -> str:
    return f"/drafts/{draft_id}/stages"


def draft_file(draft_id: int | str) -> str:
    return f"/drafts/{draft_id}/file"


def draft_changes(draft_id: int | str, only_changed: bool = False) -> str:
    return f"/drafts/{draft_id}/changes{'?only=changed' if only_changed else ''}"


def correct_addressed(draft_id: int | str, comment_id: int | str) -> str:
    return f"/drafts/{draft_id}/addressed/{comment_id}"


def feedback(draft_id: int | str) -> str:
    return f"/drafts/{draft_id}/feedback"


def comment_uptake(comment_id: int | str) -> str:
    return f"/comments/{comment_id}/uptake"


def review_queue(assignment_id: int | str | None = None, show: str = "", page: int = 1) -> str:
    asked = {"assignment": assignment_id or "", "show": show, "page": page if page > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value != ""})
    return f"/review?{query}" if query else "/review"


def review(draft_id: int | str, within: int | str | None = None) -> str:
    return f"/review/{draft_id}?{urlencode({'assignment': within})}" if within else f"/review/{draft_id}"


def review_record(draft_id: int | str, reading_id: str) -> str:
    return f"/review/{draft_id}/readings/{quote(reading_id)}"


def review_schedule(draft_id: int | str) -> str:
    return f"/review/{draft_id}/schedule"


def review_save(draft_id: int | str) -> str:
    return f"/review/{draft_id}/save"


def review_comment(draft_id: int | str) -> str:
    return f"/review/{draft_id}/comments"


def review_release(draft_id: int | str) -> str:
    return f"/review/{draft_id}/release"


def review_withhold(draft_id: int | str) -> str:
    return f"/review/{draft_id}/withhold"


def review_recall(draft_id: int | str) -> str:
    return f"/review/{draft_id}/recall"


def review_read_again(draft_id: int | str) -> str:
    return f"/review/{draft_id}/read-again"


def review_changes(draft_id: int | str, only_changed: bool = False) -> str:
    return f"/review/{draft_id}/changes{'?only=changed' if only_changed else ''}"


def review_addressed(draft_id: int | str, comment_id: int | str) -> str:
    return f"/review/{draft_id}/addressed/{comment_id}"


def review_file(draft_id: int | str) -> str:
    return f"/review/{draft_id}/file"


def release_saved(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/release-saved"


def preserve(draft_id: int | str) -> str:
    return f"/drafts/{draft_id}/preserve"


def retention() -> str:
    return "/retention"


def health() -> str:
    return "/healthz"


def ready() -> str:
    return "/readyz"


def mail_settings() -> str:
    return "/account/mail"


def undelivered_seen() -> str:
    return "/account/mail/undelivered"


def unsubscribe(token: str) -> str:
    return f"/mail/unsubscribe/{quote(token)}"


def outbox(show: str = "", page: int = 1) -> str:
    asked = {"show": show, "page": page if page > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value != ""})
    return f"/admin/mail?{query}" if query else "/admin/mail"


def laid_out_letter(message_id: int | str) -> str:
    return f"/admin/mail/{message_id}"


def send_again(message_id: int | str) -> str:
    return f"/admin/mail/{message_id}/again"


def register() -> str:
    return "/register"


def confirm_registration(token: str = "") -> str:
    return f"/confirm-registration?{urlencode({'token': token})}" if token else "/confirm-registration"


def terms() -> str:
    return "/terms"


def accept_terms(back_to: str = "") -> str:
    return f"/terms/accept?{urlencode({'next': back_to})}" if back_to else "/terms/accept"


def edit_terms() -> str:
    return "/admin/terms"


def registrations() -> str:
    return "/admin/registrations"


def registration(registration_id: int | str) -> str:
    return f"/admin/registrations/{registration_id}"


def approve_registration(registration_id: int | str) -> str:
    return f"/admin/registrations/{registration_id}/approve"


def reject_registration(registration_id: int | str) -> str:
    return f"/admin/registrations/{registration_id}/reject"


def domains() -> str:
    return "/admin/domains"


def remove_domain(domain_id: int | str) -> str:
    return f"/admin/domains/{domain_id}/remove"


def people(words: str = "", role: str = "", status: str = "", before: int | None = None) -> str:
    asked = {"q": words, "role": role, "status": status, "before": "" if before is None else str(before)}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/admin/people?{query}" if query else "/admin/people"


def person(user_id: int | str) -> str:
    return f"/admin/people/{user_id}"


def act_on_person(user_id: int | str, act: str) -> str:
    return f"/admin/people/{user_id}/{act}"
