/* A code becomes a token, and the token is refreshed. How to build and run it: README.md.
 *
 * The documents of the library are JSON. This program has no JSON library: it takes single values out, and hands
 * the token document on as it is. */
#include <pinterest_oauth.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What to print instead of a token: equal for equal tokens, and useless for anything else (FNV-1a). */
static uint32_t fingerprint(const char *document, const char *key)
{
    uint32_t hash = 2166136261u;
    char *text = pinterest_oauth_document_text(document, key);
    for (const char *at = text; at != NULL && *at != '\0'; at++)
        hash = (hash ^ (unsigned char)*at) * 16777619u;
    pinterest_oauth_string_free(text);
    return hash;
}

/* Ends the program unless all is well. An error document holds no secret. */
static void expect_ok(pinterest_oauth_status status, char *document)
{
    if (status == PINTEREST_OAUTH_STATUS_OK)
        return;
    char *text = pinterest_oauth_document_text(document, "text");
    fprintf(stderr, "%s: %s\n", pinterest_oauth_status_name(status), text == NULL ? "" : text);
    pinterest_oauth_string_free(text);
    pinterest_oauth_string_free(document);
    exit((int)status);
}

static void show(const char *step, const char *token)
{
    printf("%-8s access token %08x, refresh token %08x\n", step, fingerprint(token, "access_token"),
           fingerprint(token, "refresh_token"));
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
    char *token = NULL, *fresh = NULL;
    status = pinterest_oauth_client_token(client, request, &token);
    expect_ok(status, token);
    show("code", token);

    /* Store the whole document where tokens are kept. Later, or when pinterest_oauth_token_expires_within says so: */
    status = pinterest_oauth_client_refresh(client, token, &fresh);
    expect_ok(status, fresh);
    show("refresh", fresh);
    if (fingerprint(token, "refresh_token") != fingerprint(fresh, "refresh_token"))
        puts("The refresh token has rotated: store the new document in place of the old one.");

    pinterest_oauth_string_free(token);
    pinterest_oauth_string_free(fresh);
    pinterest_oauth_client_free(client);
    return 0;
}
