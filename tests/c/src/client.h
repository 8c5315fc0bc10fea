/* Clients of the emulator, and calls that must succeed or must fail in one way.
 *
 * Every error document is appended to the file that DOCUMENTS names, where the runner searches it for
 * secrets. */
#ifndef CLIENT_H
#define CLIENT_H

#include "pinterest_oauth.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The configuration of a client of the emulator. `base_url` NULL takes the runner's; `more` is "" or
 * further entries, each with a comma before it. Yours to free. */
char *config(const char *base_url, const char *more);
/* Such a client; ends the program when there is none. */
pinterest_oauth_client *client_of(const char *base_url, const char *more);
/* A token manager of the emulator that keeps tokens in this process; ends the program when there is none. */
pinterest_oauth_manager *manager_of_memory(void);

/* A call of a client. */
typedef pinterest_oauth_status (*operation)(const pinterest_oauth_client *, const char *, char **);
/* A redirect is read without a client: for tables of calls. */
pinterest_oauth_status read_redirect(const pinterest_oauth_client *unused, const char *request, char **out_json);
/* Makes the call and frees the request. The answer, yours to free with the library's function; NULL and
 * a problem if it failed. */
char *answer_to(operation call, const pinterest_oauth_client *client, char *request);
/* Checks an error: status and kind, and `field` and `outcome` where they are not NULL. Notes the
 * document and frees it. */
void expect_error(const char *what, pinterest_oauth_status status, char *document,
                  pinterest_oauth_status wanted, const char *field, const char *outcome);

#ifdef __cplusplus
}
#endif
#endif
