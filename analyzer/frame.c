/* SPDX-License-Identifier: BSD-3-Clause */
/* From a packet of a file to a breakdown, and the record of what the file says of it. */
#include "frame.h"

#include "encap.h"
#include "file/options.h"

#include <glib.h>
#include <remora/ethernet.h>
#include <remora/igmp.h>
#include <remora/sll.h>
#include <string.h>

struct frame *frame_new(void)
{
	struct frame *f = g_new0(struct frame, 1);

	f->b = (struct rem_breakdown){
		.index = &f->index, .part = f->parts, .room = FRAME_PARTS, .quic = &f->quic};
	frame_decode_as(f, NULL, 0);
	return f;
}

bool frame_decode_as(struct frame *f, const struct decode_as *rules, unsigned n)
{
	bool good = true;

	f->linktype = UINT32_MAX;
	if (rem_index_init(&f->index, f->slots, FRAME_SLOTS) != REM_OK)
		g_error("protos.def has more bindings than FRAME_SLOTS has room for");
	for (unsigned i = 0; i < n && good; i++) {
		const struct decode_as *rule = &rules[i];

		for (uint32_t v = rule->first; v <= rule->last && good; v++)
			good = rem_index_bind(&f->index, rule->space, v, rule->proto) == REM_OK;
	}
	return good;
}

void frame_free(struct frame *f)
{
	g_free(f->record);
	g_free(f);
}

/* By the file's own seconds: nanoseconds in 64 bits do not reach it. */
REM_APART struct instant far_time(const struct interfaces *interfaces, const struct packet *p)
{
	struct moment m = {0};

	packet_seconds(interfaces, p, &m.s, &m.ns);
	return (struct instant){m.s, m.ns};
}

struct moment frame_moment(struct instant when)
{
	const int64_t rest = when.ns % FRAME_SECOND, borrow = rest < 0;

	return (struct moment){when.s + when.ns / FRAME_SECOND - borrow,
			       (int32_t)(rest + borrow * FRAME_SECOND)};
}

struct moment frame_time_since(const struct frame *f, struct instant from)
{
	int64_t ns;

	if (f->time.s == 0 && from.s == 0 && !__builtin_sub_overflow(f->time.ns, from.ns, &ns))
		return (struct moment){ns / FRAME_SECOND, (int32_t)(ns % FRAME_SECOND)};
	const struct moment now = frame_moment(f->time), then = frame_moment(from);
	struct moment d = {(int64_t)((uint64_t)now.s - (uint64_t)then.s), now.ns - then.ns};

	if (d.s > 0 && d.ns < 0) {
		d.s--;
		d.ns += FRAME_SECOND;
	} else if (d.s < 0 && d.ns > 0) {
		d.s++;
		d.ns -= FRAME_SECOND;
	}
	return d;
}

REM_INLINE void break_down(struct frame *f, const struct rem_want *want)
{
	const struct packet *p = f->packet;
	const struct rem_view v = {p->data, p->cap_len, p->len < p->cap_len ? p->cap_len : p->len};

	f->described = false;
	f->quic.layer = NULL;
	f->b.want = want;
	f->b.time_ns = p->time_ns;
	rem_break_down(&f->b, f->first, v);
}

void frame_retake(struct frame *f, const struct rem_want *want)
{
	break_down(f, want);
}

void frame_restart(struct frame *f)
{
	f->any = f->any_shown = false;
	f->linktype = UINT32_MAX;
	f->time = (struct instant){0};
}

static bool is_far(int64_t ns)
{
	return ns == INT64_MAX || ns == INT64_MIN;
}

/* A packet without a time counts as of 1970, a record that is none as of the packet before, as in Wireshark. */
static struct instant time_of(const struct frame *f, const struct interfaces *interfaces,
			      const struct packet *p)
{
	if (!p->has_time)
		return p->linktype == LINKTYPE_RECORD ? f->time : (struct instant){0};
	return is_far(p->time_ns) ? far_time(interfaces, p) : (struct instant){0, p->time_ns};
}

struct instant frame_instant(const struct frame *f, const struct interfaces *interfaces,
			     const struct packet *packet)
{
	return time_of(f, interfaces, packet);
}

/* Until a packet has been shown, times count from this one. */
static void none_shown(struct frame *f)
{
	f->shown = f->time;
	if (!f->any)
		f->start = f->previous = f->time;
	f->any = true;
}

