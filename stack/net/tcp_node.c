/* SPDX-License-Identifier: BSD-3-Clause */
/* TCP under IP: whose segment it is, whose turn it is to send. RFC 9293 3.9.2. */
#include "net/tcp_node.h"

static const struct rem_node_ops conn_ops;

static struct rem_tcp_conn **bucket_of(const struct rem_tcp *t, const struct rem_addr *theirs,
				       uint32_t ports)
{
	const unsigned words = rem_addr_is_v6(theirs) ? 4 : 1;
	uint32_t h = ports ^ t->salt;

	for (unsigned i = 0; i < words; i++)
		h = (h ^ rem_network_order(theirs->word[i])) * 0x9e3779b1;
	return &t->bucket[h >> 16 & t->mask];
}

/* Two addresses of a connection and of a frame are of one family each. */
static inline bool is_between(const struct rem_tcp_conn *c, const struct rem_addr *theirs,
			      const struct rem_addr *ours, uint32_t ports)
{
	const struct rem_addr *to = &c->path.to, *from = &c->path.from;

	return rem_tcp_ports(c->node.port, c->node.peer) == ports && to->family == theirs->family &&
	       to->word[0] == theirs->word[0] && from->word[0] == ours->word[0] &&
	       (!rem_addr_is_v6(to) || (rem_addr_is(to, theirs) && rem_addr_is(from, ours)));
}

inline struct rem_tcp_conn *rem_tcp_find(const struct rem_tcp *t, const struct rem_addr *theirs,
					 const struct rem_addr *ours, uint32_t ports)
{
	struct rem_tcp_conn *c = t->last;

	if (!REM_SMALL && c != NULL && is_between(c, theirs, ours, ports))
		return c; /* who spoke last is answered */
	c = *bucket_of(t, theirs, ports);
	while (c != NULL && !is_between(c, theirs, ours, ports))
		c = c->next;
	return c;
}

void rem_tcp_hang(struct rem_tcp *t, struct rem_tcp_conn *c)
{
	struct rem_tcp_conn **b = bucket_of(t, &c->path.to,
					    rem_tcp_ports(c->node.port, c->node.peer));

	c->tcp = t;
	c->node.ops = &conn_ops;
	c->node.path = &c->path;
	c->node.due = REM_NEVER;
	c->next = *b;
	*b = c;
}

void rem_tcp_unhang(struct rem_tcp_conn *c)
{
	struct rem_tcp *t = c->tcp;
	struct rem_tcp_conn **b = bucket_of(t, &c->path.to,
					    rem_tcp_ports(c->node.port, c->node.peer));
	struct rem_tcp_conn *before = NULL;

	while (*b != c)
		b = &(*b)->next;
	*b = c->next;
	if (t->sender == c)
		t->sender = NULL;
	if (c->queued) {
		for (b = &t->first; *b != c; b = &(*b)->queue)
			before = *b;
		*b = c->queue;
		c->queued = false;
	}
	if (t->last == c)
		t->last = before;
	c->tcp = NULL;
	rem_leave(&c->node);
}

void rem_tcp_enqueue(struct rem_tcp *t, struct rem_tcp_conn *c)
{
	if (!c->queued) {
		c->queued = true;
		c->queue = NULL;
		if (t->first == NULL)
			t->first = c;
		else
			t->last->queue = c;
		t->last = c;
	}
	rem_wake(&t->node, 0);
}

static struct rem_tcp_conn *dequeue(struct rem_tcp *t)
{
	struct rem_tcp_conn *c = t->first;

	if (c != NULL) {
		t->first = c->queue;
		c->queued = false;
	}
	return c;
}

/* Until its next timer. */
static void rest(struct rem_tcp *t, struct rem_tcp_conn *c)
{
	const rem_time due = rem_tcb_due(&c->tcb);

	c->node.due = due;
	if (due < t->timer) { /* else the node wants to run before */
		t->timer = due;
		rem_wake(&t->node, due);
	}
}

void rem_tcp_schedule(struct rem_tcp_conn *c)
{
	if (c->tcp == NULL)
		return;
	if (rem_tcb_pending(&c->tcb))
		rem_tcp_enqueue(c->tcp, c);
	else
		rest(c->tcp, c);
}

