#define FFI_SCOPE "PINTEREST_OAUTH"
// For PHP's FFI. Generated from ffi-c by `make header`; do not edit.
// include/pinterest_oauth.h documents every function.

#define PINTEREST_OAUTH_ABI_VERSION 1

typedef enum pinterest_oauth_status {
  PINTEREST_OAUTH_STATUS_OK = 0,
  PINTEREST_OAUTH_STATUS_INTERNAL = 1,
  PINTEREST_OAUTH_STATUS_INVALID_ARGUMENT = 2,
  PINTEREST_OAUTH_STATUS_INVALID_CONFIG = 3,
  PINTEREST_OAUTH_STATUS_CONNECT = 4,
  PINTEREST_OAUTH_STATUS_TLS = 5,
  PINTEREST_OAUTH_STATUS_PROXY = 6,
  PINTEREST_OAUTH_STATUS_TIMEOUT = 7,
  PINTEREST_OAUTH_STATUS_INVALID_GRANT = 8,
  PINTEREST_OAUTH_STATUS_INVALID_CLIENT = 9,
  PINTEREST_OAUTH_STATUS_FORBIDDEN = 10,
  PINTEREST_OAUTH_STATUS_INSUFFICIENT_SCOPE = 11,
  PINTEREST_OAUTH_STATUS_RATE_LIMITED = 12,
  PINTEREST_OAUTH_STATUS_SERVER_ERROR = 13,
  PINTEREST_OAUTH_STATUS_API_ERROR = 14,
  PINTEREST_OAUTH_STATUS_INVALID_RESPONSE = 15,
  PINTEREST_OAUTH_STATUS_ACCESS_DENIED = 16,
  PINTEREST_OAUTH_STATUS_STATE_MISMATCH = 17,
  PINTEREST_OAUTH_STATUS_INVALID_TOKEN = 18,
  PINTEREST_OAUTH_STATUS_CANCELLED = 19,
  PINTEREST_OAUTH_STATUS_REAUTHORIZATION_REQUIRED = 20,
  PINTEREST_OAUTH_STATUS_UNKNOWN_ACCOUNT = 21,
  PINTEREST_OAUTH_STATUS_STORE_UNAVAILABLE = 22,
  PINTEREST_OAUTH_STATUS_STORE_BUSY = 23,
  PINTEREST_OAUTH_STATUS_NOT_SAVED = 24,
} pinterest_oauth_status;

typedef struct pinterest_oauth_account pinterest_oauth_account;

typedef struct pinterest_oauth_client pinterest_oauth_client;

typedef struct pinterest_oauth_login pinterest_oauth_login;

typedef struct pinterest_oauth_manager pinterest_oauth_manager;

void pinterest_oauth_account_free(struct pinterest_oauth_account *account);

enum pinterest_oauth_status pinterest_oauth_account_access_token(const struct pinterest_oauth_account *account,
                                                                 const char *scopes,
                                                                 char **out_text);

char *pinterest_oauth_account_cached(const struct pinterest_oauth_account *account);

char *pinterest_oauth_account_access_token_now(const struct pinterest_oauth_account *account);

enum pinterest_oauth_status pinterest_oauth_account_token(const struct pinterest_oauth_account *account,
                                                          char **out_json);

enum pinterest_oauth_status pinterest_oauth_account_rejected(const struct pinterest_oauth_account *account,
                                                             const char *access_token,
                                                             int64_t code,
                                                             char **out_text);

enum pinterest_oauth_status pinterest_oauth_account_login(const struct pinterest_oauth_account *account,
                                                          const char *request_json,
                                                          char **out_json);

enum pinterest_oauth_status pinterest_oauth_account_import(const struct pinterest_oauth_account *account,
                                                           const char *token_json,
                                                           char **out_json);

enum pinterest_oauth_status pinterest_oauth_account_refresh(const struct pinterest_oauth_account *account,
                                                            int force,
                                                            char **out_json);

enum pinterest_oauth_status pinterest_oauth_account_status(const struct pinterest_oauth_account *account,
                                                           char **out_json);

enum pinterest_oauth_status pinterest_oauth_account_export(const struct pinterest_oauth_account *account,
                                                           char **out_json);

enum pinterest_oauth_status pinterest_oauth_account_remove(const struct pinterest_oauth_account *account,
                                                           char **out_json);

enum pinterest_oauth_status pinterest_oauth_account_rename(const struct pinterest_oauth_account *account,
                                                           const char *new_name,
                                                           char **out_json);

char *pinterest_oauth_account_unsaved(const struct pinterest_oauth_account *account);

enum pinterest_oauth_status pinterest_oauth_client_new(const char *config_json,
                                                       struct pinterest_oauth_client **out_client,
                                                       char **out_json);

void pinterest_oauth_client_free(struct pinterest_oauth_client *client);

