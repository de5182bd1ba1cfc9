/* SPDX-License-Identifier: BSD-3-Clause */
/* Several captures as one stream of packets. */
#include "live/live.h"

#include "guard/broker.h"
#include "live/session.h"

#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HELLO_MS = 20000, DONE_MS = 2000 };

/* One interface. */
struct tap {
	struct capture_request request;
	struct capture_line line;
	struct ring ring;
	struct packet blank;
	struct ring_packet next; /* the packet at the front of the ring, if has_next */
	bool has_next;
	bool gone;       /* the process has ended: nothing more comes than the ring holds */
	bool told;       /* of its trouble */
	char trouble[RING_TEXT + 32];
	uint64_t captured;
};

struct live {
	struct tap *taps;
	unsigned count;
	struct tap *last; /* whose packet was handed out */
	int epoll;
	uint64_t number;
	enum ring_order order;
	struct interfaces interfaces;
	char *left_out;
};

static bool put_text(char *to, size_t size, const char *from)
{
	return g_strlcpy(to, from != NULL ? from : "", size) < size;
}

/* The request for an interface; false: it says what cannot be. */
static bool write_request(struct capture_request *q, const struct live_options *o,
			  const char *interface, const char *session, char **error)
{
	const char *filter = o->filter != NULL ? o->filter : session;

	*q = (struct capture_request){
		.snaplen = o->snaplen > 0 && o->snaplen < CAPTURE_SNAPLEN ? o->snaplen
									  : CAPTURE_SNAPLEN,
		.buffer_mib = o->buffer_mib > 0 ? o->buffer_mib : CAPTURE_BUFFER_MIB,
		.promiscuous = !o->not_promiscuous,
		.monitor = o->monitor,
		.filter_may_fail = o->filter == NULL,
	};
	if (!put_text(q->interface, sizeof(q->interface), interface) ||
	    !put_text(q->linktype, sizeof(q->linktype), o->linktype))
		*error = g_strdup_printf("%s: there is no such interface", interface);
	else if (!put_text(q->filter, sizeof(q->filter), filter))
		*error = g_strdup_printf("the capture filter is longer than %d bytes",
					 CAPTURE_FILTER - 1);
	return *error == NULL;
}

/* The first word of the process; false: it never came. */
static bool hear_hello(int line, struct capture_hello *hello)
{
	struct pollfd fd = {line, POLLIN, 0};

	if (poll(&fd, 1, HELLO_MS) <= 0 || recv(line, hello, sizeof(*hello), 0) != sizeof(*hello))
		return false;
	hello->text[CAPTURE_TEXT - 1] = '\0';
	return true;
}

static bool open_tap(struct live *l, struct tap *t, struct broker *broker, char **error)
{
	const struct capture_request *q = &t->request;
	struct epoll_event event = {.events = EPOLLIN};
	struct capture_hello hello;

	if (!broker_capture(broker, q, &t->line)) {
		*error = g_strdup_printf("%s: %s", q->interface, g_strerror(errno));
		return false;
	}
	if (!hear_hello(t->line.line, &hello)) {
		*error = g_strdup_printf("%s: the capture has died", q->interface);
		return false;
	}
	if (!hello.running) {
		*error = g_strdup(hello.text);
		return false;
	}
	const struct live_interface about = {
		.name = q->interface,
		.filter = hello.filtered ? q->filter : NULL,
		.linktype = hello.linktype,
		.snaplen = hello.snaplen,
		.nano = hello.nanoseconds,
	};
	const struct interface *i = interfaces_describe(&l->interfaces, &about);
	if (i == NULL || !ring_map(&t->ring, t->line.memory, CAPTURE_RING) ||
	    epoll_ctl(l->epoll, EPOLL_CTL_ADD, t->line.line, &event) != 0) {
		*error = g_strdup("not enough memory to capture");
		return false;
	}
	interfaces_blank(&l->interfaces, i->index, &t->blank);
	return true;
}

