/* SPDX-License-Identifier: BSD-3-Clause */
/* pcapng files, their blocks and packets: draft-ietf-opsawg-pcapng. */
#include "file/reader_impl.h"

#include "file/bytes.h"

#include <inttypes.h>

enum {
	BLOCK_HEAD = 8, BLOCK_FRAME = 12,    /* type and length; and the length again */
	EPB_HEAD = 20, SPB_HEAD = 4,
	BYTE_ORDER_MAGIC = 0x1a2b3c4d,
};

/* Wireshark gives up beyond this: its largest packet, and 131,120 bytes of options. */
static const uint32_t block_len_max = 134348832;

bool pcapng_is(const struct source *s)
{
	return source_have(s) >= 12 && load32(s->at, false) == BLOCK_SECTION &&
	       (load32(s->at + 8, false) == BYTE_ORDER_MAGIC ||
		load32(s->at + 8, true) == BYTE_ORDER_MAGIC);
}

/* A section's head has the byte order in its body, which its own length is already written in. */
static int section_order(struct reader *r)
{
	struct source *s = &r->source;

	if (!source_want(s, BLOCK_FRAME))
		return reader_cut(r, "section head", source_offset(s), BLOCK_FRAME);
	r->big_endian = load32(s->at + 8, true) == BYTE_ORDER_MAGIC;
	if (!r->big_endian && load32(s->at + 8, false) != BYTE_ORDER_MAGIC)
		return reader_fail(r, 3,
				   "section head at offset %" PRIu64
				   " has the byte-order magic 0x%08" PRIx32
				   ", expected 0x1a2b3c4d in either order",
				   source_offset(s), load32(s->at + 8, false));
	return 1;
}

/*
 * The head of the next block: its type, and its length rounded up as it lies in the file. 0: the
 * end.
 */
static inline int block_head(struct reader *r, uint32_t *type, uint32_t *len)
{
	struct source *s = &r->source;
	uint64_t left;

	if (!source_want(s, BLOCK_HEAD)) {
		if (source_have(s) == 0 && !s->error_code)
			return reader_end(r);
		return reader_cut(r, "block head", source_offset(s), BLOCK_HEAD);
	}
	*type = load32(s->at, r->big_endian);
	if (__builtin_expect(*type == BLOCK_SECTION, 0)) {
		int rc = section_order(r);

		if (rc < 0)
			return rc;
	}
	*len = load32(s->at + 4, r->big_endian);
	if (__builtin_expect(*len >= BLOCK_FRAME && *len <= block_len_max, 1)) {
		*len = pad4(*len);
		return 1;
	}
	if (*len < BLOCK_FRAME)
		return reader_fail(r, 3,
				   "block at offset %" PRIu64 " says %" PRIu32
				   " bytes, a block has at least 12",
				   source_offset(s), *len);
	if (source_left(s, &left) && left < *len)
		return reader_fail(r, 3,
				   "block at offset %" PRIu64
				   " says %s bytes, the file has %s left",
				   source_offset(s), grouped(*len), grouped(left));
	return reader_fail(r, 3, "block at offset %" PRIu64 " says %s bytes, blocks have at most %s",
			   source_offset(s), grouped(*len), grouped(block_len_max));
}

static int mismatch(struct reader *r, uint64_t offset, uint32_t len, uint32_t trailer)
{
	return reader_fail(r, 3,
			   "block at offset %" PRIu64
			   " says %s bytes at its beginning and %s at its end",
			   offset, grouped(len), grouped(trailer));
}

/* The whole block in the window, both its lengths equal. */
static inline int whole_block(struct reader *r, uint32_t len)
{
	struct source *s = &r->source;
	uint32_t trailer;

	if (__builtin_expect(len > RECORD_MAX, 0))
		return reader_fail(r, 3,
				   "block at offset %" PRIu64
				   " says %s bytes, remora reads such blocks up to %s",
				   source_offset(s), grouped(len), grouped(RECORD_MAX));
	if (!source_want(s, len))
		return reader_cut(r, "block", source_offset(s), len);
	trailer = load32(s->at + len - 4, r->big_endian);
	if (__builtin_expect(pad4(trailer) != len, 0))
		return mismatch(r, source_offset(s), len, trailer);
	return 1;
}

