/* cfan: the floor. One thread, epoll, and a send() of the same bytes to every subscriber; no HTTP to speak of.
 * GET anything subscribes; POST publishes its body, and is answered before the sends, as Nchan does.
 * cc -O2 -Wall -o cfan cfan.c; cfan PORT */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 65536, BYTES = 1 << 20 };
static const char HEAD[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
static const char ACCEPTED[] = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";
static int subscribers[MOST], count, poller;
static unsigned long short_writes;
static char request[BYTES], frame[BYTES + 16];

static void watch(int fd) {
    struct epoll_event event = { EPOLLIN, { .fd = fd } };
    epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
}

static void take_connections(int listener) {
    int fd, one = 1;
    while ((fd = accept4(listener, 0, 0, SOCK_NONBLOCK)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        watch(fd);
    }
}

static void forget(int fd) {
    for (int i = 0; i < count; i++)
        if (subscribers[i] == fd) { subscribers[i] = subscribers[--count]; break; }
    close(fd);
}

static void publish(int fd, int length) {
    char *body = strstr(request, "\r\n\r\n");
    if (!body) return;
    body += 4;
    int size = sprintf(frame, "data: %.*s\n\n", length - (int)(body - request), body);
    send(fd, ACCEPTED, sizeof ACCEPTED - 1, MSG_NOSIGNAL);
    for (int i = 0; i < count; i++)
        if (send(subscribers[i], frame, size, MSG_NOSIGNAL) != size) short_writes++;
}

static void answer(int fd) {
    int length = recv(fd, request, sizeof request - 1, 0);
    if (length <= 0) { forget(fd); return; }
    request[length] = 0;
    if (request[0] != 'G') { publish(fd, length); return; }
    send(fd, HEAD, sizeof HEAD - 1, MSG_NOSIGNAL);
    if (count < MOST) subscribers[count++] = fd;
}

int main(int argc, char **argv) {
    int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(argc > 1 ? atoi(argv[1]) : 8000) };
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (void *)&address, sizeof address) || listen(listener, 4096)) return perror("cfan: bind"), 1;
    poller = epoll_create1(0);
    watch(listener);
    for (struct epoll_event events[512];;) {
        int ready = epoll_wait(poller, events, 512, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.fd == listener) take_connections(listener);
            else answer(events[i].data.fd);
        }
    }
}
