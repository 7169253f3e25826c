/* Loaded before the C library (LD_PRELOAD), this kills the process at the nth call that changes a
   file, in the middle of it: half of what is to be written is written. For test_kill.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long seen;
static long limit = -1;

void kill_at(long nth) { atomic_store(&seen, 0); limit = nth; }
long calls_seen(void) { return atomic_load(&seen); }

static int is_last(void) { return limit >= 0 && atomic_fetch_add(&seen, 1) + 1 == limit; }
static void end(void) { kill(getpid(), SIGKILL); }

#define WRITE(name, parameters, half, arguments)                                   \
    ssize_t name parameters {                                                      \
        ssize_t (*real) parameters = dlsym(RTLD_NEXT, #name);                      \
        if (is_last()) { real half; end(); }                                       \
        return real arguments;                                                     \
    }

#define CHANGE(name, parameters, arguments)                                        \
    int name parameters {                                                          \
        int (*real) parameters = dlsym(RTLD_NEXT, #name);                          \
        if (is_last()) end();                                                      \
        return real arguments;                                                     \
    }

WRITE(write, (int fd, const void *data, size_t size), (fd, data, size / 2), (fd, data, size))
WRITE(pwrite, (int fd, const void *data, size_t size, off_t at), (fd, data, size / 2, at), (fd, data, size, at))
WRITE(pwrite64, (int fd, const void *data, size_t size, off64_t at), (fd, data, size / 2, at), (fd, data, size, at))
CHANGE(fsync, (int fd), (fd))
CHANGE(fdatasync, (int fd), (fd))
CHANGE(ftruncate, (int fd, off_t size), (fd, size))
CHANGE(ftruncate64, (int fd, off64_t size), (fd, size))
CHANGE(rename, (const char *from, const char *to), (from, to))
CHANGE(unlink, (const char *path), (path))
CHANGE(unlinkat, (int folder, const char *path, int flags), (folder, path, flags))
