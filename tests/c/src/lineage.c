#include "lineage.h"

#include <stdlib.h>
#include <string.h>

#include "emulator.h"
#include "json.h"
#include "report.h"

/* The calls of one lineage that can be told apart. */
#define MARKS 1024

static const char *const SCOPES[] = {
    "ads:read",         "ads:write",     "billing:read",       "billing:write", "biz_access:read",
    "biz_access:write", "boards:read",   "boards:read_secret", "boards:write",  "boards:write_secret",
    "catalogs:read",    "catalogs:write", "msot:write",        "pins:read",     "pins:read_secret",
    "pins:write",       "pins:write_secret", "user_accounts:read", "user_accounts:write",
};

/* The binary digits of `mark` as scopes. */
static char *marked(int mark, char separator)
{
    char *scopes = text("%512s", "");
    size_t length = 0;
    for (size_t i = 0; i < sizeof SCOPES / sizeof SCOPES[0]; i++) {
        if (mark & (1 << i)) {
            strcpy(scopes + length, SCOPES[i]);
            length += strlen(SCOPES[i]);
            scopes[length++] = separator;
        }
    }
    scopes[length > 0 ? length - 1 : 0] = '\0';
    return scopes;
}

void lineage_rules(void)
{
    arrange("/switches", "{\"rotation\":\"strict\",\"same_second_same_token\":false}");
}

static void keep_refresh_token(struct lineage *lineage, const char *document)
{
    char *fresh = json_text(document, "refresh_token");
    if (fresh == NULL) {
        problem("%s: call %d got an answer without a refresh token", lineage->asker, lineage->calls);
        return;
    }
    free(lineage->refresh_token);
    lineage->refresh_token = fresh;
}

struct lineage lineage_begin(const pinterest_oauth_client *client, const char *asker, int number)
{
    struct lineage lineage = {asker, number, 1, NULL};
    char *code = code_for("pins:read");
    char *answer = answer_to(pinterest_oauth_client_token, client,
                             text("{\"grant_type\":\"authorization_code\",\"code\":\"%s\",\"redirect_uri\":\"%s\","
                                  "\"extra\":{\"asker\":\"%s\"}}", code, REDIRECT_URI, asker));
    keep_refresh_token(&lineage, answer);
    pinterest_oauth_string_free(answer);
    free(code);
    return lineage;
}

static void refresh(struct lineage *lineage, const pinterest_oauth_client *client)
{
    char *answer = answer_to(pinterest_oauth_client_token, client,
                             text("{\"grant_type\":\"refresh_token\",\"refresh_token\":\"%s\",\"extra\":{\"asker\":\"%s\"}}",
                                  lineage->refresh_token, lineage->asker));
    if (answer != NULL && !json_is(answer, "response_type", "refresh_token"))
        problem("%s: call %d got the answer of another grant", lineage->asker, lineage->calls);
    if (answer != NULL)
        keep_refresh_token(lineage, answer);
    pinterest_oauth_string_free(answer);
}

static void ask_marked(struct lineage *lineage, const pinterest_oauth_client *client)
{
    int mark = lineage->number * MARKS + lineage->calls % MARKS;
    char *asked = marked(mark, ','), *wanted = marked(mark, ' ');
    char *answer = answer_to(pinterest_oauth_client_token, client,
                             text("{\"grant_type\":\"client_credentials\",\"scope\":\"%s\",\"extra\":{\"asker\":\"%s\"}}",
                                  asked, lineage->asker));
    if (answer != NULL && !json_is(answer, "scope", wanted))
        problem("%s: call %d got the scopes of another call", lineage->asker, lineage->calls);
    pinterest_oauth_string_free(answer);
    free(asked);
    free(wanted);
}

void lineage_calls(struct lineage *lineage, const pinterest_oauth_client *client, int count)
{
    for (int i = 0; i < count && !in_trouble(); i++, lineage->calls++) {
        if (i % 2 == 0)
            refresh(lineage, client);
        else
            ask_marked(lineage, client);
    }
}

void lineage_end(struct lineage *lineage)
{
    say("calls %d", lineage->calls);
    free(lineage->refresh_token);
    lineage->refresh_token = NULL;
}
