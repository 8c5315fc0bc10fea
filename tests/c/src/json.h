/* Reads the documents of the library: values of the outermost object. Expects valid JSON, checks nothing. */
#ifndef JSON_H
#define JSON_H

#ifdef __cplusplus
extern "C" {
#endif

/* Where the value of `key` begins; NULL if there is no such key. */
const char *json_value(const char *document, const char *key);

/* The text under `key`, yours to free; NULL if it is absent or no text. */
char *json_text(const char *document, const char *key);

/* The number under `key`; -1 if it is absent or no number. */
long long json_number(const char *document, const char *key);

/* Whether `key` is there and not null. */
int json_has(const char *document, const char *key);

/* Whether the text under `key` is `text`; `text` NULL: whether there is none. */
int json_is(const char *document, const char *key, const char *text);

#ifdef __cplusplus
}
#endif
#endif
