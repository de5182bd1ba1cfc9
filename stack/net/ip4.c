/* SPDX-License-Identifier: BSD-3-Clause */
/* IPv4 in the live stack: what may come in, and the header on the way out. RFC 791, RFC 1122 3.2.1. */
#include "net/ip.h"
#include <remora/ethernet.h>
#include <remora/ipv4.h>
#include <remora/numbers.h>

enum { TTL = 64, TTL_GROUP = 1 };       /* RFC 1122 3.2.1.7, RFC 1112 6.1 */
enum { OPTION_LSRR = 131, OPTION_SSRR = 137 };

/* What an address is to us. */
enum kind {
	KIND_HOST,
	KIND_OURS,
	KIND_NOBODY,    /* 0.0.0.0 */
	KIND_BROADCAST, /* of the link, or of a subnet of ours */
	KIND_GROUP,
	KIND_MARTIAN, /* what may not be on a link: RFC 1122 3.2.1.3 */
};

/* And our address on whose subnet it is, the first one, if *subnet is NULL. */
static inline enum kind place_of(const struct rem_ip *ip, const struct rem_addr *addr,
				 const struct rem_ip_address **subnet)
{
	const struct rem_ip_address *own = ip->address, *end = own + ip->addresses;
	const uint32_t word = addr->word[0], a = rem_network_order(word), net = a >> 24;

	for (; own < end; own++) {
		if (own->addr.family != 4)
			continue;
		const uint32_t hosts = rem_host_bits(own->prefix);
		if (rem_network_order(own->addr.word[0] ^ word) > hosts)
			continue;
		*subnet = *subnet == NULL ? own : *subnet;
		if (own->addr.word[0] == word)
			return KIND_OURS;
		if (hosts > 1 && (a & hosts) == hosts)
			return KIND_BROADCAST;
	}
	if (net >= 224) {
		if (a == UINT32_MAX)
			return KIND_BROADCAST;
		return net < 240 ? KIND_GROUP : KIND_MARTIAN;
	}
	if (net == 0 || net == 127)
		return a == 0 ? KIND_NOBODY : KIND_MARTIAN;
	return KIND_HOST;
}

static inline enum kind kind_of(const struct rem_ip *ip, const struct rem_addr *addr)
{
	const struct rem_ip_address *subnet = NULL;

	return place_of(ip, addr, &subnet);
}

/* Nobody may be the source of what a host without an address sends to all: RFC 2131 4.1. */
static inline enum rem_why source_check(const struct rem_ip *ip, const struct rem_frame *f)
{
	switch (kind_of(ip, &f->src)) {
	case KIND_HOST: return REM_WHY_NONE;
	case KIND_OURS: return REM_WHY_IP_OWN;
	case KIND_NOBODY:
		if (f->type == REM_IP_UDP && rem_v4(&f->dst) == UINT32_MAX)
			return REM_WHY_NONE;
		return REM_WHY_IP_SOURCE;
	default: return REM_WHY_IP_SOURCE;
	}
}

/* A host that has no address takes what its link address is sent: RFC 2131 4.1, for UDP alone. */
static bool is_for_the_nameless(const struct rem_ip *ip, struct rem_frame *f)
{
	for (unsigned i = 0; i < ip->addresses; i++) {
		if (ip->address[i].addr.family == 4)
			return false;
	}
	if (f->type != REM_IP_UDP)
		return false;
	f->flags |= REM_NET_BROADCAST;  /* nobody is to be told anything by ICMP */
	return true;
}

/* Is it for us? RFC 1122 3.2.1.3, and 3.3.6 of what was sent to all on the link. */
static inline enum rem_why destination_check(const struct rem_ip *ip, struct rem_frame *f)
{
	switch (kind_of(ip, &f->dst)) {
	case KIND_OURS:
		return (f->flags & REM_LINK_GROUP) != 0 ? REM_WHY_IP_LINK_GROUP : REM_WHY_NONE;
	case KIND_BROADCAST: f->flags |= REM_NET_BROADCAST; return REM_WHY_NONE;
	case KIND_GROUP:
		f->flags |= REM_NET_GROUP;
		if (ip->groups != NULL && ip->groups->joined(ip->groups, &f->dst))
			return REM_WHY_NONE;
		return REM_WHY_IP_GROUP;
	case KIND_HOST: return is_for_the_nameless(ip, f) ? REM_WHY_NONE : REM_WHY_IP_NOT_OURS;
	default: return REM_WHY_IP_NOT_OURS;
	}
}

