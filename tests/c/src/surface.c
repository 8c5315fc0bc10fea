/* Every exported function once, as a program of a user would call it. Compiles as C11 and as C++17. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include <pinterest_oauth.h>

#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "emulator.h"
#include "json.h"
#include "report.h"

static void versions_and_names(void)
{
    char *names = text("%s,", setting("STATUS_NAMES")), *next = names;
    if (pinterest_oauth_abi_version() != PINTEREST_OAUTH_ABI_VERSION)
        problem("the library says %u", pinterest_oauth_abi_version());
    verdict("the library has the ABI version of its header");

    if (strcmp(pinterest_oauth_version(), setting("PACKAGE_VERSION")) != 0)
        problem("the library says %s", pinterest_oauth_version());
    verdict("the library has the version that pkg-config tells");

    for (int status = 0; *next != '\0'; status++) {
        size_t length = strcspn(next, ",");
        next[length] = '\0';
        if (strcmp(pinterest_oauth_status_name(status), next) != 0)
            problem("%d is %s, not %s", status, pinterest_oauth_status_name(status), next);
        next += length + 1;
    }
    verdict("every status has its name");

    const int unknown[] = {-1, 999, 1000, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
        if (strcmp(pinterest_oauth_status_name(unknown[i]), "unknown") != 0)
            problem("%d has a name", unknown[i]);
    verdict("a number without a status is called unknown");
    free(names);

    pinterest_oauth_string_free(NULL);
    pinterest_oauth_client_free(NULL);
    verdict("freeing NULL does nothing");
}

static void is_token(const char *what, const char *document, int with_refresh_token)
{
    if (document == NULL)
        return;
    if (!json_has(document, "access_token") || !json_is(document, "token_type", "bearer"))
        problem("%s: no bearer token", what);
    if (json_has(document, "refresh_token") != with_refresh_token)
        problem("%s: the refresh token is %s", what, with_refresh_token ? "missing" : "there");
    if (json_number(document, "expires_at") != json_number(document, "obtained_at") + json_number(document, "expires_in"))
        problem("%s: the expiry is not the sum of its parts", what);
}

/* The login: address, consent, redirect. The code, yours to free. */
static char *log_in(const pinterest_oauth_client *client)
{
    char *answer = answer_to(pinterest_oauth_client_authorize_url, client,
                             text("{\"redirect_uri\":\"" REDIRECT_URI "\",\"scope\":[\"ads:write\",\"pins:read\"]}"));
    char *url = json_text(answer, "url"), *state = json_text(answer, "state");
    pinterest_oauth_string_free(answer);
    if (state == NULL || strlen(state) < 43)
        problem("the state is missing or short");
    verdict("an authorization address comes with a state of its own");

    char *back = url == NULL ? NULL : visit(url);
    answer = answer_to(read_redirect, NULL,
                       text("{\"url\":\"%s\",\"state\":\"%s\"}", back ? back : "", state ? state : ""));
    char *code = json_text(answer, "code");
    if (code == NULL || !json_is(answer, "state", state))
        problem("there is no code, or another state");
    pinterest_oauth_string_free(answer);
    verdict("the redirect gives the code");

    char *document = NULL, *request = text("{\"url\":\"%s\",\"state\":\"canary-other-state\"}", back ? back : "");
    pinterest_oauth_status status = pinterest_oauth_redirect(request, &document);
    expect_error("redirect", status, document, PINTEREST_OAUTH_STATUS_STATE_MISMATCH, NULL, "not_sent");
    verdict("a redirect with another state is refused");
    free(request);
    free(back);
    free(url);
    free(state);
    return code == NULL ? text("none") : code;
}

