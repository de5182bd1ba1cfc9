/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A card behind an httptap: GET /info says what it is, POST /send sends a frame, GET /recv fetches one.
 * Two connections: one fetches, the other sends. Ours waits in /recv until there is a frame, and says so
 * by "Waits" in /info. lneto's either answers at once that there is none, or keeps everybody else waiting
 * too: it is asked for "DataReady" first, again and again.
 */
#define _GNU_SOURCE
#include <remora/http_client.h>
#include <remora/linux.h>

#include <errno.h>
#include <inttypes.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { FRAME = 65536, TEXT = FRAME / 3 * 4 + 16, HEAD = 2048, PIECE = 16384, PATIENCE = 5000 };

/* Between two questions whether there is a frame: what lneto's own clients take. */
enum { POLL_NS = 5000000 };

/* A connection, the call on it, and what its answer says. */
struct line {
	struct rem_http_call call;
	uint8_t head[HEAD], in[PIECE];
	uint32_t have; /* bytes of in */
	char text[TEXT];
	uint32_t n;
	int fd;
	bool open; /* a call is */
};

struct rem_http_card {
	char host[256], port[6], authority[264], id[17];
	struct line receiving, sending;
	bool waits;   /* /recv does */
	bool fetches; /* `receiving` is in /recv, else in /info */
	int timer;    /* of the next question */
	char body[TEXT];
};

static int dial(const struct rem_http_card *c)
{
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	struct addrinfo *found = NULL;
	const int on = 1;
	int fd = -1;

	if (getaddrinfo(c->host, c->port, &hints, &found) != 0)
		return -EHOSTUNREACH;
	for (const struct addrinfo *a = found; a != NULL && fd < 0; a = a->ai_next) {
		fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
		if (fd >= 0 && connect(fd, a->ai_addr, a->ai_addrlen) != 0) {
			const int why = errno;

			close(fd);
			errno = why;
			fd = -1;
		}
	}
	const int err = fd < 0 ? -errno : 0;
	freeaddrinfo(found);
	if (fd >= 0)
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	return fd < 0 ? err : fd;
}

static int keep(struct rem_http_call *call, struct rem_span piece)
{
	struct line *l = call->user;

	if (piece.n > TEXT - l->n)
		return REM_LIMIT;
	memcpy(l->text + l->n, piece.p, piece.n);
	l->n += piece.n;
	return REM_OK;
}

/* Begins a call; the target gets our id behind it. */
static int ask(struct rem_http_card *c, struct line *l, const char *method, const char *target,
	       struct rem_span body)
{
	char whole[64];

	if (l->fd < 0 && (l->fd = dial(c)) < 0)
		return l->fd;
	snprintf(whole, sizeof(whole), "%s%sid=%s", target, strchr(target, '?') == NULL ? "?" : "&",
		 c->id);
	rem_http_call_init(&l->call, l->head, HEAD, method, whole, c->authority);
	if (body.n > 0)
		rem_http_put_word(&l->call.out, "Content-Type", "application/json");
	l->call.receive = keep;
	l->call.user = l;
	l->n = 0;
	l->open = true;
	return rem_http_call_send(&l->call, body) == REM_OK ? 0 : -EINVAL;
}

static void hang_up(struct line *l)
{
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
	l->open = false;
	l->have = 0;
}

/* Goes on with a call. 1: its answer is here; 0: not yet; else a negative errno. */
static int go(struct line *l, bool ended)
{
	uint8_t out[PIECE];
	struct rem_http_io io;
	int result;

	do {
		io = (struct rem_http_io){
			.in = l->in, .n = l->have, .out = out, .room = sizeof(out), .ended = ended};
		result = rem_http_call_go(&l->call, &io);
		l->have -= io.took;
		memmove(l->in, l->in + io.took, l->have);
		for (uint32_t at = 0; at < io.wrote;) {
			const ssize_t n = send(l->fd, out + at, io.wrote - at, MSG_NOSIGNAL);

			if (n < 0)
				return -errno;
			at += (uint32_t)n;
		}
	} while (result == REM_OK && (io.took > 0 || io.wrote > 0));
	if (result < 0)
		return result == REM_SHORT ? -ECONNRESET : -EPROTO;
	l->open = l->open && result == 0;
	return result;
}

