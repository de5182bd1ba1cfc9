/* SPDX-License-Identifier: BSD-3-Clause */
/* The lowest node of a stack on Ethernet: IEEE 802.3 clause 3, RFC 894. */
#include "net/net.h"
#include <remora/ethernet.h>
#include <remora/net_ethernet.h>

/* Does somebody here want what is sent to this group? */
static bool is_wanted(const struct rem_ether *e, const uint8_t *address)
{
	if (rem_same(address, rem_link_all, 6))
		return true;
	for (const struct rem_ether_groups *g = e->groups; g != NULL; g = g->next) {
		if (g->wants(g, address))
			return true;
	}
	return false;
}

/* Is the frame for us, and from somebody? */
static enum rem_why address_check(const struct rem_ether *e, struct rem_frame *f, const uint8_t *p)
{
	const uint8_t *dst = rem_at(p, REM_ETH_DST), *src = rem_at(p, REM_ETH_SRC);

	if (!rem_same(dst, e->address, 6)) {
		if ((dst[0] & 1) == 0)
			return REM_WHY_LINK_NOT_OURS;
		f->flags |= REM_LINK_GROUP;
		if (!is_wanted(e, dst))
			return REM_WHY_LINK_GROUP;
	}
	if ((src[0] & 1) != 0)
		return REM_WHY_LINK_SOURCE;
	return rem_same(src, e->address, 6) ? REM_WHY_LINK_OWN : REM_WHY_NONE;
}

/* Short frames get zeros behind, RFC 894 and RFC 1042: a driver need not know how many. */
static uint32_t pad(struct rem_frame *f, uint32_t off, uint32_t n)
{
	if (n < REM_ETH_LEAST && f->room - off >= REM_ETH_LEAST) {
		rem_fill(f->p + off + n, 0, REM_ETH_LEAST - n);
		n = REM_ETH_LEAST;
	}
	return n;
}

static uint32_t header_length(const struct rem_ether *e)
{
	return REM_ETH_HEADER + (e->tag == NULL ? 0U : e->tag->bytes);
}

/* An answer goes back to where the frame came from, with its tag, unless its node knows better. */
static void answer(const struct rem_ether *e, const struct rem_frame *f, uint8_t *p)
{
	rem_copy(rem_at(p, REM_ETH_DST), f->link != NULL ? f->link : rem_at(p, REM_ETH_SRC), 6);
	rem_copy(rem_at(p, REM_ETH_SRC), e->address, 6);
}

static int ether_demux(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	const struct rem_ether *e = (const struct rem_ether *)node;
	const uint32_t header = header_length(e);
	struct rem_head h;

	if (f->end - off < REM_ETH_HEADER)
		return rem_end(f, REM_WHY_LINK_SHORT, REM_DROP);
	const enum rem_why why = address_check(e, f, f->p + off);
	if (why != REM_WHY_NONE)
		return rem_end(f, why, REM_DROP);
	uint32_t type = rem_get(f->p + off, REM_ETH_TYPE);
	if (type < REM_ETH_MIN_TYPE)
		return rem_end(f,
			       rem_ethernet_check(rem_frame_view(f, off), &h) == REM_OK
				       ? REM_WHY_LINK_LLC
				       : REM_WHY_LINK_LENGTH,
			       REM_DROP);
	if (e->tag != NULL && e->tag->read(e->tag, f, off + REM_ETH_HEADER, &type) != REM_OK)
		return REM_DROP;

	struct rem_node *child = rem_seats_find(&e->up, type);
	const int n = child == NULL ? REM_MISS : child->ops->demux(child, f, off + header);
	if (n == REM_MISS)
		return rem_end(f, REM_WHY_LINK_TYPE, REM_DROP);
	if (n <= 0)
		return n;
	answer(e, f, f->p + off);
	return (int)pad(f, off, header + (uint32_t)n);
}

static void write_header(const struct rem_ether *e, const struct rem_frame *f, uint8_t *p)
{
	rem_copy(rem_at(p, REM_ETH_DST), f->link != NULL ? f->link : rem_link_all, 6);
	rem_copy(rem_at(p, REM_ETH_SRC), e->address, 6);
	if (e->tag != NULL)
		e->tag->write(e->tag, rem_at(p, REM_ETH_TYPE), f->type);
	else
		rem_put(p, REM_ETH_TYPE, f->type);
}

static int ether_encap(struct rem_node *node, struct rem_frame *f, uint32_t off)
{
	struct rem_ether *e = (struct rem_ether *)node;
	const uint32_t header = header_length(e);
	struct rem_node *child;

	while ((child = rem_seats_turn(&e->up, f->now, &node->due, NULL, NULL)) != NULL) {
		f->type = child->proto;
		f->link = NULL;
		f->head = off + header;
		const int n = child->ops->encap(child, f, f->head);
		rem_seats_ran(node, child);
		if (n > 0) {
			f->head -= header;
			write_header(e, f, f->p + f->head);
			return (int)pad(f, f->head, header + (uint32_t)n);
		}
		f->head = off;
		if (n < 0)
			return n;
	}
	return 0;
}

static const struct rem_node_ops ether_ops = {ether_demux, ether_encap, NULL};

void rem_ether_init(struct rem_ether *e, const uint8_t address[6], struct rem_seat *seat,
		    uint16_t n)
{
	rem_node_begin(&e->node, sizeof(*e), &ether_ops);
	rem_copy(e->address, address, 6);
	rem_seats_init(&e->up, &e->node, seat, n);
}