/* A client says whether it has its credentials, and may let its connections outlive it. */
static void asked(const pinterest_oauth_client *client)
{
    char *document = NULL;
    pinterest_oauth_client *poor = NULL;
    if (pinterest_oauth_client_check(client, &document) != PINTEREST_OAUTH_STATUS_OK || strcmp(document, "{}") != 0)
        problem("a client with credentials says no");
    pinterest_oauth_string_free(document);
    pinterest_oauth_client_new("{\"trust_env\":false,\"app_id\":\"canary-id\"}", &poor, &document);
    pinterest_oauth_string_free(document);
    pinterest_oauth_status status = pinterest_oauth_client_check(poor, &document);
    expect_error("the client", status, document, PINTEREST_OAUTH_STATUS_INVALID_CONFIG, "app_secret", "not_sent");
    status = pinterest_oauth_client_check(NULL, &document);
    expect_error("no client", status, document, PINTEREST_OAUTH_STATUS_INVALID_ARGUMENT, "client", "not_sent");
    verdict("a client says which of its credentials is missing");
    pinterest_oauth_client_keep_connections(NULL);
    pinterest_oauth_client_keep_connections(poor);
    pinterest_oauth_client_free(poor);
    pinterest_oauth_close_idle();
    verdict("connections are kept for another client, and closed");
}

/* A token that was stored is read back as it was; an answer of Pinterest becomes a token document. */
static void stored(const char *token)
{
    static const char *const no_tokens[] = {
        NULL, "", "[]", "{}", "{\"access_token\":\"\"}", "{\"access_token\":7}", "{\"access_token\":\"canary\"",
    };
    static const char answered[] = "{\"access_token\":\"pina_A\",\"expires_in\":\"9\",\"scope\":\"a,b\",\"new\":1e400}";
    char *document = NULL, *again = NULL;
    pinterest_oauth_token_read(token, &document);
    if (document == NULL || json_has(document, "answer") || !json_has(token, "answer"))
        problem("a call's token does not tell how the call went, or what is stored does");
    if (pinterest_oauth_token_read(document, &again) != PINTEREST_OAUTH_STATUS_OK || strcmp(document, again) != 0)
        problem("it is not what was stored");
    pinterest_oauth_string_free(again);
    pinterest_oauth_string_free(document);
    verdict("a stored token is read back as it was");

    pinterest_oauth_token_read(answered, &document);
    if (document == NULL
        || strcmp(document, "{\"access_token\":\"pina_A\",\"token_type\":\"bearer\",\"expires_in\":9,\"refresh_token_rotated\":false,"
                            "\"scope\":\"a,b\",\"scopes\":[\"a\",\"b\"],\"extra\":{\"new\":1e400}}") != 0)
        problem("the document is another one");
    verdict("an answer of Pinterest becomes a token document, with all it says");

    pinterest_oauth_token_as_answered(document, &again);
    if (again == NULL || json_has(again, "scopes") || json_value(again, "new") == NULL || strncmp(json_value(again, "new"), "1e400", 5) != 0)
        problem("it is not what Pinterest said");
    pinterest_oauth_string_free(again);
    pinterest_oauth_string_free(document);
    verdict("a token gives what Pinterest answered, without what the library added");

    for (size_t i = 0; i < sizeof no_tokens / sizeof no_tokens[0]; i++) {
        document = NULL;
        pinterest_oauth_status status = pinterest_oauth_token_read(no_tokens[i], &document);
        expect_error("no token", status, document, PINTEREST_OAUTH_STATUS_INVALID_ARGUMENT, "token", "not_sent");
        document = NULL;
        status = pinterest_oauth_token_as_answered(no_tokens[i], &document);
        expect_error("no answer", status, document, PINTEREST_OAUTH_STATUS_INVALID_ARGUMENT, "token", "not_sent");
    }
    if (pinterest_oauth_token_read(token, NULL) != PINTEREST_OAUTH_STATUS_INVALID_ARGUMENT
        || pinterest_oauth_token_as_answered(token, NULL) != PINTEREST_OAUTH_STATUS_INVALID_ARGUMENT)
        problem("NULL for the document is accepted");
    verdict("what is no token is refused");
}

static void is_text(const char *document, const char *key, const char *wanted)
{
    char *found = pinterest_oauth_document_text(document, key);
    if (wanted == NULL ? found != NULL : found == NULL || strcmp(found, wanted) != 0)
        problem("%s is %s", key ? key : "NULL", found ? found : "absent");
    pinterest_oauth_string_free(found);
}

