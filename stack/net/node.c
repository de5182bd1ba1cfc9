/* SPDX-License-Identifier: BSD-3-Clause */
/* The tree of nodes: who sits where, whose turn it is, and the two ways in. */
#include "net/net.h"
#include <remora/node.h>

/* RFC 1191 6.3: not before five minutes, better ten. */
#define NARROW_TIME ((uint32_t)(600 * REM_SECOND >> 20))

const uint8_t rem_link_all[6] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

void rem_node_begin(struct rem_node *n, size_t size, const struct rem_node_ops *ops)
{
	rem_fill(n, 0, size);
	n->ops = ops;
	n->due = REM_NEVER;
}

void rem_path_narrow(struct rem_path *path, uint16_t mtu, rem_time now)
{
	path->narrow = mtu < REM_LEAST_MTU ? REM_LEAST_MTU : mtu;
	path->narrow_until = (uint32_t)(now >> 20) + NARROW_TIME;
	if (path->narrow < path->mtu)
		path->mtu = path->narrow;
}

void rem_seats_init(struct rem_seats *s, struct rem_node *owner, struct rem_seat *seat, uint16_t n)
{
	*s = (struct rem_seats){.seat = seat, .owner = owner, .count = n};
#if REM_SHORT_CUTS
	s->found.node = s->last.node = owner; /* who never sits at his own table: nobody */
#endif
	rem_clear(seat, n * sizeof(*seat));
}

void rem_wake(struct rem_node *n, rem_time when)
{
	while (n->due > when) {
		n->due = when;
		if (n->table == NULL)
			return;
		rem_seats_woken(n->table, n, when);
		n = n->table->owner;
	}
}

int rem_sit(struct rem_seats *s, struct rem_node *n)
{
	struct rem_seat *seat = NULL;

	for (unsigned i = 0; i < s->count && (seat == NULL || seat->node != n); i++) {
		if (s->seat[i].node == n || (seat == NULL && !rem_is_taken(s, &s->seat[i])))
			seat = &s->seat[i];
	}
	if (seat == NULL)
		return REM_LIMIT;
	*seat = (struct rem_seat){n, n->gen};
	n->table = s;
	rem_seats_woken(s, n, n->due);
	rem_wake(s->owner, n->due);
	return REM_OK;
}

REM_INLINE struct rem_node *next(const struct rem_seats *s, unsigned *at)
{
	while (*at < s->count) {
		const struct rem_seat *seat = &s->seat[(*at)++];

		if (rem_is_taken(s, seat))
			return seat->node;
	}
	return NULL;
}

struct rem_node *rem_seats_next(const struct rem_seats *s, unsigned *at)
{
	return next(s, at);
}

REM_SELDOM struct rem_node *find(struct rem_seats *s, uint32_t proto)
{
	struct rem_node *n;

	for (unsigned i = 0; i < s->count; i++) {
		if ((n = s->seat[i].node) == NULL || n->proto != proto ||
		    !rem_is_taken(s, &s->seat[i]))
			continue;
#if REM_SHORT_CUTS
		s->found = s->seat[i];
#endif
		return n;
	}
	return NULL;
}

inline struct rem_node *rem_seats_find(struct rem_seats *s, uint32_t proto)
{
#if REM_SHORT_CUTS
	if (rem_still_sits(s, &s->found) && s->found.node->proto == proto)
		return s->found.node;
#endif
	return find(s, proto);
}

static inline void remember(struct rem_seats *s, rem_time rest)
{
#if REM_SHORT_CUTS
	if (s->turn > 0)
		s->last = s->seat[s->turn - 1];
	s->rest = rest;
#else
	(void)s, (void)rest;
#endif
}

/* The long way: everybody is looked at, going round from whose turn it is. */
REM_BESIDE struct rem_node *go_round(struct rem_seats *s, rem_time now,
				     bool (*open)(void *by, struct rem_node *n, rem_time now),
				     void *by)
{
	if (s->count == 0) { /* its table may be NULL, to which not even 0 may be added */
		s->owner->due = REM_NEVER;
		return NULL;
	}
	const struct rem_seat *const turn = s->seat + s->turn, *at = turn,
				     *end = s->seat + s->count;
	struct rem_node *chosen = NULL, *n;
	rem_time least = REM_NEVER;

	for (unsigned half = 0; half < 2; half++, at = s->seat, end = turn) {
		for (; at != end && (n = at->node) != NULL; at++) {
			if (n->due >= least || !rem_is_taken(s, at))
				continue;
			if (n->due > now || chosen != NULL) {
				least = n->due;
			} else if (open == NULL || open(by, n, now)) {
				chosen = n;
				s->turn = (uint16_t)(at + 1 - s->seat);
			}
		}
	}
	remember(s, open == NULL ? least : INT64_MIN); /* who is closed is not among them */
	s->owner->due = least;
	return chosen;
}

struct rem_node *rem_seats_turn(struct rem_seats *s, rem_time now,
				bool (*open)(void *by, struct rem_node *n, rem_time now), void *by)
{
	struct rem_node *only = open == NULL ? rem_seats_only(s, now) : NULL;

	return only != NULL ? only : go_round(s, now, open, by);
}

/* One look and one number for each frame. */
static void tell(const struct rem_frame *f, bool out, struct rem_watch *w)
{
	if (w == NULL)
		return;
	if (w->count != NULL)
		w->count[f->verdict.why]++;
	if (w->saw != NULL)
		w->saw(w, f, out);
}

REM_INLINE void begin(struct rem_frame *f, uint8_t flags, rem_time now)
{
	f->unusual[0] = f->unusual[1] = 0;
	f->type = f->mtu = 0;
	f->net = 0;
	f->verdict.why = REM_WHY_NONE;
	f->flags = flags;
	f->now = now;
	f->link = NULL;
	f->sent = NULL;
}

int rem_in(struct rem_node *lowest, struct rem_frame *f, rem_time now, struct rem_watch *w)
{
	begin(f, f->flags & REM_SUMS_VERIFIED, now);
	const int n = lowest->ops->demux(lowest, f, f->head);
	if (n > 0)
		f->end = f->head + (uint32_t)n;
	tell(f, false, w);
	f->flags &= (uint8_t)~REM_SUMS_VERIFIED;
	if (n > 0)
		f->verdict.why = REM_WHY_LINK_ANSWER;
	return n;
}

int rem_out(struct rem_node *lowest, struct rem_frame *f, rem_time now)
{
	const uint32_t head = f->head;

	while (lowest->due <= now) {
		begin(f, 0, now);
		const int n = lowest->ops->encap(lowest, f, head);
		if (n > 0)
			f->end = f->head + (uint32_t)n;
		else
			f->head = head;
		if (n != 0)
			return n;
	}
	return 0;
}

void rem_sent(struct rem_frame *f, bool taken, struct rem_watch *w)
{
	if (f->sent != NULL)
		f->sent(f->sender, f, taken);
	if (!taken)
		f->verdict.why = REM_WHY_LINK_BUSY;
	tell(f, true, w);
}
