"""Terms and privacy policy: true to the settings, published as editions, accepted with their version."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from feedforward import urls
from feedforward.accounts.tables import TermsAcceptance
from feedforward.accounts.terms_actions import accept
from feedforward.accounts.terms_rules import DEFAULT, PLACEHOLDERS, filled, problem_with_terms
from feedforward.accounts.terms_words import BUILT_IN, placeholder_values
from feedforward.errors import RuleBroken
from feedforward.llm.readers import BUILT_IN as THE_BUILT_IN_READER
from feedforward.settings import Settings
from feedforward.web.access import Role
from tests.factories.second_factor import set_up
from tests.factories.site import Site, Visitor

TERMS = "# Ours\n\nYou are signed out after {session_hours} hours.\n"
POLICY = "Texts go after {retention_days} days.\n"


def publish(
    admin: Visitor, *, needed: bool = False, terms: str = TERMS, privacy: str = POLICY, do: str = "publish"
) -> None:
    admin.get(urls.edit_terms())
    # A tick that is not set is not sent: an empty one reads the same.
    ticked = "yes" if needed else ""
    admin.submit(urls.edit_terms(), terms=terms, privacy=privacy, do=do, needs_acceptance=ticked)


def acceptances(site: Site) -> list[tuple[int, int]]:
    statement = select(TermsAcceptance.user_id, TermsAcceptance.version).order_by(
        TermsAcceptance.user_id, TermsAcceptance.version
    )
    return [(row.user_id, row.version) for row in site.wiring.database.read_now(lambda c: c.execute(statement).all())]


def test_everybody_can_read_both_and_they_say_what_is_set(site: Site) -> None:
    settings = site.wiring.settings
    terms, policy = site.visitor().get(urls.terms()).text, site.visitor().get(urls.privacy()).text
    assert f"after {settings.session_hours:g} hours" in terms
    assert f"erased {settings.retention_days} days after" in policy
    assert "No language model is connected" in policy
    assert "{" not in terms + policy


def test_every_placeholder_has_a_value_and_every_default_text_passes(site: Site) -> None:
    values = placeholder_values(site.wiring.settings, ("built-in", "local/model-z"))
    assert set(values) == set(PLACEHOLDERS)
    assert all(values.values())
    assert problem_with_terms(DEFAULT.terms) is None
    assert problem_with_terms(DEFAULT.privacy) is None


def test_the_values_follow_the_settings(settings: Settings) -> None:
    changed = settings.model_copy(
        update={"smtp_host": "", "retention_days": 7, "self_registration": False, "institution": "Example University"}
    )
    with_model = placeholder_values(changed, ("built-in", "local/model-z"))
    assert with_model["mail"] == "No mail is sent."
    assert with_model["retention_days"] == "7"
    assert with_model["institution"] == "Example University"
    assert "by invitation" in with_model["registration"]
    assert "local/model-z" in with_model["models"]
    assert "built-in" not in with_model["models"]
    assert BUILT_IN == THE_BUILT_IN_READER


def test_a_preview_publishes_nothing_and_keeps_what_was_typed(site: Site) -> None:
    admin = site.person("Adam Admin", Role.ADMIN)
    publish(admin, do="preview", needed=True)
    assert "Nothing is published yet" in admin.page.text
    assert f"You are signed out after {site.wiring.settings.session_hours:g} hours" in admin.page.text
    assert admin.page.form(urls.edit_terms()).fields["terms"].strip() == TERMS.strip()
    assert "FeedForward here is run by" in site.visitor().get(urls.terms()).text
    admin.submit(urls.edit_terms(), do="publish")
    assert "Edition 1." in site.visitor().get(urls.terms()).text


def test_an_unknown_placeholder_and_an_empty_text_are_refused(site: Site) -> None:
    admin = site.person("Adam Admin", Role.ADMIN)
    publish(admin, terms="After {retention_dayz} days.")
    assert admin.status == 422
    assert "There is no placeholder {retention_dayz}" in admin.page.text
    publish(admin, privacy=" \n")
    assert admin.status == 422
    assert "Edition" not in site.visitor().get(urls.privacy()).text


def test_a_text_cannot_bring_html_scripts_or_pictures(site: Site) -> None:
    admin = site.person("Adam Admin", Role.ADMIN)
    publish(admin, terms="<script>alert(1)</script> ![x](https://evil.example/x.png) [a](javascript:alert(1))")
    html = site.visitor().get(urls.terms()).html
    assert "<script>alert" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_of_two_administrators_who_edit_the_second_is_told(site: Site) -> None:
    admin, other = site.person("Adam Admin", Role.ADMIN), site.person("Bea Boss", Role.ADMIN)
    other.get(urls.edit_terms())
    publish(admin)
    other.submit(urls.edit_terms(), terms="Mine.", do="publish")
    assert other.status == 422
    assert other.page.form(urls.edit_terms()).fields["terms"].strip() == "Mine."
    assert "Ours" in site.visitor().get(urls.terms()).text


def test_a_correction_asks_nobody(site: Site) -> None:
    browser = site.person("Ada Student")
    publish(site.person("Adam Admin", Role.ADMIN))
    browser.get(urls.home())
    assert browser.path == urls.home()
    assert acceptances(site) == []


def test_an_edition_that_needs_it_is_accepted_before_anything_else(site: Site) -> None:
    browser = site.person("Ada Student")
    publish(site.person("Adam Admin", Role.ADMIN), needed=True)
    for path in (urls.home(), urls.account()):
        browser.get(path)
        assert browser.path == urls.accept_terms()
    assert "The terms have changed" in browser.page.text
    browser.post(urls.rename_account(), {"name": "Somebody Else"})
    assert browser.status == 403
    browser.get(urls.account())
    browser.submit(urls.accept_terms())
    assert browser.status == 422
    browser.submit(urls.accept_terms(), accepted="yes")
    assert browser.path == urls.account()
    assert "Ada Student" in browser.page.text
    assert [version for _, version in acceptances(site)] == [1]


def test_signing_in_leads_to_it_and_signing_out_is_possible(site: Site) -> None:
    site.make_person("Ada Student")
    publish(site.person("Adam Admin", Role.ADMIN), needed=True)
    browser = site.visitor().sign_in("ada@example.edu")
    assert browser.path == urls.accept_terms()
    browser.post(urls.sign_out())
    assert browser.path == urls.sign_in()


def test_the_way_back_stays_here(site: Site) -> None:
    browser = site.person("Ada Student")
    publish(site.person("Adam Admin", Role.ADMIN), needed=True)
    browser.get(urls.accept_terms("https://evil.example/"))
    browser.submit(urls.accept_terms(), accepted="yes")
    assert browser.path == urls.home()


def test_what_was_accepted_is_asked_again_only_for_a_newer_edition_that_needs_it(site: Site) -> None:
    browser, admin = site.person("Ada Student"), site.person("Adam Admin", Role.ADMIN)
    for needed, asked in ((True, True), (False, False), (True, True)):
        publish(admin, needed=needed)
        if needed:
            admin.get(urls.home())
            admin.submit(urls.accept_terms(), accepted="yes")
        browser.get(urls.home())
        assert (browser.path == urls.accept_terms()) is asked
        if asked:
            browser.submit(urls.accept_terms(), accepted="yes")
    assert sorted({version for _, version in acceptances(site)}) == [1, 3]


def test_an_edition_that_came_in_between_is_shown_before_it_is_accepted(site: Site) -> None:
    browser, admin = site.person("Ada Student"), site.person("Adam Admin", Role.ADMIN)
    publish(admin, needed=True)
    browser.get(urls.accept_terms())
    admin.get(urls.home())
    admin.submit(urls.accept_terms(), accepted="yes")
    publish(admin, needed=True, terms="Newer.")
    browser.submit(urls.accept_terms(), accepted="yes")
    assert browser.status == 422
    assert "Newer." in browser.page.text
    assert [version for _, version in acceptances(site)] == [1]


def test_accepting_twice_is_once_and_another_edition_than_the_one_in_force_is_none(site: Site) -> None:
    user_id, database, now = site.make_person("Ada Student"), site.wiring.database, site.wiring.clock.now()
    for _ in range(2):
        database.write_now(accept, user_id=user_id, version=0, now=now)
    assert acceptances(site) == [(user_id, 0)]
    with pytest.raises(RuleBroken):
        database.write_now(accept, user_id=user_id, version=1, now=now)


class TestWithARequiredSecondStep:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"second_factor_roles": "student"})

    def test_both_are_asked_one_after_the_other(self, site: Site) -> None:
        publish(site.person("Adam Admin", Role.ADMIN), needed=True)
        browser = site.person("Ada Student")
        assert browser.path == urls.second_factor()
        set_up(site, browser)
        browser.get(urls.home())
        assert browser.path == urls.accept_terms()
        browser.submit(urls.accept_terms(), accepted="yes")
        assert browser.path == urls.home()


@given(st.text(max_size=200))
def test_a_value_is_words_and_never_markdown(words: str) -> None:
    shown = filled("{institution}", {"institution": words})
    unescaped = shown.replace("\\\\", "").replace("\\*", "").replace("\\_", "").replace("\\[", "").replace("\\<", "")
    assert not set(unescaped) & set("*_[<")


@given(st.text(max_size=300))
def test_no_text_breaks_the_filling(text: str) -> None:
    values = dict.fromkeys(PLACEHOLDERS, "x")
    problem_with_terms(text)
    assert isinstance(filled(text, values), str)
