"""What the package names, compared with the table of documents: what is missing is said with its file."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest

import pinterest_oauth
from pinterest_oauth import (
    Account,
    Answer,
    AsyncAccount,
    AsyncClient,
    AsyncTokenManager,
    AuthorizeUrl,
    Client,
    DoctorReport,
    DueReport,
    Login,
    LoginBegin,
    LoginEnd,
    LoginEvent,
    LoginStarted,
    PinterestOAuthError,
    Removed,
    Status,
    Token,
    TokenManager,
    _errors,
    _log,
    types,
)
from pinterest_oauth.openapi_client import Configuration
from pinterest_oauth.openapi_client.model.oauth_access_token_response import OauthAccessTokenResponse

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[3]
SOURCES = "bindings/python/python/pinterest_oauth"
CLIENT = f"{SOURCES}/_client.py"
MANAGER = f"{SOURCES}/_manager.py"
LOG = f"{SOURCES}/_log.py"
REPORTS = f"{SOURCES}/_reports.py"
STUB = f"{SOURCES}/_native.pyi"
NAMED_TYPES = f"{SOURCES}/types.py"
TABLE = json.loads((ROOT / "include/documents.json").read_text(encoding="utf-8"))
DOCUMENTS = {
    document["name"]: {field["name"]: field for field in document["fields"]}
    for document in TABLE["documents"]
}
REQUESTS = {call["name"]: call["request"] for call in TABLE["calls"] + TABLE["without_a_call"]}
TYPES = {
    "text": "str",
    "boolean": "bool",
    "number": "float",
    "scopes": "Scope",
    "pairs": "Extra",
    "token": "Token",
    "list": "Names",
}
PATHS = {"ca_file", "store", "recovery_dir", "clock_offset_file"}


def fields(*documents: str) -> dict[str, Any]:
    """The fields that a caller gives; whose words messages use is the package's own affair."""
    found = {name: field for document in documents for name, field in DOCUMENTS[document].items()}
    return {name: field for name, field in found.items() if name != "language"}


def compare(file: str, what: str, named: Iterable[str], wanted: Iterable[str]) -> None:
    lacks = [f"{file} lacks {what.format(name)}" for name in wanted if name not in set(named)]
    more = [
        f"{file} has {what.format(name)}, unknown to the table" for name in named if name not in set(wanted)
    ]
    agree(lacks + more)


def agree(problems: list[str]) -> None:
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


def parameters(function: Any) -> dict[str, inspect.Parameter]:
    return {name: one for name, one in inspect.signature(function).parameters.items() if name != "self"}


# Fields of few values have a type of that name.
CHOICES = {
    "environment": "Environment",
    "grant_type": "GrantType",
    "token_type_hint": "TokenTypeHint",
}
# What a function takes by a type, whose keys are compared where it is declared.
UNPACKED = {"Unpack[Settings]": ("config",), "Unpack[ManagerSettings]": ("config", "manager")}
# What is not of a call belongs to Python.
LEAVING = {Client: "close", AsyncClient: "aclose"}


def typed(field: dict[str, Any]) -> str:
    """How a parameter's type is written."""
    if field["name"] in PATHS:
        return "Path"
    if field["name"] in CHOICES:
        return CHOICES[field["name"]]
    return "Secret" if field["secret"] and field["type"] == "text" else TYPES[field["type"]]


def check_parameters(function: Any, name: str, wanted: dict[str, Any], file: str = CLIENT) -> None:
    found = parameters(function)
    for rest in [one for one in found if found[one].kind is inspect.Parameter.VAR_KEYWORD]:
        passed_on = fields(*UNPACKED[found.pop(rest).annotation])
        wanted = {parameter: field for parameter, field in wanted.items() if parameter not in passed_on}
    compare(file, f"the parameter {{}} of {name}", found, wanted)
    written = {parameter: found[parameter].annotation.removesuffix(" | None") for parameter in wanted}
    check_types(file, name, written, wanted)


def check_types(file: str, name: str, written: dict[str, str], wanted: dict[str, Any]) -> None:
    wrong = [parameter for parameter, field in wanted.items() if written[parameter] != typed(field)]
    agree([f"{file} has another type for the parameter {parameter} of {name}" for parameter in wrong])


