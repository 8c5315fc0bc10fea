"""The token manager, as programs use it: one store, one refresh, whoever asks."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import pinterest_oauth
from asking import LIMIT
from pinterest_oauth import (
    Account,
    Client,
    DueReport,
    InsufficientScopeError,
    InternalError,
    InvalidArgumentError,
    InvalidConfigError,
    InvalidGrantError,
    InvalidTokenError,
    ReauthorizationRequiredError,
    Removed,
    ServerError,
    Status,
    StoreBusyError,
    StoreUnavailableError,
    Token,
    TokenManager,
    UnknownAccountError,
)
from world import DAY, PAGE, World

if TYPE_CHECKING:
    from pinterest_oauth.emulator import Emulator

REFUSED: Any = {"status": 401, "body_json": {"code": 283, "message": "refused"}, "times": 100}

ANOTHER = """
import sys
from pinterest_oauth import TokenManager
store, clock = sys.argv[1:]
print(TokenManager(store=store, clock_offset_file=clock).account("shop-42").access_token())
"""


def test_after_a_login_there_is_a_token(world: World) -> None:
    account = world.manager().account("shop-42")
    with pytest.raises(UnknownAccountError) as raised:
        account.access_token()
    assert raised.value.outcome == "not_sent"
    token = account.login(world.code(), PAGE)
    assert account.access_token() == token.access_token == account.access_token_now()
    assert account.token() == account.export() == token
    assert (account.name, world.manager().account().name) == ("shop-42", "default")


def test_the_same_redirect_sends_its_code_once(world: World) -> None:
    account, code = world.manager().account(), world.code()
    first = account.login(code, redirect_uri=PAGE, state="own", extra={"a": "b"}, timeout=20)
    assert account.login(code, PAGE, state="own").access_token == first.access_token
    assert world.emulator.record()["total"] == 1
    assert ["a", "b"] in world.emulator.requests()[0]["form"]


def test_when_a_token_is_due_everybody_gets_the_one_of_a_single_refresh(world: World) -> None:
    account = world.logged_in()
    old = account.access_token()
    world.passes(25 * DAY)
    got: list[str] = []
    threads = [
        threading.Thread(target=lambda: got.append(world.manager().account("shop-42").access_token()))
        for _ in range(8)
    ]
    command = [sys.executable, "-c", ANOTHER, str(world.folder / "tokens"), str(world.clock)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=world.environment) as process:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(LIMIT)
        got.append(process.communicate(timeout=LIMIT)[0].strip())
    assert world.refreshes() == 1
    new = account.access_token()
    # Nobody has to wait while the old one is valid, but in the end there is one.
    assert set(got) <= {old, new} and new in got and new != old
    assert world.manager().account("shop-42").access_token() == new
    assert world.refreshes() == 1


def test_an_expired_token_is_waited_for(world: World) -> None:
    account = world.logged_in()
    old = account.access_token()
    world.passes(31 * DAY)
    assert account.access_token_now() is None
    world.emulator.script({"action": "pinterest", "delay_ms": 300})
    got: list[str] = []
    threads = [threading.Thread(target=lambda: got.append(account.access_token())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT)
    assert set(got) == {account.access_token()} and old not in got and len(got) == 8
    assert world.refreshes() == 1


def test_a_refresh_that_fails_keeps_no_valid_token_back(world: World) -> None:
    account = world.logged_in()
    old = account.access_token()
    world.passes(25 * DAY)
    world.emulator.script({"status": 503, "times": 100})
    assert account.access_token() == old
    assert account.access_token() == old == account.access_token_now()
    assert world.refreshes() == 1
    status = account.status()
    assert status.state == "ready"
    assert status.trouble is not None
    assert (status.trouble.kind, status.trouble.http_status) == ("server_error", 503)
    with pytest.raises(ServerError):
        account.refresh(force=True)


def test_what_the_user_took_away_needs_a_login_once_it_has_expired(world: World) -> None:
    world.emulator.switches(rotation="strict")
    account = world.logged_in()
    old = account.access_token()
    world.passes(25 * DAY)
    world.emulator.script(REFUSED)
    assert account.access_token() == old
    status = account.status()
    assert (status.state, status.unsaved) == ("doubtful", False)
    assert status.warning is not None
    world.passes(4 * DAY)
    assert account.access_token() == old
    world.passes(2 * DAY)
    with pytest.raises((ReauthorizationRequiredError, StoreBusyError)):
        account.access_token()
    world.passes(DAY)
    with pytest.raises(ReauthorizationRequiredError) as raised:
        account.access_token()
    assert "log in" in str(raised.value)
    assert account.access_token_now() is None
    assert account.status().state == "needs_login"
    assert world.manager().refresh_due().needs_login == ("shop-42",)
    world.emulator.clear()
    assert account.login(world.code(), PAGE).access_token == account.access_token()
    assert account.status().state == "ready"


def test_a_rejected_token_is_replaced_once(world: World) -> None:
    account = world.logged_in()
    old = account.access_token()
    with pytest.raises(StoreBusyError) as busy:
        account.rejected(old)  # it was obtained less than a minute ago
    assert busy.value.retry_after
    world.passes(120)
    new = account.rejected(old)
    assert new != old and account.access_token() == new
    assert account.rejected(old, 2) == new
    assert world.refreshes() == 1
    with pytest.raises(InvalidTokenError):
        account.rejected(new)
    with pytest.raises(InsufficientScopeError):
        account.rejected(new, code=3)
    assert world.refreshes() == 1


def test_scopes_are_asked_for_before_a_call(world: World) -> None:
    account = world.manager().account()
    account.login(world.emulator.authorize(scope="pins:read,boards:read")["code"], PAGE)
    token = account.access_token()
    assert account.access_token("pins:read") == account.access_token(["boards:read"]) == token
    assert account.access_token(("pins:read", "boards:read")) == account.access_token(scopes=[]) == token
    for scopes in ("ads:read", ["pins:read", "ads:read"]):
        with pytest.raises(InsufficientScopeError) as raised:
            account.access_token(scopes)
        assert raised.value.outcome == "not_sent"


def test_a_token_of_another_place_is_imported(world: World, client: Client) -> None:
    token = client.oauth_token("authorization_code", code=world.code(), redirect_uri=PAGE)
    account = world.manager().account("moved")
    account.import_token(token)
    assert account.access_token() == token.access_token
    world.passes(25 * DAY)
    assert account.access_token() != token.access_token
    account.import_token(Token.from_json('{"access_token":"pina_alone"}'))
    assert account.status().refresh_at is None
    assert account.access_token() == "pina_alone"


def test_the_app_has_tokens_of_its_own(world: World) -> None:
    app = world.manager().app("ads:read,pins:read")
    token = app.access_token()
    assert app.name == ""
    assert world.manager().app(["pins:read", "ads:read"]).access_token() == token
    assert world.manager().app("pins:read").access_token() != token
    assert world.manager().accounts() == []
    world.passes(31 * DAY)
    assert app.access_token() != token


def test_a_refresh_can_be_wanted(world: World) -> None:
    account = world.logged_in()
    old = account.access_token()
    assert account.refresh().access_token == old
    world.passes(120)
    assert account.refresh(force=True).access_token != old
    assert world.refreshes() == 1


def test_reports_are_frozen_values(world: World) -> None:
    world.logged_in("b")
    account = world.logged_in("a")
    manager = world.manager()
    statuses = manager.accounts()
    assert [status.account for status in statuses] == ["a", "b"]
    assert statuses[0] == account.status()
    status = statuses[0]
    assert isinstance(status, Status)
    assert (status.state, status.generation, status.app_id) == ("ready", 1, world.emulator.app_id)
    assert isinstance(status.scopes, tuple) and status.expires_at and status.refresh_at
    with pytest.raises(AttributeError):
        status.state = "needs_login"  # type: ignore[misc]
    report = manager.refresh_due(parallel=2)
    assert isinstance(report, DueReport)
    assert (report.accounts, report.due, report.failed, report.needs_login) == (2, 0, (), ())
    world.passes(25 * DAY)
    report = manager.refresh_due()
    assert (report.due, report.refreshed) == (2, 2)
    world.passes(31 * DAY)
    world.emulator.script({"status": 503, "times": 100})
    report = manager.refresh_due()
    assert (report.due, report.refreshed, len(report.failed)) == (2, 0, 2)
    assert {failure.account for failure in report.failed} == {"a", "b"}
    assert {type(failure.error) for failure in report.failed} == {ServerError}
    assert pickle.loads(pickle.dumps(status)) == status
    assert pickle.loads(pickle.dumps(report)).failed[0].error.http_status == 503
    removed = account.remove()
    assert removed == Removed(account="a", token=True, logins=0, copies=0)
    with pytest.raises(UnknownAccountError):
        account.access_token()


def test_the_doctor_says_what_is_not_as_it_should_be(world: World) -> None:
    account, manager = world.logged_in(), world.manager()
    record = next((world.folder / "tokens/store/records").glob("*/*.json"))
    report = manager.doctor()
    assert (report.accounts, len(report.store_id)) == (1, 32)
    assert [finding.what for finding in report.findings] == ["timer"]
    manager.refresh_due()
    report = manager.doctor()
    assert report.findings == () and report.last_refresh_due and report.last_refresh_due["accounts"] == 1
    record.write_text("{}")
    findings = manager.doctor().findings
    assert [finding.repaired for finding in findings] == [False], findings
    assert manager.doctor(repair=True).findings[0].repaired
    world.passes(120)
    with pytest.raises(UnknownAccountError):
        account.token()


def test_an_account_gets_another_name(world: World) -> None:
    account, manager = world.logged_in("old"), world.manager()
    token = account.access_token()
    account.rename("new")
    assert manager.account("new").access_token() == token
    with pytest.raises(UnknownAccountError):
        account.access_token()
    world.logged_in("other")
    with pytest.raises(InvalidArgumentError) as raised:
        manager.account("new").rename("other")
    assert raised.value.field == "new_name"


def test_managers_with_equal_settings_share_what_they_know(world: World) -> None:
    token = world.logged_in().access_token()
    record = next((world.folder / "tokens/store/records").glob("*/*.json"))
    hidden = record.rename(world.folder / "hidden")
    assert world.manager().account("shop-42").access_token() == token
    hidden.rename(record)


def test_a_store_in_memory_keeps_nothing(world: World) -> None:
    account = world.manager(store=":memory:").account("shop-42")
    account.login(world.code(), PAGE)
    assert account.access_token()
    assert not (world.folder / "tokens").exists()
    with pytest.raises(UnknownAccountError):
        world.manager(store=":memory:").account("shop-42").access_token()


def test_nothing_is_unsaved_where_all_is_stored(world: World) -> None:
    assert world.logged_in().unsaved() is None


def test_a_code_that_is_refused_leaves_what_there_was(world: World) -> None:
    account = world.logged_in()
    token = account.access_token()
    with pytest.raises(InvalidGrantError):
        account.login("made-up", PAGE)
    assert account.access_token() == token


@pytest.mark.parametrize("name", ["", "a\nb", "x" * 1025, None, 5, b"shop", "\ud800", ["shop"]])
def test_a_name_that_is_none_is_refused(world: World, name: Any) -> None:
    with pytest.raises(InvalidArgumentError) as raised:
        world.manager().account(name)
    assert raised.value.field == "account"


@pytest.mark.parametrize("name", ["../../etc/passwd", "Shop", "shop", "🧵", "a b/c", "x" * 1024])
def test_a_name_is_a_name_and_no_path(world: World, name: str) -> None:
    account = world.logged_in(name)
    assert account.access_token()
    assert [status.account for status in world.manager().accounts()] == [name]
    assert {path.name for path in world.folder.iterdir()} == {"tokens"}


@pytest.mark.parametrize(
    ("field", "call"),
    [
        ("token", lambda account: account.import_token('{"access_token":"a"}')),
        ("token", lambda account: account.import_token(None)),
        ("access_token", lambda account: account.rejected(None)),
        ("access_token", lambda account: account.rejected(b"a")),
        ("new_name", lambda account: account.rename(None)),
        ("new_name", lambda account: account.rename("")),
        ("scopes", lambda account: account.access_token(5)),
        ("scopes", lambda account: account.access_token([5])),
        ("code", lambda account: account.login()),
        ("code", lambda account: account.login(None, PAGE)),
        ("code", lambda account: account.login(b"c", PAGE)),
        ("redirect_uri", lambda account: account.login("c")),
        ("arguments", lambda account: account.login("c", PAGE, "state")),
        ("stat", lambda account: account.login("c", PAGE, stat="s")),
        ("language", lambda account: account.login("c", PAGE, language="php")),
        ("timeout", lambda account: account.login("c", PAGE, timeout="5")),
    ],
)
def test_an_argument_that_cannot_be_used_is_named(world: World, field: str, call: Any) -> None:
    account = world.manager().account()
    with pytest.raises(InvalidArgumentError) as raised:
        call(account)
    assert raised.value.field == field
    assert raised.value.__context__ is None
    assert world.emulator.record()["total"] == 0


def test_types_that_python_itself_refuses(world: World) -> None:
    manager: Any = world.manager()
    for wrong in (
        lambda: manager.refresh_due("many"),
        lambda: manager.doctor(repair="yes"),
        lambda: manager.account().refresh(force=1),
        lambda: manager.account().rejected("a", "2"),
        lambda: Account("shop"),  # type: ignore[call-arg]
    ):
        with pytest.raises(TypeError):
            wrong()


def test_settings_that_cannot_be_used_are_named(world: World, tmp_path: Path) -> None:
    unusable: list[tuple[str, dict[str, Any]]] = [
        ("stores", {"stores": "x"}),
        ("store", {"store": 5}),
        ("file_systems", {"file_systems": "nfs4"}),
        ("file_systems", {"file_systems": [5]}),
    ]
    for field, setting in unusable:
        with pytest.raises(InvalidArgumentError) as wrong:
            TokenManager(**{**world.settings, **setting})
        assert wrong.value.field == field
    with pytest.raises(InvalidConfigError) as unset:
        TokenManager(trust_env=False, store=tmp_path)
    assert unset.value.field == "app_id"
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailableError) as raised:
        world.manager(store=tmp_path / "file/below")
    assert raised.value.field == "store"


def test_a_manager_that_was_never_set_up_says_so(world: World) -> None:
    class Careless(TokenManager):
        def __init__(self) -> None:
            pass

    with pytest.raises(InternalError, match="__init__"):
        Careless().account()
    with pytest.raises(InvalidArgumentError, match="set up already"):
        world.manager().__init__(**world.settings)  # type: ignore[misc]


def test_settings_come_from_the_environment(
    emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in emulator.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PINTEREST_OAUTH_STORE", str(tmp_path / "from-environment"))
    account = TokenManager().account()
    account.login(emulator.authorize()["code"], PAGE)
    assert account.access_token()
    assert (tmp_path / "from-environment/store/store.json").is_file()


def test_finish_says_whether_nothing_is_left() -> None:
    assert pinterest_oauth.finish() is True
    assert pinterest_oauth.finish(0) is True
    assert pinterest_oauth.finish(float("nan")) is True
