/* A token is refreshed in the file where it is stored: by one program, by two at once, and where it cannot be. */
#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client.h"
#include "emulator.h"
#include "json.h"
#include "report.h"

#define INVALID_ARGUMENT PINTEREST_OAUTH_STATUS_INVALID_ARGUMENT
/* A process that hangs is ended by this alarm: a failure. */
#define HANGS_AFTER 60
#define REFRESHES 5
#define NOBODY 65534

static pinterest_oauth_client *client;
static char folder[] = "/tmp/pinterest-oauth-c-XXXXXX";
static char *file;

static void fill(const char *content)
{
    int out = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (out < 0 || write(out, content, strlen(content)) < 0)
        problem("the file could not be written");
    if (out >= 0)
        close(out);
}

/* What the file holds, yours to free. */
static char *content(void)
{
    static char room[65536];
    int in = open(file, O_RDONLY | O_CLOEXEC);
    ssize_t length = in < 0 ? -1 : read(in, room, sizeof room - 1);
    if (length < 0)
        problem("the file could not be read");
    if (in >= 0)
        close(in);
    room[length < 0 ? 0 : length] = '\0';
    return text("%s", room);
}

/* A token of a login. */
static char *issued(void)
{
    char *code = code_for("pins:read");
    char *token = answer_to(pinterest_oauth_client_token, client,
                            text("{\"grant_type\":\"authorization_code\",\"code\":\"%s\",\"redirect_uri\":\"%s\"}", code,
                                 REDIRECT_URI));
    free(code);
    return token;
}

static long long requests(void)
{
    char *record = control("GET", "/requests", "");
    long long count = json_number(record, "total");
    free(record);
    return count;
}

static void refreshed(void)
{
    char *before = issued();
    fill(before ? before : "");
    char *after = answer_to(pinterest_oauth_client_refresh_file, client, text("%s", file)), *stored = content();
    char *old = json_text(before, "refresh_token"), *fresh = after ? json_text(after, "refresh_token") : NULL;
    if (fresh == NULL || json_is(stored, "refresh_token", old) || !json_is(stored, "refresh_token", fresh))
        problem("the file has not the new token");
    if (after && !json_has(after, "answer"))
        problem("the answer does not say how the call went");
    if (strstr(stored, "\"answer\"") != NULL)
        problem("what the call told besides was stored");
    verdict("the new token is in the file and is handed out");
    free(old);
    free(fresh);
    free(stored);
    pinterest_oauth_string_free(before);
    pinterest_oauth_string_free(after);
}

/* The file, or another path, is refused for `path`; what is in the file stays, and nothing is sent. */
static void refused(const char *path, const char *sentence)
{
    char *before = content(), *document = NULL;
    long long count = requests();
    pinterest_oauth_status status = pinterest_oauth_client_refresh_file(client, path, &document);
    expect_error(sentence, status, document, INVALID_ARGUMENT, "path", "not_sent");
    char *after = content();
    if (strcmp(before, after) != 0)
        problem("the file has changed");
    if (requests() != count)
        problem("something was sent");
    verdict("%s is refused by name, and nothing is sent", sentence);
    free(before);
    free(after);
}

static void bad_paths(void)
{
    char *none = text("%s/none.json", folder), *nowhere = text("%s/none/token.json", folder);
    refused(NULL, "a path that is NULL");
    refused("", "an empty path");
    refused("canary\xff", "a path that is no UTF-8");
    refused(none, "a file that is missing");
    refused(nowhere, "a folder that is missing");
    refused(folder, "a folder in place of a file");
    free(none);
    free(nowhere);
    fill("");
    refused(file, "an empty file");
    fill("canary");
    refused(file, "a file that is no document");
    fill("{\"access_token\":\"canary-access\"}");
    refused(file, "a token without a refresh token");
}

/* Nobody may write there, or nothing has room. */
static void no_room(void)
{
    char *token = issued();
    fill(token ? token : "");
    chmod(folder, 0555);
    if (geteuid() == 0 && seteuid(NOBODY) != 0)
        problem("the user could not be changed");
    char *document = NULL;
    pinterest_oauth_status status = pinterest_oauth_client_refresh_file(client, file, &document);
    if (getuid() == 0 && seteuid(0) != 0)
        problem("the user could not be changed back");
    chmod(folder, 0755);
    expect_error("read-only", status, document, INVALID_ARGUMENT, "path", "not_sent");
    verdict("a folder that is read-only is refused before anything is sent");

    struct rlimit limit, small;
    getrlimit(RLIMIT_FSIZE, &limit);
    small = limit;
    small.rlim_cur = 4096;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    status = pinterest_oauth_client_refresh_file(client, file, &document);
    setrlimit(RLIMIT_FSIZE, &limit);
    expect_error("no room", status, document, INVALID_ARGUMENT, "path", "not_sent");
    char *stored = content();
    if (token && strcmp(stored, token) != 0)
        problem("the file has changed");
    verdict("a place without room is refused before anything is sent");
    free(stored);
    pinterest_oauth_string_free(token);
    char *after = answer_to(pinterest_oauth_client_refresh_file, client, text("%s", file));
    verdict("where there is room again the same token is refreshed");
    pinterest_oauth_string_free(after);
}

/* One of two processes, on its parent's client. */
static pid_t child(const char *name)
{
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    alarm(HANGS_AFTER);
    for (int i = 0; i < REFRESHES && !in_trouble(); i++)
        pinterest_oauth_string_free(answer_to(pinterest_oauth_client_refresh_file, client, text("%s", file)));
    if (in_trouble()) {
        verdict("process %s", name);
        _exit(1);
    }
    _exit(0);
}

static void two_at_once(void)
{
    char *token = issued();
    fill(token ? token : "");
    pinterest_oauth_string_free(token);
    long long count = requests();
    pid_t pids[] = {child("one"), child("two")};
    for (size_t i = 0; i < 2; i++) {
        int status = -1;
        if (pids[i] < 0 || waitpid(pids[i], &status, 0) != pids[i] || status != 0)
            problem("process %zu failed", i + 1);
    }
    if (requests() != count + 2 * REFRESHES)
        problem("there were %lld requests", requests() - count);
    char *stored = content();
    pinterest_oauth_string_free(answer_to(pinterest_oauth_client_refresh, client, stored));
    verdict("two processes refresh one file under strict rotation, and its last token is good");
}

/* What a refused call leaves beside a file would be a draft, or somebody's token. */
static void tidy(void)
{
    unlink(file);
    if (rmdir(folder) != 0)
        problem("something is left in the folder");
    verdict("nothing is left beside the file");
    free(file);
}

int main(void)
{
    umask(022);
    if (mkdtemp(folder) == NULL)
        return 1;
    chmod(folder, 0755);
    file = text("%s/token.json", folder);
    client = client_of(NULL, "");
    arrange("/switches", "{\"rotation\":\"strict\",\"same_second_same_token\":false}");
    refreshed();
    bad_paths();
    no_room();
    two_at_once();
    tidy();
    pinterest_oauth_client_free(client);
    return finish();
}
