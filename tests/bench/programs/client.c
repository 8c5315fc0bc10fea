// Many calls over kept-alive connections, from C. Usage: client WHAT many, or client WHAT several CALLS
// THREADS. WHAT: ours, libcurl, raw socket; README.md says what the modes do.
#include "token.h"
#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/tcp.h>
#include <pinterest_oauth.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MAX_THREADS = 64, MAX_CALLS = 10000, WARM_UP = 100, WARM_UP_EACH = 3 };

static const char *what;
static int port;
static long calls, threads;
static pinterest_oauth_client *client;
static pthread_barrier_t warm;

static long clock_ns(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000000L + now.tv_nsec;
}

static long now_ns(void) {
    return clock_ns(CLOCK_MONOTONIC);
}

static void fail(const char *why) {
    fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

static void ours(void) {
    char *json;
    if (pinterest_oauth_client_token(client, REQUEST, &json) != PINTEREST_OAUTH_STATUS_OK) fail(json);
    pinterest_oauth_string_free(json);
}

struct buffer {
    char bytes[4096];
    size_t length;
};

static size_t keep(char *bytes, size_t size, size_t count, void *into) {
    struct buffer *buffer = into;
    if (buffer->length + size * count > sizeof buffer->bytes) return 0;
    memcpy(buffer->bytes + buffer->length, bytes, size * count);
    buffer->length += size * count;
    return size * count;
}

static void libcurl(CURL *curl) {
    struct buffer buffer = {.length = 0};
    long status = 0;
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &buffer);
    if (curl_easy_perform(curl) != CURLE_OK) fail("no answer");
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200 || buffer.length < 100) fail("wrong answer");
}

static CURL *new_curl(void) {
    CURL *curl = curl_easy_init();
    char url[100];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/v5/oauth/token", port);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_USERPWD, APP_ID ":" APP_SECRET);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, FORM);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 30L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    return curl;
}

static int new_socket(void) {
    int on = 1, connection = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    struct timeval limit = {.tv_sec = 30};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(connection, (struct sockaddr *)&address, sizeof address)) fail("no connection");
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    return connection;
}

static void raw(int connection) {
    char request[1024], answer[4096];
    int length = snprintf(request, sizeof request,
                          "POST /v5/oauth/token HTTP/1.1\r\nhost: 127.0.0.1:%d\r\nauthorization: Basic " BASIC
                          "\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: %zu\r\n\r\n" FORM,
                          port, strlen(FORM));
    if (write(connection, request, (size_t)length) != length) fail("no request");
    size_t have = 0;
    while (!memmem(answer, have, "pins:read\"}", 11)) {
        ssize_t got = read(connection, answer + have, sizeof answer - have);
        if (got <= 0) fail("no answer");
        have += (size_t)got;
    }
}

// One contestant: a handle or a socket of its own, or the one client of all threads.
struct caller {
    CURL *curl;
    int connection;
};

static struct caller new_caller(void) {
    return (struct caller){
        .curl = strcmp(what, "libcurl") == 0 ? new_curl() : NULL,
        .connection = strcmp(what, "raw socket") == 0 ? new_socket() : -1,
    };
}

static void call_once(struct caller *caller) {
    if (caller->curl) libcurl(caller->curl);
    else if (caller->connection >= 0) raw(caller->connection);
    else ours();
}

static void free_caller(struct caller *caller) {
    if (caller->curl) curl_easy_cleanup(caller->curl);
    if (caller->connection >= 0) close(caller->connection);
}

static void time_one_thread(void) {
    struct caller caller = new_caller();
    for (int call = 0; call < WARM_UP; call++) call_once(&caller);
    while (scanf("%ld", &calls) == 1 && calls > 0 && calls <= MAX_CALLS) {
        static long times[MAX_CALLS];
        long cpu = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
        for (long call = 0; call < calls; call++) {
            long before = now_ns();
            call_once(&caller);
            times[call] = now_ns() - before;
        }
        printf("[%ld", clock_ns(CLOCK_PROCESS_CPUTIME_ID) - cpu);
        for (long call = 0; call < calls; call++) printf(",%ld", times[call]);
        printf("]\n");
        fflush(stdout);
    }
    free_caller(&caller);
}

static void *work(void *unused) {
    struct caller caller = new_caller();
    for (int call = 0; call < WARM_UP_EACH; call++) call_once(&caller);
    pthread_barrier_wait(&warm);
    for (long call = 0; call < calls; call++) call_once(&caller);
    free_caller(&caller);
    return unused;
}

static void time_threads(void) {
    pthread_t ids[MAX_THREADS];
    pthread_barrier_init(&warm, NULL, (unsigned)threads + 1);
    for (long thread = 0; thread < threads; thread++) {
        if (pthread_create(&ids[thread], NULL, work, NULL)) fail("no thread");
    }
    pthread_barrier_wait(&warm);
    long before = now_ns();
    for (long thread = 0; thread < threads; thread++) pthread_join(ids[thread], NULL);
    printf("%.1f\n", (double)(calls * threads) * 1e9 / (double)(now_ns() - before));
}

static void new_client(void) {
    char config[300], *json;
    snprintf(config, sizeof config,
             "{\"app_id\":\"" APP_ID "\",\"app_secret\":\"" APP_SECRET
             "\",\"base_url\":\"http://127.0.0.1:%d\",\"trust_env\":false}",
             port);
    if (pinterest_oauth_client_new(config, &client, &json) != PINTEREST_OAUTH_STATUS_OK) fail(json);
    pinterest_oauth_string_free(json);
}

int main(int count, char **arguments) {
    const char *colon = strrchr(getenv("BENCH_URL"), ':');
    if (!colon || (count != 3 && count != 5)) return 2;
    what = arguments[1], port = atoi(colon + 1);
    if (strcmp(what, "ours") == 0) new_client();
    else curl_global_init(CURL_GLOBAL_DEFAULT);
    if (count == 3) {
        time_one_thread();
    } else {
        calls = atol(arguments[3]), threads = atol(arguments[4]);
        if (calls < 1 || threads < 1 || threads > MAX_THREADS) return 2;
        time_threads();
    }
    pinterest_oauth_client_free(client);
    return 0;
}
