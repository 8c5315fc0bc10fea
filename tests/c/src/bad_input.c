/* Every input that cannot be right: a clear error that names the field, nothing handed out, nothing sent. */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "emulator.h"
#include "json.h"
#include "report.h"

#define INVALID_ARGUMENT PINTEREST_OAUTH_STATUS_INVALID_ARGUMENT
#define INVALID_CONFIG PINTEREST_OAUTH_STATUS_INVALID_CONFIG
#define OVER_LONG (17 * 1024)

/* In a document below: @ is the emulator's address, ~ is 17 KiB of text, ^ is a byte that is no UTF-8. */
struct bad {
    const char *sentence;
    const char *document;
    const char *field;
};

#define APP "\"app_id\":\"canary-id\",\"app_secret\":\"canary-secret\",\"trust_env\":false"
#define HERE "{" APP ",\"base_url\":\"@\""

/* What is no configuration document. */
static const struct bad configurations[] = {
    {"a configuration that is NULL", NULL, "config_json"},
    {"an empty configuration", "", "config"},
    {"a configuration that is no UTF-8", "{\"app_id\":\"^\"}", "config_json"},
    {"a configuration that is no JSON", "{\"app_secret\":\"canary-secret\"", "config"},
    {"a configuration that is a list", "[\"canary-secret\"]", "config"},
    {"a configuration with something behind it", HERE "} canary", "config"},
    {"an unknown key in the configuration", HERE ",\"app_secrets\":\"canary-key\"}", "app_secrets"},
    {"an app id that is a number", "{\"app_id\":1,\"trust_env\":false}", "app_id"},
    {"an app secret that is a list", HERE ",\"app_secret\":[\"canary-secret\"]}", "app_secret"},
    {"a base URL that is a number", "{" APP ",\"base_url\":7}", "base_url"},
    {"a deadline that is a word", HERE ",\"timeout\":\"soon\"}", "timeout"},
    {"a leave for http that is a word", HERE ",\"allow_http\":\"yes\"}", "allow_http"},
    {"a trust in the environment that is a number", "{\"trust_env\":0}", "trust_env"},
};

/* Settings that cannot be used. */
static const struct bad unusable[] = {
    {"an empty app id", HERE ",\"app_id\":\"\"}", "app_id"},
    {"an over-long app id", HERE ",\"app_id\":\"~\"}", "app_id"},
    {"an app secret with a NUL", HERE ",\"app_secret\":\"canary\\u0000secret\"}", "app_secret"},
    {"an over-long app secret", HERE ",\"app_secret\":\"~\"}", "app_secret"},
    {"an empty base URL", "{" APP ",\"base_url\":\"\"}", "base_url"},
    {"an over-long base URL", "{" APP ",\"base_url\":\"https://~.example\"}", "base_url"},
    {"a base URL with a NUL", "{" APP ",\"base_url\":\"http://127.0.0.1\\u0000.example\"}", "base_url"},
    {"a deadline that is negative", HERE ",\"timeout\":-1}", "timeout"},
    {"a CA file with a NUL", HERE ",\"ca_file\":\"/etc\\u0000/canary\"}", "ca_file"},
    {"a base URL that is no URL", "{" APP ",\"base_url\":\"no URL\"}", "base_url"},
    {"a base URL with plain http to a foreign host", "{" APP ",\"base_url\":\"http://pinterest.example/v5\"}", "base_url"},
    {"a base URL that only begins like loopback", "{" APP ",\"base_url\":\"http://127.0.0.1.example\"}", "base_url"},
    {"a base URL of another scheme", "{" APP ",\"base_url\":\"ftp://127.0.0.1\"}", "base_url"},
    {"a base URL with credentials", "{" APP ",\"base_url\":\"https://canary-user:canary-password@localhost\"}", "base_url"},
    {"a page with plain http to a foreign host", HERE ",\"oauth_url\":\"http://pinterest.example\"}", "oauth_url"},
    {"an environment that does not exist", HERE ",\"environment\":\"canary\"}", "environment"},
    {"a deadline of nothing", HERE ",\"timeout\":0}", "timeout"},
    {"a deadline of more than ten minutes", HERE ",\"timeout\":600.001}", "timeout"},
    {"a connecting deadline of nothing", HERE ",\"connect_timeout\":0}", "connect_timeout"},
    {"a proxy that is no URL", HERE ",\"proxy\":\"canary-user:canary-password@\"}", "proxy"},
    {"a CA file that is not there", "{" APP ",\"base_url\":\"https://localhost\",\"ca_file\":\"/nowhere/canary\"}", "ca_file"},
};