enum pinterest_oauth_status pinterest_oauth_client_token(const struct pinterest_oauth_client *client,
                                                         const char *request_json,
                                                         char **out_json);

enum pinterest_oauth_status pinterest_oauth_client_refresh(const struct pinterest_oauth_client *client,
                                                           const char *token_json,
                                                           char **out_json);

enum pinterest_oauth_status pinterest_oauth_client_refresh_file(const struct pinterest_oauth_client *client,
                                                                const char *path,
                                                                char **out_json);

enum pinterest_oauth_status pinterest_oauth_client_revoke(const struct pinterest_oauth_client *client,
                                                          const char *request_json,
                                                          char **out_json);

enum pinterest_oauth_status pinterest_oauth_client_conversion_token(const struct pinterest_oauth_client *client,
                                                                    const char *request_json,
                                                                    char **out_json);

void pinterest_oauth_client_keep_connections(const struct pinterest_oauth_client *client);

enum pinterest_oauth_status pinterest_oauth_client_check(const struct pinterest_oauth_client *client,
                                                         char **out_json);

enum pinterest_oauth_status pinterest_oauth_client_authorize_url(const struct pinterest_oauth_client *client,
                                                                 const char *request_json,
                                                                 char **out_json);

enum pinterest_oauth_status pinterest_oauth_token_read(const char *token_json, char **out_json);

enum pinterest_oauth_status pinterest_oauth_token_as_answered(const char *token_json,
                                                              char **out_json);

enum pinterest_oauth_status pinterest_oauth_redirect(const char *request_json, char **out_json);

char *pinterest_oauth_document_text(const char *document_json, const char *key);

int32_t pinterest_oauth_document_number(const char *document_json,
                                        const char *key,
                                        int64_t *out_number);

int32_t pinterest_oauth_token_expires_within(const char *token_json, int64_t seconds);

uint32_t pinterest_oauth_abi_version(void);

const char *pinterest_oauth_version(void);

const char *pinterest_oauth_status_name(int32_t status);

void pinterest_oauth_close_idle(void);

void pinterest_oauth_string_free(char *string);

enum pinterest_oauth_status pinterest_oauth_token(const char *grant_type,
                                                  const char *user,
                                                  const char *pass,
                                                  char **out_json);

enum pinterest_oauth_status pinterest_oauth_login_start(const struct pinterest_oauth_manager *manager,
                                                        const char *options_json,
                                                        struct pinterest_oauth_login **out_login,
                                                        char **out_json);

void pinterest_oauth_login_free(struct pinterest_oauth_login *login);

enum pinterest_oauth_status pinterest_oauth_login_next(const struct pinterest_oauth_login *login,
                                                       double seconds,
                                                       char **out_json);

enum pinterest_oauth_status pinterest_oauth_login_show(const struct pinterest_oauth_login *login,
                                                       char **out_json);

enum pinterest_oauth_status pinterest_oauth_login_paste(const struct pinterest_oauth_login *login,
                                                        const char *address,
                                                        char **out_json);

void pinterest_oauth_login_answer(const struct pinterest_oauth_login *login, int replace);

void pinterest_oauth_login_cancel(const struct pinterest_oauth_login *login);

enum pinterest_oauth_status pinterest_oauth_manager_new(const char *config_json,
                                                        struct pinterest_oauth_manager **out_manager,
                                                        char **out_json);

enum pinterest_oauth_status pinterest_oauth_take_log(char **out_json);

void pinterest_oauth_manager_free(struct pinterest_oauth_manager *manager);

enum pinterest_oauth_status pinterest_oauth_manager_account(const struct pinterest_oauth_manager *manager,
                                                            const char *name,
                                                            struct pinterest_oauth_account **out_account,
                                                            char **out_json);

enum pinterest_oauth_status pinterest_oauth_manager_app(const struct pinterest_oauth_manager *manager,
                                                        const char *scopes,
                                                        struct pinterest_oauth_account **out_account,
                                                        char **out_json);

enum pinterest_oauth_status pinterest_oauth_manager_accounts(const struct pinterest_oauth_manager *manager,
                                                             char **out_json);

enum pinterest_oauth_status pinterest_oauth_manager_refresh_due(const struct pinterest_oauth_manager *manager,
                                                                uint32_t parallel,
                                                                char **out_json);

enum pinterest_oauth_status pinterest_oauth_manager_doctor(const struct pinterest_oauth_manager *manager,
                                                           int repair,
                                                           char **out_json);

enum pinterest_oauth_status pinterest_oauth_login_begin(const struct pinterest_oauth_manager *manager,
                                                        const char *request_json,
                                                        char **out_json);

enum pinterest_oauth_status pinterest_oauth_login_finish(const struct pinterest_oauth_manager *manager,
                                                         const char *visit_json,
                                                         char **out_json);

int pinterest_oauth_finish(double seconds);
