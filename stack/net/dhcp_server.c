/* SPDX-License-Identifier: BSD-3-Clause */
/* The DHCP server: RFC 2131 4.3. Each message is decided by itself; all that is remembered are the
 * places of the table. */
#include "net/net.h"
#include "net/words.h"
#include <remora/net_dhcp_server.h>

enum { SERVER_PORT = 67, CLIENT_PORT = 68, MAC = 6, ETHERNET = 1, LEAST = 300 };
enum { MOST = REM_DHCP_OPTIONS + 128 + 2 + 255 };       /* with an identifier to give back */
enum { NONE = -1 };

#define OFFER_TIME   (60 * REM_SECOND)
#define DECLINE_TIME (3600 * REM_SECOND)

/* What a client says. */
struct message {
	uint8_t *p;
	struct rem_span id;
	bool has_id; /* in an option, which goes back: RFC 6842 3 */
	uint32_t wanted, server, client, relay; /* options 50 and 54, ciaddr, giaddr */
	uint8_t type;
};

static uint32_t address_of(struct rem_view message, unsigned tag)
{
	struct rem_view v;

	return rem_dhcp_find(message, tag, 4, &v) ? rem_be32(v.p) : 0;
}

/* Who asks: option 61, else the hardware's address. RFC 2131 4.2. */
static void read_id(struct message *m, struct rem_view v)
{
	struct rem_view id;

	m->has_id = rem_dhcp_find(v, REM_DHCP_CLIENT_ID, 2, &id);
	m->id = m->has_id ? (struct rem_span){id.p, id.cap}
			  : (struct rem_span){rem_at(v.p, REM_DHCP_CHADDR), MAC};
}

static bool read_message(struct message *m, uint8_t *p, struct rem_view v)
{
	struct rem_head h;
	struct rem_view type;

	if (rem_dhcp_check(v, &h) != REM_OK || rem_get(p, REM_DHCP_OP) != REM_DHCP_BOOTREQUEST ||
	    rem_get(p, REM_DHCP_HTYPE) != ETHERNET || rem_get(p, REM_DHCP_HLEN) != MAC ||
	    !rem_dhcp_find(v, REM_DHCP_TYPE, 1, &type))
		return false;
	*m = (struct message){
		.p = p,
		.wanted = address_of(v, REM_DHCP_REQUESTED),
		.server = address_of(v, REM_DHCP_SERVER),
		.client = rem_get(p, REM_DHCP_CIADDR),
		.relay = rem_get(p, REM_DHCP_GIADDR),
		.type = type.p[0],
	};
	read_id(m, v);
	return true;
}

/* ---- places ---- */

static bool is_of(const struct rem_dhcp_place *place, struct rem_span id)
{
	const uint32_t n = id.n < REM_DHCP_ID ? id.n : REM_DHCP_ID;

	return place->id_bytes == id.n && rem_same(place->id, id.p, n);
}

static bool is_free(const struct rem_dhcp_place *place, rem_time now)
{
	return place->state == REM_DHCP_FREE || place->until <= now;
}

static int place_of_address(const struct rem_dhcp_server *s, uint32_t address)
{
	return address >= s->first && address - s->first < s->places ? (int)(address - s->first)
								     : NONE;
}

/* Could it be leased to somebody? */
static bool is_usable(const struct rem_dhcp_server *s, int i)
{
	const uint32_t address = s->first + (uint32_t)i;

	return address != s->addr && address != s->router && (address & ~s->mask) != 0 &&
	       (address & ~s->mask) != ~s->mask;
}

static int place_of_id(const struct rem_dhcp_server *s, struct rem_span id)
{
	for (unsigned i = 0; i < s->places; i++) {
		if (is_of(&s->place[i], id))
			return (int)i;
	}
	return NONE;
}

/* RFC 2131 4.3.1: what the client has or had, what it wants, one that was nobody's, the one that has
 * been free for longest. */
static int choose(const struct rem_dhcp_server *s, const struct message *m, rem_time now)
{
	const int wanted = place_of_address(s, m->wanted);
	int best = place_of_id(s, m->id);

	if (best != NONE && is_usable(s, best))
		return best;
	if (wanted != NONE && is_free(&s->place[wanted], now) && is_usable(s, wanted))
		return wanted;
	best = NONE;
	for (int i = 0; i < s->places; i++) {
		const struct rem_dhcp_place *here = &s->place[i];

		if (!is_free(here, now) || !is_usable(s, i))
			continue;
		if (here->id_bytes == 0)
			return i;
		if (best == NONE || here->until < s->place[best].until)
			best = i;
	}
	return best;
}

static void set_place(struct rem_dhcp_server *s, int i, struct rem_span id,
		      enum rem_dhcp_place_state state, rem_time until)
{
	struct rem_dhcp_place *place = &s->place[i];

