#include "outcomes.h"

#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "emulator.h"
#include "report.h"

#define IS(name) PINTEREST_OAUTH_STATUS_##name
#define SECRET "canary+secret/value"
#define REFRESH "{\"grant_type\":\"refresh_token\",\"refresh_token\":\"" SECRET "\"}"
#define CODE "{\"grant_type\":\"authorization_code\",\"code\":\"" SECRET "\",\"redirect_uri\":\"" REDIRECT_URI "\"}"
#define BEARER "{\"access_token\":\"" SECRET "\"}"
/* What the server was sent, as it is and as it was encoded; @ becomes the app's secret and credentials. */
#define ECHO SECRET " canary%2Bsecret%2Fvalue @"

/* An error of Pinterest's that repeats what it was sent. */
#define SAYS(status, code) \
    "{\"status\":" status ",\"headers\":[[\"x-pinterest-rid\",\"1234567890123456\"],[\"x-echo\",\"" ECHO "\"]]," \
    "\"body_json\":{\"code\":" code ",\"message\":\"no: " ECHO "\",\"echo\":[\"" ECHO "\"]}}"

struct outcome {
    const char *what;
    operation call;
    const char *request;
    /* What the server does; NULL where nothing reaches it. */
    const char *fault;
    pinterest_oauth_status wanted;
    const char *outcome;
};

#define token pinterest_oauth_client_token
#define revoke pinterest_oauth_client_revoke
#define conversion pinterest_oauth_client_conversion_token
#define authorize pinterest_oauth_client_authorize_url
#define redirect read_redirect
#define refresh pinterest_oauth_client_refresh

/* What is read without a client, for the table. */
static pinterest_oauth_status stored(const pinterest_oauth_client *unused, const char *document, char **out_json)
{
    (void)unused;
    return pinterest_oauth_token_read(document, out_json);
}

static pinterest_oauth_status answered(const pinterest_oauth_client *unused, const char *document, char **out_json)
{
    int64_t number = 0;
    (void)unused;
    pinterest_oauth_string_free(pinterest_oauth_document_text(document, "scope"));
    pinterest_oauth_string_free(pinterest_oauth_document_text(document, "extra.none"));
    (void)pinterest_oauth_document_number(document, "expires_in", &number);
    (void)pinterest_oauth_token_expires_within(document, number);
    return pinterest_oauth_token_as_answered(document, out_json);
}