/* Reads what there is, and goes on. */
static int hear(struct line *l)
{
	const ssize_t n = recv(l->fd, l->in + l->have, sizeof(l->in) - l->have, MSG_DONTWAIT);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -errno;
	l->have += (uint32_t)n;
	const int result = go(l, n == 0);
	if (result == 1 && !l->call.persists)
		hang_up(l);
	return result;
}

/* A whole call, waited for. */
static int call(struct rem_http_card *c, struct line *l, const char *method, const char *target,
		struct rem_span body)
{
	int result = ask(c, l, method, target, body);

	if (result == 0)
		result = go(l, false);
	while (result == 0) {
		struct pollfd p = {l->fd, POLLIN, 0};

		if (poll(&p, 1, PATIENCE) <= 0)
			result = -ETIMEDOUT;
		else
			result = hear(l);
	}
	if (result < 0)
		hang_up(l);
	return result < 0 ? result : l->call.code == 200 ? 0 : -EPROTO;
}

/* ---- the card ---- */

static int watch(struct rem_linux_nic *l, int fd)
{
	struct epoll_event e = {.events = EPOLLIN};

	return epoll_ctl(l->fd, EPOLL_CTL_ADD, fd, &e) == 0 ? 0 : -errno;
}

/* `fd` of the card is an epoll, so that the connection can be another. */
static int ask_for_frames(struct rem_linux_nic *l, bool fetch)
{
	struct line *r = &l->http->receiving;
	const bool fresh = r->fd < 0;

	l->http->fetches = fetch;
	int err = ask(l->http, r, "GET", fetch ? "/recv?wait=10000" : "/info",
		      (struct rem_span){NULL, 0});
	if (err == 0 && fresh)
		err = watch(l, r->fd);
	return err == 0 ? go(r, false) : err;
}

/* The next wait for a frame. */
static int wait_on(struct rem_linux_nic *l)
{
	return ask_for_frames(l, l->http->waits);
}

/* … which is not worth its while yet. */
static int wait_later(struct rem_linux_nic *l)
{
	const struct itimerspec t = {.it_value.tv_nsec = POLL_NS};

	return timerfd_settime(l->http->timer, 0, &t, NULL) == 0 ? 0 : -errno;
}

static bool timer_runs(const struct rem_http_card *c)
{
	struct itimerspec t;
	uint64_t times;

	if (read(c->timer, &times, sizeof(times)) == sizeof(times))
		return false;
	return timerfd_gettime(c->timer, &t) == 0 && t.it_value.tv_nsec != 0;
}

/* A frame may be there: /info says so, or does not say. */
static bool is_ready(struct line *l)
{
	l->text[l->n < TEXT ? l->n : TEXT - 1] = '\0';
	return strstr(l->text, "\"DataReady\":false") == NULL;
}

/* The JSON string's base64 as a frame. */
static int frame_of(const struct line *l, uint8_t *p, uint32_t room)
{
	const char *first = memchr(l->text, '"', l->n);
	const char *last = first == NULL
				   ? NULL
				   : memchr(first + 1, '"', l->n - (size_t)(first + 1 - l->text));
	const int n = last == NULL
			      ? -1
			      : rem_base64_get(p, room, first + 1, (uint32_t)(last - first - 1));

	return n < 0 ? 0 : n;
}

static int http_receive(struct rem_nic *nic, uint8_t *p, uint32_t room)
{
	struct rem_linux_nic *l = (struct rem_linux_nic *)nic;
	struct line *r = &l->http->receiving;

	if (!r->open && timer_runs(l->http))
		return 0;
	int result = r->open ? hear(r) : wait_on(l), n = 0;

	if (result == 1) {
		const bool good = r->call.code == 200;

		if (good && l->http->fetches)
			n = frame_of(r, p, room);
		if (good && !l->http->fetches && is_ready(r))
			result = ask_for_frames(l, true);
		else if (n > 0 || (good && l->http->waits))
			result = wait_on(l);
		else
			result = wait_later(l);
		if (result < 0)
			hang_up(r);
	} else if (result < 0) {
		hang_up(r);
		wait_on(l); /* once; if nobody is there, the next call will say so */
	}
	return n;
}