/* A block that is too large to keep, and means nothing to us. */
static int skip_block(struct reader *r, uint32_t len)
{
	struct source *s = &r->source;
	uint64_t offset = source_offset(s);
	uint32_t trailer;

	if (!source_skip(s, len - 4) || !source_want(s, 4))
		return reader_cut(r, "block", offset, len);
	trailer = load32(s->at, r->big_endian);
	s->at += 4;
	return pad4(trailer) == len ? 1 : mismatch(r, offset, len, trailer);
}

/* Ticks of an interface whose second is not a power of ten up to 10^9 of them. */
static int64_t slow_time(const struct interface *i, uint64_t ticks)
{
	__int128 ns = (__int128)(ticks / i->units) + i->tsoffset;

	ns = ns * 1000000000 +
	     (__int128)((unsigned __int128)(ticks % i->units) * 1000000000 / i->units);
	return ns > INT64_MAX ? INT64_MAX : ns < INT64_MIN ? INT64_MIN : (int64_t)ns;
}

static inline int64_t time_of(const struct interface *i, uint64_t ticks)
{
	int64_t ns;

	if (__builtin_expect(i->ns_per_tick != 0 && i->tsoffset == 0 &&
				     !__builtin_mul_overflow(ticks, i->ns_per_tick, &ns),
			     1))
		return ns;
	return slow_time(i, ticks);
}

static int packet_options(struct reader *r, struct packet *p)
{
	struct option flags;
	uint32_t at;
	const char *fault = options_check(&p->options, OPTIONS_PACKET, &at);

	if (fault)
		return reader_fail(
			r, 3, "option at offset %" PRIu64 ": %s",
			source_offset(&r->source) + (uint64_t)(p->options.p - p->raw) + at, fault);
	if (option_find(&p->options, PACKET_FLAGS, &flags))
		p->flags = load32(flags.value, r->big_endian);
	return 1;
}

static int no_interface(struct reader *r, uint32_t id)
{
	uint32_t count = r->interface_count - r->first_interface;

	return reader_fail(r, 3,
			   "packet at offset %" PRIu64 " is of interface %" PRIu32
			   ", the section has described"
			   " %" PRIu32,
			   source_offset(&r->source), id, count);
}

static int too_small(struct reader *r, uint32_t len)
{
	return reader_fail(r, 3,
			   "block at offset %" PRIu64
			   " says %s bytes, which is too small for the packet in it",
			   source_offset(&r->source), grouped(len));
}

/* The packet in a block of len bytes: `head` bytes of body in front of cap_len bytes of data. */
static inline int deliver(struct reader *r, struct packet *p, uint32_t len, uint32_t head)
{
	struct source *s = &r->source;
	const struct interface *i;
	uint32_t data_end = BLOCK_HEAD + head + pad4(p->cap_len);

	if (__builtin_expect(p->interface_id >= r->interface_count - r->first_interface, 0))
		return no_interface(r, p->interface_id);
	i = r->interfaces[r->first_interface + p->interface_id];
	if (__builtin_expect(p->cap_len > i->max_cap_len, 0))
		return reader_fail(r, 3,
				   "packet at offset %" PRIu64
				   " says %s captured bytes, %s are the most a"
				   " packet has",
				   source_offset(s), grouped(p->cap_len), grouped(i->max_cap_len));
	if (__builtin_expect(data_end > len - 4, 0))
		return too_small(r, len);
	p->time_ns = p->has_time ? time_of(i, p->ticks) : 0;
	p->has_interface = true;
	p->linktype = i->linktype;
	p->data = s->at + BLOCK_HEAD + head;
	p->interface = i->index;
	p->section = r->section;
	p->raw = s->at;
	p->raw_len = len;
	if (len - 4 > data_end) {
		if (p->block == BLOCK_PACKET_SIMPLE)
			return reader_fail(r, 3,
					   "simple packet block at offset %" PRIu64
					   " says %s bytes, its packet"
					   " ends after %s",
					   source_offset(s), grouped(len), grouped(data_end + 4));
		p->options = (struct option_bytes){s->at + data_end, len - 4 - data_end,
						   r->big_endian};
		if (packet_options(r, p) < 0)
			return -1;
	}
	p->number = ++r->packets;
	s->at += len;
	return 1;
}

