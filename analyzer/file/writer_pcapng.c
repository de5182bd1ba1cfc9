/* SPDX-License-Identifier: BSD-3-Clause */
/* Writing pcapng: draft-ietf-opsawg-pcapng. */
#include "file/writer_impl.h"

#include "file/bytes.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#ifndef REMORA_VERSION
#define REMORA_VERSION "0"
#endif

enum { BLOCK_HEAD = 8, SHB_BODY = 16, IDB_BODY = 8, EPB_BODY = 20, SPB_BODY = 4, PADDING = 3 };
enum { NO_INTERFACE = UINT32_MAX };

/* A block: its body in parts, framed by type and length, padded. */
static int put_block(struct writer *w, uint32_t type, const struct iovec *body, int count)
{
	struct iovec parts[8];
	uint8_t head[BLOCK_HEAD], tail[PADDING + 4] = {0};
	size_t len = 0, padding;

	for (int i = 0; i < count; i++) {
		parts[i + 1] = body[i];
		len += body[i].iov_len;
	}
	padding = pad4((uint32_t)len) - len;
	len += padding + BLOCK_HEAD + 4;
	store32(head, w->big_endian, type);
	store32(head + 4, w->big_endian, (uint32_t)len);
	store32(tail + padding, w->big_endian, (uint32_t)len);
	parts[0] = (struct iovec){head, sizeof head};
	parts[count + 1] = (struct iovec){tail, padding + 4};
	return writer_record(w, parts, count + 2);
}

static void *unconst(const void *p)
{
	return (void *)(uintptr_t)p;
}

/* A section of our own: of this machine's writing, whatever the machine in little-endian. */
int writer_pcapng_begin(struct writer *w)
{
	static const char program[] = "remora " REMORA_VERSION;
	uint8_t body[SHB_BODY + 4], end[PADDING + 4] = {0};
	size_t padding = pad4(sizeof program - 1) - (sizeof program - 1);

	w->begun = true;
	w->big_endian = false;
	w->nano = !w->of || w->of->nano;
	store32(body, false, 0x1a2b3c4d);
	store16(body + 4, false, 1);
	store16(body + 6, false, 0);
	store64(body + 8, false, UINT64_MAX); /* the section's length is not known */
	store16(body + 16, false, SHB_APPLICATION);
	store16(body + 18, false, sizeof program - 1);
	return put_block(w, BLOCK_SECTION,
			 (struct iovec[]){{body, sizeof body},
					  {unconst(program), sizeof program - 1},
					  {end, padding + 4}},
			 3);
}

static struct own_interface *add_own(struct writer *w, uint32_t index, uint16_t linktype,
				     uint32_t snaplen)
{
	struct own_interface *more = realloc(w->own, (w->own_count + 1) * sizeof *more);

	if (!more)
		return NULL;
	w->own = more;
	more[w->own_count] = (struct own_interface){index, linktype, snaplen};
	return &more[w->own_count++];
}

static bool room_for_options(struct writer *w, uint32_t n)
{
	uint8_t *more = n > w->scratch_size ? realloc(w->scratch, n) : w->scratch;

	if (!more)
		return writer_fail(w, "not enough memory") == 0;
	w->scratch = more;
	w->scratch_size = n > w->scratch_size ? n : w->scratch_size;
	return true;
}

/* An interface as its capture describes it; its clock, if there was too much to keep the rest. */
static int put_interface(struct writer *w, const struct interface *i)
{
	enum { CLOCK = 8 + 12 };
	uint8_t body[IDB_BODY] = {0}, clock[CLOCK] = {0};
	struct iovec options = {clock, sizeof clock};

	store16(body, false, i->linktype);
	store32(body + 4, false, i->snaplen);
	store16(clock, false, IF_TSRESOL);
	store16(clock + 2, false, 1);
	clock[4] = i->tsresol;
	store16(clock + 8, false, IF_TSOFFSET);
	store16(clock + 10, false, 8);
	store64(clock + 12, false, (uint64_t)i->tsoffset);
	if (i->options.len > 0) {
		if (!room_for_options(w, i->options.len))
			return -1;
		options = (struct iovec){w->scratch, options_copy(&i->options, OPTIONS_INTERFACE,
								  false, w->scratch)};
	}
	return put_block(w, BLOCK_INTERFACE, (struct iovec[]){{body, sizeof body}, options}, 2);
}

