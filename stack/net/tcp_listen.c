/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Listeners: a SYN takes a connection of the pool, as long as there are some and the backlog is not
 * full. After that SYN cookies take over, which remember nothing: RFC 4987 3.6.
 */
#include "net/tcp_node.h"

/* A cookie is a hash, with the size of segments and the parity of its time in the lowest bits. */
enum { COOKIE_BITS = 4, COOKIE_TIME_SHIFT = 26 /* of microseconds: 67 seconds */ };
#define COOKIE_LIFE (INT64_C(2) << COOKIE_TIME_SHIFT)

/* The timestamp that goes with it has the other options in its lowest bits. */
enum { STAMP_SHIFT = 15, STAMP_NO_SHIFT = 15, STAMP_SACK = 16, STAMP_MASK = 63 };

static const uint16_t sizes[8] = {128, 536, 1220, 1340, 1400, 1440, 1460, 8960};

static struct rem_tcp_listener *listener_of(const struct rem_tcp *t, uint16_t port)
{
	struct rem_tcp_listener *l = t->listeners;

	while (l != NULL && l->port != port)
		l = l->next;
	return l;
}

static bool is_waiting(const struct rem_tcp_listener *l, const struct rem_tcp_conn *c)
{
	return c->listener == l && c->tcp != NULL && !c->held && !(c->tcb.flags & REM_TCB_GONE) &&
	       c->tcb.state >= REM_TCP_SYN_RECEIVED;
}

/* How good a connection that nobody holds is to be taken for another: it hangs nowhere, or it only waits for TIME-WAIT to
 * end, or it is half open; 0: it is somebody's. */
static unsigned rank_of(const struct rem_tcp_conn *c)
{
	if (c->tcp == NULL)
		return 3;
	if (c->tcb.state == REM_TCP_TIME_WAIT)
		return 2;
	return c->tcb.state == REM_TCP_SYN_RECEIVED ? 1 : 0;
}

/* The best of them; of those that are half open, for who has shown that he is there, the oldest. */
static struct rem_tcp_conn *find_seat(struct rem_tcp_listener *l, bool proven)
{
	struct rem_tcp_conn *best = NULL;
	unsigned waiting = 0, most = proven ? 0 : 1;

	for (unsigned i = 0; i < l->count; i++) {
		struct rem_tcp_conn *c = &l->pool[i];

		if (c->held)
			continue;
		if (is_waiting(l, c))
			waiting++;
		const unsigned rank = rank_of(c);

		if (rank > most || (best != NULL && rank == 1 && most == 1 &&
				    c->tcb.at.life < best->tcb.at.life)) {
			best = c;
			most = rank;
		}
	}
	return waiting < l->backlog || proven ? best : NULL;
}

/* Takes a connection of the pool for who sent the frame; NULL: there is none. */
static inline struct rem_tcp_conn *seat(struct rem_tcp_listener *l, const struct rem_frame *f,
					bool proven)
{
	struct rem_tcp_conn *c = find_seat(l, proven);

	if (c == NULL)
		return NULL;
	if (c->tcp != NULL)
		rem_tcp_unhang(c);
	/* Answers go back to where the frame came from; the way is asked for when there is more to say. */
	rem_tcp_lead(c, &f->src, &f->dst);
	c->path.mtu = l->tcp->ip->mtu;
	c->node.port = f->dport;
	c->node.peer = f->sport;
	c->listener = l;
	c->notify = l->notify;
	rem_tcp_begin(l->tcp, c, l->flags, f->now);
	rem_tcp_hang(l->tcp, c);
	return c;
}

static uint32_t cookie(const struct rem_tcp *t, uint64_t tuple, uint32_t irs, uint32_t bits,
		       uint32_t time)
{
	const uint32_t words[] = {(uint32_t)tuple, (uint32_t)(tuple >> 32), irs, bits, time};

	return (uint32_t)rem_keyed(t->ip->secret, REM_FOR_COOKIE, words, sizeof(words))
		       << COOKIE_BITS |
	       bits;
}

static uint64_t tuple_of(const struct rem_tcp *t, const struct rem_frame *f)
{
	return rem_tcp_tuple(t, &f->dst, f->dport, &f->src, f->sport);
}

/* The time of our clock, rounded so that the options fit in and it never runs ahead. */
static uint32_t stamp(const struct rem_segment *syn, uint32_t clock)
{
	const uint32_t bits = (syn->options & REM_OPT_SHIFT ? syn->shift : STAMP_NO_SHIFT) |
			      (syn->options & REM_OPT_SACK_OK ? STAMP_SACK : 0u);
	const uint32_t t = (clock & ~(uint32_t)STAMP_MASK) | bits;

	return rem_seq_before(clock, t) ? t - (STAMP_MASK + 1) : t;
}

REM_BESIDE int answer_cookie(struct rem_tcp_listener *l, const struct rem_segment *syn,
			     struct rem_frame *f, uint32_t off)
{
	const struct rem_tcp *t = l->tcp;
	const uint64_t tuple = tuple_of(t, f);
	const uint32_t mss = syn->options & REM_OPT_MSS ? syn->mss : (uint32_t)MSS_DEFAULT;
	const uint32_t time = (uint32_t)(f->now >> COOKIE_TIME_SHIFT);
	struct rem_segment s = {.flags = REM_SEG_SYN | REM_SEG_ACK, .options = REM_OPT_MSS};
	uint32_t size = 7;

