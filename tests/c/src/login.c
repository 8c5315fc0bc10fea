/* A login with a browser: every function, wrongly and in any order. The browser's part is played: what Pinterest sends back
 * is pasted. */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "client.h"
#include "emulator.h"
#include "json.h"
#include "report.h"

#define OK PINTEREST_OAUTH_STATUS_OK
#define INVALID_ARGUMENT PINTEREST_OAUTH_STATUS_INVALID_ARGUMENT
#define CANCELLED PINTEREST_OAUTH_STATUS_CANCELLED

/* Options with the address that the emulator knows. `more` is "" or further entries, each with a comma before it. */
static char *options(const char *more)
{
    return text("{\"redirect_uri\":\"%s\",\"scope\":\"pins:read\",\"browser\":false,\"timeout\":60%s}", setting("REDIRECT_URI"), more);
}

/* A login under way; what it shows, yours to free with the library's function. */
static pinterest_oauth_login *begun(const pinterest_oauth_manager *manager, const char *more, char **started)
{
    pinterest_oauth_login *login = NULL;
    char *document = NULL, *asked = options(more);
    pinterest_oauth_status status = pinterest_oauth_login_start(manager, asked, &login, &document);
    if (status != OK || login == NULL)
        expect_error("the begin", status, document, OK, NULL, NULL);
    else if (started != NULL)
        *started = document;
    else
        pinterest_oauth_string_free(document);
    free(asked);
    return login;
}

/* Where Pinterest sends a person who agrees, yours to free. */
static char *agreed(const char *started)
{
    char *page = json_text(started, "authorize_url"), *back = page == NULL ? NULL : visit(page);
    free(page);
    return back == NULL ? text("%s", "none") : back;
}

static pinterest_oauth_status pasted(const pinterest_oauth_login *login, const char *address)
{
    char *document = NULL;
    pinterest_oauth_status status = pinterest_oauth_login_paste(login, address, &document);
    if (status == OK && (document == NULL || strcmp(document, "{}") != 0))
        problem("an address that is taken gives no {}");
    if (status == OK)
        pinterest_oauth_string_free(document);
    else
        expect_error("what was pasted", status, document, INVALID_ARGUMENT, "address", "not_sent");
    return status;
}

/* Events until the last one, which is yours to free with the library's function; NULL and its error document. */
static pinterest_oauth_status ended(const pinterest_oauth_login *login, char **last)
{
    for (;;) {
        pinterest_oauth_status status = pinterest_oauth_login_next(login, 30, last);
        if (status != OK || json_is(*last, "event", "done"))
            return status;
        if (json_is(*last, "event", "confirm"))
            pinterest_oauth_login_answer(login, 1);
        pinterest_oauth_string_free(*last);
    }
}

static void over(const pinterest_oauth_login *login, const char *what)
{
    char *document = NULL;
    if (pinterest_oauth_login_next(login, 0.01, &document) != CANCELLED || document == NULL)
        problem("%s: something came after the end", what);
    pinterest_oauth_string_free(document);
}