static int http_send(struct rem_nic *nic, const uint8_t *p, uint32_t n)
{
	struct rem_http_card *c = ((struct rem_linux_nic *)nic)->http;

	if (n > FRAME - 16)
		return REM_LIMIT;
	c->body[0] = '"';
	const uint32_t text = rem_base64_put(c->body + 1, p, n) + 1;
	c->body[text] = '"';
	const struct rem_span body = {(const uint8_t *)c->body, text + 1};
	const bool fresh = c->sending.fd < 0;
	int err = call(c, &c->sending, "POST", "/send", body);
	if (err < 0 && !fresh) /* the connection had been closed meanwhile: RFC 9112 9.3.1 */
		err = call(c, &c->sending, "POST", "/send", body);
	return err == 0 ? REM_OK : err == -EPROTO ? REM_LIMIT : REM_CLOSED;
}

/*
 * What /info says: {"MTU":1500,"IPPrefix":"192.168.10.1/24","HardwareAddr":"02:…","DataReady":false},
 * ours "Waits":true besides. An MTU that no link has is that of somebody's buffer.
 */
static int read_info(struct rem_linux_nic *l)
{
	struct line *s = &l->http->sending;
	unsigned mtu, b[6];

	const int err = call(l->http, s, "GET", "/info", (struct rem_span){NULL, 0});
	if (err != 0)
		return err;
	s->text[s->n < TEXT ? s->n : TEXT - 1] = '\0';
	const char *size = strstr(s->text, "\"MTU\":"),
		   *address = strstr(s->text, "\"HardwareAddr\":");
	if (size == NULL || address == NULL || sscanf(size, "\"MTU\":%u", &mtu) != 1 || mtu < 68 ||
	    sscanf(address, "\"HardwareAddr\":%*[ \"]%x:%x:%x:%x:%x:%x", &b[0], &b[1], &b[2], &b[3],
		   &b[4], &b[5]) != 6)
		return -EPROTO;
	l->nic.mtu = (uint16_t)(mtu <= 9000 ? mtu : 1500);
	l->http->waits = strstr(s->text, "\"Waits\":true") != NULL;
	if (!l->http->waits) /* lneto's names the TAP's own, from which answers come */
		return rem_linux_address(l->nic.address);
	for (int i = 0; i < 6; i++)
		l->nic.address[i] = (uint8_t)b[i];
	return 0;
}

static int read_url(struct rem_http_card *c, const char *url)
{
	const size_t scheme = strncmp(url, "http://", 7) == 0 ? 7 : 0,
		     n = strcspn(url + scheme, "/");
	const size_t host = strcspn(url + scheme, ":/"), port = n - host;

	if (strstr(url, "https://") == url || host == 0 || n >= sizeof(c->host) ||
	    port > sizeof(c->port))
		return -EINVAL;
	memcpy(c->host, url + scheme, host);
	memcpy(c->authority, url + scheme, n);
	memcpy(c->port, port > 1 ? url + scheme + host + 1 : "80", port > 1 ? port - 1 : 2);
	return 0;
}

int rem_linux_open_http(struct rem_linux_nic *l, const char *url)
{
	static const struct rem_nic_ops ops = {http_receive, http_send, NULL, NULL};
	uint8_t id[16];

	memset(l, 0, sizeof(*l));
	l->nic.ops = &ops;
	memcpy(l->name, "httptap", 8);
	l->fd = epoll_create1(EPOLL_CLOEXEC);
	l->http = calloc(1, sizeof(*l->http));
	if (l->http != NULL) {
		l->http->receiving.fd = l->http->sending.fd = -1;
		l->http->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	}
	int err = l->fd < 0 || l->http == NULL ? -ENOMEM : rem_linux_seed(id);
	if (err == 0) {
		snprintf(l->http->id, sizeof(l->http->id), "%08" PRIx64, rem_be64(id) >> 32);
		err = read_url(l->http, url);
	}
	if (err == 0)
		err = l->http->timer < 0 ? -errno : watch(l, l->http->timer);
	if (err == 0)
		err = read_info(l);
	if (err == 0)
		err = wait_on(l) < 0 ? -EPROTO : 0;
	if (err != 0)
		rem_linux_close(l);
	return err;
}

void rem_linux_close_http(struct rem_linux_nic *l)
{
	hang_up(&l->http->receiving);
	hang_up(&l->http->sending);
	if (l->http->timer >= 0)
		close(l->http->timer);
	free(l->http);
	l->http = NULL;
}
