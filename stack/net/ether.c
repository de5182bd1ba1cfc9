/* SPDX-License-Identifier: BSD-3-Clause */
/* The lowest node of a stack on Ethernet: IEEE 802.3 clause 3, RFC 894. */
#include "net/net.h"
#include <remora/ethernet.h>
#include <remora/net_ethernet.h>

static uint32_t header_length(const struct rem_ether_tag *tag)
{
	return REM_ETH_HEADER + (__builtin_expect(tag == NULL, 1) ? 0U : tag->bytes);
}

/* Does somebody here want what is sent to this group? */
REM_SELDOM bool is_wanted(const struct rem_ether *e, const uint8_t *address)
{
	for (const struct rem_ether_groups *g = e->groups; g != NULL; g = g->next) {
		if (g->wants(g, address))
			return true;
	}
	return false;
}

/* Is the frame for us, and from somebody? */
static inline enum rem_why address_check(const struct rem_ether *e, struct rem_frame *f,
					 const uint8_t *p)
{
	const uint8_t *dst = rem_at(p, REM_ETH_DST), *src = rem_at(p, REM_ETH_SRC);

	if (!rem_same(dst, e->address, 6)) {
		if ((dst[0] & 1) == 0)
			return REM_WHY_LINK_NOT_OURS;
		f->flags |= REM_LINK_GROUP;
		if (!rem_same(dst, rem_link_all, 6) && !is_wanted(e, dst))
			return REM_WHY_LINK_GROUP;
	}
	if ((src[0] & 1) != 0)
		return REM_WHY_LINK_SOURCE;
	return rem_same(src, e->address, 6) ? REM_WHY_LINK_OWN : REM_WHY_NONE;
}

/*
 * Short frames get zeros behind, RFC 894 and RFC 1042: a driver need not know how many. As many as can be missing are written
 * at once, where there is room for them.
 */
REM_BESIDE int pad(struct rem_frame *f, uint32_t off, uint32_t n)
{
	const uint32_t room = f->room - off;
	uint8_t *p = f->p + off + n;

	if (!REM_SMALL && room >= n + (REM_ETH_LEAST - REM_ETH_HEADER))
		rem_fill(p, 0, REM_ETH_LEAST - REM_ETH_HEADER);
	else if (room >= REM_ETH_LEAST)
		rem_fill(p, 0, REM_ETH_LEAST - n);
	else
		return (int)n;
	return REM_ETH_LEAST;
}

static inline int finish(struct rem_frame *f, uint32_t off, uint32_t n)
{
	return n < REM_ETH_LEAST ? pad(f, off, n) : (int)n;
}

/* An answer goes back to where the frame came from, with its tag, unless its node knows better. */
REM_BESIDE int answer(const struct rem_ether *e, struct rem_frame *f, uint32_t off, uint32_t n)
{
	uint8_t *p = f->p + off;

	rem_copy(rem_at(p, REM_ETH_DST), f->link != NULL ? f->link : rem_at(p, REM_ETH_SRC), 6);
	rem_copy(rem_at(p, REM_ETH_SRC), e->address, 6);
	return finish(f, off, n);
}

/* A length stands where the protocol ought to: IEEE 802.3 3.2.6. */
REM_SELDOM int drop_length(struct rem_frame *f, uint32_t off)
{
	struct rem_head h;
	const int err = rem_ethernet_check(rem_frame_view(f, off), &h);

	return rem_end(f, err == REM_OK ? REM_WHY_LINK_LLC : REM_WHY_LINK_LENGTH, REM_DROP);
}

/* The child gets what is behind a header of so many bytes. */
static inline int hand_up(const struct rem_ether *e, struct rem_node *child, struct rem_frame *f,
			  uint32_t off, uint32_t header)
{
	const int n = child->ops->demux(child, f, off + header);

	if (n > 0)
		return answer(e, f, off, header + (uint32_t)n);
	return n == REM_MISS ? rem_end(f, REM_WHY_LINK_TYPE, REM_DROP) : n;
}

/* Does somebody go on as he has begun? Then nothing is to be asked about his header, and this child gets the rest. */
static inline struct rem_node *known(const struct rem_ether *e, const uint8_t *p)
{
#if REM_SHORT_CUTS
	if (rem_same(p, e->known, 8) && rem_same(p + 6, e->known + 6, 8) && e->tag == NULL &&
	    rem_still_sits(&e->up, &e->knows))
		return e->knows.node;
#else
	(void)e, (void)p;
#endif
	return NULL;
}

