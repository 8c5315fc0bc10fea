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

/* The text under `key` in a flat JSON object whose texts hold no escapes but \" and \\; NULL if there is none. */
static char *text_of(const char *json, const char *key)
{
    char pattern[64];
    snprintf(pattern, sizeof pattern, "\"%s\":\"", key);
    const char *from = strstr(json, pattern);
    if (from == NULL)
        return NULL;
    char *text = calloc(strlen(from) + 1, 1), *to = text;
    for (from += strlen(pattern); text && *from && *from != '"'; from++) {
        if (*from == '\\')
            from++;
        *to++ = *from;
    }
    return text;
}

/* One line for the runner. On failure the status and the document have to tell the same. */
static void answer(pinterest_oauth_status status, char *json)
{
    int failed = status != PINTEREST_OAUTH_STATUS_OK;
    char *kind = json && failed ? text_of(json, "kind") : NULL;
    if (json == NULL || (failed && (!kind || strcmp(kind, pinterest_oauth_status_name(status)) != 0)))
        fprintf(results, "{\"error\":{\"kind\":\"status %d and its document differ\"}}\n", (int)status);
    else
        fprintf(results, "{\"%s\":%s}\n", failed ? "error" : "ok", json);
    fflush(results);
    free(kind);
    pinterest_oauth_string_free(json);
}

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
    char *base_url = text_of(config, "base_url"), *ca_file = text_of(config, "ca_file");
    char *grant_type = text_of(request, "grant_type");
    char *user = text_of(request, "user"), *pass = text_of(request, "pass");
    char *json = NULL;
    set("PINTEREST_API_URI", base_url);
    set("SSL_CERT_FILE", ca_file);
    pinterest_oauth_status status = pinterest_oauth_token(grant_type, user, pass, &json);
    answer(status, json);
    free(base_url), free(ca_file), free(grant_type), free(user), free(pass);
}

/* A token that was stored as text. */
static void token_read(const char *request)
{
    char *token = text_of(request, "token"), *json = NULL;
    pinterest_oauth_status status = pinterest_oauth_token_read(token, &json);
    answer(status, json);
    free(token);
}

static void call(const char *operation, const char *request)
{
    char *json = NULL;
    pinterest_oauth_status status;
    if (strcmp(operation, "token") == 0)
        status = pinterest_oauth_client_token(kept, request, &json);
    else if (strcmp(operation, "revoke") == 0)
        status = pinterest_oauth_client_revoke(kept, request, &json);
    else if (strcmp(operation, "conversion_token") == 0)
        status = pinterest_oauth_client_conversion_token(kept, request, &json);
    else if (strcmp(operation, "authorize_url") == 0)
        status = pinterest_oauth_client_authorize_url(kept, request, &json);
    else
        status = pinterest_oauth_client_redirect(kept, request, &json);
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
        if (strcmp(operation, "oneshot") == 0) {
            oneshot(config, request);
        } else if (strcmp(operation, "token_read") == 0) {
            token_read(request);
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