@pytest.mark.parametrize("cls", [Client, AsyncClient])
def test_the_calls_and_their_parameters_are_those_of_the_table(cls: type[Any]) -> None:
    methods = [name for name in vars(cls) if not name.startswith("_")]
    wanted = [*REQUESTS, "refresh", "check", LEAVING[cls]]
    compare(CLIENT, f"the method {{}} of {cls.__name__}", methods, wanted)
    for name, request in REQUESTS.items():
        check_parameters(getattr(cls, name), f"{cls.__name__}.{name}", fields(request))


@pytest.mark.parametrize("cls", [Client, AsyncClient])
def test_the_settings_are_those_of_the_table(cls: type[Any]) -> None:
    check_parameters(cls, cls.__name__, fields("config"))


@pytest.mark.parametrize("cls", [TokenManager, AsyncTokenManager])
def test_the_settings_of_a_token_manager_are_those_of_the_table(cls: type[Any]) -> None:
    check_parameters(cls, cls.__name__, fields("config", "manager"), MANAGER)
    explained(MANAGER, TokenManager, fields("manager"))


@pytest.mark.parametrize("cls", [Account, AsyncAccount])
def test_a_login_takes_the_fields_of_the_table(cls: type[Any]) -> None:
    name, wanted = f"{cls.__name__}.login", fields("login_request")
    compare("bindings/python/src/account.rs", f"the parameter {{}} of {name}", parameters(cls.login), wanted)
    (login,) = (one for one in declared(cls.__name__) if one.name == "login")
    arguments = [*login.args.args[1:], *login.args.kwonlyargs]
    written = {one.arg: ast.unparse(one.annotation or one).removesuffix(" | None") for one in arguments}
    compare(STUB, f"the parameter {{}} of {name}", written, wanted)
    check_types(STUB, name, written, wanted)


@pytest.mark.parametrize("cls", [TokenManager, AsyncTokenManager])
@pytest.mark.parametrize(
    ("name", "document", "own"),
    [
        ("login", "login_options", {"on_event"}),
        ("begin_login", "login_begin_request", set()),
        ("finish_login", "login_visit", set()),
    ],
)
def test_logins_take_the_fields_of_the_table(cls: type[Any], name: str, document: str, own: set[str]) -> None:
    wanted = fields(document)
    found = parameters(getattr(cls, name))
    compare(MANAGER, f"the parameter {{}} of {cls.__name__}.{name}", found.keys() - own, wanted)
    written = {one: found[one].annotation.removesuffix(" | None") for one in wanted}
    check_types(MANAGER, f"{cls.__name__}.{name}", written, wanted)
    explained(MANAGER, getattr(TokenManager, name), wanted.keys() | own)


@pytest.mark.parametrize(("cls", "document"), [(LoginBegin, "login_begin"), (LoginStarted, "login_started")])
def test_what_begins_a_login_has_the_fields_of_the_table(cls: type[Any], document: str) -> None:
    named = [name for name, member in vars(cls).items() if inspect.isgetsetdescriptor(member)]
    compare("bindings/python/src/login.rs", f"the attribute {{}} of {cls.__name__}", named, fields(document))
    what = f"the property {{}} of {cls.__name__}"
    compare(STUB, what, declared_properties(cls.__name__), fields(document))
    secret = {name for name, field in fields(document).items() if field["secret"]}
    assert secret <= {"url", "set_cookies", "authorize_url", "instructions"}, (
        "repr() must hide it, and a test say so"
    )


def test_the_values_of_logins_are_named() -> None:
    for alias, document, field in (
        ("LoginOutcome", "login_end", "outcome"),
        ("LoginEventKind", "login_event", "event"),
    ):
        wanted = fields(document)[field]["values"]
        compare(NAMED_TYPES, f"the value {{}} of {alias}", get_args(getattr(types, alias)), wanted)


def test_what_is_read_from_a_request_are_fields_of_the_table() -> None:
    for named, document, given in (
        (types.BeginFields, "login_begin_request", {"cookies", "host"}),
        (types.FinishFields, "login_visit", {"method", "query", "cookies", "purpose"}),
    ):
        assert set(named.__annotations__) == given
        assert given <= fields(document).keys()


