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
static int block_head(struct reader *r, uint32_t *type, uint32_t *len)
{
	struct source *s = &r->source;
	uint64_t left;

	if (!source_want(s, BLOCK_HEAD)) {
		if (source_have(s) == 0 && !s->error_code)
			return reader_end(r);
		return reader_cut(r, "block head", source_offset(s), BLOCK_HEAD);
	}
	*type = load32(s->at, r->big_endian);
	if (*type == BLOCK_SECTION) {
		int rc = section_order(r);

		if (rc <= 0)
			return rc;
	}
	*len = load32(s->at + 4, r->big_endian);
	if (*len >= BLOCK_FRAME && *len <= block_len_max) {
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
	return reader_fail(r, 3, "block at offset %" PRIu64 " says %s bytes, blocks have up to %s",
			   source_offset(s), grouped(*len), grouped(block_len_max));
}

static COLD int mismatch(struct reader *r, uint64_t offset, uint32_t len, uint32_t trailer)
{
	return reader_fail(r, 3,
			   "block at offset %" PRIu64
			   " says %s bytes at its beginning and %s at its end",
			   offset, grouped(len), grouped(trailer));
}

/* The whole block in the window, both its lengths equal. */
static int whole_block(struct reader *r, uint32_t len)
{
	struct source *s = &r->source;
	uint32_t trailer;

	if (len > RECORD_MAX)
		return reader_fail(r, 3,
				   "block at offset %" PRIu64
				   " says %s bytes, remora reads such blocks up to %s",
				   source_offset(s), grouped(len), grouped(RECORD_MAX));
	if (!source_want(s, len))
		return reader_cut(r, "block", source_offset(s), len);
	trailer = load32(s->at + len - 4, r->big_endian);
	if (pad4(trailer) != len)
		return mismatch(r, source_offset(s), len, trailer);
	return 1;
}

/* A block that is too large to keep, and means nothing to us. */
static int skip_block(struct reader *r, uint32_t len)
{
	struct source *s = &r->source;
	uint64_t offset = source_offset(s);
	uint32_t trailer;

	if (!source_skip(s, len - 4) || !source_want(s, 4)) {
		const int rc = reader_cut(r, "block", offset, len);

		if (rc == 0 && s->placed)
			source_seek(s, offset);
		return rc;
	}
	trailer = load32(s->at, r->big_endian);
	s->at += 4;
	return pad4(trailer) == len ? 1 : mismatch(r, offset, len, trailer);
}

/* Blocks that are looked at as a whole, however large. */
static bool is_read_whole(uint32_t type)
{
	return type == BLOCK_SECTION || type == BLOCK_INTERFACE || type == BLOCK_PACKET ||
	       type == BLOCK_PACKET_SIMPLE || type == BLOCK_PACKET_OLD || pcapng_is_record(type);
}

/*
 * Brings the next block into the window, whole, its lengths equal. 0: the end, -1: failed.
 */
static int next_block(struct reader *r, uint32_t *type, uint32_t *len)
{
	for (;;) {
		int rc = block_head(r, type, len);

		if (rc <= 0)
			return rc;
		if (*len <= RECORD_MAX || is_read_whole(*type))
			return whole_block(r, *len);
		rc = skip_block(r, *len);
		if (rc <= 0)
			return rc;
	}
}

static HOT int64_t time_of(const struct interface *i, uint64_t ticks)
{
	int64_t ns;

	if (i->ns_per_tick != 0 && i->tsoffset == 0 &&
	    !__builtin_mul_overflow(ticks, i->ns_per_tick, &ns))
		return ns;
	return interface_time(i, ticks);
}

static __attribute__((noinline)) int packet_options(struct reader *r, struct packet *p)
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

static COLD int no_interface(struct reader *r, uint32_t id)
{
	uint32_t count = r->interfaces.count - r->first_interface;

	return reader_fail(r, 3,
			   "packet at offset %" PRIu64 " is of interface %" PRIu32
			   ", the section has described"
			   " %" PRIu32,
			   source_offset(&r->source), id, count);
}

static COLD int too_large(struct reader *r, uint32_t cap_len, uint32_t max)
{
	return reader_fail(r, 3,
			   "packet at offset %" PRIu64
			   " says %s captured bytes, %s are the most a packet has",
			   source_offset(&r->source), grouped(cap_len), grouped(max));
}

static COLD int too_small(struct reader *r, uint32_t len)
{
	return reader_fail(r, 3,
			   "block at offset %" PRIu64
			   " says %s bytes, which is too small for the packet in it",
			   source_offset(&r->source), grouped(len));
}

/*
 * Fills in the packet in a block of len bytes: it is of interface id and has cap_len bytes of data
 * behind `head` bytes of body.
 */
static HOT int deliver(struct reader *r, struct packet *p, uint32_t len, uint32_t id,
		       uint32_t cap_len, uint32_t head)
{
	struct source *s = &r->source;
	const uint8_t *at = s->at;
	const struct known_interface *k;
	uint32_t data_end = BLOCK_HEAD + head + pad4(cap_len);

	if (id >= r->interfaces.count - r->first_interface)
		return no_interface(r, id);
	k = r->interfaces.known[r->first_interface + id];
	if (cap_len > k->about.max_cap_len)
		return too_large(r, cap_len, k->about.max_cap_len);
	if (data_end > len - 4)
		return too_small(r, len);
	*p = k->blank;
	p->cap_len = cap_len;
	p->data = at + BLOCK_HEAD + head;
	p->raw = at;
	p->raw_len = len;
	if (data_end < len - 4) {
		p->options = (struct option_bytes){at + data_end, len - 4 - data_end,
						   r->big_endian};
		if (packet_options(r, p) < 0)
			return -1;
	}
	p->number = ++r->packets;
	s->at = at + len;
	return 1;
}

/*
 * An enhanced packet block, or the obsolete one, which differs in its first word: 16 bits of
 * interface and 16 of a count of dropped packets.
 */
static HOT int packet_block(struct reader *r, struct packet *p, uint32_t type, uint32_t len,
			    bool big)
{
	const uint8_t *b = r->source.at + BLOCK_HEAD;
	uint32_t id, wire;

	if (len < BLOCK_FRAME + EPB_HEAD)
		return too_small(r, len);
	id = type == BLOCK_PACKET ? load32(b, big) : load16(b, big);
	if (deliver(r, p, len, id, load32(b + 12, big), EPB_HEAD) < 0)
		return -1;
	wire = load32(b + 16, big);
	p->len = wire < LEN_MAX ? wire : LEN_MAX;
	p->ticks = (uint64_t)load32(b + 4, big) << 32 | load32(b + 8, big);
	p->time_ns = time_of(&r->interfaces.known[p->interface]->about, p->ticks);
	p->block = type;
	return 1;
}

/* A simple packet block is of interface 0, whose snap length cut it, and has no time. */
static int simple_packet(struct reader *r, struct packet *p, uint32_t len)
{
	uint32_t wire, snaplen, cap_len;

	if (len < BLOCK_FRAME + SPB_HEAD)
		return too_small(r, len);
	if (r->first_interface == r->interfaces.count)
		return no_interface(r, 0);
	wire = load32(r->source.at + BLOCK_HEAD, r->big_endian);
	snaplen = r->interfaces.known[r->first_interface]->about.snaplen;
	cap_len = snaplen != 0 && snaplen < wire ? snaplen : wire;
	if (BLOCK_FRAME + SPB_HEAD + (uint64_t)cap_len + 4 <= len)
		return reader_fail(r, 3,
				   "simple packet block at offset %" PRIu64
				   " says %s bytes, its packet ends after %s",
				   source_offset(&r->source), grouped(len),
				   grouped(BLOCK_FRAME + SPB_HEAD + pad4(cap_len)));
	if (deliver(r, p, len, 0, cap_len, SPB_HEAD) < 0)
		return -1;
	p->len = wire < LEN_MAX ? wire : LEN_MAX;
	p->has_time = false;
	p->block = BLOCK_PACKET_SIMPLE;
	return 1;
}

/* A block that holds no packet. 0: go on; 1: it counts as one all the same. */
static int other_block(struct reader *r, struct packet *p, uint32_t type, uint32_t len)
{
	struct source *s = &r->source;
	struct block b = {.type = type, .section = r->section, .big_endian = r->big_endian};
	uint64_t offset = source_offset(s);
	int rc;

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

static COLD int next_slowly(struct reader *r, struct packet *p)
{
	for (;;) {
		uint32_t type = 0, len = 0;
		int rc = next_block(r, &type, &len);

		if (rc <= 0)
			return rc;
		if (type == BLOCK_PACKET || type == BLOCK_PACKET_OLD)
			return packet_block(r, p, type, len, r->big_endian);
		if (type == BLOCK_PACKET_SIMPLE)
			return simple_packet(r, p, len);
		rc = other_block(r, p, type, len);
		if (rc != 0)
			return rc;
	}
}

/* The shortest way for what nearly all blocks are: an enhanced packet that is in the window. */
static HOT int next(struct reader *r, struct packet *p, bool big)
{
	const uint8_t *at = r->source.at;
	size_t have = source_have(&r->source);
	uint32_t len;

	if (have < BLOCK_FRAME || load32(at, big) != BLOCK_PACKET)
		return next_slowly(r, p);
	len = load32(at + 4, big);
	if (len > have || len < BLOCK_FRAME || len % 4 != 0 || load32(at + len - 4, big) != len)
		return next_slowly(r, p);
	return packet_block(r, p, BLOCK_PACKET, len, big);
}

int pcapng_next(struct reader *r, struct packet *p)
{
	return r->big_endian ? next(r, p, true) : next(r, p, false);
}

int pcapng_again(struct reader *r, struct packet *p)
{
	const uint64_t offset = source_offset(&r->source);
	uint32_t type = 0, len = 0;
	const int rc = next_block(r, &type, &len);

	if (rc < 0)
		return rc;
	if (rc > 0 && (type == BLOCK_PACKET || type == BLOCK_PACKET_OLD))
		return packet_block(r, p, type, len, r->big_endian);
	if (rc > 0 && type == BLOCK_PACKET_SIMPLE)
		return simple_packet(r, p, len);
	if (rc > 0 && pcapng_is_record(type))
		return other_block(r, p, type, len);
	return reader_fail(r, 3, "the block at offset %" PRIu64 " is no packet any more", offset);
}
