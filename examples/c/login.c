/* Logs a person in with a browser; the token manager keeps the token, and every program of this user gets access tokens
 * of the account from then on. How to build and run it: README.md. Ctrl-C stops it.
 *
 *   login [ACCOUNT]     with PINTEREST_REDIRECT_URI, unless http://localhost:8085/ is registered with the app
 */
#define _POSIX_C_SOURCE 200809L
#include <pinterest_oauth.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;

/* No function of the library may be called in here. */
static void interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

/* Shows a text of a document to the person; whether there is one. */
static int show(const char *before, const char *document, const char *key, const char *after)
{
    char *text = pinterest_oauth_document_text(document, key);
    int there = text != NULL;
    if (there)
        fprintf(stderr, "%s%s%s", before, text, after);
    pinterest_oauth_string_free(text);
    return there;
}

static int is(const char *document, const char *key, const char *wanted)
{
    char *text = pinterest_oauth_document_text(document, key);
    int equal = text != NULL && strcmp(text, wanted) == 0;
    pinterest_oauth_string_free(text);
    return equal;
}

/* Ends the program unless all is well. An error document holds no secret. */
static void expect_ok(pinterest_oauth_status status, char *document)
{
    if (status == PINTEREST_OAUTH_STATUS_OK)
        return;
    if (!interrupted)
        show("", document, "text", "\n");
    pinterest_oauth_string_free(document);
    exit(interrupted ? 130 : (int)status);
}

/* A line of the person, if one is there. */
static int typed(char *line, int size, int milliseconds)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&input, 1, milliseconds) == 1 && fgets(line, size, stdin) != NULL;
}

/* One person's token replaces another's only where the answer is yes. */
static void answer(const pinterest_oauth_login *login)
{
    char line[16] = "";
    fputs("[y/N] ", stderr);
    while (!interrupted && !typed(line, sizeof line, 200) && !feof(stdin))
        ;
    pinterest_oauth_login_answer(login, line[0] == 'y' || line[0] == 'Y');
}

/* What is wrong with a pasted address is said, and the login waits on. */
static void paste(const pinterest_oauth_login *login, const char *address)
{
    char *json = NULL;
    if (pinterest_oauth_login_paste(login, address, &json) != PINTEREST_OAUTH_STATUS_OK)
        show("", json, "message", "\n");
    pinterest_oauth_string_free(json);
}

int main(int count, char **words)
{
    const char *account = count > 1 ? words[1] : "default", *redirect_uri = getenv("PINTEREST_REDIRECT_URI");
    pinterest_oauth_manager *manager = NULL;
    pinterest_oauth_login *login = NULL;
    char options[4096], line[8192], *json = NULL;
    int done = 0;
    if (redirect_uri == NULL)
        redirect_uri = "http://localhost:8085/";
    if (strpbrk(account, "\"\\") || strpbrk(redirect_uri, "\"\\")) {
        fputs("neither the account nor the address may have quotes or backslashes\n", stderr);
        return 2;
    }
    sigaction(SIGINT, &(struct sigaction){.sa_handler = interrupt}, NULL);
    setvbuf(stdin, NULL, _IONBF, 0); /* what was pasted besides stays where poll sees it */

    /* {}: app id, app secret, addresses and the place of the store come from the environment. */
    pinterest_oauth_status status = pinterest_oauth_manager_new("{}", &manager, &json);
    expect_ok(status, json);
    pinterest_oauth_string_free(json);
    snprintf(options, sizeof options,
             "{\"account\":\"%s\",\"redirect_uri\":\"%s\",\"scope\":\"user_accounts:read,pins:read\",\"confirm\":true}", account,
             redirect_uri);
    status = pinterest_oauth_login_start(manager, options, &login, &json);
    expect_ok(status, json);
    show("", json, "message", "\n");
    show("", json, "instructions", "\n"); /* for the person alone; none where a browser was opened */
    pinterest_oauth_string_free(json);

    while (!done && status == PINTEREST_OAUTH_STATUS_OK) {
        if (interrupted)
            pinterest_oauth_login_cancel(login); /* a code that was sent is exchanged and stored all the same */
        status = pinterest_oauth_login_next(login, 0.1, &json);
        if (status == PINTEREST_OAUTH_STATUS_OK && show("", json, "message", "\n")) {
            done = is(json, "event", "done");
            if (is(json, "event", "confirm"))
                answer(login);
        } else if (status == PINTEREST_OAUTH_STATUS_OK && typed(line, sizeof line, 0)) {
            paste(login, line);
        }
        if (status == PINTEREST_OAUTH_STATUS_OK)
            pinterest_oauth_string_free(json);
    }
    pinterest_oauth_login_free(login);
    pinterest_oauth_manager_free(manager);
    expect_ok(status, json);
    return 0;
}
