/* The emulator, spoken to without the library under test. */
#ifndef EMULATOR_H
#define EMULATOR_H

#define REDIRECT_URI "https://example.com/callback"

#ifdef __cplusplus
extern "C" {
#endif

/* A call of its control port; the answer's document, yours to free. */
char *control(const char *method, const char *path, const char *body);
/* The same where the answer does not matter. */
void arrange(const char *path, const char *body);
/* Opens an address as a browser would; where it leads, yours to free, or NULL. */
char *visit(const char *url);
/* A code as if a person had agreed, yours to free. */
char *code_for(const char *scope);

#ifdef __cplusplus
}
#endif
#endif
