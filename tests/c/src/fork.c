/* Processes that fork with a client in their hands. `fork SCENARIO`; every scenario begins with a client
 * that was used before, and ends with the parent going on. */
#define _DEFAULT_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "emulator.h"
#include "json.h"
#include "lineage.h"
#include "report.h"

/* A process that does not end by itself is ended by this alarm: a failure. */
#define HANGS_AFTER 60
/* Enough for a call on a busy machine; a lost answer is noticed soon. */
#define PATIENCE ",\"timeout\":15"
#define CALLS 200
#define CHILDREN 4
#define ROUNDS 20
#define DEPTH 3
#define STORM 4
#define STORM_CALLS 2000

static pinterest_oauth_client *client;
static struct lineage parent;

/* The end of a child: its problem, if it has one, is told by itself. */
static void leave(struct lineage *lineage)
{
    if (in_trouble()) {
        verdict("child %s", lineage->asker);
        _exit(1);
    }
    lineage_end(lineage);
    _exit(0);
}

/* A child with a lineage of its own makes `count` calls on the parent's client. */
static pid_t child(const char *asker, int number, int count)
{
    pid_t pid = fork();
    if (pid == 0) {
        alarm(HANGS_AFTER);
        struct lineage lineage = lineage_begin(client, asker, number);
        lineage_calls(&lineage, client, count);
        leave(&lineage);
    }
    if (pid < 0)
        problem("no process could be forked");
    return pid;
}

static void wait_for(pid_t pid, const char *who)
{
    int status = 0;
    if (pid <= 0 || waitpid(pid, &status, 0) != pid)
        problem("%s is not there", who);
    else if (WIFSIGNALED(status))
        problem("%s %s", who, WTERMSIG(status) == SIGALRM ? "hung" : "was killed by a signal");
    else if (WEXITSTATUS(status) != 0)
        problem("%s failed", who);
}

static void goes_on(void)
{
    lineage_calls(&parent, client, 20);
    verdict("the parent goes on afterwards");
}

static void at_once(void)
{
    static const char *const names[CHILDREN] = {"child1", "child2", "child3", "child4"};
    pid_t pids[CHILDREN];
    for (int i = 0; i < CHILDREN; i++)
        pids[i] = child(names[i], i + 1, CALLS);
    lineage_calls(&parent, client, CALLS);
    for (int i = 0; i < CHILDREN; i++)
        wait_for(pids[i], names[i]);
    verdict("a parent and %d children at once get the answers to their own %d calls each", CHILDREN, CALLS);
}

static struct lineage other;
static atomic_int arrived_back;

static void *call_once(void *nothing)
{
    lineage_calls(&other, client, 1);
    atomic_store(&arrived_back, 1);
    if (in_trouble())
        verdict("the thread whose call was under way at the fork");
    return nothing;
}

/* Waits until the emulator holds the delayed call. */
static void until_under_way(void)
{
    const struct timespec pause = {0, 2000000};
    for (long long left = 1; left != 0 && !in_trouble(); nanosleep(&pause, NULL)) {
        char *record = control("GET", "/requests", "");
        left = json_number(record, "script_left");
        free(record);
    }
}

/* Forks while another thread waits for its answer. Whether it really still waited. */
static int one_flight(int round)
{
    pthread_t thread;
    char name[16];
    strcpy(name, "round");
    name[5] = (char)('A' + round % 26);
    name[6] = (char)('a' + round / 26);
    name[7] = '\0';
    atomic_store(&arrived_back, 0);
    arrange("/script", "[{\"action\":\"pinterest\",\"delay_ms\":300}]");
    if (pthread_create(&thread, NULL, call_once, NULL) != 0)
        abort();
    until_under_way();
    pid_t pid = child(name, 10 + round, 4);
    int waited = !atomic_load(&arrived_back);
    lineage_calls(&parent, client, 2);
    wait_for(pid, name);
    pthread_join(thread, NULL);
    return waited;
}

static void in_flight(void)
{
    int good = 0;
    other = lineage_begin(client, "parent", 1);
    for (int round = 0; round < 5 * ROUNDS && good < ROUNDS && !in_trouble(); round++)
        good += one_flight(round);
    if (good < ROUNDS)
        problem("only %d forks fell into a call", good);
    verdict("%d forks with a call of another thread under way harm nobody", ROUNDS);
    lineage_end(&other);
}