static const struct outcome outcomes[] = {
    {"app token", token, "{\"grant_type\":\"client_credentials\"}", "{\"action\":\"passthrough\"}", IS(OK), NULL},
    {"code", token, CODE, "{\"body_json\":{\"access_token\":\"pina_A\",\"refresh_token\":\"pinr.B\",\"expires_in\":9}}", IS(OK),
     NULL},
    {"refresh", token, REFRESH, "{\"gzip\":true,\"body_json\":{\"access_token\":\"pina_A\",\"new\":[1,{\"a\":2}]}}", IS(OK), NULL},
    {"refresh of a document", token, "{\"grant_type\":\"refresh_token\",\"token\":{\"access_token\":\"canary\",\"refresh_token\":\"canary\"}}",
     "{\"chunked\":true,\"body_json\":{\"access_token\":\"pina_A\"}}", IS(OK), NULL},
    {"refresh of what was stored", refresh, "{\"access_token\":\"canary\",\"refresh_token\":\"canary\",\"scope\":\"ads:read\"}",
     "{\"body_json\":{\"access_token\":\"pina_A\"}}", IS(OK), NULL},
    {"refresh without a refresh token", refresh, "{\"access_token\":\"canary\"}", NULL, IS(INVALID_ARGUMENT), "not_sent"},
    {"revoke", revoke, "{\"token\":\"canary\",\"token_type_hint\":\"refresh_token\"}", "{\"action\":\"passthrough\"}", IS(OK), NULL},
    {"conversion", conversion, BEARER, "{\"body_json\":{\"access_token\":\"pina_C\",\"token_type\":\"conversion\"}}", IS(OK), NULL},
    {"authorize", authorize, "{\"redirect_uri\":\"" REDIRECT_URI "\",\"scope\":\"ads:read\",\"extra\":{\"a\":\"b\"}}", NULL, IS(OK), NULL},
    {"redirect", redirect, "{\"url\":\"?code=canary&state=canary\",\"state\":\"canary\"}", NULL, IS(OK), NULL},
    {"stored", stored, "{\"access_token\":\"canary\",\"expires_in\":9,\"scope\":\"ads:read\",\"extra\":{\"a\":1}}", NULL, IS(OK), NULL},
    {"stored, and no token", stored, "{\"access_token\":\"\"}", NULL, IS(INVALID_ARGUMENT), "not_sent"},
    {"as answered", answered, "{\"access_token\":\"canary\",\"expires_in\":9,\"scope\":\"ads:read\",\"extra\":{\"a\":1}}", NULL, IS(OK), NULL},
    {"as answered, and no token", answered, "[\"canary\"]", NULL, IS(INVALID_ARGUMENT), "not_sent"},
    {"no grant", token, "{}", NULL, IS(INVALID_ARGUMENT), "not_sent"},
    {"unknown key", token, "{\"grant_type\":\"client_credentials\",\"secret\":\"canary\"}", NULL, IS(INVALID_ARGUMENT), "not_sent"},
    {"denied", redirect, "{\"url\":\"?error=access_denied&code=canary&state=canary-state&error_description=canary-state\",\"state\":\"canary-state\"}",
     NULL, IS(ACCESS_DENIED), "rejected"},
    {"other state", redirect, "{\"url\":\"?code=canary&state=canary1\",\"state\":\"canary2\"}", NULL, IS(STATE_MISMATCH), "not_sent"},
    {"reset", token, REFRESH, "{\"action\":\"reset\"}", IS(CONNECT), "unknown"},
    {"closed", token, REFRESH, "{\"action\":\"close\"}", IS(CONNECT), "unknown"},
    {"truncated", token, REFRESH, "{\"body_json\":{\"access_token\":\"pina_A\"},\"truncate\":5}", IS(CONNECT), "unknown"},
    {"invalid grant", token, REFRESH, SAYS("401", "283"), IS(INVALID_GRANT), "rejected"},
    {"invalid grant of a code", token, CODE, SAYS("401", "283"), IS(INVALID_GRANT), "rejected"},
    {"invalid client", token, REFRESH, SAYS("401", "2"), IS(INVALID_CLIENT), "rejected"},
    {"forbidden", revoke, "{\"token\":\"" SECRET "\"}", SAYS("403", "29"), IS(FORBIDDEN), "rejected"},
    {"scope", conversion, BEARER, SAYS("401", "3"), IS(INSUFFICIENT_SCOPE), "rejected"},
    {"invalid token", conversion, BEARER, SAYS("401", "2"), IS(INVALID_TOKEN), "rejected"},
    {"rate limit", token, REFRESH,
     "{\"status\":429,\"headers\":[[\"retry-after\",\"7\"],[\"x-ratelimit-limit\",\"60, 100;w=1;name=\\\"a\\\", 60;w=60\"],"
     "[\"x-ratelimit-remaining\",\"0\"],[\"x-ratelimit-reset\",\"9\"]],\"body_json\":{\"code\":8,\"message\":\"" ECHO "\"}}",
     IS(RATE_LIMITED), "rejected"},
    {"server error", token, CODE, SAYS("500", "12"), IS(SERVER_ERROR), NULL},
    {"bare server error", token, REFRESH, "{\"status\":503,\"body\":\"" ECHO "\"}", IS(SERVER_ERROR), "unknown"},
    {"other error", token, CODE, SAYS("400", "1"), IS(API_ERROR), "rejected"},
    {"html", token, REFRESH, "{\"headers\":[[\"content-type\",\"text/html\"]],\"body\":\"<p>" ECHO "\"}", IS(INVALID_RESPONSE), "unknown"},
    {"moved", token, REFRESH, "{\"status\":302,\"headers\":[[\"location\",\"https://pinterest.example/?" ECHO "\"]]}",
     IS(INVALID_RESPONSE), "rejected"},
    {"no token", token, REFRESH, "{\"body_json\":{\"refresh_token\":\"" ECHO "\"}}", IS(INVALID_RESPONSE), "unknown"},
    {"empty", token, REFRESH, "{\"status\":204}", IS(INVALID_RESPONSE), NULL},
    {"too large", token, REFRESH, "{\"body_fill\":{\"prefix\":\"" ECHO "\",\"byte\":\"a\",\"count\":70000}}", IS(INVALID_RESPONSE), NULL},
    {"no UTF-8", token, REFRESH, "{\"body_base64\":\"//79\"}", IS(INVALID_RESPONSE), NULL},
    {"no HTTP", token, REFRESH, "{\"raw_base64\":\"Y2FuYXJ5DQoNCg==\"}", IS(INVALID_RESPONSE), NULL},
};