/* Options pass, if they are well formed; only a route that the sender chose does not. */
static enum rem_why options_check(struct rem_view v, const struct rem_head *h)
{
	struct rem_view rest = rem_ipv4_options(v, h);
	struct rem_tlv_item item;

	while (rem_tlv_next(&rem_ipv4_option, &rest, &item)) {
		if (item.err != REM_OK)
			return REM_WHY_IP_OPTION;
		if (item.tag == OPTION_LSRR || item.tag == OPTION_SSRR)
			return REM_WHY_IP_ROUTED;
	}
	return REM_WHY_NONE;
}

/* What a header that rem_ipv4_check() has found wrong is wrong about. */
static enum rem_why header_fault(uint32_t bad)
{
	switch (bad) {
	case REM_IPV4_IHL: return REM_WHY_IP_HEADER;
	case REM_IPV4_TOTAL: return REM_WHY_IP_TOTAL;
	default: return REM_WHY_IP_SHORT;
	}
}

/* Is the next datagram of the same two? Then nothing is to be asked about their addresses. */
static inline bool is_known(const struct rem_ip *ip, const struct rem_frame *f, const uint8_t *p)
{
#if REM_SHORT_CUTS
	return rem_same(ip->known, rem_at(p, REM_IPV4_SRC), 8) && f->src.word[0] != 0 &&
	       (f->flags & REM_LINK_GROUP) == 0;
#else
	(void)ip, (void)f, (void)p;
	return false;
#endif
}

static inline void know(struct rem_ip *ip, const struct rem_frame *f, const uint8_t *p)
{
#if REM_SHORT_CUTS
	if ((f->flags & (REM_LINK_GROUP | REM_NET_GROUP | REM_NET_BROADCAST)) == 0)
		rem_copy(ip->known, rem_at(p, REM_IPV4_SRC), 8);
#else
	(void)ip, (void)f, (void)p;
#endif
}

REM_SELDOM enum rem_why address_check(struct rem_ip *ip, struct rem_frame *f, const uint8_t *p)
{
	enum rem_why why = source_check(ip, f);

	if (why == REM_WHY_NONE)
		why = destination_check(ip, f);
	if (why == REM_WHY_NONE)
		know(ip, f, p);
	return why;
}

/* A header of n bytes at p, which is p[net], of which all but sum and addresses is good. */
static inline enum rem_why take_header(struct rem_ip *ip, struct rem_frame *f, const uint8_t *p,
				       uint32_t n)
{
	if ((f->flags & REM_SUMS_VERIFIED) == 0 && !rem_sum_agrees(rem_sum_header(p, n)))
		return REM_WHY_IP_SUM;
	f->end = f->net + rem_get(p, REM_IPV4_TOTAL);
	f->type = p[REM_OFF(REM_IPV4_PROTO) / 8];
	f->src.family = f->dst.family = 4;
	rem_copy(f->src.b, rem_at(p, REM_IPV4_SRC), 4);
	rem_copy(f->dst.b, rem_at(p, REM_IPV4_DST), 4);
	return is_known(ip, f, p) ? REM_WHY_NONE : address_check(ip, f, p);
}

static enum rem_why header_check(struct rem_ip *ip, struct rem_frame *f, struct rem_head *h)
{
	const struct rem_view v = rem_frame_view(f, f->net);

	if (rem_ipv4_check(v, h) != REM_OK)
		return header_fault(h->bad);
	if (rem_get(v.p, REM_IPV4_TOTAL) == 0)
		return REM_WHY_IP_TOTAL;
	const enum rem_why why = take_header(ip, f, v.p, h->len);
	if (why != REM_WHY_NONE || h->len == REM_IPV4_HEADER)
		return why;
	return options_check(v, h);
}

