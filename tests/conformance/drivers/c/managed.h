/* What is done with a token manager; included by driver.c alone. */

/* A text as a value of JSON: an access token has visible characters alone. */
static char *quoted(const char *key, const char *text)
{
    size_t size = strlen(key) + (text ? 2 * strlen(text) : 0) + 16;
    char *json = malloc(size), *at = json;
    if (json == NULL)
        exit(2);
    at += sprintf(at, "{\"%s\":", key);
    if (text == NULL) {
        strcpy(at, "null}");
        return json;
    }
    *at++ = '"';
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            *at++ = '\\';
        *at++ = *text;
    }
    strcpy(at, "\"}");
    return json;
}

/* What came as a text, under its key. */
static void answer_text(pinterest_oauth_status status, char *text)
{
    if (status != PINTEREST_OAUTH_STATUS_OK) {
        answer(status, text);
        return;
    }
    char *json = quoted("access_token", text);
    fprintf(results, "{\"ok\":%s}\n", json);
    fflush(results);
    free(json);
    pinterest_oauth_string_free(text);
}

/* A document under a key of its own; NULL is null. The document is freed. */
static void answer_under(const char *key, char *json)
{
    fprintf(results, "{\"ok\":{\"%s\":%s}}\n", key, json ? json : "null");
    fflush(results);
    pinterest_oauth_string_free(json);
}

/* Whether a key of the request is true. */
static int truth(const char *request, const char *key)
{
    char *text = pinterest_oauth_document_text(request, key);
    int is = text != NULL && strcmp(text, "true") == 0;
    pinterest_oauth_string_free(text);
    return is;
}

/* A login request without the name of its account, in place: as long a deadline as the manager has stands there. */
static char *without_account(const char *request)
{
    char *copy = strdup(request), *key = copy ? strstr(copy, "\"account\"") : NULL;
    if (key != NULL) {
        char *end = strchr(strchr(key, ':'), '"') + 1;
        while (*end != '"')
            end += *end == '\\' ? 2 : 1;
        memset(key, ' ', (size_t)(end + 1 - key));
        memcpy(key, "\"timeout\":20", 12);
    }
    return copy;
}

static void with_manager(const pinterest_oauth_manager *manager, const char *operation, const char *request)
{
    char *json = NULL;
    pinterest_oauth_status status;
    if (strcmp(operation, "accounts") == 0) {
        status = pinterest_oauth_manager_accounts(manager, &json);
        if (status == PINTEREST_OAUTH_STATUS_OK)
            answer_under("accounts", json);
        else
            answer(status, json);
        return;
    }
    if (strcmp(operation, "refresh_due") == 0) {
        int64_t parallel = 0;
        pinterest_oauth_document_number(request, "parallel", &parallel);
        status = pinterest_oauth_manager_refresh_due(manager, (uint32_t)parallel, &json);
    } else {
        status = pinterest_oauth_manager_doctor(manager, truth(request, "repair"), &json);
    }
    answer(status, json);
}

static void with_account(const pinterest_oauth_account *account, const char *operation, const char *request)
{
    char *json = NULL;
    pinterest_oauth_status status;
    char *text = NULL;
    if (strcmp(operation, "access_token") == 0) {
        text = pinterest_oauth_document_text(request, "scopes");
        status = pinterest_oauth_account_access_token(account, text, &json);
        answer_text(status, json);
    } else if (strcmp(operation, "access_token_now") == 0) {
        answer_text(PINTEREST_OAUTH_STATUS_OK, pinterest_oauth_account_access_token_now(account));
    } else if (strcmp(operation, "rejected") == 0) {
        int64_t code = 2;
        pinterest_oauth_document_number(request, "code", &code);
        text = pinterest_oauth_document_text(request, "access_token");
        status = pinterest_oauth_account_rejected(account, text, code, &json);
        answer_text(status, json);
    } else if (strcmp(operation, "unsaved") == 0) {
        answer_under("token", pinterest_oauth_account_unsaved(account));
    } else {
        if (strcmp(operation, "token") == 0)
            status = pinterest_oauth_account_token(account, &json);
        else if (strcmp(operation, "login") == 0)
            status = pinterest_oauth_account_login(account, text = without_account(request), &json);
        else if (strcmp(operation, "import") == 0)
            status = pinterest_oauth_account_import(account, text = pinterest_oauth_document_text(request, "token"), &json);
        else if (strcmp(operation, "refresh") == 0)
            status = pinterest_oauth_account_refresh(account, truth(request, "force"), &json);
        else if (strcmp(operation, "status") == 0)
            status = pinterest_oauth_account_status(account, &json);
        else if (strcmp(operation, "export") == 0)
            status = pinterest_oauth_account_export(account, &json);
        else if (strcmp(operation, "remove") == 0)
            status = pinterest_oauth_account_remove(account, &json);
        else
            status = pinterest_oauth_account_rename(account, text = pinterest_oauth_document_text(request, "new_name"), &json);
        answer(status, json);
    }
    if (strcmp(operation, "login") == 0)
        free(text);
    else
        pinterest_oauth_string_free(text);
}

static void managed(const char *operation, const char *config, const char *request)
{
    pinterest_oauth_manager *manager = NULL;
    pinterest_oauth_account *account = NULL;
    char *json = NULL, *name = NULL;
    pinterest_oauth_status status = pinterest_oauth_manager_new(config, &manager, &json);
    const char *what = strchr(operation, '.') + 1;
    int app = strncmp(operation, "app.", 4) == 0, all = strncmp(operation, "manager.", 8) == 0;
    if (status == PINTEREST_OAUTH_STATUS_OK && !all) {
        pinterest_oauth_string_free(json);
        name = pinterest_oauth_document_text(request, app ? "scopes" : "account");
        status = app ? pinterest_oauth_manager_app(manager, name ? name : "", &account, &json)
                     : pinterest_oauth_manager_account(manager, name ? name : "default", &account, &json);
    }
    if (status != PINTEREST_OAUTH_STATUS_OK) {
        answer(status, json);
    } else {
        pinterest_oauth_string_free(json);
        if (all)
            with_manager(manager, what, request);
        else
            with_account(account, what, app ? "{}" : request);
    }
    pinterest_oauth_string_free(name);
    pinterest_oauth_account_free(account);
    pinterest_oauth_manager_free(manager);
}
