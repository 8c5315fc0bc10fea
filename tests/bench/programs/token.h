// What all programs here send, in C. The secrets are made up.
#ifndef BENCH_TOKEN_H
#define BENCH_TOKEN_H

#define APP_ID "1234567"
#define APP_SECRET "0123456789abcdef0123456789abcdef01234567"
#define BASIC "MTIzNDU2NzowMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"
#define REFRESH_TOKEN "pinr.benchmark.benchmark.benchmark"
#define FORM "grant_type=refresh_token&refresh_token=" REFRESH_TOKEN
#define REQUEST "{\"grant_type\":\"refresh_token\",\"refresh_token\":\"" REFRESH_TOKEN "\"}"

#endif