/* The same while all goes well. */
static inline void schedule_smooth(struct rem_tcp *t, struct rem_tcp_conn *c)
{
	if (rem_tcb_is_eager(&c->tcb))
		rem_tcp_enqueue(t, c);
	else
		rest(t, c);
}

/* The sum of the n bytes of a segment at p[off]. Where words cannot be read from anywhere, summing has its own ways. */
REM_INLINE rem_words sum_of(const struct rem_frame *f, uint32_t off, uint32_t n)
{
	if (REM_SMALL || REM_BY_BYTES)
		return rem_ip_sum(f, REM_IP_TCP, off, n);
	const uint8_t *p = f->p + off;
	const rem_words sum = rem_ip_pseudo_sum(f, REM_IP_TCP, n);

	if (n - REM_SEGMENT_USUAL <= 8) /* an ACK, a SYN */
		return rem_sum_last(p + n, n - REM_SEGMENT_USUAL, rem_sum_32(p, sum));
	return rem_is_wide(n) ? rem_sum_wide(p, n, sum) : rem_sum_here(p, n, sum);
}

/* Ports and checksum, which is 0 yet, of the segment of n bytes whose header and data stand at p[off]. */
static inline void seal(struct rem_frame *f, uint32_t off, uint16_t from, uint16_t to, uint32_t n)
{
	uint8_t *p = f->p + off;

	rem_put_be32(p, (uint32_t)from << 16 | to);
	rem_put(p, REM_TCP_SUM, 0xffff & ~rem_sum_end(sum_of(f, off, n)));
}

inline int rem_tcp_answer(struct rem_frame *f, uint32_t off, const struct rem_segment *s)
{
	const uint32_t room = f->room - off;

	/* There is most often room for the longest header. */
	if ((REM_SMALL || room < REM_SEG_HEADER_MAX) && room < rem_segment_header(s))
		return 0;
	const uint32_t n = rem_segment_write(s, f->p + off);

	seal(f, off, f->dport, f->sport, n); /* the sum does not mind which address is whose */
	return (int)n;
}

REM_ONCE int rem_tcp_refuse(struct rem_frame *f, uint32_t off, const struct rem_segment *in,
			    enum rem_why why)
{
	struct rem_segment rst;

	rem_tcb_reset(in, &rst);
	return rem_end(f, why, rem_tcp_answer(f, off, &rst));
}

void rem_tcp_ended(struct rem_tcp_conn *c, enum rem_tcp_end why)
{
	if (why != REM_TCP_END_NONE)
		c->end = (uint8_t)why;
	if (c->tcp != NULL && !(c->tcb.flags & REM_TCB_RST_NOW))
		rem_tcp_unhang(c);
}

static void tell(struct rem_tcp_conn *c, rem_time now)
{
	if (c->notify != NULL && c->tcb.state != REM_TCP_SYN_RECEIVED)
		c->notify(c, now);
}

/* The ACK that nearly every one is; 0: this one is another. */
static inline int ack_at_once(struct rem_tcp_conn *c, struct rem_frame *f, uint32_t off)
{
	struct rem_segment s; /* nobody else looks at it: it stays in registers */

	if (REM_SMALL || f->room - off < REM_SEGMENT_USUAL ||
	    !rem_tcb_plan_ack(&c->tcb, f->now, &s))
		return 0;
	rem_segment_write_usual(&s, f->p + off);
	seal(f, off, f->dport, f->sport, REM_SEGMENT_USUAL);
	rem_tcb_sent_ack(&c->tcb, &s);
	return REM_SEGMENT_USUAL;
}

/* The SYN that is to go now, if it is as nearly every one is, and there is room for it at p[off]. */
static inline bool plan_usual_syn(const struct rem_tcp_conn *c, const struct rem_frame *f,
				  uint32_t off, struct rem_segment *s)
{
	return REM_SHORT_CUTS && f->room - off >= REM_SEGMENT_SYN &&
	       rem_tcb_plan_syn(&c->tcb, f->now, s) && rem_segment_is_usual_syn(s);
}

/* The answer to a SYN that nearly every one is; 0: this one is another. */
static inline int syn_at_once(struct rem_tcp_conn *c, struct rem_frame *f, uint32_t off)
{
	struct rem_segment s; /* nobody else looks at it: it stays in registers */

	if (!plan_usual_syn(c, f, off, &s))
		return 0;
	rem_segment_write_syn(&s, f->p + off);
	seal(f, off, f->dport, f->sport, REM_SEGMENT_SYN);
	rem_tcb_sent_syn(&c->tcb, &s, f->now);
	return REM_SEGMENT_SYN;
}

