/* A token for the app itself, by the installed library. */
#include <pinterest_oauth.h>
#include <stdio.h>

int main(void) {
    pinterest_oauth_client *client = NULL;
    char *none = NULL, *token = NULL;
    int status = pinterest_oauth_client_new("{}", &client, &none);
    if (status == PINTEREST_OAUTH_STATUS_OK)
        status = pinterest_oauth_client_token(
            client, "{\"grant_type\":\"client_credentials\",\"scope\":\"ads:read\"}", &token);
    char *scope = status == PINTEREST_OAUTH_STATUS_OK ? pinterest_oauth_document_text(token, "scope") : NULL;
    printf("0 %s\n", scope ? scope : none ? none : token);
    pinterest_oauth_string_free(scope);
    pinterest_oauth_string_free(none);
    pinterest_oauth_string_free(token);
    pinterest_oauth_client_free(client);
    return status;
}
