/* A power cut for tests. Loaded before libc, it holds back what the server writes to its append-only file until the server
   asks for fsync; what was not synced is lost with the process, as it is with the page cache of a machine that loses power.
   Other files are left alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILES = 4096 };

static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_fdatasync)(int);
static int (*real_fsync)(int);
static int (*real_close)(int);

static char *held[FILES];
static size_t length[FILES], room[FILES];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void find_real(void) {
    real_write = dlsym(RTLD_NEXT, "write");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_close = dlsym(RTLD_NEXT, "close");
}

static int is_append_only_file(int fd) {
    char link[64], path[1024];
    if (fd < 0 || fd >= FILES) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    return strstr(path, ".incr.aof") != NULL;
}

/* with the mutex held */
static void let_go(int fd) {
    size_t done = 0;
    if (!length[fd]) return;
    while (done < length[fd]) {
        ssize_t k = real_write(fd, held[fd] + done, length[fd] - done);
        if (k <= 0) break;
        done += (size_t)k;
    }
    memmove(held[fd], held[fd] + done, length[fd] - done);
    length[fd] -= done;
}

ssize_t write(int fd, const void *bytes, size_t n) {
    if (!is_append_only_file(fd)) return real_write(fd, bytes, n);
    pthread_mutex_lock(&mutex);
    if (length[fd] + n > room[fd]) {
        room[fd] = (length[fd] + n) * 2;
        held[fd] = realloc(held[fd], room[fd]);
        if (!held[fd]) abort();
    }
    memcpy(held[fd] + length[fd], bytes, n);
    length[fd] += n;
    pthread_mutex_unlock(&mutex);
    return (ssize_t)n;
}

static int sync_with(int (*real)(int), int fd) {
    if (!is_append_only_file(fd)) return real(fd);
    usleep(1000); /* a disk takes its time: the kill comes in between more often */
    pthread_mutex_lock(&mutex);
    let_go(fd);
    pthread_mutex_unlock(&mutex);
    return 0;
}

int fdatasync(int fd) { return sync_with(real_fdatasync, fd); }

int fsync(int fd) { return sync_with(real_fsync, fd); }

int close(int fd) {
    if (fd >= 0 && fd < FILES && length[fd]) {
        pthread_mutex_lock(&mutex);
        let_go(fd);
        pthread_mutex_unlock(&mutex);
    }
    return real_close(fd);
}
