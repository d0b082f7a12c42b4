/* Loaded before libc into a process of the console (LD_PRELOAD): counts its calls on files below one folder and on
 * sockets and what it prints, writes each down, and at the one it was told to ends the process or makes the call fail.
 *
 *   CRASH_WATCH  absolute path of the folder
 *   CRASH_LOG    file that each call is appended to, one line: number, name, path (or "@", "@out"), more, result, data
 *   CRASH_AT     number of the call, from 1; with "files-" before CRASH_HOW those on sockets have none
 *   CRASH_HOW    before, after (SIGKILL), torn (half of a write, then SIGKILL), written (SIGKILL after that many writes of
 *                files, whatever else was called), once/always:ENOSPC|EIO|EROFS, or stop: the process stands still before and
 *                after that call (0: every call) and in the middle of every write, tells its place to STOPS, and goes on
 *                when it is answered a byte. One call at a time, so that nothing else moves on meanwhile
 *   CRASH_TIME   milliseconds since 1970 at which the clock stands
 *   CRASH_ORDERS how the paths of files begin that hold these five, one a line, and are followed when the process opens one:
 *                for a process that does several commands
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define MOST_FDS 4096
/* Names of what is no file begin with an "@". */
#define SOCKET "@"
#define PRINTED "@out"

#define STOPS 3
#define MOST_ORDERS 16384

static const char *watch;
static const char *orders;
static size_t watch_length;
static long at;
static char how[16];
static int stops;
static int files_only;
static int failure;
static long long stands_ms;
static int log_fd = -1;
static atomic_long count;
static atomic_long writes;
static char *paths[MOST_FDS];
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found) abort();
  return found;
}

static void name_fd(int fd, const char *path) {
  if (fd < 0 || fd >= MOST_FDS) return;
  free(paths[fd]);
  paths[fd] = path ? strdup(path) : NULL;
}