static void level(int depth)
{
    static const char *const names[DEPTH + 1] = {"parent", "level1", "level2", "level3"};
    struct lineage lineage = lineage_begin(client, names[depth], depth + 1);
    lineage_calls(&lineage, client, 10);
    pid_t pid = 0;
    if (depth < DEPTH) {
        pid = fork();
        if (pid == 0) {
            alarm(HANGS_AFTER);
            level(depth + 1);
        }
    }
    lineage_calls(&lineage, client, 50);
    if (depth < DEPTH)
        wait_for(pid, names[depth + 1]);
    lineage_calls(&lineage, client, 10);
    if (depth > 0)
        leave(&lineage);
    lineage_end(&lineage);
}

static void nested(void)
{
    level(0);
    verdict("forks nested %d deep, each process used before the next", DEPTH);
}

/* The handle is freed in the child, which then makes its own, and ends as programs do: by `exit`. */
static void freed(void)
{
    pid_t pid = fork();
    if (pid == 0) {
        alarm(HANGS_AFTER);
        struct lineage lineage = lineage_begin(client, "heir", 1);
        lineage_calls(&lineage, client, 10);
        pinterest_oauth_client_free(client);
        client = client_of(NULL, PATIENCE);
        lineage_calls(&lineage, client, 10);
        pinterest_oauth_client_free(client);
        if (!in_trouble())
            lineage_end(&lineage);
        exit(in_trouble());
    }
    lineage_calls(&parent, client, 20);
    wait_for(pid, "the child that used and freed the handle");
    pid = fork();
    if (pid == 0) {
        alarm(HANGS_AFTER);
        pinterest_oauth_client_free(client);
        exit(0);
    }
    lineage_calls(&parent, client, 20);
    wait_for(pid, "the child that only freed the handle");
    verdict("a handle made before the fork is used and freed in the child");
}

static atomic_int stop, running;

static void *call_on(void *number)
{
    struct lineage lineage = lineage_begin(client, "parent", *(int *)number);
    atomic_fetch_add(&running, 1);
    while (!atomic_load(&stop) && lineage.calls < STORM_CALLS && !in_trouble())
        lineage_calls(&lineage, client, 2);
    atomic_fetch_sub(&running, 1);
    if (in_trouble())
        verdict("storming thread %d", *(int *)number);
    lineage_end(&lineage);
    return NULL;
}

/* Forks at arbitrary moments of other threads' calls: between any two instructions of the library. */
static void storm(void)
{
    pthread_t threads[STORM];
    int numbers[STORM], good = 0;
    const struct timespec pause = {0, 1000000};
    for (int i = 0; i < STORM; i++) {
        numbers[i] = i + 1;
        if (pthread_create(&threads[i], NULL, call_on, &numbers[i]) != 0)
            abort();
    }
    while (atomic_load(&running) < STORM)
        nanosleep(&pause, NULL);
    for (int round = 0; round < ROUNDS && !in_trouble(); round++) {
        char name[8] = {'s', 't', 'o', 'r', 'm', (char)('A' + round), '\0', '\0'};
        good += atomic_load(&running) == STORM;
        wait_for(child(name, 10 + round, 6), name);
    }
    atomic_store(&stop, 1);
    for (int i = 0; i < STORM; i++)
        pthread_join(threads[i], NULL);
    if (good < ROUNDS / 2)
        problem("only %d forks fell into calls", good);
    verdict("%d forks amid the calls of %d threads harm nobody", ROUNDS, STORM);
}

int main(int count, char **words)
{
    static const struct {
        const char *name;
        void (*run)(void);
    } scenarios[] = {{"at-once", at_once}, {"in-flight", in_flight}, {"nested", nested}, {"freed", freed}, {"storm", storm}};
    alarm(HANGS_AFTER + 30);
    lineage_rules();
    client = client_of(NULL, PATIENCE);
    parent = lineage_begin(client, "parent", 0);
    lineage_calls(&parent, client, 20);
    verdict("the client is used before the fork");
    for (size_t i = 0; i < sizeof scenarios / sizeof scenarios[0]; i++)
        if (count > 1 && strcmp(words[1], scenarios[i].name) == 0)
            scenarios[i].run();
    goes_on();
    lineage_end(&parent);
    pinterest_oauth_client_free(client);
    return finish();
}
