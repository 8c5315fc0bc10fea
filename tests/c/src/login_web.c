/* The login of a web app: begin and finish, wrongly and in any order. */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "emulator.h"
#include "json.h"
#include "report.h"

#define OK PINTEREST_OAUTH_STATUS_OK
#define INVALID_ARGUMENT PINTEREST_OAUTH_STATUS_INVALID_ARGUMENT

static void with_null(const pinterest_oauth_manager *manager)
{
    char *document = NULL;
    pinterest_oauth_status status = pinterest_oauth_login_begin(NULL, "{}", &document);
    expect_error("begin", status, document, INVALID_ARGUMENT, "manager", "not_sent");
    status = pinterest_oauth_login_begin(manager, NULL, &document);
    expect_error("begin", status, document, INVALID_ARGUMENT, "request_json", "not_sent");
    status = pinterest_oauth_login_finish(NULL, "{}", &document);
    expect_error("finish", status, document, INVALID_ARGUMENT, "manager", "not_sent");
    status = pinterest_oauth_login_finish(manager, NULL, &document);
    expect_error("finish", status, document, INVALID_ARGUMENT, "visit_json", "not_sent");
    if (pinterest_oauth_login_begin(manager, "{}", NULL) != INVALID_ARGUMENT
        || pinterest_oauth_login_finish(manager, "{}", NULL) != INVALID_ARGUMENT)
        problem("out_json NULL is accepted");
    verdict("the login of a web app refuses what is NULL");
}

/* The first text of the list under `set_cookies` up to its attributes, yours to free. */
static char *cookie_of(const char *document)
{
    char *list = pinterest_oauth_document_text(document, "set_cookies");
    char *end = list == NULL ? NULL : strchr(list, ';'), *cookie = NULL;
    if (end != NULL) {
        *end = '\0';
        cookie = text("%s", list + 2);
    }
    pinterest_oauth_string_free(list);
    return cookie == NULL ? text("%s", "none") : cookie;
}

static void expect_end(const pinterest_oauth_manager *manager, const char *what, char *visit_json, const char *outcome, long long http)
{
    char *document = NULL;
    pinterest_oauth_status status = pinterest_oauth_login_finish(manager, visit_json, &document);
    if (status != OK || !json_is(document, "outcome", outcome) || json_number(document, "status") != http)
        problem("%s: %s", what, pinterest_oauth_status_name(status));
    if (document != NULL && (strstr(document, "pina_") != NULL || strstr(document, "pinr.") != NULL))
        problem("%s: it has a token", what);
    pinterest_oauth_string_free(document);
    free(visit_json);
}

static void of_a_web_app(const pinterest_oauth_manager *manager)
{
    char *begin = NULL, *document = NULL;
    pinterest_oauth_status status = pinterest_oauth_login_begin(
        manager, "{\"account\":\"web\",\"redirect_uri\":\"" REDIRECT_URI "\",\"next\":\"/here\",\"host\":\"example.com\"}", &begin);
    if (status != OK) {
        expect_error("begin", status, begin, OK, NULL, NULL);
        return;
    }
    char *url = json_text(begin, "url"), *back = url == NULL ? NULL : visit(url), *cookie = cookie_of(begin);
    const char *query = back == NULL ? "" : strchr(back, '?');
    expect_end(manager, "another browser", text("{\"query\":\"%s\"}", query), "mismatch", 400);
    expect_end(manager, "HEAD", text("{\"method\":\"HEAD\",\"query\":\"%s\",\"cookies\":\"%s\"}", query, cookie), "not_a_visit", 204);
    expect_end(manager, "prefetch", text("{\"purpose\":\"prefetch\",\"query\":\"%s\",\"cookies\":\"%s\"}", query, cookie),
               "not_a_visit", 204);
    expect_end(manager, "the redirect", text("{\"query\":\"%s\",\"cookies\":\"a=b; %s\"}", query, cookie), "done", 303);
    expect_end(manager, "the redirect again", text("{\"query\":\"%s\",\"cookies\":\"%s\"}", query, cookie), "done", 303);
    verdict("a web app's visitor is logged in, and the same redirect gives the same end");
    pinterest_oauth_string_free(begin);
    status = pinterest_oauth_login_begin(manager, "{\"redirect_uri\":\"" REDIRECT_URI "\",\"next\":\"//canary\"}", &document);
    expect_error("an open redirect", status, document, INVALID_ARGUMENT, "next", "not_sent");
    status = pinterest_oauth_login_begin(manager, "{}", &document);
    expect_error("no address", status, document, INVALID_ARGUMENT, "redirect_uri", "not_sent");
    status = pinterest_oauth_login_begin(manager, "{\"redirect_uri\":\"" REDIRECT_URI "\",\"host\":\"canary.example\"}", &document);
    expect_error("another host", status, document, INVALID_ARGUMENT, "host", "not_sent");
    verdict("what a web app gets wrong is said at the begin");
    free(cookie);
    free(back);
    free(url);
}

int main(void)
{
    pinterest_oauth_manager *manager = manager_of_memory();
    arrange("/switches", "{\"auto_consent\":true}");
    with_null(manager);
    of_a_web_app(manager);
    pinterest_oauth_manager_free(manager);
    if (!pinterest_oauth_finish(30))
        problem("something is left");
    verdict("nothing is left under way");
    return finish();
}
