#include "json.h"

#include <stdlib.h>
#include <string.h>

static const char *skip_text(const char *at)
{
    for (at++; *at != '\0' && *at != '"'; at++)
        if (*at == '\\' && at[1] != '\0')
            at++;
    return *at == '\0' ? at : at + 1;
}

static const char *skip_value(const char *at)
{
    int depth = 0;
    while (*at != '\0') {
        if (*at == '"') {
            at = skip_text(at);
            if (depth == 0)
                return at;
            continue;
        }
        if (*at == '{' || *at == '[')
            depth++;
        if (depth == 0 && strchr(",}]", *at) != NULL)
            return at;
        if ((*at == '}' || *at == ']') && --depth == 0)
            return at + 1;
        at++;
    }
    return at;
}

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t\r\n,:");
}

const char *json_value(const char *document, const char *key)
{
    size_t length = strlen(key);
    const char *at = document == NULL ? NULL : strchr(document, '{');
    if (at == NULL)
        return NULL;
    for (at = skip_blanks(at + 1); *at == '"'; at = skip_blanks(at)) {
        const char *end = skip_text(at);
        const char *value = skip_blanks(end);
        if ((size_t)(end - at) == length + 2 && strncmp(at + 1, key, length) == 0)
            return value;
        at = skip_value(value);
    }
    return NULL;
}

static char *put_utf8(char *to, unsigned code)
{
    if (code < 0x80) {
        *to++ = (char)code;
    } else if (code < 0x800) {
        *to++ = (char)(0xC0 | (code >> 6));
        *to++ = (char)(0x80 | (code & 0x3F));
    } else {
        *to++ = (char)(0xE0 | (code >> 12));
        *to++ = (char)(0x80 | ((code >> 6) & 0x3F));
        *to++ = (char)(0x80 | (code & 0x3F));
    }
    return to;
}

char *json_text(const char *document, const char *key)
{
    static const char names[] = "bfnrt", means[] = "\b\f\n\r\t";
    const char *from = json_value(document, key);
    if (from == NULL || *from != '"')
        return NULL;
    char *text = (char *)malloc((size_t)(skip_text(from) - from) + 1);
    if (text == NULL)
        abort();
    char *to = text;
    for (from++; *from != '\0' && *from != '"'; from++) {
        if (*from != '\\') {
            *to++ = *from;
            continue;
        }
        const char *name = strchr(names, *++from);
        if (*from == 'u' && strlen(from) > 4) {
            char digits[5] = {from[1], from[2], from[3], from[4], '\0'};
            to = put_utf8(to, (unsigned)strtoul(digits, NULL, 16));
            from += 4;
        } else {
            *to++ = name == NULL || *from == '\0' ? *from : means[name - names];
        }
    }
    *to = '\0';
    return text;
}

long long json_number(const char *document, const char *key)
{
    const char *value = json_value(document, key);
    if (value == NULL || strchr("-0123456789", *value) == NULL)
        return -1;
    return strtoll(value, NULL, 10);
}

int json_has(const char *document, const char *key)
{
    const char *value = json_value(document, key);
    return value != NULL && strncmp(value, "null", 4) != 0;
}

int json_is(const char *document, const char *key, const char *text)
{
    char *found = json_text(document, key);
    int same = found == NULL || text == NULL ? found == NULL && text == NULL : strcmp(found, text) == 0;
    free(found);
    return same;
}
