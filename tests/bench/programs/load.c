// Sends one request, which it reads from standard input, again and again over kept-alive connections, and reads each answer
// by its Content-Length. Usage: load PORT CONNECTIONS REQUESTS; prints requests a second. Fails where an answer is not 200.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MAX_CONNECTIONS = 64 };

static char request[16384];
static size_t length;
static int port;
static atomic_long left;

static void fail(const char *why) {
    fprintf(stderr, "load: %s\n", why);
    exit(1);
}

static int connected(void) {
    int on = 1, connection = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(connection, (struct sockaddr *)&address, sizeof address)) fail("no connection");
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return connection;
}

static int ask(int connection) {
    char answer[16384];
    size_t have = 0, whole = 0;
    if (write(connection, request, length) != (ssize_t)length) fail("no request");
    while (!whole || have < whole) {
        ssize_t got = read(connection, answer + have, sizeof answer - 1 - have);
        if (got <= 0) fail("no answer");
        have += (size_t)got;
        answer[have] = 0;
        char *end = strstr(answer, "\r\n\r\n");
        if (!end) continue;
        char *field = strcasestr(answer, "\r\ncontent-length:");
        if (strncmp(answer + 8, " 200", 4) || !field || field > end) fail(answer);
        whole = (size_t)(end - answer) + 4 + strtoul(field + 17, NULL, 10);
    }
    return strcasestr(answer, "\r\nconnection: close") == NULL;
}

static void *work(void *unused) {
    int connection = connected();
    while (left-- > 0) {
        if (ask(connection)) continue;
        close(connection);
        connection = connected();
    }
    close(connection);
    return unused;
}

int main(int count, char **arguments) {
    if (count != 4) return 2;
    port = atoi(arguments[1]);
    long connections = atol(arguments[2]), requests = atol(arguments[3]);
    length = fread(request, 1, sizeof request, stdin);
    if (connections < 1 || connections > MAX_CONNECTIONS || requests < 1 || length == sizeof request) return 2;
    left = requests;
    pthread_t ids[MAX_CONNECTIONS];
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (long each = 0; each < connections; each++) {
        if (pthread_create(&ids[each], NULL, work, NULL)) fail("no thread");
    }
    for (long each = 0; each < connections; each++) pthread_join(ids[each], NULL);
    clock_gettime(CLOCK_MONOTONIC, &end);
    double taken = (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
    printf("%.1f\n", (double)requests / taken);
    return 0;
}