static const struct bad tokens[] = {
    {"a token request that is NULL", NULL, "request_json"},
    {"an empty token request", "", "request"},
    {"a token request that is no UTF-8", "{\"grant_type\":\"^\"}", "request_json"},
    {"a token request that is no JSON", "grant_type=refresh_token&refresh_token=canary", "request"},
    {"a token request that is a text", "\"canary\"", "request"},
    {"a token request without a grant type", "{}", "grant_type"},
    {"an unknown grant type", "{\"grant_type\":\"canary\"}", "grant_type"},
    {"a grant type that is a number", "{\"grant_type\":1}", "grant_type"},
    {"an unknown key", "{\"grant_type\":\"client_credentials\",\"redirect_url\":\"canary\"}", "redirect_url"},
    {"an unknown key of 17 KiB", "{\"grant_type\":\"client_credentials\",\"~\":1}", NULL},
    {"a code without its redirect address", "{\"grant_type\":\"authorization_code\",\"code\":\"canary\"}", "redirect_uri"},
    {"an empty code", "{\"grant_type\":\"authorization_code\",\"code\":\"\",\"redirect_uri\":\"a\"}", "code"},
    {"a code with a NUL", "{\"grant_type\":\"authorization_code\",\"code\":\"canary\\u0000\",\"redirect_uri\":\"a\"}", "code"},
    {"an over-long code", "{\"grant_type\":\"authorization_code\",\"code\":\"~\",\"redirect_uri\":\"a\"}", "code"},
    {"an over-long redirect address", "{\"grant_type\":\"authorization_code\",\"code\":\"canary\",\"redirect_uri\":\"~\"}",
     "redirect_uri"},
    {"a refresh token that is missing", "{\"grant_type\":\"refresh_token\"}", "refresh_token"},
    {"a refresh token that is an object", "{\"grant_type\":\"refresh_token\",\"refresh_token\":{\"canary\":1}}", "refresh_token"},
    {"an over-long refresh token", "{\"grant_type\":\"refresh_token\",\"refresh_token\":\"~\"}", "refresh_token"},
    {"a token document without a refresh token", "{\"grant_type\":\"refresh_token\",\"token\":{\"access_token\":\"canary\"}}",
     NULL},
    {"a token document that is a text", "{\"grant_type\":\"refresh_token\",\"token\":\"canary\"}", NULL},
    {"a scope that is a number", "{\"grant_type\":\"client_credentials\",\"scope\":3}", "scope"},
    {"a scope with a NUL", "{\"grant_type\":\"client_credentials\",\"scope\":\"pins:read\\u0000\"}", "scope"},
    {"an over-long scope", "{\"grant_type\":\"client_credentials\",\"scope\":\"~\"}", "scope"},
    {"a continuous refresh that is a word", "{\"grant_type\":\"client_credentials\",\"continuous_refresh\":\"no\"}",
     "continuous_refresh"},
    {"an extra that is a list", "{\"grant_type\":\"client_credentials\",\"extra\":[\"canary\"]}", "extra"},
    {"an extra with a NUL", "{\"grant_type\":\"client_credentials\",\"extra\":{\"a\":\"canary\\u0000\"}}", "extra.a"},
    {"an over-long extra", "{\"grant_type\":\"client_credentials\",\"extra\":{\"a\":\"~\"}}", "extra.a"},
    {"an extra that takes a name", "{\"grant_type\":\"client_credentials\",\"extra\":{\"code\":\"canary\"}}", "extra.code"},
    {"a request deadline that is a word", "{\"grant_type\":\"client_credentials\",\"timeout\":\"soon\"}", "timeout"},
    {"a request deadline of nothing", "{\"grant_type\":\"client_credentials\",\"timeout\":0}", "timeout"},
};

