#define _POSIX_C_SOURCE 200809L
#include "report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static _Thread_local char trouble[512];
static _Atomic int failed;

static void line(const char *word, const char *format, va_list rest, const char *problem)
{
    char buffer[2048];
    int length = snprintf(buffer, sizeof buffer, "%s ", word);
    length += vsnprintf(buffer + length, sizeof buffer - 600 - (size_t)length, format, rest);
    if (length > (int)sizeof buffer - 601)
        length = (int)sizeof buffer - 601;
    length += snprintf(buffer + length, sizeof buffer - (size_t)length, "%s%s\n", problem[0] ? ": " : "", problem);
    /* One write, past stdio: processes and threads share this, and nothing is buffered across a fork. */
    if (write(STDOUT_FILENO, buffer, (size_t)length) != length)
        abort();
}

void problem(const char *format, ...)
{
    va_list rest;
    if (trouble[0] != '\0')
        return;
    va_start(rest, format);
    vsnprintf(trouble, sizeof trouble, format, rest);
    va_end(rest);
}

int in_trouble(void)
{
    return trouble[0] != '\0';
}

void verdict(const char *format, ...)
{
    va_list rest;
    va_start(rest, format);
    line(in_trouble() ? "FAIL" : "ok", format, rest, trouble);
    va_end(rest);
    failed |= in_trouble();
    trouble[0] = '\0';
}

void say(const char *format, ...)
{
    va_list rest;
    va_start(rest, format);
    line("say", format, rest, "");
    va_end(rest);
}

int finish(void)
{
    if (in_trouble())
        verdict("the program has no problem of its own");
    if (write(STDOUT_FILENO, "done\n", 5) != 5)
        abort();
    return failed;
}

const char *setting(const char *name)
{
    const char *value = getenv(name);
    if (value == NULL) {
        problem("%s is not set", name);
        exit(finish());
    }
    return value;
}

char *text(const char *format, ...)
{
    va_list rest;
    va_start(rest, format);
    int length = vsnprintf(NULL, 0, format, rest);
    va_end(rest);
    char *made = malloc((size_t)length + 1);
    if (made == NULL)
        abort();
    va_start(rest, format);
    vsnprintf(made, (size_t)length + 1, format, rest);
    va_end(rest);
    return made;
}