def test_a_login_under_way_can_what_the_c_library_can() -> None:
    methods = {name for name in vars(Login) if not name.startswith("_")}
    assert methods == {"started", "show", "paste", "answer", "cancel"}


def test_every_field_of_a_login_is_explained() -> None:
    explained("bindings/python/src/account.rs", Account.login, fields("login_request"))


@pytest.mark.parametrize(
    ("cls", "document"),
    [
        (Status, "status"),
        (DueReport, "refresh_due"),
        (DoctorReport, "doctor"),
        (Removed, "removed"),
        (LoginEnd, "login_end"),
        (LoginEvent, "login_event"),
    ],
)
def test_what_a_token_manager_reports_has_the_fields_of_the_table(cls: type[Any], document: str) -> None:
    what = f"the attribute {{}} of {cls.__name__}"
    compare(REPORTS, what, [field.name for field in dataclasses.fields(cls)], fields(document))
    explained(REPORTS, cls, fields(document))


def test_the_states_of_an_account_are_named() -> None:
    values = fields("status")["state"]["values"]
    compare(NAMED_TYPES, "the value {} of AccountState", get_args(types.AccountState), values)


def test_a_line_of_the_log_has_every_level_and_every_field() -> None:
    told = fields("log_line")
    compare(LOG, "the level {}", _log._LEVELS, told["level"]["values"])
    logger = logging.getLogger("pinterest_oauth.tests")
    records: list[logging.LogRecord] = []
    logger.addFilter(lambda record: records.append(record) or False)  # type: ignore[func-returns-value]
    line = {**dict.fromkeys(told, "x"), "level": "error"}
    _log.managers(logger, [line])
    logging.Formatter().format(records[0])
    attributes = [*vars(records[0]), "level"]
    compare(LOG, "the attribute {} of a record", [name for name in attributes if name in told], told)


def test_the_function_takes_the_settings_and_the_parameters_of_the_call() -> None:
    check_parameters(pinterest_oauth.oauth_token, "oauth_token", fields("config", "token_request"))


def explained(file: str, thing: Any, names: Iterable[str]) -> None:
    help_text = "\n" + (inspect.getdoc(thing) or "")
    lacking = [name for name in names if f"    {name}: " not in help_text]
    agree([f"{file} does not explain {name} in the help of {thing.__qualname__}" for name in lacking])


def test_every_parameter_is_explained() -> None:
    explained(CLIENT, Client, fields("config"))
    explained(CLIENT, pinterest_oauth.oauth_token, fields("token_request").keys() - {"timeout"})
    for name, request in REQUESTS.items():
        if hasattr(Client, name):
            explained(CLIENT, getattr(Client, name), fields(request))


def declared(cls: str) -> list[ast.FunctionDef]:
    """The methods and properties of a class in the stub."""
    stub = ast.parse((ROOT / STUB).read_text(encoding="utf-8"))
    body = next(node.body for node in stub.body if isinstance(node, ast.ClassDef) and node.name == cls)
    return [node for node in body if isinstance(node, ast.FunctionDef)]


def declared_properties(cls: str) -> list[str]:
    """The properties of a class in the stub."""
    return [
        node.name
        for node in declared(cls)
        if [ast.unparse(one) for one in node.decorator_list] == ["property"]
    ]


@pytest.mark.parametrize(
    ("cls", "document", "file"),
    [(Token, "token", "token.rs"), (AuthorizeUrl, "authorize_url", "answers.rs")],
)
def test_what_calls_give_has_the_fields_of_the_table(cls: type[Any], document: str, file: str) -> None:
    named = [name for name, member in vars(cls).items() if inspect.isgetsetdescriptor(member)]
    compare(f"bindings/python/src/{file}", f"the attribute {{}} of {cls.__name__}", named, fields(document))
    what = f"the property {{}} of {cls.__name__}"
    compare(STUB, what, declared_properties(cls.__name__), fields(document))


