/* SPDX-License-Identifier: BSD-3-Clause */
/* pcap files: draft-ietf-opsawg-pcap, and the variants that magic numbers and versions announce. */
#include "file/reader_impl.h"

#include "file/bytes.h"

#include <inttypes.h>

enum {
	FILE_HEAD = 24,
	FILE_HEAD_IXIA = 28, /* followed by the length of all records */
	RECORD_HEAD = 16,
	RECORD_HEAD_MODIFIED = 24, /* Kuznetzov's: interface index, protocol, packet type */
};

static const struct magic {
	uint32_t value;
	uint8_t file_head, record_head;
	uint32_t ns_per_unit;
} magics[] = {
	{ 0xa1b2c3d4, FILE_HEAD, RECORD_HEAD, 1000 },
	{ 0xa1b23c4d, FILE_HEAD, RECORD_HEAD, 1 },
	{ 0xa1b2cd34, FILE_HEAD, RECORD_HEAD_MODIFIED, 1000 },
	{ 0x1c0001ac, FILE_HEAD_IXIA, RECORD_HEAD, 1000 },   /* Ixia, hardware time */
	{ 0x1c0001ab, FILE_HEAD_IXIA, RECORD_HEAD, 1000 },   /* Ixia, software time */
};

static const struct magic *find_magic(const struct source *s, bool *big)
{
	if (source_have(s) < 4)
		return NULL;
	for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++) {
		for (int order = 0; order < 2; order++) {
			if (load32(s->at, order) != magics[i].value)
				continue;
			*big = order;
			return &magics[i];
		}
	}
	return NULL;
}

bool pcap_is(const struct source *s)
{
	bool big;

	return find_magic(s, &big) != NULL;
}

static void lengths(const struct pcap_layout *l, const uint8_t *head, uint32_t *cap_len,
		    uint32_t *len)
{
	uint32_t first = load32(head + 8, l->big_endian), second = load32(head + 12, l->big_endian);
	bool swapped = l->lengths_swapped || (l->lengths_maybe_swapped && first > second);

	*cap_len = swapped ? second : first;
	*len = swapped ? first : second;
}

/* The next packet is not in the window, or cannot be. */
static COLD int next_slowly(struct reader *r, struct packet *p)
{
	struct source *s = &r->source;
	uint32_t head = r->pcap.head, max = r->interfaces.known[0]->about.max_cap_len, cap_len, len;

	if (!source_want(s, head)) {
		if (source_have(s) == 0 && !s->error_code)
			return reader_end(r);
		return reader_cut(r, "packet head", source_offset(s), head);
	}
	lengths(&r->pcap, s->at, &cap_len, &len);
	if (cap_len > max)
		return reader_fail(r, 3,
				   "packet at offset %" PRIu64
				   " says %s captured bytes, %s are the most a packet has",
				   source_offset(s), grouped(cap_len), grouped(max));
	if (!source_want(s, head + cap_len))
		return reader_cut(r, "packet", source_offset(s), head + cap_len);
	return r->next(r, p);
}

/* One function a layout: what is constant there costs nothing for each packet. */
static HOT int next(struct reader *r, struct packet *p, bool big, uint32_t head, bool old)
{
	struct source *s = &r->source;
	const struct known_interface *i = r->interfaces.known[0];
	const uint8_t *at = s->at;
	size_t have = source_have(s);
	uint32_t seconds, fraction, cap_len, len;

	if (have < head)
		return next_slowly(r, p);
	if (old) {
		lengths(&r->pcap, at, &cap_len, &len);
	} else {
		cap_len = load32(at + 8, big);
		len = load32(at + 12, big);
	}
	if (cap_len > have - head || cap_len > i->about.max_cap_len)
		return next_slowly(r, p);
	s->at = at + head + cap_len;
	seconds = load32(at, big);
	fraction = load32(at + 4, big);
	packet_begin(p, i);
	p->number = ++r->packets;
	p->time_ns = (int64_t)seconds * 1000000000 + (int64_t)fraction * r->pcap.ns_per_unit;
	p->ticks = (uint64_t)seconds << 32 | fraction;
	p->cap_len = cap_len;
	p->len = len < LEN_MAX ? len : LEN_MAX;
	p->data = at + head;
	return 1;
}

static int next_little(struct reader *r, struct packet *p)
{
	return next(r, p, false, RECORD_HEAD, false);
}

static int next_big(struct reader *r, struct packet *p)
{
	return next(r, p, true, RECORD_HEAD, false);
}

static int next_modified(struct reader *r, struct packet *p)
{
	return next(r, p, r->pcap.big_endian, RECORD_HEAD_MODIFIED, false);
}

static int next_old(struct reader *r, struct packet *p)
{
	return next(r, p, r->pcap.big_endian, r->pcap.head, true);
}

/*
 * What the version says: up to 2.2 the two lengths stood the other way round, in 2.3 in either
 * order, and so in DG/UX's 543.0. AIX writes 2.2, nanoseconds, and an interface type of RFC 1573
 * instead of a link type.
 */
static void obey_version(struct pcap_layout *l, uint16_t major, uint16_t minor, uint32_t *network)
{
	l->lengths_swapped = (major == 2 && minor < 3) || major == 543;
	l->lengths_maybe_swapped = major == 2 && minor == 3;
	if (major == 2 && minor == 2 && (*network == 6 || *network == 9 || *network == 15)) {
		*network = *network == 6 ? 1 : *network == 9 ? 6 : 10;
		l->ns_per_unit = 1;
		l->lengths_swapped = false;
	}
}

static void set_up(struct reader *r, const struct magic *m, bool big)
{
	const uint8_t *head = r->source.at;
	uint16_t major = load16(head + 4, big), minor = load16(head + 6, big);
	uint32_t network = load32(head + 20, big);
	struct interface *i;

	r->pcap = (struct pcap_layout){
		.big_endian = big, .head = m->record_head, .ns_per_unit = m->ns_per_unit};
	if (major < 2) {
		reader_fail(r, 2,
			    "the version at offset 4 is %u.%u, remora reads pcap from 2.0 on",
			    major, minor);
		return;
	}
	obey_version(&r->pcap, major, minor, &network);
	if (r->pcap.lengths_swapped || r->pcap.lengths_maybe_swapped)
		r->next = next_old;
	if (network & 0x03ff0000) {
		reader_fail(r, 2,
			    "the link type at offset 20 is 0x%08" PRIx32
			    ", whose reserved bits are not zero",
			    network);
		return;
	}
	i = reader_add_interface(r, (uint16_t)network, source_offset(&r->source) + 20,
				 &(struct option_bytes){0});
	if (!i)
		return;
	i->snaplen = load32(head + 16, big);
	i->fcs_len = network & 0x04000000 ? (uint8_t)(network >> 28) : 0;
	i->ns_per_tick = r->pcap.ns_per_unit;
	i->units = 1000000000 / i->ns_per_tick;
	i->tsresol = i->ns_per_tick == 1 ? 9 : 6;
	r->interfaces.nano = i->tsresol > 6;
}

void pcap_start(struct reader *r)
{
	struct source *s = &r->source;
	bool big = false;
	const struct magic *m = find_magic(s, &big);

	if (!source_want(s, m->file_head)) {
		reader_cut(r, "file head", 0, m->file_head);
		return;
	}
	r->next = big ? next_big : next_little;
	if (m->record_head == RECORD_HEAD_MODIFIED)
		r->next = next_modified;
	set_up(r, m, big);
	s->at += m->file_head;
}
