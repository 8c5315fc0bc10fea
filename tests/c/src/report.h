/* Verdicts for the runner, and what it sets.
 *
 * A program prints lines for the runner and nothing else: `ok SENTENCE`, `FAIL SENTENCE: PROBLEM`,
 * `say TEXT`, and `done` at its end. No line ever holds a secret. */
#ifndef REPORT_H
#define REPORT_H

#define LIKE_PRINTF(pattern, rest) __attribute__((format(printf, pattern, rest)))

#ifdef __cplusplus
extern "C" {
#endif

/* Notes what is wrong; the first one since the last verdict of this thread is told. */
void problem(const char *format, ...) LIKE_PRINTF(1, 2);
/* Whether a problem was noted since the last verdict of this thread. */
int in_trouble(void);
/* Ends a test: passed if no problem was noted. */
void verdict(const char *format, ...) LIKE_PRINTF(1, 2);
/* A line for the runner. */
void say(const char *format, ...) LIKE_PRINTF(1, 2);
/* The end of `main`. */
int finish(void);

/* A variable that the runner sets; ends the program when it is missing. */
const char *setting(const char *name);
/* A text made as printf would, yours to free. */
char *text(const char *format, ...) LIKE_PRINTF(1, 2);

#ifdef __cplusplus
}
#endif
#endif