/* An ACK alone is answered in place: it needs no turn, and if it is lost nothing is. */
REM_BESIDE int answer_at_once(struct rem_tcp_conn *c, struct rem_frame *f, uint32_t off)
{
	struct rem_segment s;
	int n = rem_tcb_synchronized(&c->tcb) ? ack_at_once(c, f, off) : syn_at_once(c, f, off);

	if (n > 0)
		return n;
	if (!rem_tcb_plan_any(&c->tcb, f->now, &s) || s.len > 0 ||
	    s.flags & (REM_SEG_FIN | REM_SEG_RST))
		return 0;
	n = rem_tcp_answer(f, off, &s);
	if (n > 0)
		rem_tcb_sent_any(&c->tcb, &s, f->now);
	return n;
}

/* What the connection `gen` has to say to a segment, of which it has been told. */
static int respond(struct rem_tcp_conn *c, uint32_t gen, struct rem_frame *f, uint32_t off)
{
	int n = 0;

	if (c->node.gen != gen)
		return 0;
	if (c->tcb.flags & (REM_TCB_ACK_NOW | REM_TCB_SYN_NOW))
		n = answer_at_once(c, f, off);
	rem_tcp_schedule(c);
	return n;
}

/* A segment for no connection, where nobody has ever listened. */
static int stray(struct rem_tcp *t, struct rem_segment *s, struct rem_frame *f, uint32_t off)
{
	(void)t;
	if (s->flags & REM_SEG_RST)
		return rem_end(f, REM_WHY_TCP_STRAY_RST, REM_DROP);
	return rem_tcp_refuse(f, off, s, REM_WHY_TCP_NO_LISTENER);
}

/* The segment that nearly every one is: rem_tcb_is_next. */
static inline int take_next(struct rem_tcp *t, struct rem_tcp_conn *c, const struct rem_segment *s,
			    struct rem_frame *f, uint32_t off)
{
	f->verdict.why = s->len > 0 ? REM_WHY_TCP_ACCEPTED : REM_WHY_TCP_ACKED;
	rem_ring_put(&c->rx, 0, f->p + f->end - s->len, s->len);
	rem_ring_add(&c->rx, s->len);
	rem_ring_drop(&c->tx, rem_tcb_arrive_next(&c->tcb, s, f->now));
	if (c->notify == NULL && !(c->tcb.flags & REM_TCB_ACK_NOW)) {
		schedule_smooth(t, c);
		return 0;
	}
	const uint32_t gen = c->node.gen;

	tell(c, f->now);
	return respond(c, gen, f, off);
}

int rem_tcp_take(struct rem_tcp_conn *c, struct rem_segment *s, struct rem_frame *f, uint32_t off)
{
	const uint32_t gen = c->node.gen;
	struct rem_tcp *t = c->tcp;
	struct rem_tcb_act a;

	rem_tcb_arrive(&c->tcb, s, f->now, &a);
	f->verdict.why = a.why;
	if (a.take > 0) {
		rem_ring_put(&c->rx, a.at, f->p + f->end - s->len + a.skip, a.take);
		rem_ring_add(&c->rx, a.ready);
	}
	if (a.acked > 0)
		rem_ring_drop(&c->tx, a.acked);
	if (a.flags & REM_ACT_CLOSED) {
		rem_tcp_ended(c, a.flags & REM_ACT_RESET ? REM_TCP_END_RESET : REM_TCP_END_NONE);
		if (a.flags & REM_ACT_REUSE)
			return t->stray(t, s, f, off);
	}
	if ((a.ready | a.acked) > 0 || a.flags & (REM_ACT_OPENED | REM_ACT_FIN | REM_ACT_CLOSED))
		tell(c, f->now);
	if (a.flags & REM_ACT_ANSWER_RST)
		return rem_tcp_refuse(f, off, s, (enum rem_why)a.why);
	return respond(c, gen, f, off);
}

static enum rem_why header_check(const struct rem_frame *f, uint32_t off)
{
	const uint32_t n = f->end - off;

