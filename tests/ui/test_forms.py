"""Forms: what was typed stays, errors stand beside their field and lead to it, labels name every control."""

from datetime import UTC, datetime

from feedforward.ui.buttons import button_form
from feedforward.ui.choices import Choice, checkbox_group, radio_group, select_field
from feedforward.ui.dialogs import typed_confirmation
from feedforward.ui.elements import render
from feedforward.ui.fields import date_time_value, number_field, password_field, text_area, text_field
from feedforward.ui.forms import form


def test_an_error_stands_beside_its_field_and_the_summary_leads_there() -> None:
    errors = {"title": "Give it a title.", "": "Somebody else saved first."}
    html = render(
        form(
            action="/save",
            fields=text_field(name="title", label="Title", value="", hint="Short.", error=errors["title"]),
            submit="Save",
            errors=errors,
        ),
        "n",
    )
    assert '<a href="#field-title">Give it a title.</a>' in html
    assert "<li>Somebody else saved first.</li>" in html
    assert 'aria-invalid="true" aria-describedby="field-title-hint field-title-error"' in html
    assert 'id="field-title-error"' in html
    assert html.index("data-error-summary") < html.index("<label")


def test_what_was_typed_stays_even_where_it_is_wrong() -> None:
    assert 'value="twelve"' in render(number_field(name="n", label="N", value="twelve", error="Not a number."), "n")


def test_a_text_that_begins_with_an_empty_line_keeps_it() -> None:
    assert ">\n\nText</textarea>" in render(text_area(name="t", label="T", value="\nText"), "n")


def test_a_text_cannot_leave_its_text_area() -> None:
    html = render(text_area(name="t", label="T", value="</textarea><script>"), "n")
    assert html.count("</textarea>") == 1
    assert "<script>" not in html


def test_a_password_is_never_filled_in_by_us() -> None:
    assert "value=" not in render(password_field(), "n")


def test_an_optional_field_says_so_in_words() -> None:
    html = render(text_field(name="t", label="Nickname", required=False), "n")
    assert "Nickname<span" in html
    assert "(optional)" in html
    assert "required" not in html


def test_the_first_choice_of_a_group_carries_the_id_the_summary_leads_to() -> None:
    choices = [Choice("a", "A"), Choice("b", "B")]
    html = render(radio_group(name="kind", label="Kind", choices=choices, value="b", error="Choose one."), "n")
    assert 'value="a" id="field-kind"' in html
    assert 'value="b" id="field-kind-1" checked' in html
    assert html.count("checked") == 1


def test_a_group_of_check_boxes_sends_every_ticked_value() -> None:
    choices = [Choice("a", "A"), Choice("b", "B"), Choice("c", "C")]
    html = render(checkbox_group(name="reader", label="Readers", choices=choices, values=["a", "c"]), "n")
    assert html.count("checked") == 2
    assert html.count('name="reader"') == 3


def test_the_chosen_option_is_selected_and_no_choice_can_be_offered() -> None:
    html = render(select_field(name="k", label="K", choices=[Choice("a", "A")], value="a", empty="Choose one"), "n")
    assert '<option value="a" selected>A</option>' in html
    assert '<option value="">Choose one</option>' in html


def test_a_moment_is_shown_in_the_field_in_the_persons_own_zone() -> None:
    assert date_time_value(datetime(2026, 12, 4, 22, 59, tzinfo=UTC), "Europe/Berlin") == "2026-12-04T23:59"
    assert date_time_value(None, "Europe/Berlin") == ""


def test_a_button_that_changes_something_posts() -> None:
    html = render(button_form(action="/drop", label="Drop", fields={"version": '3"'}), "n")
    assert 'method="post"' in html
    assert 'value="3&quot;"' in html


def test_what_cannot_come_back_asks_for_a_word() -> None:
    html = render(typed_confirmation(action="/delete", explain="All is gone.", word="Essays", label="Delete"), "n")
    assert "<strong>Essays</strong>" in html
    assert 'name="confirmation"' in html
    assert "button-danger" in html
