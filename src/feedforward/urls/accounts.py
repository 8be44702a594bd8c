"""Addresses of getting in, and of a person's own account."""

from urllib.parse import quote, urlencode


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


def mail_settings() -> str:
    return "/account/mail"


def undelivered_seen() -> str:
    return "/account/mail/undelivered"


def unsubscribe(token: str) -> str:
    return f"/mail/unsubscribe/{quote(token)}"


def register() -> str:
    return "/register"


def register_with_sign_on() -> str:
    return "/register/sign-on"


def confirm_registration(token: str = "") -> str:
    return f"/confirm-registration?{urlencode({'token': token})}" if token else "/confirm-registration"
