// A whole process with one call, from C. Built three times, so that each links what it needs alone:
// -DOURS, -DLIBCURL, or neither for a process that does nothing. README.md says what the environment tells.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined OURS
#include <pinterest_oauth.h>

int main(void) {
    char config[1000], *json;
    const char *ca_file = getenv("BENCH_CA_FILE");
    snprintf(config, sizeof config,
             "{\"app_id\":\"%s\",\"app_secret\":\"%s\",\"base_url\":\"%s\"%s%s%s}",
             getenv("PINTEREST_APP_ID"), getenv("PINTEREST_APP_SECRET"), getenv("BENCH_URL"),
             ca_file ? ",\"ca_file\":\"" : "", ca_file ? ca_file : "", ca_file ? "\"" : "");
    pinterest_oauth_client *client;
    int status = (int)pinterest_oauth_client_new(config, &client, &json);
    pinterest_oauth_string_free(json);
    if (status == 0) {
        status = (int)pinterest_oauth_client_token(client, "{\"grant_type\":\"client_credentials\"}", &json);
        if (status != 0) fprintf(stderr, "%s\n", json);
        pinterest_oauth_string_free(json);
        pinterest_oauth_client_free(client);
    }
    return status;
}

#elif defined LIBCURL
#include <curl/curl.h>

static size_t keep(char *bytes, size_t size, size_t count, void *into) {
    strncat(into, bytes, size * count < 2000 ? size * count : 0);
    return size * count;
}

int main(void) {
    char url[200], user[200], answer[5000] = "";
    long status = 0;
    const char *ca_file = getenv("SSL_CERT_FILE"); // libcurl does not read it itself
    snprintf(url, sizeof url, "%s/oauth/token", getenv("BENCH_URL"));
    snprintf(user, sizeof user, "%s:%s", getenv("PINTEREST_APP_ID"), getenv("PINTEREST_APP_SECRET"));
    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURL *curl = curl_easy_init();
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_USERPWD, user);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, "grant_type=client_credentials");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 30L);
    if (ca_file) curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file);
    curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup(curl);
    curl_global_cleanup();
    return status == 200 && strstr(answer, "access_token") ? 0 : 1;
}

#else

int main(void) {
    return 0;
}

#endif
