/* How fast a check could be on this machine: one epoll, no library but OpenSSL, nothing recorded.
 *
 *     cc -O2 -o bound_check bound_check.c -lssl -lcrypto
 *     bound_check http|tcp|tls PORT CHECKS AT_ONCE [CA_FILE]
 *
 * Every check makes a new connection to 127.0.0.1. http and tls send a GET and compare status and body, tls verifies
 * chain and host name in a full handshake. Prints one line of JSON: checks that were good, and CPU microseconds spent.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum kind { HTTP, TCP, TLS };
enum stage { CONNECTING, SHAKING, READING };
enum fate { PENDING, GOOD, FAILED };

struct check {
    int descriptor;
    enum stage stage;
    SSL *session;
};

static const char request[] =
    "GET /health HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bound\r\nAccept: */*\r\nConnection: close\r\n\r\n";
static const char wanted_status[] = "HTTP/1.1 200";
static const char wanted_text[] = "ok healthy";

static enum kind kind;
static int poller;
static struct sockaddr_in target;
static SSL_CTX *trust;

static void die(const char *what) {
    perror(what);
    exit(2);
}

static void begin(struct check *check) {
    check->stage = CONNECTING;
    check->session = NULL;
    check->descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (check->descriptor < 0)
        die("socket");
    if (connect(check->descriptor, (struct sockaddr *)&target, sizeof target) && errno != EINPROGRESS)
        die("connect");
    struct epoll_event interest = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = check};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, check->descriptor, &interest))
        die("epoll_ctl");
}

static void end(struct check *check) {
    if (check->session)
        SSL_free(check->session);
    close(check->descriptor);
}

static enum fate compare(const char *heard, long size) {
    if (size < (long)sizeof wanted_status - 1 || memcmp(heard, wanted_status, sizeof wanted_status - 1))
        return FAILED;
    return memmem(heard, size, wanted_text, sizeof wanted_text - 1) ? GOOD : FAILED;
}

static enum fate listen_to(struct check *check) {
    char heard[16384];
    if (check->session) {
        int size = SSL_read(check->session, heard, sizeof heard);
        if (size > 0)
            return compare(heard, size);
        return SSL_get_error(check->session, size) == SSL_ERROR_WANT_READ ? PENDING : FAILED;
    }
    long size = recv(check->descriptor, heard, sizeof heard, 0);
    if (size > 0)
        return compare(heard, size);
    return size < 0 && errno == EAGAIN ? PENDING : FAILED;
}

static enum fate shake(struct check *check) {
    int made = SSL_connect(check->session);
    if (made != 1)
        return SSL_get_error(check->session, made) == SSL_ERROR_WANT_READ ? PENDING : FAILED;
    check->stage = READING;
    return SSL_write(check->session, request, sizeof request - 1) > 0 ? PENDING : FAILED;
}

static enum fate take_connection(struct check *check, unsigned events) {
    if (events & (EPOLLERR | EPOLLHUP))
        return FAILED;
    if (!(events & EPOLLOUT))
        return PENDING;
    if (kind == TCP)
        return GOOD;
    if (kind == HTTP) {
        check->stage = READING;
        return send(check->descriptor, request, sizeof request - 1, MSG_NOSIGNAL) > 0 ? PENDING : FAILED;
    }
    check->session = SSL_new(trust);
    SSL_set_fd(check->session, check->descriptor);
    SSL_set_tlsext_host_name(check->session, "localhost");
    SSL_set1_host(check->session, "localhost");
    check->stage = SHAKING;
    return shake(check);
}

static enum fate advance(struct check *check, unsigned events) {
    switch (check->stage) {
    case CONNECTING: return take_connection(check, events);
    case SHAKING: return shake(check);
    default: return events & (EPOLLIN | EPOLLRDHUP) ? listen_to(check) : PENDING;
    }
}

static long long spent_us(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000LL + used.ru_utime.tv_usec + used.ru_stime.tv_usec;
}

int main(int count, char **words) {
    if (count < 5) {
        fprintf(stderr, "usage: bound_check http|tcp|tls PORT CHECKS AT_ONCE [CA_FILE]\n");
        return 2;
    }
    kind = !strcmp(words[1], "http") ? HTTP : !strcmp(words[1], "tcp") ? TCP : TLS;
    target.sin_family = AF_INET;
    target.sin_port = htons(atoi(words[2]));
    target.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    long checks = atol(words[3]), at_once = atol(words[4]), begun = 0, over = 0, good = 0;
    poller = epoll_create1(EPOLL_CLOEXEC);
    if (kind == TLS) {
        trust = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_verify(trust, SSL_VERIFY_PEER, NULL);
        if (count < 6 || SSL_CTX_load_verify_locations(trust, words[5], NULL) != 1)
            die("the file of authorities");
    }
    struct check *running = calloc(at_once, sizeof *running);
    struct epoll_event events[256];
    long long before = spent_us();
    for (; begun < at_once && begun < checks; begun++)
        begin(&running[begun]);
    while (over < checks) {
        int ready = epoll_wait(poller, events, 256, -1);
        for (int i = 0; i < ready; i++) {
            struct check *check = events[i].data.ptr;
            enum fate fate = advance(check, events[i].events);
            if (fate == PENDING)
                continue;
            good += fate == GOOD;
            over++;
            end(check);
            if (begun < checks) {
                begun++;
                begin(check);
            }
        }
    }
    printf("{\"good\": %ld, \"cpu_us\": %lld}\n", good, spent_us() - before);
    return good == checks ? 0 : 1;
}