/* Most packets have a time, and what else is told of them is as of the packet before. */
REM_INLINE bool is_usual(const struct frame *f, const struct packet *p)
{
	return p->has_time && !is_far(p->time_ns) && p->linktype == f->linktype;
}

REM_APART void take_unusual(struct frame *f)
{
	const struct packet *p = f->packet;

	f->time = time_of(f, f->interfaces, p);
	f->first = rem_index_find(&f->index, REM_SPACE_LINKTYPE, p->linktype);
	if (f->any_shown)
		f->linktype = p->linktype;
	else
		none_shown(f);
}

void frame_take(struct frame *f, const struct interfaces *interfaces, const struct packet *packet,
		const struct rem_want *want)
{
	f->packet = packet;
	f->interfaces = interfaces;
	f->previous = f->time;
	if (is_usual(f, packet))
		f->time = (struct instant){0, packet->time_ns};
	else
		take_unusual(f);
	break_down(f, want);
}

static void put(uint8_t *record, uint32_t seconds, uint32_t nanoseconds, struct moment m)
{
	rem_put(record, seconds, (uint64_t)m.s);
	rem_put(record, nanoseconds, (uint32_t)m.ns);
}

/* Does Wireshark look up an EtherType between this layer and the next one? */
static bool asks_ethertype(const struct rem_breakdown *b, unsigned layer)
{
	const unsigned id = b->part[layer].proto;
	unsigned next = layer + 1;

	if (id != REM_P_ETHERNET && id != REM_P_VLAN && id != REM_P_SVLAN && id != REM_P_SLL &&
	    id != REM_P_SLL2)
		return false;
	if (id == REM_P_SLL || id == REM_P_SLL2) {
		const uint32_t type = id == REM_P_SLL ? REM_SLL_PROTOCOL : REM_SLL2_PROTOCOL;
		const struct rem_view v = rem_view_skip(b->source[0], b->part[layer].off);

		if (REM_OFF(type) / 8 + 2 > v.cap || rem_get(v.p, type) <= REM_ETH_MIN_TYPE)
			return false; /* one of Linux's own numbers */
	}
	while (next < b->parts && b->part[next].layer == layer)
		next++;
	return next < b->parts && b->part[next].proto != REM_P_LLC;
}

/*
 * Wireshark does not list a header that says to be of another version, and messages that follow
 * each other in a segment or datagram, or that relays have put into each other, once.
 */
static bool is_listed(const struct rem_breakdown *b, const struct rem_part *part)
{
	const struct rem_part *above = rem_layer_above(b, part);

	switch (part->proto) {
	case REM_P_IPV6: return *rem_part_bytes(b, part) >> 4 == 6;
	case REM_P_DHCPV6:
	case REM_P_DNS:
	case REM_P_HTTP:
	case REM_P_QUIC: return above == NULL || above->proto != part->proto;
	default: return (rem_part_proto(part)->flags & REM_PROTO_DERIVED) == 0;
	}
}

/* Wireshark hands a message of IGMP to a dissector for its version, which has the same name. */
static bool is_version_of_igmp(const struct rem_breakdown *b, const struct rem_part *part)
{
	if (part->proto != REM_P_IGMP)
		return false;
	const uint32_t type = rem_get(rem_part_bytes(b, part), REM_IGMP_TYPE);
	switch (type) {
	case REM_IGMP_QUERY:
	case REM_IGMP_REPORT_1:
	case REM_IGMP_REPORT_2:
	case REM_IGMP_LEAVE:
	case REM_IGMP_MTRACE:
	case REM_IGMP_MTRACE_RESPONSE:
	case REM_IGMP_REPORT_3: return true;
	default: return type <= REM_IGMP_V0_LAST;
	}
}

/* "eth:ethertype:ip:tcp", as Wireshark writes it. */
static void out_protocols(struct rem_out *o, const struct rem_breakdown *b)
{
	const char *start = o->p;

	for (unsigned i = 0; i < b->parts; i++) {
		const struct rem_part *part = &b->part[i];
		const struct rem_proto *proto = rem_part_proto(part);

		if (!rem_part_opens(b, part) || !is_listed(b, part))
			continue;
		if (o->p != start)
			rem_out_char(o, ':');
		rem_out_str(o, proto->key);
		if (is_version_of_igmp(b, part))
			rem_out_str(o, ":igmp");
		if (asks_ethertype(b, i))
			rem_out_str(o, ":ethertype");
	}
}