/* What a program without a JSON library takes out of a document. */
static void single_values(const char *token)
{
    static const char document[] = "{\"a\":\"\\u00e4\",\"n\":12,\"half\":0.5,\"none\":null,\"in\":{\"b\":[1,true]}}";
    is_text(document, "a", "\xc3\xa4");
    is_text(document, "n", "12");
    is_text(document, "in", "{\"b\":[1,true]}");
    is_text(document, "in.b", "[1,true]");
    is_text("{\"huge\":1e400,\"a\":\"b\"}", "a", "b");
    is_text("{\"huge\":1e400,\"a\":\"b\"}", "huge", "1e400");
    verdict("one value of a document is taken out as text");

    const char *const absent[] = {"none", "x", "in.x", "a.b", "", NULL};
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
        is_text(document, absent[i], NULL);
    is_text(NULL, "a", NULL);
    is_text("[]", "a", NULL);
    is_text("{\"a\":1", "a", NULL);
    verdict("a value that is not there is NULL");

    int64_t number = 7;
    if (!pinterest_oauth_document_number(document, "n", &number) || number != 12)
        problem("n is %lld", (long long)number);
    if (!pinterest_oauth_document_number(token, "answer.status", &number) || number != 200)
        problem("the status is %lld", (long long)number);
    verdict("one number of a document is taken out");

    number = 7;
    const char *const no_numbers[] = {"a", "half", "none", "x", "in.b", NULL};
    for (size_t i = 0; i < sizeof no_numbers / sizeof no_numbers[0]; i++)
        if (pinterest_oauth_document_number(document, no_numbers[i], &number))
            problem("%s is a number", no_numbers[i] ? no_numbers[i] : "NULL");
    if (number != 7 || pinterest_oauth_document_number(NULL, "n", &number) || pinterest_oauth_document_number(document, "n", NULL))
        problem("a number was written, or found where none can be");
    verdict("a number that is not there is not written");

    long long lifetime = json_number(token, "expires_in");
    if (pinterest_oauth_token_expires_within(token, 0) != 0 || pinterest_oauth_token_expires_within(token, lifetime + 60) != 1)
        problem("a fresh token has expired, or never does");
    if (pinterest_oauth_token_expires_within("{\"access_token\":\"a\",\"expires_at\":1}", 0) != 1)
        problem("an old token has not expired");
    if (pinterest_oauth_token_expires_within("{\"access_token\":\"a\"}", 0) != -1
        || pinterest_oauth_token_expires_within("{}", 0) != -1 || pinterest_oauth_token_expires_within(NULL, 0) != -1)
        problem("an expiry was guessed");
    verdict("a token tells whether it expires, and never guesses");
}