static void with_null(const pinterest_oauth_manager *manager)
{
    pinterest_oauth_login *login = (pinterest_oauth_login *)&login;
    char *document = (char *)&document, *asked = options("");
    pinterest_oauth_status status = pinterest_oauth_login_start(NULL, asked, &login, &document);
    if (login != NULL)
        problem("without a manager there is a login");
    expect_error("no manager", status, document, INVALID_ARGUMENT, "manager", "not_sent");
    status = pinterest_oauth_login_start(manager, NULL, &login, &document);
    expect_error("no options", status, document, INVALID_ARGUMENT, "options_json", "not_sent");
    status = pinterest_oauth_login_start(manager, asked, NULL, &document);
    expect_error("no place for the login", status, document, INVALID_ARGUMENT, "out_login", "not_sent");
    if (pinterest_oauth_login_start(manager, asked, &login, NULL) != INVALID_ARGUMENT || login != NULL)
        problem("out_json NULL is accepted");
    verdict("a login begins with nothing that is NULL");

    status = pinterest_oauth_login_next(NULL, 0, &document);
    expect_error("next", status, document, INVALID_ARGUMENT, "login", "not_sent");
    status = pinterest_oauth_login_show(NULL, &document);
    expect_error("show", status, document, INVALID_ARGUMENT, "login", "not_sent");
    status = pinterest_oauth_login_paste(NULL, "x", &document);
    expect_error("paste", status, document, INVALID_ARGUMENT, "login", "not_sent");
    pinterest_oauth_login_answer(NULL, 1);
    pinterest_oauth_login_cancel(NULL);
    pinterest_oauth_login_free(NULL);
    verdict("no login is refused, or nothing is done with it");

    login = begun(manager, "", NULL);
    status = pinterest_oauth_login_paste(login, NULL, &document);
    expect_error("paste", status, document, INVALID_ARGUMENT, "address", "not_sent");
    status = pinterest_oauth_login_paste(login, "http://localhost/?code=canary\xC3", &document);
    expect_error("paste", status, document, INVALID_ARGUMENT, "address", "not_sent");
    if (pinterest_oauth_login_next(login, 0, NULL) != INVALID_ARGUMENT || pinterest_oauth_login_show(login, NULL) != INVALID_ARGUMENT
        || pinterest_oauth_login_paste(login, "x", NULL) != INVALID_ARGUMENT)
        problem("out_json NULL is accepted");
    pinterest_oauth_login_free(login);
    verdict("a login under way refuses what is NULL or no UTF-8");

    free(asked);
}