@pytest.mark.parametrize(
    ("cls", "document", "file"),
    [(Answer, "answer", "_answer.py"), (PinterestOAuthError, "error", "_errors.py")],
)
def test_what_calls_tell_has_the_fields_of_the_table(cls: type[Any], document: str, file: str) -> None:
    named = ["kind", *parameters(cls)] if cls is PinterestOAuthError else list(parameters(cls))
    compare(f"{SOURCES}/{file}", f"the attribute {{}} of {cls.__name__}", named, fields(document))
    explained(f"{SOURCES}/{file}", cls, fields(document))


def test_an_error_document_has_the_keys_of_the_table() -> None:
    assert list(json.loads(PinterestOAuthError().to_json())) == list(fields("error"))


def test_every_kind_has_a_class() -> None:
    classes = [getattr(_errors, name) for name in _errors.__all__]
    named = [cls.kind for cls in classes if cls is not PinterestOAuthError]
    compare(
        f"{SOURCES}/_errors.py", "a class of the kind {}", named, [kind["name"] for kind in TABLE["kinds"]]
    )
    assert all(issubclass(cls, PinterestOAuthError) for cls in classes)


def test_every_outcome_is_named() -> None:
    compare(NAMED_TYPES, "the outcome {}", get_args(types.Outcome), TABLE["outcomes"])
    lacking = [name for name in TABLE["outcomes"] if f'"{name}"' not in (PinterestOAuthError.__doc__ or "")]
    agree([f"{SOURCES}/_errors.py does not explain the outcome {name}" for name in lacking])


def test_the_types_name_every_kind_and_every_choice() -> None:
    compare(NAMED_TYPES, "the kind {}", get_args(types.Kind), [kind["name"] for kind in TABLE["kinds"]])
    given = fields("config", "token_request", "revoke_request")
    chosen = {name for name, field in given.items() if field.get("values")}
    compare("bindings/python/tests/test_table.py", "the choice {}", CHOICES, chosen)
    for name, alias in CHOICES.items():
        values = get_args(getattr(types, alias))
        compare(NAMED_TYPES, f"the value {{}} of {alias}", values, given[name]["values"])


GRANTS: list[tuple[type[Any], set[str]]] = [
    (types.CodeFields, {"refresh_token", "token", "scope"}),
    (types.RefreshTokenFields, {"code", "redirect_uri", "token"}),
    (types.TokenFields, {"code", "redirect_uri", "refresh_token"}),
    (types.AppFields, {"code", "redirect_uri", "refresh_token", "token"}),
]


@pytest.mark.parametrize(("grant", "foreign"), GRANTS)
def test_each_grant_has_the_fields_of_the_table(grant: type[Any], foreign: set[str]) -> None:
    wanted = {name: field for name, field in fields("token_request").items() if name not in foreign}
    check_keys(grant, {name: field for name, field in wanted.items() if name != "grant_type"})


def test_the_settings_are_a_type() -> None:
    check_keys(types.Settings, fields("config"))
    check_keys(types.ManagerSettings, fields("config", "manager"))


def check_keys(named: type[Any], wanted: dict[str, Any]) -> None:
    """The keys of a TypedDict, and their types as they are written."""
    written = {
        name: one.__forward_arg__.removesuffix(" | None") for name, one in named.__annotations__.items()
    }
    compare(NAMED_TYPES, f"the key {{}} of {named.__name__}", written, wanted)
    wrong = [name for name, field in wanted.items() if written[name] != typed(field)]
    agree([f"{NAMED_TYPES} has another type for the key {name} of {named.__name__}" for name in wrong])


def test_the_generated_client_passes_on_settings_of_the_table() -> None:
    file, passed = f"{SOURCES}/openapi_client/configuration.py", Configuration().client_settings()
    known = [name for name in fields("config") if name in passed]
    compare(file, "the setting {}", passed, known)
    assert set(known) >= {"base_url", "app_id", "app_secret", "ca_file", "proxy", "no_proxy", "allow_http"}


def test_the_generated_client_names_only_what_a_token_has() -> None:
    file = f"{SOURCES}/openapi_client/model/oauth_access_token_response.py"
    named = [name for name, one in vars(OauthAccessTokenResponse).items() if isinstance(one, property)]
    known = [name for name in fields("token") if name in named]
    compare(file, "the attribute {}", named, known)
    assert set(known) >= {"access_token", "refresh_token", "scope", "expires_in"}
