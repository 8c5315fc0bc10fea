/* Every way a call can end, again and again: `leak CALLS`, with the size of the process now and then.
 * `leak CALLS forget`: a document of each round is not freed. */
#define _DEFAULT_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "client.h"
#include "outcomes.h"
#include "report.h"

/* Failures that take time come once in so many rounds. */
#define SLOW_EVERY 25

static void tell_size(int calls)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%*s %ld", &pages) != 1)
        problem("the size of the process cannot be read");
    if (file != NULL)
        fclose(file);
    say("size %d %ld", calls, pages * sysconf(_SC_PAGESIZE));
}

int main(int count, char **words)
{
    int wanted = count > 1 ? atoi(words[1]) : 20000, forgets = count > 2, calls = 0;
    pinterest_oauth_client *client = client_of(NULL, "");
    for (int round = 0; calls < wanted && !in_trouble(); round++) {
        calls += quick_outcomes(client);
        if (round % SLOW_EVERY == 0)
            calls += slow_outcomes() + tls_outcomes();
        for (int i = 0; forgets && i < 36; i++)
            forget_a_document(client);
        if (round % 10 == 0)
            tell_size(calls);
    }
    verdict("%d calls end as they must", calls);
    pinterest_oauth_client_free(client);
    return finish();
}