/*
 * An enhanced packet block, or the obsolete one, which differs in its first word: 16 bits of
 * interface and 16 of a count of dropped packets.
 */
static inline int packet_block(struct reader *r, struct packet *p, uint32_t type, uint32_t len)
{
	const uint8_t *b = r->source.at + BLOCK_HEAD;
	bool big = r->big_endian;
	uint32_t wire;

	if (__builtin_expect(len < BLOCK_FRAME + EPB_HEAD, 0))
		return too_small(r, len);
	wire = load32(b + 16, big);
	*p = (struct packet){
		.block = type,
		.interface_id = type == BLOCK_PACKET ? load32(b, big) : load16(b, big),
		.ticks = (uint64_t)load32(b + 4, big) << 32 | load32(b + 8, big),
		.has_time = true,
		.cap_len = load32(b + 12, big),
		.len = wire < LEN_MAX ? wire : LEN_MAX,
	};
	return deliver(r, p, len, EPB_HEAD);
}

static int simple_packet(struct reader *r, struct packet *p, uint32_t len)
{
	const uint8_t *b = r->source.at + BLOCK_HEAD;
	uint32_t wire, snaplen;

	if (len < BLOCK_FRAME + SPB_HEAD)
		return too_small(r, len);
	if (r->first_interface == r->interface_count)
		return no_interface(r, 0);
	wire = load32(b, r->big_endian);
	snaplen = r->interfaces[r->first_interface]->snaplen;
	*p = (struct packet){
		.block = BLOCK_PACKET_SIMPLE,
		.cap_len = snaplen != 0 && snaplen < wire ? snaplen : wire,
		.len = wire < LEN_MAX ? wire : LEN_MAX,
	};
	return deliver(r, p, len, SPB_HEAD);
}

/* A block that holds no packet. 0: go on; 1: it counts as one all the same. */
static int other_block(struct reader *r, struct packet *p, uint32_t type, uint32_t len)
{
	struct source *s = &r->source;
	struct block b = {.type = type, .section = r->section, .big_endian = r->big_endian};
	uint64_t offset = source_offset(s);
	int rc;

	if (len > RECORD_MAX && type != BLOCK_SECTION && type != BLOCK_INTERFACE &&
	    !pcapng_is_record(type))
		return skip_block(r, len) < 0 ? -1 : 0;
	if (whole_block(r, len) < 0)
		return -1;
	b.body = s->at + BLOCK_HEAD;
	b.body_len = len - BLOCK_FRAME;
	if (pcapng_is_record(type)) {
		rc = pcapng_record(r, &b, offset, p);
		s->at += len;
		return rc;
	}
	if (type == BLOCK_SECTION)
		rc = pcapng_section(r, &b, offset);
	else if (type == BLOCK_INTERFACE)
		rc = pcapng_interface(r, &b, offset);
	else
		rc = pcapng_other(r, &b, offset);
	if (rc < 0)
		return -1;
	s->at += len;
	return 0;
}

int pcapng_next(struct reader *r, struct packet *p)
{
	for (;;) {
		uint32_t type = 0, len = 0;
		int rc = block_head(r, &type, &len);

		if (rc <= 0)
			return rc;
		if (type == BLOCK_PACKET || type == BLOCK_PACKET_OLD)
			return whole_block(r, len) < 0 ? -1 : packet_block(r, p, type, len);
		if (type == BLOCK_PACKET_SIMPLE)
			return whole_block(r, len) < 0 ? -1 : simple_packet(r, p, len);
		rc = other_block(r, p, type, len);
		if (rc != 0)
			return rc;
	}
}