static void wrong(const pinterest_oauth_manager *manager)
{
    static const struct {
        const char *more, *field;
    } rows[] = {
        {",\"account\":\"\"", "account"},
        {",\"account\":7", "account"},
        {",\"timeout\":0", "timeout"},
        {",\"timeout\":3600.1", "timeout"},
        {",\"confirm\":\"canary\"", "confirm"},
        {",\"browser\":1", "browser"},
        {",\"extra\":{\"state\":\"canary\"}", "extra.state"},
        {",\"canary\":1", "canary"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        pinterest_oauth_login *login = (pinterest_oauth_login *)&login;
        char *document = NULL, *asked = options(rows[i].more);
        pinterest_oauth_status status = pinterest_oauth_login_start(manager, asked, &login, &document);
        if (login != NULL)
            problem("%s: there is a login", rows[i].more);
        /* The name of a key is the caller's own: it is not noted, as the word canary is looked for. */
        if (strcmp(rows[i].field, "canary") == 0) {
            if (status != INVALID_ARGUMENT || !json_is(document, "field", rows[i].field))
                problem("an unknown key is accepted");
            pinterest_oauth_string_free(document);
        } else {
            expect_error(rows[i].more, status, document, INVALID_ARGUMENT, rows[i].field, "not_sent");
        }
        free(asked);
    }
    verdict("an option that cannot be used is named");

    pinterest_oauth_login *first = begun(manager, "", NULL), *second = NULL;
    char *document = NULL, *asked = options("");
    pinterest_oauth_status status = pinterest_oauth_login_start(manager, asked, &second, &document);
    expect_error("a port that is taken", status, document, INVALID_ARGUMENT, "redirect_uri", "not_sent");
    free(asked);
    pinterest_oauth_login_free(first);
    pinterest_oauth_login_free(begun(manager, "", NULL));
    verdict("a port that is taken is named, and one login after the other has it");
}

static void whole(const pinterest_oauth_manager *manager)
{
    char *started = NULL, *document = NULL;
    pinterest_oauth_login *login = begun(manager, ",\"account\":\"anna\"", &started);
    if (json_value(started, "opened") == NULL || strncmp(json_value(started, "opened"), "false", 5) != 0)
        problem("a browser was opened");
    if (pinterest_oauth_login_next(login, -1, &document) != OK || strcmp(document, "null") != 0)
        problem("something happened by itself");
    pinterest_oauth_string_free(document);
    char *start = json_text(started, "start_url"), *back = agreed(started);
    if (pasted(login, start ? start : "") == OK || pasted(login, "") == OK || pasted(login, "canary-code") == OK)
        problem("what is no redirect is taken");
    pinterest_oauth_login_answer(login, 0); /* nobody has asked */
    if (pinterest_oauth_login_show(login, &document) != OK || !json_has(document, "authorize_url"))
        problem("Pinterest's page is not shown");
    pinterest_oauth_string_free(document);
    if (pasted(login, back) != OK)
        problem("the redirect is not taken");
    pinterest_oauth_status status = ended(login, &document);
    char *outcome = pinterest_oauth_document_text(document, "end.outcome"), *account = pinterest_oauth_document_text(document, "end.account");
    if (status != OK || outcome == NULL || strcmp(outcome, "done") != 0 || account == NULL || strcmp(account, "anna") != 0)
        problem("it ended with %s", pinterest_oauth_status_name(status));
    if (strstr(document, "pina_") != NULL || strstr(document, "pinr.") != NULL)
        problem("the end has a token");
    pinterest_oauth_string_free(outcome);
    pinterest_oauth_string_free(account);
    pinterest_oauth_string_free(document);
    over(login, "next");
    pinterest_oauth_login_cancel(login);
    over(login, "cancel");
    pinterest_oauth_login_free(login);
    pinterest_oauth_string_free(started);
    free(start);
    free(back);

    pinterest_oauth_account *anna = NULL;
    if (pinterest_oauth_manager_account(manager, "anna", &anna, &document) != OK)
        problem("there is no account");
    pinterest_oauth_string_free(document);
    char *token = pinterest_oauth_account_access_token_now(anna);
    if (token == NULL || strncmp(token, "pina_", 5) != 0)
        problem("no token is stored");
    pinterest_oauth_string_free(token);
    pinterest_oauth_account_free(anna);
    verdict("a pasted redirect ends a login, in any order of calls");
}

/* A login that was freed while its code was exchanged has the port until the exchange is over. */
static void wait_for_the_port(const pinterest_oauth_manager *manager)
{
    pinterest_oauth_login *login = NULL;
    char *document = NULL, *asked = options("");
    for (int i = 0; i < 500 && login == NULL; i++) {
        pinterest_oauth_login_start(manager, asked, &login, &document);
        pinterest_oauth_string_free(document);
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
    if (login == NULL)
        problem("the port is never free");
    pinterest_oauth_login_free(login);
    free(asked);
}

static void refused(const pinterest_oauth_manager *manager)
{
    char *document = NULL, *started = NULL;
    pinterest_oauth_login *login = begun(manager, "", NULL);
    pinterest_oauth_login_cancel(login);
    pinterest_oauth_login_cancel(login);
    pinterest_oauth_status status = ended(login, &document);
    expect_error("a cancel", status, document, CANCELLED, NULL, "not_sent");
    pinterest_oauth_login_cancel(login);
    over(login, "a cancel");
    if (pinterest_oauth_login_show(login, &document) != OK)
        problem("it cannot be shown any more");
    pinterest_oauth_string_free(document);
    pinterest_oauth_login_free(login);
    verdict("a login is cancelled once, however often that is asked for");

    for (int i = 0; i < 5; i++)
        pinterest_oauth_login_free(begun(manager, "", NULL));
    login = begun(manager, "", &started);
    char *back = agreed(started);
    if (pasted(login, back) != OK)
        problem("the redirect is not taken");
    pinterest_oauth_login_free(login);
    if (!pinterest_oauth_finish(30))
        problem("the exchange has no end");
    wait_for_the_port(manager);
    pinterest_oauth_string_free(started);
    free(back);
    verdict("a login is freed while it waits, and while its code is exchanged");

    login = begun(manager, ",\"timeout\":0.05", NULL);
    status = ended(login, &document);
    expect_error("nobody comes", status, document, PINTEREST_OAUTH_STATUS_TIMEOUT, NULL, "not_sent");
    pinterest_oauth_login_free(login);
    verdict("a login to which nobody comes has an end");

    arrange("/switches", "{\"deny\":true}");
    login = begun(manager, "", &started);
    back = agreed(started);
    if (pasted(login, back) != OK)
        problem("the redirect is not taken");
    status = ended(login, &document);
    expect_error("a denial", status, document, PINTEREST_OAUTH_STATUS_ACCESS_DENIED, NULL, "rejected");
    pinterest_oauth_login_free(login);
    pinterest_oauth_string_free(started);
    free(back);
    arrange("/switches", "{\"deny\":false}");
    verdict("a denial ends a login");
}

static void *waits(void *login)
{
    char *document = NULL;
    pinterest_oauth_status status = ended((const pinterest_oauth_login *)login, &document);
    expect_error("the waiting thread", status, document, CANCELLED, NULL, "not_sent");
    verdict("a thread that waits is told of the cancel of another");
    return NULL;
}

static void threads(const pinterest_oauth_manager *manager)
{
    pthread_t thread;
    pinterest_oauth_login *login = begun(manager, "", NULL);
    if (pthread_create(&thread, NULL, waits, login) != 0)
        abort();
    nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    pinterest_oauth_login_cancel(login);
    pthread_join(thread, NULL);
    pinterest_oauth_login_free(login);
}

static void another_person(const pinterest_oauth_manager *manager)
{
    static const char *const users[] = {"anna", "bob", "bob"};
    static const int answers[] = {-1, 0, 1};
    for (int i = 0; i < 3; i++) {
        char *started = NULL, *document = NULL, *user = text("{\"user\":\"%s\"}", users[i]);
        arrange("/switches", user);
        pinterest_oauth_login *login =
            begun(manager, ",\"confirm\":true,\"account\":\"shared\",\"extra\":{},\"scope\":\"user_accounts:read\"", &started);
        char *back = agreed(started);
        if (pasted(login, back) != OK)
            problem("the redirect is not taken");
        int asked = 0;
        pinterest_oauth_status status;
        for (;;) {
            status = pinterest_oauth_login_next(login, 30, &document);
            if (status != OK || json_is(document, "event", "done"))
                break;
            if (json_is(document, "event", "confirm")) {
                asked = 1;
                pinterest_oauth_login_answer(login, answers[i]);
                pinterest_oauth_login_answer(login, !answers[i]); /* the first one counts */
            }
            pinterest_oauth_string_free(document);
        }
        if (asked != (answers[i] >= 0))
            problem("%s: asked %d", users[i], asked);
        if (answers[i] == 0) {
            expect_error("no", status, document, PINTEREST_OAUTH_STATUS_ACCESS_DENIED, NULL, "rejected");
        } else {
            char *name = pinterest_oauth_document_text(document, "end.user.username");
            if (status != OK || name == NULL || strcmp(name, users[i]) != 0)
                problem("%s: %s", users[i], pinterest_oauth_status_name(status));
            pinterest_oauth_string_free(name);
            pinterest_oauth_string_free(document);
        }
        pinterest_oauth_login_free(login);
        pinterest_oauth_string_free(started);
        free(back);
        free(user);
    }
    verdict("another person's token replaces one only where the answer is yes");
}

int main(void)
{
    pinterest_oauth_manager *manager = manager_of_memory();
    arrange("/switches", "{\"auto_consent\":true}");
    with_null(manager);
    wrong(manager);
    whole(manager);
    refused(manager);
    threads(manager);
    another_person(manager);
    pinterest_oauth_manager_free(manager);
    if (!pinterest_oauth_finish(30))
        problem("something is left");
    verdict("nothing is left under way");
    return finish();
}