static void grants(const pinterest_oauth_client *client)
{
    char *code = log_in(client);
    char *token = answer_to(pinterest_oauth_client_token, client,
                            text("{\"grant_type\":\"authorization_code\",\"code\":\"%s\",\"redirect_uri\":\"%s\"}", code,
                                 REDIRECT_URI));
    is_token("authorization_code", token, 1);
    stored(token);
    single_values(token);
    if (!json_is(token, "scope", "ads:write pins:read"))
        problem("the scope is another one");
    verdict("a code becomes a token");
    free(code);

    /* A token document goes into the next request as it is. */
    char *fresh = answer_to(pinterest_oauth_client_token, client,
                            text("{\"grant_type\":\"refresh_token\",\"token\":%s}", token ? token : "{}"));
    const char *rotated = json_value(fresh, "refresh_token_rotated");
    is_token("refresh_token", fresh, 1);
    if (rotated == NULL || strncmp(rotated, "true", 4) != 0)
        problem("the refresh token did not rotate");
    verdict("a token is refreshed and its refresh token rotates");

    pinterest_oauth_string_free(token);
    token = answer_to(pinterest_oauth_client_refresh, client, text("%s", fresh ? fresh : "{}"));
    is_token("refresh", token, 1);
    if (!json_is(token, "scope", "ads:write pins:read"))
        problem("the scope is another one");
    verdict("what was stored is refreshed as it is");

    char *refresh_token = json_text(token, "refresh_token");
    pinterest_oauth_string_free(token);
    token = answer_to(pinterest_oauth_client_token, client,
                      text("{\"grant_type\":\"refresh_token\",\"refresh_token\":\"%s\"}", refresh_token ? refresh_token : ""));
    is_token("refresh_token", token, 1);
    verdict("a bare refresh token is refreshed");
    free(refresh_token);
    pinterest_oauth_string_free(fresh);

    char *app = answer_to(pinterest_oauth_client_token, client,
                          text("{\"grant_type\":\"client_credentials\",\"scope\":\"ads:read\"}"));
    is_token("client_credentials", app, 0);
    verdict("an app gets a token for itself");
    pinterest_oauth_string_free(app);

    char *access_token = json_text(token, "access_token");
    char *conversion = answer_to(pinterest_oauth_client_conversion_token, client,
                                 text("{\"access_token\":\"%s\"}", access_token ? access_token : ""));
    if (!json_has(conversion, "access_token"))
        problem("there is no token");
    pinterest_oauth_string_free(conversion);
    verdict("an access token gives a conversion token");

    char *nothing = answer_to(pinterest_oauth_client_revoke, client,
                              text("{\"token\":\"%s\",\"token_type_hint\":\"access_token\"}", access_token ? access_token : ""));
    if (nothing != NULL && strncmp(nothing, "{\"answer\":{", 11) != 0)
        problem("the answer holds more than how the call went");
    pinterest_oauth_string_free(nothing);
    verdict("a token is revoked");

    char *document = NULL, *request = text("{\"access_token\":\"%s\"}", access_token ? access_token : "");
    pinterest_oauth_status status = pinterest_oauth_client_conversion_token(client, request, &document);
    expect_error("conversion", status, document, PINTEREST_OAUTH_STATUS_INVALID_TOKEN, NULL, "rejected");
    verdict("a revoked token is good for nothing");
    free(request);
    free(access_token);
    pinterest_oauth_string_free(token);
}

/* The four-argument call: everything but the credentials comes from the environment. */
static void bare_grant(void)
{
    char *document = NULL;
    pinterest_oauth_status status = pinterest_oauth_token("client_credentials", setting("APP_ID"), setting("APP_SECRET"), &document);
    if (status != PINTEREST_OAUTH_STATUS_OK)
        problem("it failed with %s", pinterest_oauth_status_name(status));
    is_token("client_credentials", document, 0);
    pinterest_oauth_string_free(document);
    verdict("the four-argument call gets a token for the app");

    document = NULL;
    status = pinterest_oauth_token("authorization_code", setting("APP_ID"), setting("APP_SECRET"), &document);
    char *message = json_text(document, "message");
    if (message == NULL || strstr(message, "redirect_uri") == NULL || strstr(message, "pinterest_oauth_client_token") == NULL)
        problem("the message does not name what is missing and the function that takes it");
    expect_error("bare code", status, document, PINTEREST_OAUTH_STATUS_INVALID_ARGUMENT, "code", "not_sent");
    verdict("the four-argument call says what the other grants need");
    free(message);
}

int main(void)
{
    versions_and_names();
    arrange("/switches", "{\"auto_consent\":true}");
    pinterest_oauth_client *client = NULL;
    char *document = NULL, *settings = config(NULL, "");
    if (pinterest_oauth_client_new(settings, &client, &document) != PINTEREST_OAUTH_STATUS_OK || client == NULL
        || document == NULL || strcmp(document, "{}") != 0)
        problem("there is no client, or no {}");
    verdict("a client is made");
    pinterest_oauth_string_free(document);
    free(settings);
    asked(client);
    grants(client);
    pinterest_oauth_client_free(client);
    bare_grant();
    return finish();
}