	rem_fill(place->id, 0, REM_DHCP_ID);
	if (id.n > 0)
		rem_copy(place->id, id.p, id.n < REM_DHCP_ID ? id.n : REM_DHCP_ID);
	place->id_bytes = (uint8_t)id.n;
	place->state = (uint8_t)state;
	place->until = until;
	if (s->changed != NULL && state != REM_DHCP_OFFERED)
		s->changed(s, (unsigned)i);
}

/* ---- answers ---- */

static uint8_t *put_option(uint8_t *o, unsigned tag, const void *value, uint32_t n)
{
	o[0] = (uint8_t)tag;
	o[1] = (uint8_t)n;
	rem_copy(o + 2, value, n);
	return o + 2 + n;
}

/* An address, or a number; 0: none. */
static uint8_t *put_number(uint8_t *o, unsigned tag, uint32_t value)
{
	if (value == 0)
		return o;
	o[0] = (uint8_t)tag;
	o[1] = 4;
	rem_put(o + 2, REM_BYTES(0, 4), value);
	return o + 6;
}

static uint8_t *put_times(uint8_t *o, uint32_t seconds)
{
	o = put_number(o, REM_DHCP_LEASE, seconds);
	if (seconds == 0xffffffff)
		return o;
	o = put_number(o, REM_DHCP_RENEWAL, seconds / 2);
	return put_number(o, REM_DHCP_REBINDING, seconds - seconds / 8);
}

static uint8_t *put_network(const struct rem_dhcp_server *s, uint8_t *o)
{
	const struct rem_span domain = rem_word(s->domain == NULL ? "" : s->domain);

	o = put_number(o, REM_DHCP_MASK, s->mask);
	o = put_number(o, REM_DHCP_ROUTER, s->router);
	o = put_number(o, REM_DHCP_DNS, s->dns[0]);
	if (s->dns[0] != 0 &&
	    s->dns[1] != 0) { /* one more in the same option, now of eight bytes */
		o[-5] = 8;
		rem_put(o, REM_BYTES(0, 4), s->dns[1]);
		o += 4;
	}
	o = put_number(o, REM_DHCP_NTP, s->ntp);
	if (domain.n > 0 && domain.n < 64)
		o = put_option(o, REM_DHCP_DOMAIN, domain.p, domain.n);
	return o;
}

/* Where an answer goes: RFC 2131 4.1. A client without an address is reached by its link address. */
static void address_answer(struct rem_dhcp_server *s, struct rem_frame *f, const struct message *m,
			   bool refusal)
{
	const bool all = refusal || rem_get(m->p, REM_DHCP_BROADCAST) != 0;
	const uint32_t yours = rem_get(m->p, REM_DHCP_YIADDR);

	if (m->relay != 0 || (m->client != 0 && !refusal)) {
		f->src = rem_addr4(m->relay != 0 ? m->relay : m->client);
		f->sport = m->relay != 0 ? SERVER_PORT : CLIENT_PORT;
		return;
	}
	f->src = rem_addr4(all || yours == 0 ? UINT32_MAX : yours);
	f->sport = CLIENT_PORT;
	rem_copy(s->link, all || yours == 0 ? rem_link_all : rem_at(m->p, REM_DHCP_CHADDR), MAC);
	f->link = s->link;
}

/* Writes the answer over the question. seconds 0: no lease, only what there is to know. */
static int answer(struct rem_dhcp_server *s, struct rem_frame *f, const struct message *m,
		  uint8_t type, uint32_t yours, uint32_t seconds)
{
	uint8_t id[255], *p = m->p, *o = p + REM_DHCP_OPTIONS;
	const bool refusal = type == REM_DHCP_NAK;

	if (m->has_id) /* it stands where the answer is written */
		rem_copy(id, m->id.p, m->id.n);
	rem_put(p, REM_DHCP_OP, REM_DHCP_BOOTREPLY);
	rem_put(p, REM_DHCP_HOPS, 0);
	rem_put(p, REM_DHCP_SECS, 0);
	rem_put(p, REM_DHCP_CIADDR, refusal ? 0 : m->client);
	rem_put(p, REM_DHCP_YIADDR, yours);
	rem_put(p, REM_DHCP_SIADDR, 0);
	if (refusal && m->relay != 0) /* RFC 2131 4.3.2 */
		rem_put(p, REM_DHCP_BROADCAST, 1);
	rem_fill(rem_at(p, REM_DHCP_SNAME), 0,
		 (REM_WIDTH(REM_DHCP_SNAME) + REM_WIDTH(REM_DHCP_FILE)) / 8);
	rem_fill(o, 0, LEAST - REM_DHCP_OPTIONS);
	o = put_option(o, REM_DHCP_TYPE, &type, 1);
	o = put_number(o, REM_DHCP_SERVER, s->addr);
	if (seconds != 0)
		o = put_times(o, seconds);
	if (!refusal)
		o = put_network(s, o);
	if (m->has_id)
		o = put_option(o, REM_DHCP_CLIENT_ID, id, m->id.n);
	*o++ = REM_DHCP_END;
	address_answer(s, f, m, refusal);
	return rem_end(f, refusal ? REM_WHY_DHCP_NAK : REM_WHY_DHCP_ANSWERED,
		       o - p < LEAST ? LEAST : (int)(o - p));
}