static const struct bad revocations[] = {
    {"a revocation that is NULL", NULL, "request_json"},
    {"an empty revocation", "", "request"},
    {"a revocation that is no UTF-8", "{\"token\":\"^\"}", "request_json"},
    {"a revocation without a token", "{}", "token"},
    {"a revocation of an empty token", "{\"token\":\"\"}", "token"},
    {"a revocation of a token with a NUL", "{\"token\":\"canary\\u0000\"}", "token"},
    {"a revocation of an over-long token", "{\"token\":\"~\"}", "token"},
    {"a revocation of a number", "{\"token\":1}", "token"},
    {"a revocation with an unknown hint", "{\"token\":\"canary\",\"token_type_hint\":\"bearer\"}", "token_type_hint"},
    {"a revocation with an unknown key", "{\"token\":\"canary\",\"hint\":1}", "hint"},
};

static const struct bad conversions[] = {
    {"a conversion token request that is NULL", NULL, "request_json"},
    {"an empty conversion token request", "", "request"},
    {"a conversion token request that is no UTF-8", "{\"access_token\":\"^\"}", "request_json"},
    {"a conversion token request without an access token", "{}", "access_token"},
    {"an access token with a NUL", "{\"access_token\":\"canary\\u0000\"}", "access_token"},
    {"an over-long access token", "{\"access_token\":\"~\"}", "access_token"},
    {"an access token that is a number", "{\"access_token\":1.5}", "access_token"},
    {"a conversion token request with an unknown key", "{\"access_token\":\"canary\",\"scope\":\"x\"}", "scope"},
};

static const struct bad authorizations[] = {
    {"an authorization that is NULL", NULL, "request_json"},
    {"an empty authorization", "", "request"},
    {"an authorization that is no UTF-8", "{\"state\":\"^\"}", "request_json"},
    {"an authorization without a redirect address", "{}", "redirect_uri"},
    {"an authorization with a NUL in its state", "{\"redirect_uri\":\"a\",\"state\":\"canary\\u0000\"}", "state"},
    {"an authorization with an over-long state", "{\"redirect_uri\":\"a\",\"state\":\"~\"}", "state"},
    {"an authorization with an empty state", "{\"redirect_uri\":\"a\",\"state\":\"\"}", "state"},
    {"an authorization whose scopes are numbers", "{\"redirect_uri\":\"a\",\"scope\":[1]}", "scope"},
    {"an authorization with an unknown key", "{\"redirect_uri\":\"a\",\"client_id\":\"canary\"}", "client_id"},
};

static const struct bad redirects[] = {
    {"a redirect that is NULL", NULL, "request_json"},
    {"an empty redirect", "", "request"},
    {"a redirect that is no UTF-8", "{\"url\":\"^\",\"state\":\"s\"}", "request_json"},
    {"a redirect without an address", "{\"state\":\"canary\"}", "url"},
    {"a redirect without the expected state", "{\"url\":\"?code=canary\"}", "state"},
    {"a redirect with a NUL", "{\"url\":\"?code=canary\\u0000\",\"state\":\"s\"}", "url"},
    {"an over-long redirect", "{\"url\":\"~\",\"state\":\"s\"}", "url"},
    {"a redirect with an unknown key", "{\"url\":\"?state=s&code=canary\",\"state\":\"s\",\"code\":\"x\"}", "code"},
};

