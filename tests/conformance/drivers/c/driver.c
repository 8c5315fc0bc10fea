/* The C driver of the conformance cases: the public header and nothing else. C11. */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pinterest_oauth.h"

static FILE *results;
static pinterest_oauth_client *kept;

/* Reads a line of any length without its newline; NULL at the end of the input. */
static char *read_line(void)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t length = getline(&line, &size, stdin);
    if (length < 0) {
        free(line);
        return NULL;
    }
    line[strcspn(line, "\n")] = '\0';
    return line;
}

/* Whether a token expires, as JSON. */
static const char *expires(const char *token, int64_t seconds)
{
    int32_t answer = pinterest_oauth_token_expires_within(token, seconds);
    return answer < 0 ? "null" : answer ? "true" : "false";
}

/* One line for the runner. On failure the status and the document have to tell the same. */
static void answer(pinterest_oauth_status status, char *json)
{
    int failed = status != PINTEREST_OAUTH_STATUS_OK;
    char *kind = failed ? pinterest_oauth_document_text(json, "kind") : NULL;
    if (json == NULL || (failed && (!kind || strcmp(kind, pinterest_oauth_status_name(status)) != 0)))
        fprintf(results, "{\"error\":{\"kind\":\"status %d and its document differ\"}}\n", (int)status);
    else if (!failed && strncmp(json, "{\"access_token\"", 15) == 0)
        fprintf(results, "{\"ok\":%.*s,\"is_expired\":%s,\"expires_within_a_century\":%s}}\n", (int)strlen(json) - 1, json,
                expires(json, 0), expires(json, INT64_C(100) * 365 * 86400));
    else
        fprintf(results, "{\"%s\":%s}\n", failed ? "error" : "ok", json);
    fflush(results);
    pinterest_oauth_string_free(kind);
    pinterest_oauth_string_free(json);
}

#include "managed.h"

static void set(const char *name, const char *value)
{
    if (value)
        setenv(name, value, 1);
    else
        unsetenv(name);
}

/* The four-argument call: everything but the credentials comes from the environment. */
static void oneshot(const char *config, const char *request)
{
    char *base_url = pinterest_oauth_document_text(config, "base_url"), *ca_file = pinterest_oauth_document_text(config, "ca_file");
    char *grant_type = pinterest_oauth_document_text(request, "grant_type");
    char *user = pinterest_oauth_document_text(request, "user"), *pass = pinterest_oauth_document_text(request, "pass");
    char *json = NULL;
    set("PINTEREST_API_URI", base_url);
    set("SSL_CERT_FILE", ca_file);
    pinterest_oauth_status status = pinterest_oauth_token(grant_type, user, pass, &json);
    answer(status, json);
    char *texts[] = {base_url, ca_file, grant_type, user, pass};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        pinterest_oauth_string_free(texts[i]);
}

/* A token that was stored as text. */
static void token_read(const char *request)
{
    char *token = pinterest_oauth_document_text(request, "token"), *json = NULL;
    pinterest_oauth_status status = pinterest_oauth_token_read(token, &json);
    answer(status, json);
    pinterest_oauth_string_free(token);
}

static void redirect(const char *request)
{
    char *json = NULL;
    pinterest_oauth_status status = pinterest_oauth_redirect(request, &json);
    answer(status, json);
}

static void call(const char *operation, const char *request)
{
    char *json = NULL;
    pinterest_oauth_status status;
    if (strcmp(operation, "oauth_token") == 0)
        status = pinterest_oauth_client_token(kept, request, &json);
    else if (strcmp(operation, "revoke") == 0)
        status = pinterest_oauth_client_revoke(kept, request, &json);
    else if (strcmp(operation, "conversion_token") == 0)
        status = pinterest_oauth_client_conversion_token(kept, request, &json);
    else
        status = pinterest_oauth_client_authorize_url(kept, request, &json);
    answer(status, json);
}

int main(void)
{
    const char *channel = getenv("CONFORMANCE_FD");
    char *line;
    results = fdopen(channel ? atoi(channel) : 3, "w");
    if (results == NULL || pinterest_oauth_abi_version() != PINTEREST_OAUTH_ABI_VERSION)
        return 2;
    while ((line = read_line()) != NULL) {
        char *config = read_line(), *request = read_line(), *json = NULL;
        int reuse = strncmp(line, "reuse:", 6) == 0;
        const char *operation = reuse ? line + 6 : line;
        if (config == NULL || request == NULL)
            return 2;
        if (strchr(operation, '.') != NULL) {
            managed(operation, config, request);
        } else if (strcmp(operation, "oneshot") == 0) {
            oneshot(config, request);
        } else if (strcmp(operation, "token_read") == 0) {
            token_read(request);
        } else if (strcmp(operation, "redirect") == 0) {
            redirect(request);
        } else {
            pinterest_oauth_status status = PINTEREST_OAUTH_STATUS_OK;
            if (!reuse) {
                pinterest_oauth_client_free(kept);
                kept = NULL;
                status = pinterest_oauth_client_new(config, &kept, &json);
            }
            if (status != PINTEREST_OAUTH_STATUS_OK) {
                answer(status, json);
            } else {
                pinterest_oauth_string_free(json);
                call(operation, request);
            }
        }
        free(line), free(config), free(request);
    }
    pinterest_oauth_client_free(kept);
    return fclose(results) == 0 ? 0 : 2;
}
