// What the types name is what the core's table of documents names: a missing or surplus name is an error that says
// which file lacks what.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import * as everything from "pinterest-oauth";

const checkout = process.env.CHECKOUT;
const tools = join(checkout, "bindings", "node", "node_modules", "@arethetypeswrong", "core");
const ts = createRequire(join(tools, "package.json"))("typescript");
const table = JSON.parse(readFileSync(join(checkout, "include", "documents.json"), "utf8"));

const dist = dirname(fileURLToPath(import.meta.resolve("pinterest-oauth")));
const program = ts.createProgram([join(dist, "index.d.ts")], {
  strict: true,
  exactOptionalPropertyTypes: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node"],
  typeRoots: [join(checkout, "bindings", "node", "node_modules", "@types")],
});
const checker = program.getTypeChecker();
const index = program.getSourceFile(join(dist, "index.d.ts"));
const exported = new Map(
  checker.getExportsOfModule(checker.getSymbolAtLocation(index)).map((symbol) => [symbol.name, symbol]),
);

const camel = (name) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
const fieldsOf = (name) => table.documents.find((document) => document.name === name).fields;
const fieldOf = (field) => camel(field.name);

function declared(name) {
  const symbol = exported.get(name);
  assert.ok(symbol, `bindings/node/src/index.ts lacks ${name}`);
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** The type of a class's objects, of an interface or of an alias. */
const typeOf = (name) => checker.getDeclaredTypeOfSymbol(declared(name));
const signatureOf = (symbol) => checker.getTypeOfSymbol(symbol).getCallSignatures()[0];
const isMethod = (property) => checker.getTypeOfSymbol(property).getCallSignatures().length > 0;

/** The properties of a type, of every part of a union; each with its types. */
function propertiesOf(type) {
  const found = new Map();
  for (const part of type.isUnion() ? type.types : [type]) {
    for (const property of checker.getPropertiesOfType(part)) {
      found.set(property.name, [...(found.get(property.name) ?? []), checker.getTypeOfSymbol(property)]);
    }
  }
  return found;
}

/** What a function takes: its parameters by name, and what is in those that hold the rest. */
function parametersOf(signature) {
  return new Map(
    signature.getParameters().flatMap((parameter) => {
      const type = checker.getTypeOfSymbol(parameter);
      const holds = ["request", "options", "settings"].includes(parameter.name);
      return holds ? [...propertiesOf(type)] : [[parameter.name, [type]]];
    }),
  );
}

/** The properties of a class or interface that this package declares: no method, nothing private, no symbol. */
function accessorsOf(name) {
  const isOurs = ({ declarations }) => declarations[0].getSourceFile().fileName.startsWith(dist);
  const own = checker.getPropertiesOfType(typeOf(name)).filter((one) => isOurs(one) && !isMethod(one));
  return own.map((property) => property.name).filter((property) => /^[a-z]/.test(property));
}

/** Compares names; `what` describes one of them. */
function compare(file, names, wanted, what) {
  const [has, needs] = [new Set(names), new Set(wanted)];
  const lacks = [...needs].filter((name) => !has.has(name)).map((name) => `lacks ${what(name)}`);
  const surplus = [...has]
    .filter((name) => !needs.has(name))
    .map((name) => `has ${what(name)}, unknown to the table`);
  assert.deepEqual(
    [...lacks, ...surplus].map((problem) => `bindings/node/src/${file} ${problem}`),
    [],
  );
}

const texts = (types) =>
  types
    .flatMap((type) => (type.isUnion() ? type.types : [type]))
    .filter((type) => type.isStringLiteral())
    .map(({ value }) => value);

/** Compares the values of the fields that are one of a few. */
function compareValues(file, parameters, fields, of) {
  for (const field of fields.filter(({ values }) => values)) {
    const name = fieldOf(field);
    compare(
      file,
      texts(parameters.get(name)),
      field.values,
      (value) => `the value ${value} of ${name} of ${of}`,
    );
  }
}

/** The fields that a caller gives; a binding says the language itself. */
const given = (document) => fieldsOf(document).filter(({ name }) => name !== "language");

test("the table was read", () => {
  assert.ok(table.calls.length >= 3 && table.kinds.length >= 24 && table.documents.length >= 17);
});

for (const { name, request, answer } of table.calls) {
  test(`the method of ${name} takes the fields of its document, and gives its answer`, () => {
    const method = checker.getPropertyOfType(typeOf("Client"), camel(name));
    assert.ok(
      method,
      `bindings/node/src/client.ts lacks the method ${camel(name)}, bindings/node/src/options.ts its options`,
    );
    const parameters = parametersOf(signatureOf(method));
    assert.ok(
      parameters.delete("signal"),
      `bindings/node/src/options.ts lacks the option signal of ${camel(name)}`,
    );
    const fields = given(request);
    compare(
      "options.ts",
      parameters.keys(),
      fields.map(fieldOf),
      (field) => `the option ${field} of ${camel(name)}`,
    );
    compareValues("options.ts", parameters, fields, camel(name));
    const returns = checker.typeToString(signatureOf(method).getReturnType());
    const expected = `Promise<${answer === null ? "Answer" : camel(`_${answer}`)}>`;
    assert.equal(returns, expected, `bindings/node/src/client.ts: ${camel(name)} gives ${returns}`);
  });
}

test("the client takes the settings", () => {
  const client = checker.getTypeOfSymbol(declared("Client")).getConstructSignatures()[0];
  const settings = parametersOf(client);
  compare("options.ts", settings.keys(), given("config").map(fieldOf), (field) => `the setting ${field}`);
  compareValues("options.ts", settings, given("config"), "the client");
});

test("a token manager takes the settings of a client, and its own", () => {
  const manager = checker.getTypeOfSymbol(declared("TokenManager")).getConstructSignatures()[0];
  const settings = parametersOf(manager);
  const fields = [...given("config"), ...given("manager")];
  compare("options.ts", settings.keys(), fields.map(fieldOf), (field) => `the setting ${field} of a manager`);
  compareValues("options.ts", settings, fields, "a manager");
});

test("login takes the fields of its document", () => {
  const method = checker.getPropertyOfType(typeOf("Account"), "login");
  const fields = [...given("login_request").map(fieldOf), "signal"];
  const parameters = parametersOf(signatureOf(method)).keys();
  compare("options.ts", parameters, fields, (field) => `the option ${field} of login`);
});

for (const [method, document, own] of [
  ["login", "login_options", ["signal", "onEvent"]],
  ["beginLogin", "login_begin_request", ["request"]],
  ["finishLogin", "login_visit", ["request", "signal"]],
]) {
  test(`${method} of a token manager takes the fields of its document`, () => {
    const symbol = checker.getPropertyOfType(typeOf("TokenManager"), method);
    assert.ok(symbol, `bindings/node/src/manager.ts lacks the method ${method}`);
    const names = [...given(document).map(fieldOf), ...own];
    compare(
      "options.ts",
      parametersOf(signatureOf(symbol)).keys(),
      names,
      (field) => `the option ${field} of ${method}`,
    );
  });
}

test("what is seconds in documents is milliseconds here", () => {
  const times = given("config").filter(({ unit }) => unit === "seconds");
  assert.ok(times.length >= 2);
  for (const name of times.map(fieldOf)) {
    const lacks = `bindings/node/src/document.ts lacks the time ${name}`;
    assert.doesNotThrow(() => new everything.Client({ [name]: 600_000, trustEnv: false }), lacks);
    assert.throws(() => new everything.Client({ [name]: 600_001, trustEnv: false }), { field: name }, lacks);
  }
  const others = table.documents.flatMap(({ name, fields }) => (/_request$/.test(name) ? fields : []));
  const own = others.filter((field) => field.unit === "seconds").map(fieldOf);
  compare("document.ts", times.map(fieldOf), [...times.map(fieldOf), ...own], (name) => `the time ${name}`);
});

test("the generated clients' request takes every field of a request for a token", () => {
  const fields = given("token_request").map(fieldOf);
  const names = [...propertiesOf(typeOf("OauthApiOauthTokenRequest")).keys()];
  compare("options.ts", names, [...fields, "signal"], (field) => `the field ${field} of TokenFields`);
});

test("what sends nothing takes the fields of its document", () => {
  const client = (name) => checker.getPropertyOfType(typeOf("Client"), name);
  const functions = {
    authorize_url: [client("authorizeUrl")],
    redirect: [declared("redirect"), client("redirect")],
  };
  assert.deepEqual(
    Object.keys(functions),
    table.without_a_call.map(({ name }) => name),
  );
  for (const { name, request } of table.without_a_call) {
    for (const symbol of functions[name]) {
      const parameters = parametersOf(signatureOf(symbol)).keys();
      compare(
        "options.ts",
        parameters,
        given(request).map(fieldOf),
        (field) => `the option ${field} of ${camel(name)}`,
      );
    }
  }
});

for (const [document, name, file] of [
  ["token", "Token", "token.ts"],
  ["answer", "Answer", "answer.ts"],
  ["authorize_url", "AuthorizeUrl", "options.ts"],
  ["status", "Status", "status.ts"],
  ["refresh_due", "RefreshDueReport", "status.ts"],
  ["doctor", "DoctorReport", "status.ts"],
  ["removed", "Removed", "status.ts"],
  ["log_line", "ManagerMessage", "diagnostics.ts"],
  ["login_begin", "LoginBegin", "login-web.ts"],
  ["login_end", "LoginEnd", "login-end.ts"],
  ["login_event", "LoginEvent", "login-end.ts"],
]) {
  test(`${name} has the fields of its document`, () => {
    compare(file, accessorsOf(name), fieldsOf(document).map(fieldOf), (field) => `${name}.${field}`);
  });
}

test("the values of a status and of a message of the channel are those of their documents", () => {
  compareValues(
    "diagnostics.ts",
    propertiesOf(typeOf("ManagerMessage")),
    fieldsOf("log_line"),
    "ManagerMessage",
  );
  compareValues("status.ts", propertiesOf(typeOf("Status")), fieldsOf("status"), "Status");
});

test("what a login shows has the fields of its document, and the word that tells it from an event", () => {
  const fields = ["event", ...fieldsOf("login_started").map(fieldOf)];
  compare("login.ts", accessorsOf("LoginStarted"), fields, (field) => `LoginStarted.${field}`);
  const words = fieldsOf("login_event").find(({ name }) => name === "event").values;
  assert.ok(!words.includes("started"));
});

test("the values of a login are those of its documents", () => {
  compareValues("login-end.ts", propertiesOf(typeOf("LoginEnd")), fieldsOf("login_end"), "LoginEnd");
  compareValues("login-end.ts", propertiesOf(typeOf("LoginEvent")), fieldsOf("login_event"), "LoginEvent");
});

test("every document of the table is compared here", () => {
  const calls = [...table.calls, ...table.without_a_call].flatMap(({ request, answer }) => [request, answer]);
  const others = ["config", "manager", "login_request", "token", "answer", "error"];
  const given = ["status", "refresh_due", "doctor", "removed", "log_line"];
  const logins = ["options", "started", "event", "begin_request", "begin", "visit", "end"];
  const names = table.documents.map(({ name }) => name);
  // What `redirect` gives is its code alone.
  const compared = new Set([...calls, ...others, ...given, ...logins.map((name) => `login_${name}`)]);
  assert.deepEqual(
    names.filter((name) => !compared.has(name)),
    [],
  );
});

test("an error has the fields of its document", () => {
  // `message` is of every Error, `code` is Node's word for the kind.
  const names = accessorsOf("PinterestOAuthError").filter((name) => name !== "code");
  const fields = fieldsOf("error").filter(({ name }) => name !== "message");
  const own = fields.map((field) => (field.name === "code" ? "pinterestCode" : fieldOf(field)));
  compare("errors.ts", names, own, (field) => `PinterestOAuthError.${field}`);
});

test("there is a class for every kind, and an outcome for every outcome", () => {
  const kinds = table.kinds.map(({ name }) => name);
  const classes = Object.values(everything).filter(
    (one) => one.prototype instanceof everything.PinterestOAuthError,
  );
  compare(
    "errors.ts",
    classes.map(({ kind }) => kind),
    kinds,
    (kind) => `a class for ${kind}`,
  );
  compare("errors.ts", texts([typeOf("Kind")]), kinds, (kind) => `the kind ${kind}`);
  compare("errors.ts", texts([typeOf("Outcome")]), table.outcomes, (outcome) => `the outcome ${outcome}`);
});