/* `pattern` with its marks filled in, yours to free; NULL for NULL. */
static char *filled(const char *pattern)
{
    const char *here = setting("BASE_URL");
    if (pattern == NULL)
        return NULL;
    char *whole = malloc(strlen(pattern) * strlen(here) + OVER_LONG + 1), *to = whole;
    for (; *pattern != '\0'; pattern++) {
        if (*pattern == '@') {
            to += strlen(strcpy(to, here));
        } else if (*pattern == '~') {
            memset(to, 'x', OVER_LONG);
            to += OVER_LONG;
        } else {
            *to++ = *pattern == '^' ? (char)0xFF : *pattern;
        }
    }
    *to = '\0';
    return whole;
}

/* Whether anything reached the emulator, so much as a connection, since the start. */
static void nothing_arrived(void)
{
    char *record = control("GET", "/requests", "");
    if (json_number(record, "connections") != 0 || json_number(record, "total") != 0)
        problem("something was sent");
    free(record);
}

static void refused_configurations(const struct bad *rows, size_t count, pinterest_oauth_status wanted)
{
    for (const struct bad *row = rows; row < rows + count; row++) {
        pinterest_oauth_client *client = (pinterest_oauth_client *)&client;
        char *document = (char *)&document, *settings = filled(row->document);
        pinterest_oauth_status status = pinterest_oauth_client_new(settings, &client, &document);
        if (client != NULL)
            problem("a client was handed out");
        expect_error("client_new", status, document, wanted, row->field, "not_sent");
        nothing_arrived();
        verdict("%s is refused", row->sentence);
        free(settings);
    }
}

static void refused(operation call, const pinterest_oauth_client *client, const struct bad *rows, size_t count)
{
    for (const struct bad *row = rows; row < rows + count; row++) {
        char *document = (char *)&document, *request = filled(row->document);
        pinterest_oauth_status status = call(client, request, &document);
        expect_error("the call", status, document, INVALID_ARGUMENT, row->field, "not_sent");
        nothing_arrived();
        verdict("%s is refused", row->sentence);
        free(request);
    }
}

static void null_parameters(const pinterest_oauth_client *client)
{
    static const operation calls[] = {pinterest_oauth_client_token, pinterest_oauth_client_revoke,
                                      pinterest_oauth_client_conversion_token, pinterest_oauth_client_authorize_url,
                                      pinterest_oauth_client_refresh, pinterest_oauth_client_refresh_file};
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        char *document = NULL;
        pinterest_oauth_status status = calls[i](NULL, "{}", &document);
        expect_error("without a client", status, document, INVALID_ARGUMENT, "client", "not_sent");
        if (calls[i](client, "{}", NULL) != INVALID_ARGUMENT)
            problem("out_json NULL gave another status");
        verdict("call %zu refuses a client and an out_json that are NULL", i + 1);
    }

    pinterest_oauth_client *made = (pinterest_oauth_client *)&made;
    char *document = NULL, *settings = config(NULL, "");
    pinterest_oauth_status status = pinterest_oauth_client_new(settings, NULL, &document);
    expect_error("client_new", status, document, INVALID_ARGUMENT, "out_client", "not_sent");
    if (pinterest_oauth_client_new(settings, &made, NULL) != INVALID_ARGUMENT || made != NULL)
        problem("out_json NULL gave another status, or a client");
    verdict("client_new refuses an out_client and an out_json that are NULL");
    free(settings);
}

