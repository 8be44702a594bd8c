"""Commands about accounts: links for the operator to hand over, and a lost second step."""

from tests.factories.command_line import Run, assert_refused, run

__all__ = ["run"]


def test_nothing_is_done_for_an_address_without_an_account(run: Run) -> None:
    assert_refused(run("reset-link", "ada@example.edu"), "migrate")
    assert run("migrate").returncode == 0
    for command in ("reset-link", "remove-second-factor"):
        assert_refused(run(command, "nobody@example.edu"), "no active account", "nobody@example.edu")


def test_a_first_administrator_needs_a_password_that_is_not_guessed_at_once(run: Run) -> None:
    assert run("migrate").returncode == 0
    for password in ("password12345", "Ada.Example.2026", "qwertyuiop123"):
        assert_refused(run("create-admin", "ada@example.edu", stdin=f"{password}\n"), "unrelated words")


def test_a_link_is_printed_alone_and_a_second_step_removed_once(run: Run) -> None:
    assert run("migrate").returncode == 0
    assert run("create-admin", "ada@example.edu", stdin="a quiet desk by the window\n").returncode == 0
    printed = run("reset-link", " ADA@example.edu ")
    assert printed.returncode == 0
    assert printed.stdout.startswith("http://127.0.0.1:8000/reset-password?token=")
    assert printed.stdout.count("\n") == 1
    assert_refused(run("remove-second-factor", "ada@example.edu"), "no authenticator app")


def test_an_address_is_changed_once_and_never_to_one_that_is_taken(run: Run) -> None:
    assert run("migrate").returncode == 0
    for name in ("ada", "ben"):
        assert run("create-admin", f"{name}@example.edu", stdin="a quiet desk by the window\n").returncode == 0
    assert_refused(run("change-email", "ada@example.edu", "ben@example.edu"), "another account")
    assert_refused(run("change-email", "ada@example.edu", "nowhere"), "such as name@example.edu")
    assert run("change-email", "Ada@example.edu", "ada.new@example.edu").returncode == 0
    assert_refused(run("change-email", "ada@example.edu", "ada.newer@example.edu"), "no active account")
    assert run("reset-link", "ada.new@example.edu").returncode == 0