#define COUNT (sizeof outcomes / sizeof outcomes[0])

static void one(const pinterest_oauth_client *client, const struct outcome *row)
{
    char *document = NULL;
    pinterest_oauth_status status = row->call(client, row->request, &document);
    if (row->wanted != IS(OK)) {
        expect_error(row->what, status, document, row->wanted, NULL, row->outcome);
        return;
    }
    if (status != IS(OK) || document == NULL)
        problem("%s: failed with %s", row->what, pinterest_oauth_status_name(status));
    pinterest_oauth_string_free(document);
}

/* `whole` with `piece` at its end; frees `whole`. */
static char *joined(char *whole, const char *piece, size_t length)
{
    char *longer = text("%s%.*s", whole, (int)length, piece);
    free(whole);
    return longer;
}

static void script(void)
{
    char *faults = text("["), *sent = text("%s Basic %s", setting("APP_SECRET"), setting("BASIC"));
    for (size_t i = 0; i < COUNT; i++) {
        if (outcomes[i].fault == NULL)
            continue;
        faults = joined(faults, ",", faults[1] != '\0');
        for (const char *at = outcomes[i].fault; *at != '\0'; at += *at == '@') {
            size_t length = strcspn(at, "@");
            faults = joined(faults, at, length);
            at += length;
            if (*at == '@')
                faults = joined(faults, sent, strlen(sent));
        }
    }
    faults = joined(faults, "]", 1);
    arrange("/script", faults);
    free(faults);
    free(sent);
}

int quick_outcomes(const pinterest_oauth_client *client)
{
    script();
    for (size_t i = 0; i < COUNT; i++)
        one(client, &outcomes[i]);

    char *document = NULL;
    pinterest_oauth_client *none = NULL;
    pinterest_oauth_status status = pinterest_oauth_client_new(
        "{\"trust_env\":false,\"app_secret\":\"canary\",\"base_url\":\"http://canary.example\"}", &none, &document);
    expect_error("base URL", status, document, IS(INVALID_CONFIG), "base_url", "not_sent");
    status = pinterest_oauth_token("client_credentials", setting("APP_ID"), setting("APP_SECRET"), &document);
    if (status != IS(OK))
        problem("the four-argument call failed with %s", pinterest_oauth_status_name(status));
    pinterest_oauth_string_free(document);
    status = pinterest_oauth_token("client_credentials", setting("APP_ID"), "canary-wrong-secret", &document);
    expect_error("wrong secret", status, document, IS(INVALID_CLIENT), NULL, "rejected");
    pinterest_oauth_client_free(client_of(NULL, ""));
    return (int)COUNT + 4;
}

static void elsewhere(const char *base_url, const char *more, const struct outcome *row)
{
    pinterest_oauth_client *client = client_of(base_url, more);
    one(client, row);
    pinterest_oauth_client_free(client);
}

int slow_outcomes(void)
{
    static const struct outcome rows[] = {
        {"refused", token, REFRESH, NULL, IS(CONNECT), "not_sent"},
        {"proxy", token, REFRESH, NULL, IS(PROXY), "not_sent"},
        {"deadline", token, "{\"grant_type\":\"client_credentials\",\"timeout\":0.1}", NULL, IS(TIMEOUT), "unknown"},
    };
    elsewhere("http://127.0.0.1:1", "", &rows[0]);
    elsewhere(NULL, ",\"proxy\":\"http://canary-user:canary-password@127.0.0.1:1\"", &rows[1]);
    arrange("/script", "[{\"action\":\"hang\"}]");
    elsewhere(NULL, "", &rows[2]);
    return (int)(sizeof rows / sizeof rows[0]);
}

int tls_outcomes(void)
{
    static const struct outcome rows[] = {
        {"TLS", token, "{\"grant_type\":\"client_credentials\"}", NULL, IS(OK), NULL},
        {"invalid grant over TLS", token, REFRESH, NULL, IS(INVALID_GRANT), "rejected"},
        {"untrusted", token, REFRESH, NULL, IS(TLS), "not_sent"},
    };
    elsewhere(setting("HTTPS_URL"), "", &rows[0]);
    elsewhere(setting("HTTPS_URL"), "", &rows[1]);
    elsewhere(setting("UNTRUSTED_URL"), "", &rows[2]);
    return (int)(sizeof rows / sizeof rows[0]);
}

void forget_a_document(const pinterest_oauth_client *client)
{
    char *document = NULL;
    if (token(client, "{}", &document) == IS(OK))
        problem("an empty request succeeded");
}
