/* Host names: a look-up that hangs is covered by the deadline, and a fork in its midst harms nobody.
 *
 * This program has a getaddrinfo of its own, which the library finds before that of libc. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netdb.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "client.h"
#include "report.h"

#define HANGING "hangs.test"

static atomic_int asked, released;

static void moment(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
}

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **found)
{
    int (*of_libc)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    void *symbol = dlsym(RTLD_NEXT, "getaddrinfo");
    if (host != NULL && strcmp(host, HANGING) == 0) {
        atomic_fetch_add(&asked, 1);
        while (!atomic_load(&released))
            moment();
        return EAI_AGAIN;
    }
    memcpy(&of_libc, &symbol, sizeof of_libc);
    return of_libc(host, service, hints, found);
}

static pinterest_oauth_client *client_of_hanging(const char *more)
{
    char *entries = text(",\"allow_http\":true%s", more);
    pinterest_oauth_client *client = client_of("http://" HANGING, entries);
    free(entries);
    return client;
}

static pinterest_oauth_status ask(const pinterest_oauth_client *client, char **document)
{
    return pinterest_oauth_client_token(client, "{\"grant_type\":\"client_credentials\"}", document);
}

static void deadline(const char *which, const char *entry)
{
    char *document;
    pinterest_oauth_client *client = client_of_hanging(entry);
    int before = atomic_load(&asked);
    pinterest_oauth_status status = ask(client, &document);
    expect_error(which, status, document, PINTEREST_OAUTH_STATUS_TIMEOUT, NULL, "not_sent");
    if (atomic_load(&asked) == before)
        problem("the name was not looked up");
    if (atomic_load(&released))
        problem("the look-up had ended by itself");
    verdict("%s ends a call whose host name is still being looked up", which);
    pinterest_oauth_client_free(client);
}

static void *wait_for_name(void *client)
{
    char *document;
    pinterest_oauth_status status = ask(client, &document);
    expect_error("the look-up that fails", status, document, PINTEREST_OAUTH_STATUS_CONNECT, NULL, "not_sent");
    verdict("the thread that waited for the name learns that there is none");
    return NULL;
}

/* The emulator by name: in the child, the look-up of libc has to work as well. */
static int child(const pinterest_oauth_client *inherited)
{
    char *document;
    pinterest_oauth_status status = ask(inherited, &document);
    pinterest_oauth_string_free(document);
    return status;
}

int main(void)
{
    pthread_t thread;
    int ended = -1, before;
    alarm(120);
    deadline("the deadline of the call", ",\"timeout\":0.4");
    deadline("the deadline for connecting", ",\"connect_timeout\":0.4");

    pinterest_oauth_client *waiting = client_of_hanging(""), *by_name = client_of(setting("NAMED_URL"), "");
    before = atomic_load(&asked);
    if (pthread_create(&thread, NULL, wait_for_name, waiting) != 0)
        abort();
    while (atomic_load(&asked) == before)
        moment();
    pid_t forked = fork();
    if (forked == 0) {
        alarm(60);
        _exit(child(by_name));
    }
    if (forked < 0 || waitpid(forked, &ended, 0) != forked || ended != 0)
        problem("it ended with %d", ended);
    verdict("a child forked during a look-up looks names up and gets its token");
    atomic_store(&released, 1);
    pthread_join(thread, NULL);
    if (child(by_name) != PINTEREST_OAUTH_STATUS_OK)
        problem("the parent gets no token");
    verdict("the parent goes on");
    pinterest_oauth_client_free(waiting);
    pinterest_oauth_client_free(by_name);
    return finish();
}
