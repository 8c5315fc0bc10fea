/* A program with threads, one account, and one or two copies of the library. It reads lines and answers each; the last line
 * of an answer is a single dot.
 *
 *   worker THREADS LIBRARY... < lines      the first line is the settings, a JSON object
 *   get            every thread asks for the access token; one line each: status, a space, token or error document
 *   unsaved        the token that no disk took, or a dash
 *   fork MICROS    a thread asks, so much later a child is forked that asks too: "parent STATUS …" and "child STATUS …"
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST 64

struct library {
  int (*manager_new)(const char *, void **, char **);
  int (*manager_account)(const void *, const char *, void **, char **);
  int (*access_token)(const void *, const char *, char **);
  char *(*unsaved)(const void *);
  void (*string_free)(char *);
  void *account;
};

struct thread {
  pthread_t id;
  struct library *library;
  int status;
  char *text;
};

static struct library libraries[2];
static int copies;
static pthread_barrier_t together;

static void die(const char *what, const char *why) {
  fprintf(stderr, "%s: %s\n", what, why ? why : "?");
  exit(1);
}

static void *symbol(void *handle, const char *name) {
  void *found = dlsym(handle, name);
  if (!found) die(name, "not in the library");
  return found;
}

static void load(struct library *library, const char *path, const char *settings) {
  void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!handle) die(path, dlerror());
  *(void **)&library->manager_new = symbol(handle, "pinterest_oauth_manager_new");
  *(void **)&library->manager_account = symbol(handle, "pinterest_oauth_manager_account");
  *(void **)&library->access_token = symbol(handle, "pinterest_oauth_account_access_token");
  *(void **)&library->unsaved = symbol(handle, "pinterest_oauth_account_unsaved");
  *(void **)&library->string_free = symbol(handle, "pinterest_oauth_string_free");
  void *manager = NULL;
  char *text = NULL;
  if (library->manager_new(settings, &manager, &text) != 0) die("manager", text);
  library->string_free(text);
  if (library->manager_account(manager, "shop", &library->account, &text) != 0) die("account", text);
  library->string_free(text);
}

static void *ask(void *given) {
  struct thread *thread = given;
  pthread_barrier_wait(&together);
  thread->status = thread->library->access_token(thread->library->account, NULL, &thread->text);
  return NULL;
}

static void start(struct thread *threads, int count, int parties) {
  pthread_barrier_init(&together, NULL, (unsigned)parties);
  for (int i = 0; i < count; i++) {
    threads[i].library = &libraries[i % copies];
    if (pthread_create(&threads[i].id, NULL, ask, &threads[i]) != 0) die("thread", "cannot be made");
  }
}

static void end(struct thread *thread, const char *who) {
  pthread_join(thread->id, NULL);
  printf("%s%d %s\n", who, thread->status, thread->text ? thread->text : "");
  thread->library->string_free(thread->text);
}

static void get(int count) {
  struct thread threads[MOST];
  memset(threads, 0, sizeof threads);
  start(threads, count, count);
  for (int i = 0; i < count; i++) end(&threads[i], "");
}

static void forked(int delay) {
  struct thread thread;
  memset(&thread, 0, sizeof thread);
  start(&thread, 1, 2);
  pthread_barrier_wait(&together);
  usleep((useconds_t)delay);
  fflush(stdout);
  pid_t child = fork();
  if (child < 0) die("fork", "failed");
  if (child == 0) {
    alarm(50);
    char *text = NULL;
    int status = libraries[0].access_token(libraries[0].account, NULL, &text);
    printf("child %d %s\n", status, text ? text : "");
    fflush(stdout);
    _exit(0);
  }
  int how = 0;
  waitpid(child, &how, 0);
  if (how != 0) printf("child -1 it ended with %d\n", how);
  end(&thread, "parent ");
}

int main(int argc, char **argv) {
  static char line[65536];
  if (argc < 3 || argc > 4 || atoi(argv[1]) < 1 || atoi(argv[1]) > MOST) die("worker", "THREADS LIBRARY [LIBRARY]");
  int threads = atoi(argv[1]);
  if (!fgets(line, sizeof line, stdin)) return 1;
  for (copies = 0; copies < argc - 2; copies++) load(&libraries[copies], argv[copies + 2], line);
  puts("ready");
  fflush(stdout);
  while (fgets(line, sizeof line, stdin)) {
    if (strncmp(line, "get", 3) == 0) get(threads);
    if (strncmp(line, "fork ", 5) == 0) forked(atoi(line + 5));
    if (strncmp(line, "unsaved", 7) == 0) {
      char *token = libraries[0].unsaved(libraries[0].account);
      printf("%s\n", token ? token : "-");
      libraries[0].string_free(token);
    }
    puts(".");
    fflush(stdout);
  }
  return 0;
}