/* The capture's own description of the packet's interface, where it has one. */
static const struct interface *described(const struct writer *w, const struct packet *p)
{
	const struct interface *i = w->of && w->of->format == FILE_PCAPNG
					    ? interfaces_at(w->of, p->interface)
					    : NULL;

	return i && p->has_interface && i->linktype == p->linktype ? i : NULL;
}

/* The interface of our own for that packet, described when it is first needed. */
static int own_interface(struct writer *w, const struct packet *p, uint32_t *id)
{
	const struct interface *from = w->of ? interfaces_at(w->of, 0) : NULL;
	const struct interface *is = described(w, p);
	const uint32_t index = is ? is->index : NO_INTERFACE;
	const uint32_t snaplen = is ? is->snaplen : from ? from->snaplen : 0;
	uint8_t body[IDB_BODY + 12] = {0};

	for (*id = 0; *id < w->own_count; ++*id)
		if (w->own[*id].index == index && (is || w->own[*id].linktype == p->linktype))
			return 0;
	if (!add_own(w, index, p->linktype, snaplen))
		return writer_fail(w, "not enough memory");
	if (is)
		return put_interface(w, is);
	store16(body, false, p->linktype);
	store32(body + 4, false, snaplen);
	store16(body + 8, false, IF_TSRESOL);
	store16(body + 10, false, 1);
	body[12] = w->nano ? 9 : 6;
	return put_block(w, BLOCK_INTERFACE, &(struct iovec){body, sizeof body}, 1);
}

/* Ticks of the packet's interface, or of one of our own. */
static uint64_t ticks_of(const struct writer *w, const struct packet *p)
{
	const struct interface *i = writer_copies(w) ? interfaces_at(w->of, p->interface)
						     : described(w, p);

	if (!i)
		return p->time_ns < 0 ? 0 : (uint64_t)p->time_ns / (w->nano ? 1 : 1000);
	/* Ticks finer than nanoseconds, or far away, stay what they were. */
	return interface_time(i, p->ticks) == p->time_ns ? p->ticks
							 : interface_ticks(i, p->time_ns);
}

/* The packet's options as the section needs them; flags alone become an option. */
static int options_for(struct writer *w, const struct packet *p, struct iovec *options)
{
	enum { FLAGS = 12 };

	if (!room_for_options(w, p->options.len > FLAGS ? p->options.len : FLAGS))
		return -1;
	options->iov_base = w->scratch;
	options->iov_len = options_copy(&p->options, OPTIONS_PACKET, w->big_endian, w->scratch);
	if (p->options.len > 0 || p->flags == 0)
		return 0;
	memset(w->scratch, 0, FLAGS);
	store16(w->scratch, w->big_endian, PACKET_FLAGS);
	store16(w->scratch + 2, w->big_endian, 4);
	store32(w->scratch + 4, w->big_endian, p->flags);
	options->iov_len = FLAGS;
	return 0;
}

static int put_enhanced(struct writer *w, const struct packet *p, uint32_t id)
{
	static const uint8_t padding[PADDING];
	uint64_t ticks = p->has_time ? ticks_of(w, p) : 0;
	struct iovec options = {NULL, 0};
	uint8_t body[EPB_BODY];

	if (options_for(w, p, &options) < 0)
		return -1;
	store32(body, w->big_endian, id);
	store32(body + 4, w->big_endian, (uint32_t)(ticks >> 32));
	store32(body + 8, w->big_endian, (uint32_t)ticks);
	store32(body + 12, w->big_endian, p->cap_len);
	store32(body + 16, w->big_endian, p->len);
	return put_block(w, BLOCK_PACKET,
			 (struct iovec[]){{body, sizeof body},
					  {unconst(p->data), p->cap_len},
					  {unconst(padding), pad4(p->cap_len) - p->cap_len},
					  options},
			 4);
}

/* A simple packet block has no time, and no room for anything else. */
static bool is_simple(const struct packet *p, uint32_t id, uint32_t snaplen)
{
	uint32_t cap_len = snaplen != 0 && snaplen < p->len ? snaplen : p->len;

	return !p->has_time && id == 0 && p->cap_len == cap_len && p->options.len == 0 &&
	       p->flags == 0;
}

static int put_simple(struct writer *w, const struct packet *p)
{
	uint8_t body[SPB_BODY];

	store32(body, w->big_endian, p->len);
	return put_block(w, BLOCK_PACKET_SIMPLE,
			 (struct iovec[]){{body, sizeof body}, {unconst(p->data), p->cap_len}}, 2);
}

