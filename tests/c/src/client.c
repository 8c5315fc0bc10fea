#define _POSIX_C_SOURCE 200809L
#include "client.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "json.h"
#include "report.h"

char *config(const char *base_url, const char *more)
{
    const char *ca_file = getenv("CA_FILE");
    char *roots = ca_file == NULL ? text("%s", "") : text(",\"ca_file\":\"%s\"", ca_file);
    char *made = text("{\"app_id\":\"%s\",\"app_secret\":\"%s\",\"base_url\":\"%s\",\"oauth_url\":\"%s\","
                      "\"trust_env\":false%s%s}",
                      setting("APP_ID"), setting("APP_SECRET"), base_url ? base_url : setting("BASE_URL"),
                      setting("OAUTH_URL"), roots, more);
    free(roots);
    return made;
}

pinterest_oauth_client *client_of(const char *base_url, const char *more)
{
    pinterest_oauth_client *client = NULL;
    char *document = NULL, *settings = config(base_url, more);
    pinterest_oauth_status status = pinterest_oauth_client_new(settings, &client, &document);
    free(settings);
    pinterest_oauth_string_free(document);
    if (status != PINTEREST_OAUTH_STATUS_OK) {
        problem("no client: %s", pinterest_oauth_status_name(status));
        exit(finish());
    }
    return client;
}

pinterest_oauth_manager *manager_of_memory(void)
{
    pinterest_oauth_manager *manager = NULL;
    char *document = NULL, *settings = config(NULL, ",\"store\":\":memory:\"");
    pinterest_oauth_status status = pinterest_oauth_manager_new(settings, &manager, &document);
    free(settings);
    pinterest_oauth_string_free(document);
    if (status != PINTEREST_OAUTH_STATUS_OK) {
        problem("no manager: %s", pinterest_oauth_status_name(status));
        exit(finish());
    }
    return manager;
}

static void note(const char *document)
{
    int file = open(setting("DOCUMENTS"), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    char *whole = text("%s\n", document);
    if (file < 0 || write(file, whole, strlen(whole)) < 0)
        problem("the error document could not be noted");
    free(whole);
    if (file >= 0)
        close(file);
}

pinterest_oauth_status read_redirect(const pinterest_oauth_client *unused, const char *request, char **out_json)
{
    (void)unused;
    return pinterest_oauth_redirect(request, out_json);
}

char *answer_to(operation call, const pinterest_oauth_client *client, char *request)
{
    char *document = NULL;
    pinterest_oauth_status status = call(client, request, &document);
    free(request);
    if (status == PINTEREST_OAUTH_STATUS_OK && document != NULL)
        return document;
    problem("a call failed with %s", pinterest_oauth_status_name(status));
    if (document != NULL)
        note(document);
    pinterest_oauth_string_free(document);
    return NULL;
}

void expect_error(const char *what, pinterest_oauth_status status, char *document,
                  pinterest_oauth_status wanted, const char *field, const char *outcome)
{
    if (status != wanted)
        problem("%s: the status is %s, not %s", what, pinterest_oauth_status_name(status),
                pinterest_oauth_status_name(wanted));
    if (document == NULL) {
        problem("%s: there is no error document", what);
        return;
    }
    char *found_field = json_text(document, "field"), *found_outcome = json_text(document, "outcome");
    if (!json_is(document, "kind", pinterest_oauth_status_name(wanted)))
        problem("%s: the document is of another kind than its status", what);
    if (!json_has(document, "message") || !json_has(document, "what_now"))
        problem("%s: there is no message, or nothing to do now", what);
    if (field != NULL && !json_is(document, "field", field))
        problem("%s: the field is %s, not %s", what, found_field ? found_field : "absent", field);
    if (outcome != NULL && !json_is(document, "outcome", outcome))
        problem("%s: the outcome is %s, not %s", what, found_outcome ? found_outcome : "absent", outcome);
    free(found_field);
    free(found_outcome);
    note(document);
    pinterest_oauth_string_free(document);
}