static rem_time lease_end(const struct rem_dhcp_server *s, rem_time now)
{
	return s->seconds == 0xffffffff ? REM_NEVER : now + rem_seconds(s->seconds);
}

/* ---- messages ---- */

static int discover(struct rem_dhcp_server *s, struct rem_frame *f, const struct message *m)
{
	const int i = choose(s, m, f->now);

	if (i == NONE)
		return rem_end(f, REM_WHY_DHCP_FULL, REM_LIMIT);
	if (s->place[i].state != REM_DHCP_LEASED || is_free(&s->place[i], f->now) ||
	    !is_of(&s->place[i], m->id))
		set_place(s, i, m->id, REM_DHCP_OFFERED, f->now + OFFER_TIME);
	return answer(s, f, m, REM_DHCP_OFFER, s->first + (uint32_t)i, s->seconds);
}

/*
 * RFC 2131 4.3.2: the client takes our offer, checks what it had before it started, or goes on with
 * what it has. An address that is free and of our range is its, even when we know nothing of it: we
 * may have forgotten.
 */
static int request(struct rem_dhcp_server *s, struct rem_frame *f, const struct message *m)
{
	const uint32_t address = m->client != 0 ? m->client : m->wanted;
	const int i = place_of_address(s, address), had = place_of_id(s, m->id);

	if (m->server != 0 && m->server != s->addr) { /* it takes another server's */
		if (had != NONE && s->place[had].state == REM_DHCP_OFFERED)
			s->place[had].state = REM_DHCP_FREE;
		return rem_end(f, REM_WHY_DHCP_NOT_OURS, REM_DROP);
	}
	if (i == NONE || !is_usable(s, i) ||
	    (!is_of(&s->place[i], m->id) && !is_free(&s->place[i], f->now)))
		return answer(s, f, m, REM_DHCP_NAK, 0, 0);
	if (had != NONE && had != i)
		set_place(s, had, (struct rem_span){NULL, 0}, REM_DHCP_FREE, f->now);
	set_place(s, i, m->id, REM_DHCP_LEASED, lease_end(s, f->now));
	return answer(s, f, m, REM_DHCP_ACK, address, s->seconds);
}

static int part(struct rem_dhcp_server *s, struct rem_frame *f, const struct message *m)
{
	const bool declines = m->type == REM_DHCP_DECLINE;
	const int i = place_of_address(s, declines ? m->wanted : m->client);

	if (i == NONE || m->server != s->addr || !is_of(&s->place[i], m->id))
		return rem_end(f, REM_WHY_DHCP_NOT_OURS, REM_DROP);
	set_place(s, i, declines ? (struct rem_span){NULL, 0} : m->id,
		  declines ? REM_DHCP_DECLINED : REM_DHCP_FREE,
		  declines ? f->now + DECLINE_TIME : f->now);
	return rem_end(f, REM_WHY_DHCP_NOTED, REM_OK);
}

/* Is it of the subnet that the range is for? */
static bool is_local(const struct rem_dhcp_server *s, const struct message *m)
{
	const uint32_t from = m->relay != 0 ? m->relay : s->addr;

	return ((from ^ s->first) & s->mask) == 0;
}

static int demux(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	struct rem_dhcp_server *s = (struct rem_dhcp_server *)n;
	struct message m;

	if (!read_message(&m, f->p + off, rem_frame_view(f, off)))
		return rem_end(f, REM_WHY_DHCP_SHORT, REM_DROP);
	if (!is_local(s, &m))
		return rem_end(f, REM_WHY_DHCP_NOT_OURS, REM_DROP);
	if (f->room - off < MOST)
		return rem_end(f, REM_WHY_DHCP_FULL, REM_LIMIT);
	switch (m.type) {
	case REM_DHCP_DISCOVER: return discover(s, f, &m);
	case REM_DHCP_REQUEST: return request(s, f, &m);
	case REM_DHCP_DECLINE:
	case REM_DHCP_RELEASE: return part(s, f, &m);
	case REM_DHCP_INFORM:
		if (m.client != 0)
			return answer(s, f, &m, REM_DHCP_ACK, 0, 0);
		break;
	default: break;
	}
	return rem_end(f, REM_WHY_DHCP_KIND, REM_FIELD);
}

static int encap(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	(void)f, (void)off;
	n->due = REM_NEVER;
	return 0;
}

void rem_dhcp_server_init(struct rem_dhcp_server *s, struct rem_dhcp_place *place, uint16_t places)
{
	static const struct rem_node_ops ops = {demux, encap, NULL};

	*s = (struct rem_dhcp_server){
		.node = {.ops = &ops, .due = REM_NEVER, .port = SERVER_PORT},
		.place = place,
		.places = places,
	};
}
