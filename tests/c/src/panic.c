/* A panic inside the library, in the build that has one on purpose. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "report.h"

/* Not in the header: no release has it. */
enum pinterest_oauth_status pinterest_oauth_panic_test(char **out_json);

static void panics(const char *where)
{
    char *document = (char *)&document;
    pinterest_oauth_status status = pinterest_oauth_panic_test(&document);
    if (document != NULL && strstr(document, "canary") != NULL)
        problem("the document tells what the panic said");
    expect_error(where, status, document, PINTEREST_OAUTH_STATUS_INTERNAL, NULL, NULL);
}

static void *in_a_thread(void *nothing)
{
    for (int i = 0; i < 50; i++)
        panics("in a thread");
    verdict("a thread panics fifty times and goes on");
    return nothing;
}

static void works(const pinterest_oauth_client *client)
{
    pinterest_oauth_string_free(
        answer_to(pinterest_oauth_client_token, client, text("{\"grant_type\":\"client_credentials\"}")));
}

int main(void)
{
    pthread_t threads[2];
    panics("first of all");
    verdict("a panic becomes the status internal and an error document");
    pinterest_oauth_client *client = client_of(NULL, "");
    works(client);
    panics("between two calls");
    works(client);
    verdict("calls before and after a panic succeed");
    for (int i = 0; i < 2; i++)
        if (pthread_create(&threads[i], NULL, in_a_thread, NULL) != 0)
            abort();
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    if (pinterest_oauth_panic_test(NULL) != PINTEREST_OAUTH_STATUS_INVALID_ARGUMENT)
        problem("out_json NULL gave another status");
    works(client);
    verdict("the process goes on");
    pinterest_oauth_client_free(client);
    return finish();
}