struct live *live_open(const struct live_options *o, char **error)
{
	struct live *l = g_new0(struct live, 1);
	struct session session;
	const bool own = session_parse(g_getenv("SSH_CONNECTION"), &session) && o->filter == NULL;
	bool good = true;

	*error = NULL;
	l->count = g_strv_length(o->interfaces);
	l->taps = g_new0(struct tap, l->count);
	l->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (own)
		l->left_out = g_strdup(session.peer);
	for (unsigned i = 0; i < l->count; i++)
		l->taps[i].line = (struct capture_line){-1, -1};
	for (unsigned i = 0; i < l->count && good; i++)
		good = write_request(&l->taps[i].request, o, o->interfaces[i],
				     own ? session.filter : "", error) &&
		       open_tap(l, &l->taps[i], o->broker, error);
	g_free(session.filter);
	g_free(session.peer);
	if (good)
		return l;
	live_close(l);
	return NULL;
}

void live_close(struct live *l)
{
	for (unsigned i = 0; i < l->count; i++) {
		struct tap *t = &l->taps[i];

		ring_unmap(&t->ring);
		capture_line_close(&t->line);
	}
	interfaces_free(&l->interfaces);
	close(l->epoll);
	g_free(l->taps);
	g_free(l->left_out);
	g_free(l);
}

const struct interfaces *live_interfaces(const struct live *l)
{
	return &l->interfaces;
}

const char *live_left_out(const struct live *l)
{
	return l->left_out;
}

int live_fd(const struct live *l)
{
	return l->epoll;
}

static void give_up(struct live *l, struct tap *t, const char *why)
{
	t->gone = true;
	epoll_ctl(l->epoll, EPOLL_CTL_DEL, t->line.line, NULL);
	if (l->order != RING_END)
		g_snprintf(t->trouble, sizeof(t->trouble), "%s%s",
			   why[0] == ':' ? t->request.interface : "", why);
}

/* Is the order that was given carried out? */
static bool is_done(const struct live *l, const struct tap *t)
{
	return t->gone ||
	       atomic_load_explicit(&t->ring.shared->order_done, memory_order_acquire) == l->order;
}

/* Looks whether the process has news, of which the end of the line is the last. */
static void hear(struct live *l, struct tap *t)
{
	struct ring_shared *s = t->ring.shared;
	char bytes[64], why[RING_TEXT];
	ssize_t n;

	if (t->gone)
		return;
	do
		n = recv(t->line.line, bytes, sizeof(bytes), MSG_DONTWAIT);
	while (n > 0 || (n < 0 && errno == EINTR));
	const uint32_t done = atomic_load_explicit(&s->order_done, memory_order_acquire);
	if (n < 0 && errno == EAGAIN && done != RING_END)
		return;
	memcpy(why, s->ended, sizeof(why));
	why[sizeof(why) - 1] = '\0';
	give_up(l, t, done == RING_END ? why : ": the capture has died");
}

/* Looks for the packet at the front of a ring. */
static bool look(struct live *l, struct tap *t)
{
	if (t->has_next)
		return true;
	const int n = ring_take(&t->ring, &t->next);
	if (n < 0 && !t->gone)
		give_up(l, t, ": the capture went wrong");
	return t->has_next = n > 0;
}

/* The tap whose packet is the oldest, or NULL. */
static struct tap *choose(struct live *l)
{
	struct tap *first = NULL;

	for (unsigned i = 0; i < l->count; i++) {
		struct tap *t = &l->taps[i];

		if (look(l, t) && (first == NULL || t->next.time_ns < first->next.time_ns))
			first = t;
	}
	return first;
}

/* Nothing was found: may live_fd be slept on, or has a packet come meanwhile? */
static bool may_sleep(struct live *l)
{
	bool may = true;

	for (unsigned i = 0; i < l->count; i++) {
		hear(l, &l->taps[i]);
		may = ring_may_sleep(&l->taps[i].ring) && may;
	}
	return may;
}

