/* Calls whose answers tell whether they belong to the asker.
 *
 * A lineage refreshes its own token again and again: under strict rotation a token that went to somebody
 * else is refused. In between it asks for an app's token with scopes that no other call asks for, and
 * gets exactly those back. Each request names its asker, so that the emulator's record shows which
 * connection served whom. */
#ifndef LINEAGE_H
#define LINEAGE_H

#include "client.h"

struct lineage {
    const char *asker;
    int number;
    int calls;
    char *refresh_token;
};

/* Prepares the emulator: strict rotation, no two tokens alike. */
void lineage_rules(void);
/* Logs in with a code of its own. `number` is 0 to 511 and differs between all lineages of a run. */
struct lineage lineage_begin(const pinterest_oauth_client *client, const char *asker, int number);
/* Makes `count` calls, half of them refreshes; stops at the first problem. */
void lineage_calls(struct lineage *lineage, const pinterest_oauth_client *client, int count);
/* Tells the runner how many calls were made, and frees. */
void lineage_end(struct lineage *lineage);

#endif