/* Empty is left out. What is given stays in use. */
static void order(const char *folder, const char *log, const char *number, const char *said, const char *time) {
  if (log_fd >= 0) syscall(SYS_close, log_fd);
  for (int fd = 0; fd < MOST_FDS; fd += 1) name_fd(fd, NULL);
  if (*folder) name_fd(STDOUT_FILENO, PRINTED);
  count = writes = 0;
  log_fd = -1;
  watch = *folder ? folder : NULL;
  watch_length = strlen(folder);
  at = atol(number);
  files_only = !strncmp(said, "files-", 6);
  if (files_only) said += 6;
  const char *colon = strchr(said, ':');
  snprintf(how, sizeof how, "%.*s", colon ? (int)(colon - said) : (int)strlen(said), said);
  failure = !colon ? 0 : !strcmp(colon + 1, "ENOSPC") ? ENOSPC : !strcmp(colon + 1, "EROFS") ? EROFS : EIO;
  stops = !strcmp(how, "stop");
  stands_ms = atoll(time);
  if (watch && *log) log_fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static const char *said(const char *name) { return getenv(name) ? getenv(name) : ""; }

__attribute__((constructor)) static void start(void) {
  orders = getenv("CRASH_ORDERS");
  order(said("CRASH_WATCH"), said("CRASH_LOG"), said("CRASH_AT"), said("CRASH_HOW"), said("CRASH_TIME"));
}

static void follow(const char *path) {
  static char text[MOST_ORDERS];
  int fd = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
  ssize_t size = syscall(SYS_read, fd, text, MOST_ORDERS - 1);
  syscall(SYS_close, fd);
  text[size > 0 ? size : 0] = 0;
  char *rest = text;
  const char *lines[5];
  for (int i = 0; i < 5; i += 1) lines[i] = rest ? strsep(&rest, "\n") : "";
  order(lines[0], lines[1], lines[2], lines[3], lines[4]);
}

static int watched(const char *path) {
  return watch && path && !strncmp(path, watch, watch_length) &&
         (path[watch_length] == '/' || path[watch_length] == 0);
}

static const char *path_of(int fd) { return fd >= 0 && fd < MOST_FDS ? paths[fd] : NULL; }

/* Whoever answers may look at everything meanwhile. */
static void stop(long number, const char *where) {
  if (!stops || (at && number != at)) return;
  char line[64];
  int size = sprintf(line, "%ld %s\n", number, where);
  syscall(SYS_write, STOPS, line, size);
  while (syscall(SYS_read, STOPS, line, 1) < 0 && errno == EINTR) {
  }
}

/* Orders may change while a call is under way. */
static __thread int holds;
static long enter(int on_socket) {
  if (stops) holds = !pthread_mutex_lock(&one_at_a_time);
  if (on_socket && files_only) return 0;
  return atomic_fetch_add(&count, 1) + 1;
}
static void leave(long *number) {
  (void)number;
  if (holds) holds = pthread_mutex_unlock(&one_at_a_time);
}
/* The number of a call, which lasts as long as the variable. */
#define COUNTED_ON(path) __attribute__((cleanup(leave))) long number = enter(!strcmp(path, SOCKET))
#define COUNTED COUNTED_ON("")

static void die(void) {
  syscall(SYS_kill, getpid(), SIGKILL);
  for (;;) pause();
}

/* What a full, broken or read-only disk refuses. */
enum { READS = 1, CHANGES = 2, GROWS = 4 };
static int refuses(int kind) {
  if (failure == ENOSPC) return kind & GROWS;
  if (failure == EROFS) return kind & (CHANGES | GROWS);
  return 1;
}

/* Whether the call is to fail; ends the process where that is asked for. */
static int before(long number, int kind, int on_file) {
  stop(number, "before");
  if (number == at && !strcmp(how, "before")) die();
  int due = !strcmp(how, "always") ? number >= at : !strcmp(how, "once") ? number == at : 0;
  if (!failure || !at || !due || !on_file || !refuses(kind)) return 0;
  errno = failure;
  return 1;
}

static void note(long number, const char *name, const char *path, const char *more, const void *data, size_t length,
                 long result) {
  if (log_fd < 0) return;
  char *line = malloc(2 * length + 9000);
  int size = sprintf(line, "%ld\t%s\t%s\t%s\t%ld\t", number, name, path, more ? more : "", result);
  for (size_t i = 0; i < length; i += 1) size += sprintf(line + size, "%02x", ((const unsigned char *)data)[i]);
  line[size++] = '\n';
  syscall(SYS_write, log_fd, line, size);
  free(line);
}

static void after(long number) {
  stop(number, "after");
  if (number == at && !strcmp(how, "after")) die();
}

static int opening(const char *name, const char *path, int flags, mode_t mode) {
  int (*original)(const char *, int, ...) = real(name);
  if (orders && !strncmp(path, orders, strlen(orders))) follow(path);
  if (!watched(path)) return original(path, flags, mode);
  COUNTED;
  int writing = (flags & O_ACCMODE) != O_RDONLY;
  if (before(number, writing ? (flags & O_CREAT ? GROWS | CHANGES : CHANGES) : READS, 1)) {
    note(number, "open", path, "refused", NULL, 0, -1);
    return -1;
  }
  int existed = faccessat(AT_FDCWD, path, F_OK, 0) == 0;
  int fd = original(path, flags, mode);
  if (fd >= 0) name_fd(fd, path);
  note(number, "open", path, writing ? (existed ? "old" : "new") : "read", NULL, 0, fd < 0 ? -1 : 0);
  after(number);
  return fd;
}

int open(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = va_arg(list, mode_t);
  va_end(list);
  return opening("open", path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = va_arg(list, mode_t);
  va_end(list);
  return opening("open64", path, flags, mode);
}

static void closing(int fd) {
  const char *path = path_of(fd);
  if (!path) return;
  COUNTED_ON(path);
  before(number, 0, 0);
  note(number, "close", path, NULL, NULL, 0, 0);
  name_fd(fd, NULL);
  after(number);
}

int close(int fd) {
  int (*original)(int) = real("close");
  closing(fd);
  return original(fd);
}

/* libuv closes by number. */
long syscall(long number, ...) {
  static long (*original)(long, ...);
  if (!original) original = real("syscall");
  va_list list;
  va_start(list, number);
  long a[6];
  for (int i = 0; i < 6; i += 1) a[i] = va_arg(list, long);
  va_end(list);
  if (number == SYS_close && watch) closing((int)a[0]);
  return original(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* `first` gives half of it, `rest` what is behind that. */
#define WRITING(whole, first, rest)                                                       \
  const char *path = path_of(fd);                                                         \
  if (!path) return whole;                                                                \
  COUNTED_ON(path);                                                                       \
  int on_file = path[0] != '@';                                                           \
  if (before(number, GROWS | CHANGES, on_file)) {                                         \
    note(number, "write", path, "refused", NULL, 0, -1);                                  \
    return -1;                                                                            \
  }                                                                                       \
  int dies = number == at && !strcmp(how, "torn");                                        \
  ssize_t done, half;                                                                     \
  if (on_file && (dies || stops)) {                                                       \
    done = half = first;                                                                  \
    if (dies) {                                                                           \
      note(number, "write", path, NULL, data, half, half);                                \
      die();                                                                              \
    }                                                                                     \
    stop(number, "torn");                                                                 \
    ssize_t more = half < 0 ? 0 : rest;                                                   \
    if (more > 0) done += more;                                                           \
  } else {                                                                                \
    done = whole;                                                                         \
  }                                                                                       \
  note(number, on_file ? "write" : "send", path, NULL, data, done > 0 ? done : 0, done);  \
  if (on_file && atomic_fetch_add(&writes, 1) + 1 == at && !strcmp(how, "written")) die(); \
  after(number);                                                                          \
  return done;

ssize_t write(int fd, const void *data, size_t length) {
  ssize_t (*original)(int, const void *, size_t) = real("write");
  WRITING(original(fd, data, length), original(fd, data, length / 2),
          original(fd, (const char *)data + half, length - half))
}

static ssize_t placed(const char *name, int fd, const void *data, size_t length, off_t offset) {
  ssize_t (*original)(int, const void *, size_t, off_t) = real(name);
  WRITING(original(fd, data, length, offset), original(fd, data, length / 2, offset),
          original(fd, (const char *)data + half, length - half, offset + half))
}
ssize_t pwrite(int fd, const void *data, size_t n, off_t offset) { return placed("pwrite", fd, data, n, offset); }
ssize_t pwrite64(int fd, const void *data, size_t n, off_t offset) { return placed("pwrite64", fd, data, n, offset); }

ssize_t writev(int fd, const struct iovec *parts, int n) {
  ssize_t (*original)(int, const struct iovec *, int) = real("writev");
  if (!path_of(fd)) return original(fd, parts, n);
  size_t length = 0;
  for (int i = 0; i < n; i += 1) length += parts[i].iov_len;
  char *data = malloc(length + 1);
  size_t filled = 0;
  for (int i = 0; i < n; i += 1) {
    memcpy(data + filled, parts[i].iov_base, parts[i].iov_len);
    filled += parts[i].iov_len;
  }
  ssize_t (*flat)(int, const void *, size_t) = real("write");
  WRITING(flat(fd, data, length), flat(fd, data, length / 2), flat(fd, data + half, length - half))
}

static ssize_t reading(const char *name, int fd, void *data, size_t length, off_t offset, int is_placed) {
  ssize_t (*original)(int, void *, size_t) = real(name);
  ssize_t (*at_offset)(int, void *, size_t, off_t) = (ssize_t(*)(int, void *, size_t, off_t))original;
  const char *path = path_of(fd);
  if (path && path[0] != '@') {
    COUNTED;
    if (before(number, READS, 1)) return -1;
    note(number, "read", path, NULL, NULL, 0, 0);
    ssize_t done = is_placed ? at_offset(fd, data, length, offset) : original(fd, data, length);
    after(number);
    return done;
  }
  return is_placed ? at_offset(fd, data, length, offset) : original(fd, data, length);
}
ssize_t read(int fd, void *data, size_t n) { return reading("read", fd, data, n, 0, 0); }
ssize_t pread(int fd, void *data, size_t n, off_t o) { return reading("pread", fd, data, n, o, 1); }
ssize_t pread64(int fd, void *data, size_t n, off_t o) { return reading("pread64", fd, data, n, o, 1); }

static int syncing(const char *name, int fd) {
  int (*original)(int) = real(name);
  const char *path = path_of(fd);
  if (!path) return original(fd);
  COUNTED;
  if (before(number, GROWS, 1)) {
    note(number, "fsync", path, "refused", NULL, 0, -1);
    return -1;
  }
  int done = original(fd);
  note(number, "fsync", path, NULL, NULL, 0, done);
  after(number);
  return done;
}
int fsync(int fd) { return syncing("fsync", fd); }
int fdatasync(int fd) { return syncing("fdatasync", fd); }

#define ON_PATHS(name, kind, from, to, call)            \
  if (!watched(from)) return call;                      \
  COUNTED;                                 \
  if (before(number, kind, 1)) {                        \
    note(number, name, from, "refused", NULL, 0, -1);   \
    return -1;                                          \
  }                                                     \
  int done = call;                                      \
  note(number, name, from, to, NULL, 0, done);          \
  after(number);                                        \
  return done;

int rename(const char *from, const char *to) {
  int (*original)(const char *, const char *) = real("rename");
  ON_PATHS("rename", CHANGES | GROWS, from, to, original(from, to))
}
int link(const char *from, const char *to) {
  int (*original)(const char *, const char *) = real("link");
  ON_PATHS("link", CHANGES | GROWS, from, to, original(from, to))
}
int unlink(const char *path) {
  int (*original)(const char *) = real("unlink");
  ON_PATHS("unlink", CHANGES, path, NULL, original(path))
}
int mkdir(const char *path, mode_t mode) {
  int (*original)(const char *, mode_t) = real("mkdir");
  ON_PATHS("mkdir", CHANGES | GROWS, path, NULL, original(path, mode))
}
int chmod(const char *path, mode_t mode) {
  int (*original)(const char *, mode_t) = real("chmod");
  ON_PATHS("chmod", CHANGES, path, NULL, original(path, mode))
}
int ftruncate64(int fd, off_t length) {
  int (*original)(int, off_t) = real("ftruncate64");
  const char *path = path_of(fd);
  if (!path) return original(fd, length);
  ON_PATHS("truncate", CHANGES | GROWS, path, NULL, original(fd, length))
}

#define LISTING(name)                                                                             \
  int name(const char *path, struct dirent ***list, int (*filter)(const struct dirent *),         \
           int (*compare)(const struct dirent **, const struct dirent **)) {                      \
    int (*original)(const char *, struct dirent ***, int (*)(const struct dirent *),              \
                    int (*)(const struct dirent **, const struct dirent **)) = real(#name);       \
    ON_PATHS("list", READS, path, NULL, original(path, list, filter, compare))                    \
  }
LISTING(scandir)

#define LISTING_64(name)                                                                          \
  int name(const char *path, struct dirent64 ***list, int (*filter)(const struct dirent64 *),     \
           int (*compare)(const struct dirent64 **, const struct dirent64 **)) {                  \
    int (*original)(const char *, struct dirent64 ***, int (*)(const struct dirent64 *),          \
                    int (*)(const struct dirent64 **, const struct dirent64 **)) = real(#name);   \
    ON_PATHS("list", READS, path, NULL, original(path, list, filter, compare))                    \
  }
LISTING_64(scandir64)

int connect(int fd, const struct sockaddr *address, socklen_t length) {
  int (*original)(int, const struct sockaddr *, socklen_t) = real("connect");
  if (!watch || (address->sa_family != AF_INET && address->sa_family != AF_INET6)) return original(fd, address, length);
  COUNTED_ON(SOCKET);
  if (before(number, 0, 0)) return -1;
  name_fd(fd, SOCKET);
  int done = original(fd, address, length);
  note(number, "connect", SOCKET, NULL, NULL, 0, 0);
  after(number);
  return done;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  static int (*original)(struct timeval *, void *);
  if (!original) original = real("gettimeofday");
  if (!stands_ms) return original(now, zone);
  *now = (struct timeval){.tv_sec = stands_ms / 1000, .tv_usec = stands_ms % 1000 * 1000};
  return 0;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  static int (*original)(clockid_t, struct timespec *);
  if (!original) original = real("clock_gettime");
  if (!stands_ms || clock != CLOCK_REALTIME) return original(clock, now);
  *now = (struct timespec){.tv_sec = stands_ms / 1000, .tv_nsec = stands_ms % 1000 * 1000000};
  return 0;
}