	if (f->flags & (REM_NET_GROUP | REM_NET_BROADCAST | REM_LINK_GROUP))
		return REM_WHY_TCP_GROUP; /* MUST-57 */
	if (n < REM_TCP_HEADER)
		return REM_WHY_TCP_SHORT;
	if (!(f->flags & REM_SUMS_VERIFIED) && !rem_sum_agrees(sum_of(f, off, n)))
		return REM_WHY_TCP_SUM; /* MUST-3 */
	return REM_WHY_NONE;
}

/* Any segment, for the connection c or for none: read as a whole. */
static inline int take_any(struct rem_tcp *t, struct rem_tcp_conn *c, struct rem_frame *f,
			   uint32_t off)
{
	const struct rem_view v = rem_frame_view(f, off);
	struct rem_segment s;

	if (rem_segment_read(&s, v) < 0) {
		const uint32_t header = 4 * rem_get(v.p, REM_TCP_OFFSET);

		return rem_end(f,
			       header < REM_TCP_HEADER || header > v.cap ? REM_WHY_TCP_OFFSET
									 : REM_WHY_TCP_OPTION,
			       REM_DROP);
	}
	if (c == NULL)
		return t->stray(t, &s, f, off);
	return rem_tcp_take(c, &s, f, off);
}

static int tcp_demux(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	struct rem_tcp *t = (struct rem_tcp *)node;
	const enum rem_why why = header_check(f, off);
	struct rem_segment usual; /* nobody else looks at it: it stays in registers */

	if (why != REM_WHY_NONE)
		return rem_end(f, why, REM_DROP);
	const uint32_t ports = rem_be32(f->p + off);
	f->sport = (uint16_t)(ports >> 16);
	f->dport = (uint16_t)ports;
	struct rem_tcp_conn *c = rem_tcp_find(t, &f->src, &f->dst, ports << 16 | ports >> 16);

	if (!REM_SMALL && c != NULL && rem_segment_read_usual(&usual, rem_frame_view(f, off)) &&
	    rem_tcb_is_next(&c->tcb, &usual))
		return take_next(t, c, &usual, f, off);
	return take_any(t, c, f, off);
}

/* Puts those into the queue whose time has come, and sees when the next one wants to run. */
REM_SELDOM void look_around(struct rem_tcp *t, rem_time now)
{
	const bool again = t->epoch != t->ip->epoch; /* ways may be open that were not */

	t->timer = REM_NEVER;
	t->epoch = t->ip->epoch;
	for (uint32_t i = 0; i <= t->mask; i++) {
		for (struct rem_tcp_conn *c = t->bucket[i]; c != NULL; c = c->next) {
			if (again || c->node.due <= now)
				rem_tcp_enqueue(t, c);
			else
				rem_sooner(&t->timer, c->node.due);
		}
	}
}

/* The driver has had its say: if it has taken the segment, now it has been sent. */
REM_BESIDE void sent_any(struct rem_tcp *t, struct rem_tcp_conn *c, rem_time now, bool taken)
{
	if (c == NULL)
		return;
	if (!taken) {
		rem_tcp_enqueue(t, c);
		return;
	}
	rem_tcb_sent_any(&c->tcb, &t->planned, now);
	if (t->planned.why == REM_WHY_TCP_SENT_LATE && c->tcb.rtt.rto >= ADVICE &&
	    c->path.state == REM_PATH_READY)
		c->path.state = REM_PATH_UNKNOWN; /* MUST-20: perhaps there is a better way */
	if (c->tcb.state == REM_TCP_CLOSED)
		rem_tcp_ended(c, REM_TCP_END_NONE);
	else
		rem_tcp_schedule(c);
}

static void sent(struct rem_node *node, const struct rem_frame *f, bool taken)
{
	struct rem_tcp *t = (struct rem_tcp *)node;
	struct rem_tcp_conn *c = t->sender;

	t->sender = NULL;
	if (!REM_SMALL && c != NULL && taken && rem_tcb_sent_next(&c->tcb, &t->planned, f->now))
		schedule_smooth(t, c);
	else
		sent_any(t, c, f->now, taken);
}