/* RFC 6864 4: a datagram that nobody may fragment needs no number. */
static void write_identification(const struct rem_ip *ip, const struct rem_frame *f, uint8_t *p,
				 uint32_t proto)
{
	const bool whole = proto == REM_IP_TCP;       /* it asks for the MTU of its way, RFC 1191 */

	if (f->ident != 0 || f->fragment != 0) {
		rem_put(p, REM_IPV4_ID, f->ident);
		rem_put(p, REM_IPV4_FRAGMENT, f->fragment);
	} else if (whole) {
		rem_put(p, REM_IPV4_DF, 1);
	} else {
		rem_put(p, REM_IPV4_ID, rem_random(ip->secret));
	}
}

/* Any header, field by field. */
REM_BESIDE int write_any_header(const struct rem_ip *ip, const struct rem_frame *f, uint8_t *p,
				uint32_t proto, uint32_t n)
{
	const uint32_t header = REM_IPV4_HEADER + (uint32_t)f->options;
	uint8_t ttl = f->ttl;

	if (ttl == 0)
		ttl = f->dst.b[0] >> 4 == 0xe ? TTL_GROUP : TTL;
	rem_fill(p, 0, REM_IPV4_HEADER);
	p[0] = (uint8_t)(4 << 4 | header / 4);
	p[1] = f->tos;
	rem_put(p, REM_IPV4_TOTAL, REM_IPV4_HEADER + n);
	write_identification(ip, f, p, proto);
	p[REM_OFF(REM_IPV4_TTL) / 8] = ttl;
	p[REM_OFF(REM_IPV4_PROTO) / 8] = (uint8_t)proto;
	rem_copy(rem_at(p, REM_IPV4_SRC), f->src.b, 4);
	rem_copy(rem_at(p, REM_IPV4_DST), f->dst.b, 4);
	rem_put(p, REM_IPV4_SUM, 0xffff & ~rem_sum_end(rem_sum_header(p, header)));
	return (int)(REM_IPV4_HEADER + n);
}

/* That of a whole segment of TCP, as nearly all are: its words are summed as they are written. */
static inline int write_usual_header(const struct rem_frame *f, uint8_t *p, uint32_t n)
{
	const uint32_t src = f->src.word[0], dst = f->dst.word[0], dont_fragment = 1U << 14;
	const uint32_t first = 0x45U << 24 | (REM_IPV4_HEADER + n);
	const uint32_t third = (uint32_t)TTL << 24 | REM_IP_TCP << 16;
	rem_words sum = rem_add(rem_native_32(dont_fragment), rem_native_32(third));

	sum = rem_add(sum, rem_native_32(first));
	sum = rem_add(rem_add(sum, src), dst);
	rem_put_be32(p, first);
	rem_put_be32(p + 4, dont_fragment);
	rem_put_be32(p + 8, third);
	rem_put(p, REM_IPV4_SUM, 0xffff & ~rem_sum_end(sum));
	rem_copy(rem_at(p, REM_IPV4_SRC), &src, 4);
	rem_copy(rem_at(p, REM_IPV4_DST), &dst, 4);
	return (int)(REM_IPV4_HEADER + n);
}

static inline int write_header(const struct rem_ip *ip, const struct rem_frame *f, uint8_t *p,
			       uint32_t proto, uint32_t n)
{
	if (!REM_SMALL && proto == REM_IP_TCP && (f->unusual[0] | f->unusual[1]) == 0)
		return write_usual_header(f, p, n);
	return write_any_header(ip, f, p, proto, n);
}

static int ipv4_enclose(const struct rem_ip *ip, struct rem_frame *f, uint32_t off, uint32_t n)
{
	const uint32_t proto = f->type;

	f->net = f->head = off - REM_IPV4_HEADER;
	f->type = REM_ETHERTYPE_IPV4;
	return write_header(ip, f, f->p + f->net, proto, n);
}