static inline void know(struct rem_ether *e, const struct rem_frame *f, const uint8_t *p,
			struct rem_node *child)
{
#if REM_SHORT_CUTS
	if (e->tag != NULL || (f->flags & REM_LINK_GROUP) != 0)
		return;
	rem_copy(e->known, p, REM_ETH_HEADER);
	e->knows = (struct rem_seat){child, child->gen};
#else
	(void)e, (void)f, (void)p, (void)child;
#endif
}

/* What the tag says that the header's type announces; < 0: not our VLAN, and the verdict is written. */
REM_SELDOM int type_in_tag(const struct rem_ether *e, struct rem_frame *f, uint32_t off, int type)
{
	const struct rem_ether_tag *tag = e->tag;

	return tag->read(tag, f, off + REM_ETH_HEADER, type);
}

/* Who is it for, and from? All there is to be asked. */
REM_BESIDE int look(struct rem_ether *e, struct rem_frame *f, uint32_t off)
{
	const uint8_t *p = f->p + off;
	struct rem_node *child;

	const enum rem_why why = address_check(e, f, p);
	if (why != REM_WHY_NONE)
		return rem_end(f, why, REM_DROP);
	int type = (int)rem_get(p, REM_ETH_TYPE);
	if (type < REM_ETH_MIN_TYPE)
		return drop_length(f, off);
	if (e->tag != NULL && (type = type_in_tag(e, f, off, type)) < 0)
		return REM_DROP;
	if ((child = rem_seats_find(&e->up, (uint32_t)type)) == NULL)
		return rem_end(f, REM_WHY_LINK_TYPE, REM_DROP);
	know(e, f, p, child);
	return hand_up(e, child, f, off, header_length(e->tag));
}

static int ether_demux(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	struct rem_ether *e = (struct rem_ether *)node;

	if (f->end - off < REM_ETH_HEADER)
		return rem_end(f, REM_WHY_LINK_SHORT, REM_DROP);
	struct rem_node *child = known(e, f->p + off);
	return child != NULL ? hand_up(e, child, f, off, REM_ETH_HEADER) : look(e, f, off);
}

/* The header in front of the n bytes that a child has written at p[head]. */
REM_INLINE int enclose(const struct rem_ether *e, const struct rem_ether_tag *tag,
		       struct rem_frame *f, uint32_t n)
{
	const uint32_t header = header_length(tag);
	uint8_t *p = f->p + (f->head -= header);

	rem_copy(rem_at(p, REM_ETH_DST), f->link, 6);
	rem_copy(rem_at(p, REM_ETH_SRC), e->address, 6);
	if (tag != NULL)
		tag->write(tag, rem_at(p, REM_ETH_TYPE), f->type);
	else
		rem_put(p, REM_ETH_TYPE, f->type);
	return finish(f, f->head, header + n);
}

/* It is this child's turn. */
REM_INLINE int speak(struct rem_ether *e, const struct rem_ether_tag *tag, struct rem_node *child,
		     struct rem_frame *f, uint32_t off)
{
	f->type = child->proto;
	f->link = rem_link_all;
	f->head = off + header_length(tag);
	const int n = child->ops->encap(child, f, f->head);
	rem_seats_ran(&e->node, child);
	return n > 0 ? enclose(e, tag, f, (uint32_t)n) : n;
}

REM_BESIDE int go_round(struct rem_ether *e, struct rem_frame *f, uint32_t off)
{
	struct rem_node *child = rem_seats_turn(&e->up, f->now, NULL, NULL);

	return child == NULL ? 0 : speak(e, e->tag, child, f, off);
}

static int ether_encap(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	struct rem_ether *e = (struct rem_ether *)node;
	struct rem_node *child = e->tag != NULL ? NULL : rem_seats_only(&e->up, f->now);

	return child == NULL ? go_round(e, f, off) : speak(e, NULL, child, f, off);
}

static const struct rem_node_ops ether_ops = {ether_demux, ether_encap, NULL};

void rem_ether_init(struct rem_ether *e, const uint8_t address[6], struct rem_seat *seat,
		    uint16_t n)
{
	rem_node_begin(&e->node, sizeof(*e), &ether_ops);
	rem_copy(e->address, address, 6);
	rem_seats_init(&e->up, &e->node, seat, n);
#if REM_SHORT_CUTS
	e->knows.node = &e->node; /* nobody */
#endif
}