/* A packet whose block in the source can stand as it is. */
static bool is_verbatim(const struct writer *w, const struct packet *p)
{
	struct option_bytes options = p->options;
	struct option option;
	size_t iter = 0;

	if (!p->raw || p->options.big_endian != w->big_endian ||
	    (!writer_copies(w) && p->linktype != LINKTYPE_RECORD))
		return false;
	while (option_next(&options, &iter, &option))
		if (option_is_local(&option))
			return false;
	return true;
}

int writer_pcapng_put(struct writer *w, const struct packet *p)
{
	const struct interface *i;
	uint32_t id = p->interface_id, snaplen;

	if (!w->begun && writer_pcapng_begin(w) < 0)
		return -1;
	if (p->block == BLOCK_CUSTOM_LOCAL)
		return 0;
	if (is_verbatim(w, p))
		return writer_record(w, &(struct iovec){unconst(p->raw), p->raw_len}, 1);
	if (p->linktype == LINKTYPE_RECORD)
		return writer_fail(w,
				   "packet %" PRIu64 " is a block of type 0x%" PRIx32
				   ", which only a copy of its own file can hold",
				   p->number, p->block);
	i = writer_copies(w) ? interfaces_at(w->of, p->interface) : NULL;
	if (!i && own_interface(w, p, &id) < 0)
		return -1;
	snaplen = i ? i->snaplen : w->own[id].snaplen;
	return is_simple(p, id, snaplen) ? put_simple(w, p) : put_enhanced(w, p, id);
}

/* An option of 64 bits, at *to, which moves past it. */
static void put64(uint8_t **to, uint16_t code, uint64_t v, bool is_time)
{
	store16(*to, false, code);
	store16(*to + 2, false, 8);
	if (is_time) { /* two words, the higher one first */
		store32(*to + 4, false, (uint32_t)(v >> 32));
		store32(*to + 8, false, (uint32_t)v);
	} else {
		store64(*to + 4, false, v);
	}
	*to += 12;
}

int writer_put_statistics(struct writer *w, uint32_t interface, const struct writer_statistics *s)
{
	uint8_t body[12 + 5 * 12 + 4] = {0}, *to = body + 12;
	struct packet p;
	uint32_t id;

	if (!w->pcapng || writer_copies(w))
		return 0;
	interfaces_blank(w->of, interface, &p);
	if ((!w->begun && writer_pcapng_begin(w) < 0) || own_interface(w, &p, &id) < 0)
		return -1;
	const uint64_t ticks = interface_ticks(interfaces_at(w->of, interface), s->time_us * 1000);
	store32(body, false, id);
	store32(body + 4, false, (uint32_t)(ticks >> 32));
	store32(body + 8, false, (uint32_t)ticks);
	put64(&to, STATISTICS_END, ticks, true);
	put64(&to, STATISTICS_RECEIVED, s->accepted, false);
	put64(&to, STATISTICS_DROPPED, s->dropped, false);
	put64(&to, STATISTICS_ACCEPTED, s->accepted, false);
	put64(&to, STATISTICS_DELIVERED, s->delivered, false);
	return put_block(w, BLOCK_STATISTICS, &(struct iovec){body, sizeof body}, 1);
}

int writer_block(struct writer *w, const struct block *b)
{
	if (w->error)
		return -1;
	if (!w->pcapng || writer_copies(w) || b->big_endian || b->type == BLOCK_SECTION)
		return 0;
	if (!w->begun && writer_pcapng_begin(w) < 0)
		return -1;
	return put_block(w, b->type, &(struct iovec){unconst(b->body), b->body_len}, 1);
}

void writer_pcapng_block(void *writer, const struct block *b)
{
	static const uint8_t unknown_length[8] = {255, 255, 255, 255, 255, 255, 255, 255};
	struct writer *w = writer;

	if (w->error)
		return;
	if (b->type != BLOCK_SECTION) {
		put_block(w, b->type, &(struct iovec){unconst(b->body), b->body_len}, 1);
		return;
	}
	w->begun = true;
	w->big_endian = b->big_endian;
	put_block(w, BLOCK_SECTION,
		  (struct iovec[]){{unconst(b->body), 8},
				   {unconst(unknown_length), sizeof unknown_length},
				   {unconst(b->body + SHB_BODY), b->body_len - SHB_BODY}},
		  3);
}
