#define _POSIX_C_SOURCE 200809L
#include "emulator.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "json.h"
#include "report.h"

/* One exchange over plain http with this machine; the whole answer, or NULL. */
static char *exchange(const char *method, const char *url, const char *body)
{
    char host[64];
    int port = 0, start = 0;
    if (sscanf(url, "http://%63[0-9.]:%d%n", host, &port, &start) != 2)
        return NULL;
    struct sockaddr_in peer = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    struct timeval limit = {.tv_sec = 30, .tv_usec = 0};
    int wire = socket(AF_INET, SOCK_STREAM, 0);
    char *request = text("%s %s HTTP/1.1\r\nhost: %s:%d\r\nconnection: close\r\n"
                         "content-type: application/json\r\ncontent-length: %zu\r\n\r\n%s",
                         method, url[start] ? url + start : "/", host, port, strlen(body), body);
    char *answer = NULL;
    size_t held = 0;
    ssize_t got = -1;
    setsockopt(wire, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (inet_pton(AF_INET, host, &peer.sin_addr) == 1
        && connect(wire, (struct sockaddr *)&peer, sizeof peer) == 0
        && write(wire, request, strlen(request)) == (ssize_t)strlen(request)) {
        do {
            answer = realloc(answer, held + 65537);
            if (answer == NULL)
                abort();
            got = read(wire, answer + held, 65536);
            held += got > 0 ? (size_t)got : 0;
            answer[held] = '\0';
        } while (got > 0);
    }
    close(wire);
    free(request);
    if (got != 0 || held == 0) {
        free(answer);
        return NULL;
    }
    return answer;
}

char *control(const char *method, const char *path, const char *body)
{
    char *url = text("%s%s", setting("CONTROL_URL"), path);
    char *answer = exchange(method, url, body);
    char *document = answer == NULL ? NULL : strstr(answer, "\r\n\r\n");
    if (document == NULL || strncmp(answer, "HTTP/1.1 200", 12) != 0) {
        problem("the emulator's control port refused %s %s: %s", method, path, document ? document + 4 : "no answer");
        document = NULL;
    }
    document = text("%s", document == NULL ? "{}" : document + 4);
    free(answer);
    free(url);
    return document;
}

void arrange(const char *path, const char *body)
{
    free(control("POST", path, body));
}

char *visit(const char *url)
{
    char *answer = exchange("GET", url, "");
    char *location = answer == NULL ? NULL : strstr(answer, "\r\nlocation: ");
    if (location == NULL) {
        problem("the consent page did not redirect");
    } else {
        location += strlen("\r\nlocation: ");
        location[strcspn(location, "\r")] = '\0';
        location = text("%s", location);
    }
    free(answer);
    return location;
}

char *code_for(const char *scope)
{
    char *ask = text("{\"redirect_uri\":\"" REDIRECT_URI "\",\"scope\":\"%s\"}", scope);
    char *answer = control("POST", "/authorize", ask);
    char *code = json_text(answer, "code");
    free(answer);
    free(ask);
    return code == NULL ? text("%s", "none") : code;
}
