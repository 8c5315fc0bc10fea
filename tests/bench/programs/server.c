// The server of the benchmarks: answers every request with a token, always of the same length and with another number, in
// one write, after an optional delay. One thread a connection, TCP_NODELAY. Usage: server [--delay-us N]; prints its port
// and ends with its standard input. It answers a line there with the number of its answers so far.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { NUMBER = 9 };

static long delay_us;
static char answer[1024];
static int answer_length;
static size_t access_number, refresh_number;
static atomic_long answers;

// The length of the whole request in `buffer`, or 0 while it is incomplete.
static size_t complete(const char *buffer, size_t have) {
    const char *end = memmem(buffer, have, "\r\n\r\n", 4);
    if (!end) return 0;
    size_t head = (size_t)(end - buffer) + 4, body = 0;
    for (const char *line = buffer; line && line < end; line = memmem(line, (size_t)(end - line), "\r\n", 2)) {
        if (*line == '\r') line += 2;
        if (strncasecmp(line, "content-length:", 15) == 0) body = strtoul(line + 15, NULL, 10);
    }
    return have >= head + body ? head + body : 0;
}

static void *serve(void *argument) {
    int connection = (int)(long)argument, on = 1;
    char buffer[65536], own[sizeof answer];
    size_t have = 0;
    memcpy(own, answer, sizeof own);
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    while (have < sizeof buffer) {
        ssize_t got = read(connection, buffer + have, sizeof buffer - have);
        if (got <= 0) break;
        have += (size_t)got;
        size_t used = complete(buffer, have);
        if (!used) continue;
        have -= used;
        memmove(buffer, buffer + used, have);
        if (delay_us) usleep((useconds_t)delay_us);
        char digits[NUMBER + 1];
        snprintf(digits, sizeof digits, "%0*ld", NUMBER, ++answers);
        memcpy(own + access_number, digits, NUMBER);
        memcpy(own + refresh_number, digits, NUMBER);
        if (write(connection, own, (size_t)answer_length) != answer_length) break;
    }
    close(connection);
    return NULL;
}

static void *end_with_stdin(void *unused) {
    char byte;
    while (read(STDIN_FILENO, &byte, 1) > 0) {
        if (byte != '\n') continue;
        printf("%ld\n", answers);
        fflush(stdout);
    }
    exit(unused ? 1 : 0);
}

static void make_answer(void) {
    const char *body =
        "{\"access_token\":\"pina_BENCHMARKBENCHMARKBENCHMARKBENCHMARKBENCHMARKBENCHMARKBENCHMARKBENCHMARKBENCHMARK000000000\","
        "\"refresh_token\":\"pinr.benchmark.benchmark.000000000\",\"response_type\":\"refresh_token\",\"token_type\":"
        "\"bearer\",\"expires_in\":2592000,\"refresh_token_expires_in\":5184000,\"scope\":\"user_accounts:read pins:read\"}";
    answer_length = snprintf(answer, sizeof answer,
                             "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-pinterest-rid: 1337919202421304\r\n"
                             "cache-control: no-cache, no-store, must-revalidate\r\ncontent-length: %zu\r\n\r\n%s",
                             strlen(body), body);
    access_number = (size_t)(strstr(answer, "000000000") - answer);
    refresh_number = (size_t)(strstr(answer + access_number + NUMBER, "000000000") - answer);
}

int main(int count, char **arguments) {
    if (count == 3 && strcmp(arguments[1], "--delay-us") == 0) delay_us = atol(arguments[2]);
    // The delay is to be what it says: without this a sleep may take 50 us longer.
    prctl(PR_SET_TIMERSLACK, 1UL);
    make_answer();
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 1024)) return 1;
    getsockname(listener, (struct sockaddr *)&address, &length);
    pthread_t thread;
    if (pthread_create(&thread, NULL, end_with_stdin, NULL)) return 1;
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    for (;;) {
        int connection = accept(listener, NULL, NULL);
        if (connection < 0) continue;
        if (pthread_create(&thread, NULL, serve, (void *)(long)connection)) close(connection);
        else pthread_detach(thread);
    }
}