/* Hands the segment of n bytes whose header and data stand at p[off] to the driver. */
static inline int hand_out(struct rem_tcp *t, struct rem_tcp_conn *c, struct rem_frame *f,
			   uint32_t off, uint32_t n)
{
	f->ttl = c->ttl;
	f->tos = c->tos;
	f->sender = &t->node;
	f->sent = sent;
	t->sender = c;
	rem_ip_address_frame(f, &c->node);
	seal(f, off, c->node.port, c->node.peer, n);
	return rem_end(f, (enum rem_why)t->planned.why, (int)n);
}

/* What rem_tcb_sent will ask. */
static inline void keep(struct rem_segment *planned, const struct rem_segment *s)
{
	planned->seq = s->seq;
	planned->len = s->len;
	planned->wnd = s->wnd;
	planned->flags = s->flags;
	planned->why = s->why;
}

/* The segment that nearly every one is, rem_tcb_plan_next; 0: this one is another. */
static inline int write_next(struct rem_tcp *t, struct rem_tcp_conn *c, struct rem_frame *f,
			     uint32_t off)
{
	struct rem_segment s; /* nobody else looks at it: it stays in registers */
	uint8_t *p = f->p + off;

	if (!(c->tcb.flags & REM_TCB_TS) || !rem_tcb_plan_next(&c->tcb, f->now, &s) ||
	    REM_SEGMENT_USUAL + s.len > f->room - off)
		return 0;
	keep(&t->planned, &s);
	rem_segment_write_usual(&s, p);
	rem_ring_get(&c->tx, s.seq - c->tcb.snd.una, p + REM_SEGMENT_USUAL, s.len);
	return hand_out(t, c, f, off, REM_SEGMENT_USUAL + s.len);
}

/* The SYN that nearly every one is; 0: this one is another. */
static inline int write_syn(struct rem_tcp *t, struct rem_tcp_conn *c, struct rem_frame *f,
			    uint32_t off)
{
	struct rem_segment s; /* nobody else looks at it: it stays in registers */

	if (!plan_usual_syn(c, f, off, &s))
		return 0;
	keep(&t->planned, &s);
	rem_segment_write_syn(&s, f->p + off);
	return hand_out(t, c, f, off, REM_SEGMENT_SYN);
}

/* Writes the next segment of a connection; 0: it has none. */
REM_BESIDE int write_any(struct rem_tcp *t, struct rem_tcp_conn *c, struct rem_frame *f,
			 uint32_t off)
{
	struct rem_segment *s = &t->planned;
	const int syn = write_syn(t, c, f, off);

	if (syn > 0)
		return syn;
	if (!rem_tcb_plan_any(&c->tcb, f->now, s))
		return 0;
	const uint32_t header = rem_segment_header(s), n = header + s->len;
	uint8_t *p = f->p + off;

	if (n > f->room - off)
		return 0;
	rem_segment_write(s, p);
	if (s->len > 0)
		rem_ring_get(&c->tx, s->seq - rem_tcb_base(&c->tcb), p + header, s->len);
	return hand_out(t, c, f, off, n);
}

static int write_segment(struct rem_tcp *t, struct rem_tcp_conn *c, struct rem_frame *f,
			 uint32_t off)
{
	const uint32_t room = f->room - off;

	if (room < c->tcb.snd.mss + (uint32_t)REM_TCP_HEADER)
		rem_tcb_narrow(&c->tcb, (uint16_t)room);
	const int n = REM_SMALL ? 0 : write_next(t, c, f, off);

	return n > 0 ? n : write_any(t, c, f, off);
}

/* Time has run out for a connection. */
static void expired(struct rem_tcp_conn *c, bool silently, rem_time now)
{
	rem_tcp_ended(c, silently ? REM_TCP_END_NONE : REM_TCP_END_TIMEOUT);
	tell(c, now);
}

/* Is there a way for the connection? Then its segments are no larger than that. */
REM_SELDOM bool find_way(struct rem_tcp *t, struct rem_tcp_conn *c, rem_time now)
{
	if (!rem_ip_open(t->ip, &c->node, now))
		return false;
	rem_tcb_narrow(&c->tcb, (uint16_t)(c->path.mtu - rem_tcp_ip_header(&c->path.to)));
	return true;
}

