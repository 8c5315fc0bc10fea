/* Eight threads and one client: they overlap, and every answer goes to the thread that asked. */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdlib.h>

#include "lineage.h"
#include "report.h"

#define THREADS 8
#define CALLS 200

static pinterest_oauth_client *client;
static pthread_barrier_t start;

static void *work(void *number)
{
    struct lineage lineage = lineage_begin(client, "thread", *(int *)number);
    pthread_barrier_wait(&start);
    lineage_calls(&lineage, client, CALLS);
    verdict("thread %d got the answers to its own %d calls", *(int *)number, CALLS);
    lineage_end(&lineage);
    return NULL;
}

int main(void)
{
    pthread_t threads[THREADS];
    int numbers[THREADS];
    lineage_rules();
    client = client_of(NULL, "");
    pthread_barrier_init(&start, NULL, THREADS);
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i + 1;
        if (pthread_create(&threads[i], NULL, work, &numbers[i]) != 0)
            abort();
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    pinterest_oauth_client_free(client);
    return finish();
}