/* The four-argument call with one bad text after the other. */
static void bare_grant(void)
{
    char *lengthy = filled("~");
    const struct {
        const char *sentence, *grant_type, *user, *pass, *field;
    } rows[] = {
        {"a grant type that is NULL", NULL, "canary-id", "canary-secret", "grant_type"},
        {"a user that is NULL", "client_credentials", NULL, "canary-secret", "user"},
        {"a pass that is NULL", "client_credentials", "canary-id", NULL, "pass"},
        {"an empty grant type", "", "canary-id", "canary-secret", "grant_type"},
        {"an empty user", "client_credentials", "", "canary-secret", "app_id"},
        {"an empty pass", "client_credentials", "canary-id", "", "app_secret"},
        {"a grant type that is no UTF-8", "\xFF", "canary-id", "canary-secret", "grant_type"},
        {"a user that is no UTF-8", "client_credentials", "canary\xC3", "canary-secret", "user"},
        {"a pass that is no UTF-8", "client_credentials", "canary-id", "canary\xED\xA0\x80", "pass"},
        {"an over-long grant type", lengthy, "canary-id", "canary-secret", "grant_type"},
        {"an over-long user", "client_credentials", lengthy, "canary-secret", "app_id"},
        {"an over-long pass", "client_credentials", "canary-id", lengthy, "app_secret"},
        {"an unknown grant", "password", "canary-id", "canary-secret", "grant_type"},
        {"a code grant without a code", "authorization_code", "canary-id", "canary-secret", "code"},
        {"a refresh without a token", "refresh_token", "canary-id", "canary-secret", "refresh_token"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *document = (char *)&document;
        pinterest_oauth_status status = pinterest_oauth_token(rows[i].grant_type, rows[i].user, rows[i].pass, &document);
        int credential = strncmp(rows[i].field, "app_", 4) == 0;
        expect_error("the call", status, document, credential ? INVALID_CONFIG : INVALID_ARGUMENT, rows[i].field, "not_sent");
        nothing_arrived();
        verdict("the four-argument call refuses %s", rows[i].sentence);
    }
    if (pinterest_oauth_token("client_credentials", "canary-id", "canary-secret", NULL) != INVALID_ARGUMENT)
        problem("out_json NULL gave another status");
    nothing_arrived();
    verdict("the four-argument call refuses an out_json that is NULL");
    free(lengthy);
}

/* Credentials may come late, as the authorization address needs no secret; a call without them is refused. */
static void absent_credentials(void)
{
    static const struct bad rows[] = {
        {"a call without an app id", "{\"trust_env\":false,\"base_url\":\"@\"}", "app_id"},
        {"a call without an app secret", "{\"trust_env\":false,\"base_url\":\"@\",\"app_id\":\"canary-id\"}", "app_secret"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        pinterest_oauth_client *client = NULL;
        char *document = NULL, *settings = filled(rows[i].document);
        pinterest_oauth_status status = pinterest_oauth_client_new(settings, &client, &document);
        if (status == PINTEREST_OAUTH_STATUS_OK) {
            pinterest_oauth_string_free(document);
            status = pinterest_oauth_client_token(client, "{\"grant_type\":\"client_credentials\"}", &document);
        }
        expect_error("the call", status, document, INVALID_CONFIG, rows[i].field, "not_sent");
        nothing_arrived();
        verdict("%s is refused", rows[i].sentence);
        pinterest_oauth_client_free(client);
        free(settings);
    }
}

#define ALL(rows) rows, sizeof rows / sizeof rows[0]

int main(void)
{
    pinterest_oauth_client *client = client_of(NULL, "");
    refused_configurations(ALL(configurations), INVALID_ARGUMENT);
    refused_configurations(ALL(unusable), INVALID_CONFIG);
    absent_credentials();
    refused(pinterest_oauth_client_token, client, ALL(tokens));
    refused(pinterest_oauth_client_revoke, client, ALL(revocations));
    refused(pinterest_oauth_client_conversion_token, client, ALL(conversions));
    refused(pinterest_oauth_client_authorize_url, client, ALL(authorizations));
    refused(read_redirect, client, ALL(redirects));
    null_parameters(client);
    bare_grant();
    pinterest_oauth_client_free(client);
    return finish();
}