/* A connection's turn: the bytes of its segment, 0: it has none, or no way. */
static int turn_of(struct rem_tcp *t, struct rem_tcp_conn *c, struct rem_frame *f, uint32_t off)
{
	const unsigned state = c->tcb.state;
	int n;

	if (rem_tcb_expire(&c->tcb, f->now)) {
		expired(c, state == REM_TCP_TIME_WAIT || c->tcb.flags & REM_TCB_GONE, f->now);
		return 0;
	}
	if ((REM_SMALL || !rem_path_is_current(t->ip, &c->path)) && !find_way(t, c, f->now)) {
		c->node.due = c->tcb.at.life; /* or the way opens: rem_ip_changed() */
		if (c->tcb.state == REM_TCP_CLOSED && c->tcp != NULL)
			rem_tcp_unhang(c); /* they cannot be told */
		if (c->tcp == NULL)
			tell(c, f->now);
		return 0;
	}
	if ((n = write_segment(t, c, f, off)) == 0)
		c->node.due = rem_tcb_due(&c->tcb);
	return n;
}

static int tcp_encap(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	struct rem_tcp *t = (struct rem_tcp *)node;
	struct rem_tcp_conn *c;

	if (rem_has_come(t->timer, f->now) || t->epoch != t->ip->epoch)
		look_around(t, f->now);
	while ((c = dequeue(t)) != NULL) {
		const int n = turn_of(t, c, f, off);

		if (n > 0) {
			node->due = t->first != NULL ? f->now : t->timer;
			return n;
		}
		if (c->tcp != NULL)
			rem_sooner(&t->timer, c->node.due);
	}
	node->due = t->timer;
	return 0;
}

/* A router or the peer's host complains about a segment of ours: RFC 1122 4.2.3.9, RFC 5927 4. */
static bool conn_fault(struct rem_node *node, enum rem_fault why, const struct rem_frame *f,
		       uint32_t off)
{
	struct rem_tcp_conn *c = (struct rem_tcp_conn *)node;

	if (f != NULL) { /* it must quote something that is on its way */
		const uint32_t seq = rem_get(f->p + off, REM_TCP_SEQ);

		if (rem_seq_before(seq, c->tcb.snd.una) || !rem_seq_before(seq, c->tcb.snd.nxt))
			return false;
	}
	if (why == REM_FAULT_TOO_BIG) {
		rem_path_narrow(&c->path, f->mtu, f->now);
		rem_tcb_narrow(&c->tcb, (uint16_t)(c->path.mtu - rem_tcp_ip_header(&c->path.to)));
		rem_tcp_schedule(c);
		return true;
	}
	c->trouble = (uint8_t)(1 + why); /* MUST-47, MUST-54 */
	if (c->tcb.state != REM_TCP_SYN_SENT || why == REM_FAULT_EXPIRED)
		return true; /* it may pass: the user's patience decides */
	rem_tcb_forget(&c->tcb);
	rem_tcp_ended(c, REM_TCP_END_UNREACHABLE);
	if (f != NULL)
		tell(c, f->now);
	return true;
}

/* Segments that IP quotes: the first eight bytes at least, RFC 792. */
static bool tcp_fault(struct rem_node *node, enum rem_fault why, const struct rem_frame *f,
		      uint32_t off)
{
	const struct rem_tcp *t = (const struct rem_tcp *)node;

	if (f == NULL || f->end - off < REM_END(REM_TCP_SEQ))
		return false;
	struct rem_tcp_conn *c = rem_tcp_find(t, &f->dst, &f->src,
					      rem_be32(f->p + off)); /* both ports */

	return c != NULL && conn_fault(&c->node, why, f, off);
}

static const struct rem_node_ops tcp_ops = {tcp_demux, tcp_encap, tcp_fault};
static const struct rem_node_ops conn_ops = {NULL, NULL, conn_fault};

int rem_tcp_init(struct rem_tcp *t, struct rem_ip *ip, struct rem_tcp_conn **bucket,
		 uint32_t buckets)
{
	rem_node_begin(&t->node, sizeof(*t), &tcp_ops);
	t->node.proto = REM_IP_TCP;
	t->ip = ip;
	t->bucket = bucket;
	t->mask = buckets - 1;
	t->salt = (uint32_t)rem_keyed(ip->secret, REM_FOR_TABLE, t, 0);
	t->timer = REM_NEVER;
	t->stray = stray;
	for (uint32_t i = 0; i < buckets; i++)
		bucket[i] = NULL;
	return rem_sit(&ip->up, &t->node);
}
