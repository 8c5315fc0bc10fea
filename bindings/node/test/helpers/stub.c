/* An addon that says another version: what an upgrade that went half-way leaves behind. */
#include <stddef.h>

typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_callback_info__ *napi_callback_info;
typedef napi_value (*napi_callback)(napi_env, napi_callback_info);

extern int napi_create_string_utf8(napi_env, const char *, size_t, napi_value *);
extern int napi_create_function(napi_env, const char *, size_t, napi_callback, void *, napi_value *);
extern int napi_set_named_property(napi_env, napi_value, const char *, napi_value);

static napi_value version(napi_env env, napi_callback_info info)
{
    napi_value text = NULL;
    (void)info;
    napi_create_string_utf8(env, "99.0.0", 6, &text);
    return text;
}

napi_value napi_register_module_v1(napi_env env, napi_value exports)
{
    napi_value function = NULL;
    napi_create_function(env, "version", 7, version, NULL, &function);
    napi_set_named_property(env, exports, "version", function);
    return exports;
}
