/* Every success and every failure that a call can end with, each checked. For programs that watch the
 * memory, and for the search for secrets: the server sends back what it was sent. */
#ifndef OUTCOMES_H
#define OUTCOMES_H

#include "pinterest_oauth.h"

/* Those that come at once. The number of calls. */
int quick_outcomes(const pinterest_oauth_client *client);
/* Those without an answer: refused, stopped by a proxy or a deadline. The number of calls. */
int slow_outcomes(void);
/* Those of TLS. The number of calls. */
int tls_outcomes(void);
/* A document that is never freed, for the proof that it would be noticed. */
void forget_a_document(const pinterest_oauth_client *client);

#endif
