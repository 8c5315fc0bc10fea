/* Every way a call can end, once: `memory plain`, `memory tls`; `memory forget` does not free a document. */
#include <string.h>

#include "client.h"
#include "outcomes.h"
#include "report.h"

int main(int count, char **words)
{
    const char *part = count > 1 ? words[1] : "";
    pinterest_oauth_client *client = client_of(NULL, "");
    if (strcmp(part, "forget") == 0) {
        forget_a_document(client);
        verdict("a document is forgotten");
    }
    if (strcmp(part, "plain") == 0) {
        quick_outcomes(client);
        verdict("calls end as they must, with an answer");
        slow_outcomes();
        verdict("calls end as they must, without an answer");
    }
    if (strcmp(part, "tls") == 0) {
        tls_outcomes();
        verdict("calls end as they must, over TLS");
    }
    pinterest_oauth_client_free(client);
    return finish();
}
