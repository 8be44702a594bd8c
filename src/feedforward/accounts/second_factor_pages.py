"""The second step's pages: what it is, setting it up with a phone, recovery codes, turning it off."""

from collections.abc import Mapping, Sequence

from feedforward import urls
from feedforward.accounts.account_pages import UTC
from feedforward.accounts.proving import Means, proof_parts
from feedforward.accounts.second_factor_queries import Factor
from feedforward.accounts.second_factor_rules import RECOVERY_CODES
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, button_row, link_button
from feedforward.ui.dates import day
from feedforward.ui.elements import Child, Code, Element, P, Path, Rect, Svg, Title
from feedforward.ui.fields import text_field
from feedforward.ui.forms import form
from feedforward.ui.layout import card, page_head, reading, section, stack
from feedforward.ui.notices import Notice, NoticeKind, notice

QUIET_MODULES = 4
CODE_HINT = "The six digits your authenticator app shows now, or one of your recovery codes."


def second_factor_body(
    *, factor: Factor | None, due: bool, form_shown: str, means: Mapping[str, Means], errors: Mapping[str, str]
) -> Child:
    """Off: what it is, and how to begin. On: new recovery codes, and turning it off. `form_shown` is the address of the
    form that `errors` belong to; `means` by the address of each form."""
    if factor is None or factor.confirmed_at is None:
        return _off(due=due, means=means[urls.begin_second_factor()], errors=errors)
    left = f"{factor.codes_left} of your {RECOVERY_CODES} recovery codes are left."
    return reading(
        page_head(title="Second step", badges=(badge("On", tone=Tone.DONE),),
                  lead=("Signing in takes a code from your authenticator app, since ", day(factor.confirmed_at, UTC),
                        ". ", left)),
        section(
            title="New recovery codes", lead="The present ones are worth nothing afterwards.",
            body=_proved_form(urls.new_recovery_codes(), "Make new codes", ButtonKind.QUIET, form_shown, means, errors),
        ),
        section(
            title="Turn it off", lead="For a new phone: turn it off, then set it up again.",
            body=_proved_form(urls.second_factor_off(), "Turn it off", ButtonKind.DANGER, form_shown, means, errors),
        ),
    )  # fmt: skip


def _off(*, due: bool, means: Means, errors: Mapping[str, str]) -> Child:
    hint = "Once more, so that nobody else can do this in your place."
    proof = proof_parts(means, errors, submit="Set it up", label="Your password", hint=hint)
    return reading(
        page_head(title="Second step", badges=(badge("Off"),)),
        stack(
        notice(
            Notice(
                "Your account can do much here, so it needs a second step. Set it up now; everything else waits.",
                NoticeKind.PERSON,
            )
        )
        if due
        else None,
        P(
            "Besides your password, signing in then takes a code that an app on your phone shows, such as Aegis, "
            "2FAS, Google Authenticator, or your password manager. Who learns your password alone cannot get in."
        ),
        form(
            action=urls.begin_second_factor(), submit=proof.submit, more=proof.more, errors=errors,
            fields=proof.fields,
        ),
        ),
    )  # fmt: skip


def _proved_form(
    action: str, label: str, kind: ButtonKind, shown: str, means: Mapping[str, Means], errors: Mapping[str, str]
) -> Child:
    mine = errors if shown == action else {}
    # Both forms stand on one page, and a label needs a field of its own.
    ending = "_off" if action == urls.second_factor_off() else ""
    named = {f"{field}{ending}" if field else "": message for field, message in mine.items()}
    proof = proof_parts(
        means[action], named, submit=label, label="Your password", name=f"present_password{ending}"
    )  # fmt: skip
    return form(
        action=action, submit=proof.submit, submit_kind=kind, more=proof.more, errors=named,
        fields=(
            proof.fields,
            text_field(
                name=f"code{ending}", label="Code", autocomplete="one-time-code", max_length=40, hint=CODE_HINT,
                error=mine.get("code"),
            )
            if proof.submit
            else None,
        ),
    )  # fmt: skip


def set_up_body(*, address: str, readable: str, errors: Mapping[str, str]) -> Child:
    """The QR code, the same as text, and the field for the first code."""
    return reading(
        page_head(title="Set up the second step"),
        stack(
            P("Open your authenticator app and let it scan this picture. Then type the six digits it shows."),
            qr_code(address),
            P("No camera? Type this key into the app, as a key for time-based codes: ", Code(readable)),
            form(
                action=urls.set_up_second_factor(), submit="Turn it on", errors=errors,
                fields=text_field(
                    name="code", label="Code", autocomplete="one-time-code", max_length=10, error=errors.get("code"),
                    hint="Six digits; a new code comes every half minute.",
                ),
            ),
        ),
    )  # fmt: skip


def recovery_codes_body(*, codes: Sequence[str], first: bool) -> Child:
    """The codes, for this once."""
    return reading(
        page_head(
            title="Your recovery codes",
            lead="The second step is on." if first else "The earlier codes are worth nothing any more.",
        ),
        stack(
            P(
                "Each of these lets you in once, in place of a code, should your phone be lost. They are shown now and "
                "never again: print them, or keep them in your password manager."
            ),
            card(body=stack(*(Code(each) for each in codes))),
            button_row(link_button("I have kept them", href=urls.account())),
        ),
    )


def qr_code(text: str) -> Element:
    """The text as a QR code, drawn here: dark on light whatever the theme, since cameras want it so."""
    # Imported late: pages that draw no code start a tenth of a second earlier.
    import segno

    matrix = segno.make(text, error="m", micro=False).matrix
    size = len(matrix) + 2 * QUIET_MODULES
    return Svg(
        Title("QR code with the key below"),
        Rect(width=str(size), height=str(size), fill="#ffffff"),
        Path(d="".join(_runs(matrix)), fill="#000000"),
        viewBox=f"0 0 {size} {size}", width="224", height="224", role="img", shape_rendering="crispEdges",
    )  # fmt: skip


def _runs(matrix: Sequence[Sequence[int]]) -> list[str]:
    """Each row's dark modules as bars one module high."""
    drawn = []
    for row, line in enumerate(matrix):
        start = None
        for column, dark in enumerate((*line, 0)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                drawn.append(f"M{start + QUIET_MODULES} {row + QUIET_MODULES}h{column - start}v1h-{column - start}z")
                start = None
    return drawn