	while (size > 0 && sizes[size] > mss)
		size--;
	s.seq = cookie(t, tuple, syn->seq, size << 1 | (time & 1), time);
	s.ack = syn->seq + 1;
	s.mss = (uint16_t)(t->ip->mtu - rem_tcp_ip_header(&f->src) - REM_TCP_HEADER);
	s.wnd = (uint16_t)rem_least(l->pool[0].rx.size, UINT16_MAX);
	if (syn->options & REM_OPT_TS && !(l->flags & REM_TCB_NO_TS)) {
		s.options |= REM_OPT_TS | (syn->options & (REM_OPT_SHIFT | REM_OPT_SACK_OK));
		s.shift = rem_tcb_shift(l->pool[0].rx.size);
		s.tsecr = syn->tsval;
		s.tsval = stamp(syn, (uint32_t)(f->now >> 10) + (uint32_t)(tuple >> 32));
	}
	l->cookies = f->now + COOKIE_LIFE;
	l->cookies_sent++;
	return rem_end(f, REM_WHY_TCP_COOKIE, rem_tcp_answer(f, off, &s));
}

/* Is the ACK that of a cookie of ours? The size of segments that it remembers; 0: no. */
REM_BESIDE uint32_t check_cookie(const struct rem_tcp_listener *l, const struct rem_segment *s,
				 const struct rem_frame *f)
{
	const uint32_t iss = s->ack - 1, bits = iss & ((1u << COOKIE_BITS) - 1);
	uint32_t time = (uint32_t)(f->now >> COOKIE_TIME_SHIFT);

	if (f->now >= l->cookies)
		return 0;
	time -= (time ^ bits) & 1;
	if (cookie(l->tcp, tuple_of(l->tcp, f), s->seq - 1, bits, time) != iss)
		return 0;
	return sizes[bits >> 1];
}

/* A cookie has come back: the connection is made as if the SYN had been remembered. */
REM_BESIDE int take_cookie(struct rem_tcp_listener *l, struct rem_segment *s, uint32_t mss,
			   struct rem_frame *f, uint32_t off)
{
	struct rem_segment syn = {.seq = s->seq - 1, .wnd = s->wnd, .mss = (uint16_t)mss};
	struct rem_tcp_conn *c = seat(l, f, true);

	if (c == NULL)
		return rem_end(f, REM_WHY_TCP_BACKLOG, REM_DROP);
	syn.options = REM_OPT_MSS;
	if (s->options & REM_OPT_TS) {
		syn.options |= REM_OPT_TS;
		syn.tsval = s->tsval;
		if ((s->tsecr & STAMP_SHIFT) != STAMP_NO_SHIFT) {
			syn.options |= REM_OPT_SHIFT;
			syn.shift = (uint8_t)(s->tsecr & STAMP_SHIFT);
		}
		if (s->tsecr & STAMP_SACK)
			syn.options |= REM_OPT_SACK_OK;
	}
	rem_tcb_cookie(&c->tcb, &syn, s->ack - 1, f->now);
	const int n = rem_tcp_take(c, s, f, off);

	f->verdict.why = REM_WHY_TCP_COOKIE_BACK;
	return n;
}

static int take_syn(struct rem_tcp_listener *l, struct rem_segment *s, struct rem_frame *f,
		    uint32_t off)
{
	struct rem_tcp_conn *c = seat(l, f, false);

	if (c == NULL)
		return answer_cookie(l, s, f, off);
	rem_tcb_call(&c->tcb, REM_CALL_LISTEN, 0, f->now);
	return rem_tcp_take(c, s, f, off);
}

static int stray(struct rem_tcp *t, struct rem_segment *s, struct rem_frame *f, uint32_t off)
{
	struct rem_tcp_listener *l = listener_of(t, f->dport);
	uint32_t mss;

	if (s->flags & REM_SEG_RST)
		return rem_end(f, REM_WHY_TCP_STRAY_RST, REM_DROP);
	if (l == NULL)
		return rem_tcp_refuse(f, off, s, REM_WHY_TCP_NO_LISTENER);
	if (s->flags & REM_SEG_ACK) {
		if (s->flags & REM_SEG_SYN || (mss = check_cookie(l, s, f)) == 0)
			return rem_tcp_refuse(f, off, s, REM_WHY_TCP_ACK_REFUSED);
		return take_cookie(l, s, mss, f, off);
	}
	if (!(s->flags & REM_SEG_SYN))
		return rem_end(f, REM_WHY_TCP_STRAY, REM_DROP);
	return take_syn(l, s, f, off);
}

int rem_tcp_listen(struct rem_tcp *t, struct rem_tcp_listener *l)
{
	if (listener_of(t, l->port) != NULL)
		return REM_STATE;
	t->stray = stray;
	l->tcp = t;
	l->turn = 0;
	l->cookies = 0;
	l->next = t->listeners;
	t->listeners = l;
	return REM_OK;
}

void rem_tcp_unlisten(struct rem_tcp_listener *l, rem_time now)
{
	struct rem_tcp_listener **at = &l->tcp->listeners;

	while (*at != l)
		at = &(*at)->next;
	*at = l->next;
	for (unsigned i = 0; i < l->count; i++) {
		if (is_waiting(l, &l->pool[i]))
			rem_tcp_abort(&l->pool[i], now);
	}
}

struct rem_tcp_conn *rem_tcp_accept(struct rem_tcp_listener *l)
{
	for (unsigned i = 0; i < l->count; i++) {
		struct rem_tcp_conn *c = &l->pool[l->turn];

		l->turn = (uint16_t)(l->turn + 1 < l->count ? l->turn + 1 : 0);
		if (is_waiting(l, c) && c->tcb.state >= REM_TCP_ESTABLISHED) {
			c->held = true;
			return c;
		}
	}
	return NULL;
}