static uint8_t *record_room(struct frame *f, size_t n)
{
	if (f->record_size < n) {
		f->record = g_realloc(f->record, n);
		f->record_size = n;
	}
	return f->record;
}

static size_t comments_length(const struct packet *p)
{
	const char *text;
	size_t iter = 0, n = 0, len;

	while (packet_next_comment(p, &iter, &text, &len))
		n += len;
	return n;
}

static void add_text(struct frame *f, unsigned table, uint32_t *end, const char *text, size_t n)
{
	memcpy(f->record + *end, text, n);
	rem_break_derived_more(&f->b, table, *end, (uint32_t)n);
	*end += (uint32_t)n;
}

/* An interface may also say that it noticed nothing. */
static bool has_flags(const struct packet *p)
{
	struct option none;

	return p->flags != 0 || option_find(&p->options, PACKET_FLAGS, &none);
}

void frame_describe(struct frame *f)
{
	enum { MOST_PROTOCOLS = 4096 };
	const struct packet *p = f->packet;
	const struct interface *interface = interfaces_at(f->interfaces, p->interface);
	char protocols[MOST_PROTOCOLS];
	struct rem_out o = {protocols, protocols + sizeof(protocols), false};

	if (f->described)
		return;
	f->described = true;
	out_protocols(&o, &f->b);
	const char *name = interface != NULL && interface->name != NULL ? interface->name
									: "unknown";
	const char *description = interface != NULL ? interface->description : NULL;
	const size_t size = REM_FRAME_RECORD + (size_t)(o.p - protocols) + comments_length(p) +
			    strlen(name) + (description != NULL ? strlen(description) : 0);
	uint8_t *r = record_room(f, size);

	rem_put(r, REM_FRAME_NUMBER, p->number);
	put(r, REM_FRAME_TIME_S, REM_FRAME_TIME_NS, frame_moment(f->time));
	put(r, REM_FRAME_DELTA_S, REM_FRAME_DELTA_NS, frame_time_since(f, f->previous));
	put(r, REM_FRAME_SHOWN_S, REM_FRAME_SHOWN_NS, frame_time_since(f, f->shown));
	put(r, REM_FRAME_RELATIVE_S, REM_FRAME_RELATIVE_NS, frame_time_since(f, f->start));
	rem_put(r, REM_FRAME_LEN, p->len);
	rem_put(r, REM_FRAME_CAP_LEN, p->cap_len);
	rem_put(r, REM_FRAME_LINKTYPE, p->linktype);
	rem_put(r, REM_FRAME_INTERFACE, p->interface_id);
	rem_put(r, REM_FRAME_SECTION, p->section);
	rem_put(r, REM_FRAME_ENCAP,
		p->linktype == LINKTYPE_RECORD ? REM_FRAME_NO_ENCAP : encap_of(p->linktype));
	rem_put(r, REM_FRAME_FLAGS, p->flags);

	uint32_t end = REM_FRAME_RECORD;
	if (rem_break_derived(&f->b, REM_P_FRAME, REM_FRAME_TABLE_BASE,
			      (struct rem_view){r, (uint32_t)size, (uint32_t)size}) != REM_OK)
		return;
	if (p->has_time)
		rem_break_derived_more(&f->b, REM_FRAME_TABLE_TIME, 0, end);
	if (p->has_interface)
		rem_break_derived_more(&f->b, REM_FRAME_TABLE_INTERFACE, 0, end);
	if (has_flags(p))
		rem_break_derived_more(&f->b, REM_FRAME_TABLE_FLAGS, 0, end);
	add_text(f, REM_FRAME_TABLE_PROTOCOLS, &end, protocols, (size_t)(o.p - protocols));
	if (p->has_interface)
		add_text(f, REM_FRAME_TABLE_INTERFACE_NAME, &end, name, strlen(name));
	if (p->has_interface && description != NULL)
		add_text(f, REM_FRAME_TABLE_INTERFACE_DESCRIPTION, &end, description,
			 strlen(description));
	const char *text;
	size_t iter = 0, n;
	while (packet_next_comment(p, &iter, &text, &n))
		add_text(f, REM_FRAME_TABLE_COMMENT, &end, text, n);
}