static bool all_gone(const struct live *l)
{
	for (unsigned i = 0; i < l->count; i++) {
		if (!l->taps[i].gone)
			return false;
	}
	return true;
}

int live_next(struct live *l, struct packet *p)
{
	struct tap *t = choose(l);

	while (t == NULL) {
		const bool may = may_sleep(l);

		t = choose(l);
		if (t == NULL && may)
			return all_gone(l) ? -1 : 0;
	}
	*p = t->blank;
	p->number = ++l->number;
	p->time_ns = t->next.time_ns;
	p->ticks = interface_ticks(interfaces_at(&l->interfaces, p->interface), p->time_ns);
	p->cap_len = t->next.cap_len;
	p->len = t->next.len;
	p->data = t->next.data;
	t->has_next = false;
	t->captured++;
	return 1;
}

const char *live_trouble(struct live *l)
{
	for (unsigned i = 0; i < l->count; i++) {
		struct tap *t = &l->taps[i];

		if (t->trouble[0] != '\0' && !t->told) {
			t->told = true;
			return t->trouble;
		}
	}
	return NULL;
}

static void give_order(struct live *l, enum ring_order order)
{
	l->order = order;
	for (unsigned i = 0; i < l->count; i++) {
		struct tap *t = &l->taps[i];

		if (t->gone)
			continue;
		atomic_store(&t->ring.shared->order, order);
		(void)send(t->line.line, "", 1, MSG_DONTWAIT | MSG_NOSIGNAL);
	}
	for (unsigned i = 0; i < l->count; i++) {
		struct tap *t = &l->taps[i];
		struct pollfd fd = {t->line.line, POLLIN, 0};

		while (!is_done(l, t) && poll(&fd, 1, DONE_MS) > 0)
			hear(l, t);
		if (order == RING_END && !t->gone)
			give_up(l, t, "");
	}
}

void live_hold(struct live *l)
{
	if (l->order == RING_RUN)
		give_order(l, RING_HOLD);
}

void live_resume(struct live *l)
{
	if (l->order == RING_HOLD)
		give_order(l, RING_RUN);
}

bool live_is_held(const struct live *l)
{
	return l->order == RING_HOLD;
}

void live_end(struct live *l)
{
	if (l->order != RING_END)
		give_order(l, RING_END);
}

bool live_is_ended(const struct live *l)
{
	return l->order == RING_END;
}

static struct live_counts counts_of(const struct tap *t)
{
	const struct ring_shared *s = t->ring.shared;
	const uint64_t here = atomic_load_explicit(&s->dropped_here, memory_order_relaxed);
	const uint64_t received = atomic_load_explicit(&s->received, memory_order_relaxed) - here;

	return (struct live_counts){
		.captured = t->captured,
		.unread = received > t->captured ? received - t->captured : 0,
		.dropped_kernel = atomic_load_explicit(&s->dropped_kernel, memory_order_relaxed),
		.dropped_here = here,
	};
}

struct live_counts live_counts(const struct live *l, int index)
{
	struct live_counts all = {0};

	if (index >= 0 && (unsigned)index < l->count)
		return counts_of(&l->taps[index]);
	for (unsigned i = 0; i < l->count; i++) {
		const struct live_counts c = counts_of(&l->taps[i]);

		all.captured += c.captured;
		all.unread += c.unread;
		all.dropped_kernel += c.dropped_kernel;
		all.dropped_here += c.dropped_here;
	}
	return all;
}

struct writer_statistics live_statistics(const struct live *l, int index)
{
	const struct live_counts c = live_counts(l, index);
	const uint64_t dropped = c.dropped_kernel + c.dropped_here;

	return (struct writer_statistics){
		.time_us = g_get_real_time(),
		.accepted = c.captured + c.unread + dropped,
		.dropped = dropped,
		.delivered = c.captured,
	};
}
