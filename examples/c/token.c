/* A code becomes a token, and the token is refreshed. How to build and run it: README.md.
 *
 * The documents of the library are JSON. A program with a JSON library would use that; this one reads a
 * text here and there, and hands the token document on as it is. */
#include <pinterest_oauth.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The text under `key`, for printf's %.*s: where it begins, and its length. It may hold escapes. */
static const char *text_of(const char *json, const char *key, int *length)
{
    char pattern[64];
    snprintf(pattern, sizeof pattern, "\"%s\":\"", key);
    const char *from = strstr(json, pattern);
    from = from == NULL ? "" : from + strlen(pattern);
    *length = (int)strcspn(from, "\"");
    return from;
}

/* What to print instead of a token: equal for equal tokens, and useless for anything else (FNV-1a). */
static uint32_t fingerprint(const char *json, const char *key)
{
    uint32_t hash = 2166136261u;
    int length;
    for (const char *text = text_of(json, key, &length); length > 0; length--)
        hash = (hash ^ (unsigned char)*text++) * 16777619u;
    return hash;
}

/* Ends the program unless all is well. An error document holds no secret. */
static void expect_ok(pinterest_oauth_status status, char *json)
{
    int message, what_now;
    if (status == PINTEREST_OAUTH_STATUS_OK)
        return;
    const char *text = text_of(json, "message", &message), *next = text_of(json, "what_now", &what_now);
    fprintf(stderr, "%s: %.*s. %.*s\n", pinterest_oauth_status_name(status), message, text, what_now, next);
    pinterest_oauth_string_free(json);
    exit((int)status);
}

static char *ask(const pinterest_oauth_client *client, const char *step, const char *request)
{
    char *token = NULL;
    pinterest_oauth_status status = pinterest_oauth_client_token(client, request, &token);
    expect_ok(status, token);
    printf("%-8s access token %08x, refresh token %08x\n", step, fingerprint(token, "access_token"),
           fingerprint(token, "refresh_token"));
    return token;
}

int main(void)
{
    const char *code = getenv("PINTEREST_CODE"), *redirect_uri = getenv("PINTEREST_REDIRECT_URI");
    pinterest_oauth_client *client = NULL;
    char request[4096], *json = NULL;
    if (code == NULL || redirect_uri == NULL || strpbrk(code, "\"\\") || strpbrk(redirect_uri, "\"\\")) {
        fputs("set PINTEREST_CODE and PINTEREST_REDIRECT_URI\n", stderr);
        return 2;
    }
    /* {}: app id, app secret and addresses come from the environment. */
    pinterest_oauth_status status = pinterest_oauth_client_new("{}", &client, &json);
    expect_ok(status, json);
    pinterest_oauth_string_free(json);

    snprintf(request, sizeof request, "{\"grant_type\":\"authorization_code\",\"code\":\"%s\",\"redirect_uri\":\"%s\"}",
             code, redirect_uri);
    char *token = ask(client, "code", request);

    /* Store the whole document where tokens are kept. Later: */
    char *again = malloc(strlen(token) + 64);
    if (again == NULL)
        return 1;
    sprintf(again, "{\"grant_type\":\"refresh_token\",\"token\":%s}", token);
    char *fresh = ask(client, "refresh", again);
    if (fingerprint(token, "refresh_token") != fingerprint(fresh, "refresh_token"))
        puts("The refresh token has rotated: store the new document in place of the old one.");

    free(again);
    pinterest_oauth_string_free(token);
    pinterest_oauth_string_free(fresh);
    pinterest_oauth_client_free(client);
    return 0;
}