/* n bytes behind a header without options go back to f->src, from f->dst. */
static inline int go_back(const struct rem_ip *ip, struct rem_frame *f, uint32_t n)
{
	const uint32_t from = f->dst.word[0];

	f->dst.word[0] = f->src.word[0];
	f->src.word[0] = from;
	f->tos = f->p[f->net + 1];
	f->ident = f->fragment = f->options = 0;
	return write_header(ip, f, f->p + f->net, f->type, n);
}

/* n bytes behind any header; options are not answered. */
REM_BESIDE int answer_any(const struct rem_ip *ip, struct rem_frame *f, uint32_t header, uint32_t n)
{
	const uint32_t off = f->net + header, to = f->net + REM_IPV4_HEADER;

	if (off != to)
		rem_move(f->p + to, f->p + off, n);
	rem_ip_reply(ip, f);
	return go_back(ip, f, n);
}

/* TCP answers only what a host has sent to us alone, RFC 9293 3.9.2.3: it need not be found out to whom, and from where. */
REM_BESIDE int answer(const struct rem_ip *ip, struct rem_frame *f, uint32_t header, uint32_t n)
{
	return !REM_SMALL && f->type == REM_IP_TCP && header == REM_IPV4_HEADER
		       ? go_back(ip, f, n)
		       : answer_any(ip, f, header, n);
}

inline int rem_ipv4_whole(struct rem_ip *ip, struct rem_frame *f, uint32_t header)
{
	const int n = rem_ip_deliver(ip, f, header);

	return n > 0 ? answer(ip, f, header, (uint32_t)n) : n;
}

/* Options, fragments, and what is wrong. */
REM_SELDOM int demux_any(struct rem_ip *ip, struct rem_frame *f, uint32_t off)
{
	struct rem_head h;

	const enum rem_why why = header_check(ip, f, &h);
	if (why != REM_WHY_NONE)
		return rem_end(f, why, REM_DROP);
	if (rem_get(f->p + off, REM_IPV4_FRAGMENT) == 0)
		return rem_ipv4_whole(ip, f, h.len);
	if (ip->pieces == NULL)
		return rem_end(f, REM_WHY_IP_FRAGMENT, REM_DROP);
	return ip->pieces->collect(ip->pieces, f, off, h.len);
}

static int ipv4_demux(struct rem_ip *ip, struct rem_frame *f, uint32_t off)
{
	const struct rem_view v = rem_frame_view(f, off);

	if (REM_SMALL || !rem_ipv4_is_plain(v))
		return demux_any(ip, f, off);
	const enum rem_why why = take_header(ip, f, v.p, REM_IPV4_HEADER);
	return why == REM_WHY_NONE ? rem_ipv4_whole(ip, f, REM_IPV4_HEADER)
				   : rem_end(f, why, REM_DROP);
}

/* RFC 1112 6.4: the lower 23 bits of a group are those of its link address. */
static const struct rem_ip_address *ipv4_at_once(const struct rem_ip *ip, struct rem_path *path)
{
	static const uint8_t group[3] = {0x01, 0x00, 0x5e};
	const struct rem_ip_address *subnet = NULL;
	enum rem_path_state state = REM_PATH_READY;

	switch (place_of(ip, &path->to, &subnet)) {
	case KIND_OURS: state = REM_PATH_FAILED; break;
	case KIND_BROADCAST: rem_fill(path->link, 0xff, 6); break;
	case KIND_GROUP:
		rem_copy(path->link, group, 3);
		path->link[3] = path->to.b[1] & 0x7f;
		rem_copy(path->link + 4, path->to.b + 2, 2);
		break;
	default: state = REM_PATH_UNKNOWN; break;
	}
	path->state = (uint8_t)state;
	return subnet;
}

static const struct rem_ip_family ipv4 = {
	.demux = ipv4_demux,
	.enclose = ipv4_enclose,
	.at_once = ipv4_at_once,
	.family = 4,
	.address = 4,
};

void rem_ip_speak_ipv4(struct rem_ip *ip)
{
	ip->four = &ipv4;
	if (ip->header < REM_IPV4_HEADER)
		ip->header = REM_IPV4_HEADER;
}
