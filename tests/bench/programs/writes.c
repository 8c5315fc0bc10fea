// The disk's part of a refresh, and nothing else: the files that the token manager makes, writes, makes durable and renames,
// in its order. Usage: writes HOW FOLDER ROOM INTENT ANSWER (three lengths), which reads numbers, one a line: so many, answered
// by one line [0,time of each ...] in ns. Or with further arguments COUNT THREADS: so many accounts, by so many
// threads; prints accounts a second. FOLDER holds folders 00 to ff with records 0 to COUNT - 1, made where they are missing.
// HOW is `singly`: each file is made durable when it is written, by fsync; or `together`: as the token manager does it.
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MAX_THREADS = 64, LARGEST = 1 << 20 };

static const char *root;
static size_t room, intent, answer;
static char spaces[LARGEST], text[LARGEST];
static long accounts;
static atomic_long next;
static int together;

static long now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000L + now.tv_nsec;
}

static void must(int good, const char *what) {
    if (good) return;
    perror(what);
    exit(1);
}

static void durable(int file, const char *path) { must(fsync(file) == 0, path); }

static int fresh(const char *path, const char *bytes, size_t length, int locked) {
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    must(file >= 0 && fchmod(file, 0600) == 0, path);
    if (locked) must(flock(file, LOCK_EX | LOCK_NB) == 0, "flock");
    must(pwrite(file, bytes, length, 0) == (ssize_t)length, path);
    return file;
}

// Locks the folder, looks at the record, renames. With `durable` the folder is made durable, without the lock.
static void put(const char *folder, const char *from, const char *record, int durable) {
    char old[65536];
    int place = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    must(place >= 0 && flock(place, LOCK_EX) == 0, folder);
    int file = open(record, O_RDONLY | O_CLOEXEC);
    must(file >= 0 && read(file, old, sizeof old) > 0, record);
    close(file);
    must(rename(from, record) == 0 && flock(place, LOCK_UN) == 0, "rename");
    if (durable) must(fsync(place) == 0, "fsync of a folder");
    close(place);
}

static void names(long account, char folder[256], char record[400]) {
    snprintf(folder, 256, "%s/%02lx", root, account % 256);
    snprintf(record, 400, "%s/%064lx.json", folder, account);
}

static void refresh(long account) {
    char folder[256], record[400], attempt[400], draft[400];
    names(account, folder, record);
    snprintf(attempt, sizeof attempt, "%s/%064lx.%032lx.try", folder, account, account);
    snprintf(draft, sizeof draft, "%s/%064lx.%032lx.tmp", folder, account, account);
    int file = fresh(attempt, spaces, room, 1);
    if (!together) durable(file, attempt);
    int written = fresh(draft, text, intent, 0);
    if (together) {
        // Both are on their way before one is waited for.
        posix_fadvise(written, 0, 0, POSIX_FADV_DONTNEED);
        durable(file, attempt);
    }
    durable(written, draft);
    close(written);
    put(folder, draft, record, 1);
    // Here the answer comes.
    must(pwrite(file, text, answer, 0) == (ssize_t)answer, attempt);
    if (together) must(fdatasync(file) == 0, attempt);
    must(ftruncate(file, (off_t)answer) == 0, attempt);
    if (!together) durable(file, attempt);
    put(folder, attempt, record, 0);
    close(file);
}

static void make_records(long count) {
    char folder[256], record[400];
    for (long account = 0; account < count; account++) {
        names(account, folder, record);
        mkdir(folder, 0700);
        int file = open(record, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        must(file >= 0 && write(file, text, intent) == (ssize_t)intent, record);
        close(file);
    }
    sync();
}

static void *work(void *unused) {
    long account;
    while ((account = next++) < accounts) refresh(account);
    return unused;
}

static void all(long threads) {
    pthread_t ids[MAX_THREADS];
    long before = now_ns();
    for (long thread = 0; thread < threads; thread++) must(!pthread_create(&ids[thread], NULL, work, NULL), "thread");
    for (long thread = 0; thread < threads; thread++) pthread_join(ids[thread], NULL);
    printf("%.1f\n", (double)accounts * 1e9 / (double)(now_ns() - before));
}

static void asked(void) {
    long calls;
    while (scanf("%ld", &calls) == 1 && calls > 0) {
        printf("[0");
        while (calls-- > 0) {
            long before = now_ns();
            refresh(0);
            printf(",%ld", now_ns() - before);
        }
        printf("]\n");
        fflush(stdout);
    }
}

int main(int count, char **arguments) {
    if (count != 6 && count != 8) return 2;
    together = strcmp(arguments[1], "together") == 0;
    if (!together && strcmp(arguments[1], "singly") != 0) return 2;
    root = arguments[2];
    room = strtoul(arguments[3], NULL, 10), intent = strtoul(arguments[4], NULL, 10);
    answer = strtoul(arguments[5], NULL, 10);
    if (room > LARGEST || intent > 65536 || answer > 65536) return 2;
    memset(spaces, ' ', sizeof spaces);
    memset(text, 'x', sizeof text);
    accounts = count == 8 ? atol(arguments[6]) : 1;
    make_records(accounts);
    if (count == 6) {
        asked();
        return 0;
    }
    long threads = atol(arguments[7]);
    if (accounts < 1 || threads < 1 || threads > MAX_THREADS) return 2;
    all(threads);
    return 0;
}
