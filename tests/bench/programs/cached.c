/* A cached access token, a comparison of two texts, and the call of a function: nanoseconds each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "pinterest_oauth.h"

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e9 + (double)at.tv_nsec;
}

__attribute__((noinline)) static size_t function(const char *text)
{
    __asm__("" : : "r"(text) : "memory");
    return strlen(text);
}

int main(int argc, char **argv)
{
    long count = argc > 1 ? atol(argv[1]) : 1;
    pinterest_oauth_manager *manager = NULL;
    pinterest_oauth_account *account = NULL;
    char *text = NULL;
    volatile size_t same = 0;
    if (pinterest_oauth_manager_new("{}", &manager, &text) != PINTEREST_OAUTH_STATUS_OK ||
        (pinterest_oauth_string_free(text), pinterest_oauth_manager_account(manager, "bench", &account, &text)) !=
            PINTEREST_OAUTH_STATUS_OK ||
        (pinterest_oauth_string_free(text), pinterest_oauth_account_access_token(account, NULL, &text)) !=
            PINTEREST_OAUTH_STATUS_OK) {
        fprintf(stderr, "%s\n", text ? text : "");
        return 1;
    }
    pinterest_oauth_string_free(text);
    double begin = now();
    for (long i = 0; i < count; i++) {
        pinterest_oauth_account_access_token(account, NULL, &text);
        pinterest_oauth_string_free(text);
    }
    double cached = (now() - begin) / (double)count;
    begin = now();
    for (long i = 0; i < count; i++)
        same += strcmp(argv[0], "bench") != 0;
    double dictionary = (now() - begin) / (double)count;
    begin = now();
    for (long i = 0; i < count; i++)
        same += function(argv[0]);
    printf("{\"cached\": %.1f, \"dictionary\": %.1f, \"call\": %.1f}\n", cached, dictionary,
           (now() - begin) / (double)count);
    pinterest_oauth_account_free(account);
    pinterest_oauth_manager_free(manager);
    return 0;
}
