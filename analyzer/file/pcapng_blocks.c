/* SPDX-License-Identifier: BSD-3-Clause */
/* pcapng blocks that hold no packet: draft-ietf-opsawg-pcapng 4.1, 4.2, 4.5, 4.6, 4.7. */
#include "file/reader_impl.h"

#include "file/bytes.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	BLOCK_HEAD = 8,
	SHB_HEAD = 16, IDB_HEAD = 8, ISB_HEAD = 12, DSB_HEAD = 8, NRB_MIN = 4,
	NAME_END = 0, NAME_IPV4 = 1, NAME_IPV6 = 2, NAME_EUI48 = 3, NAME_EUI64 = 4,
};

static int too_short(struct reader *r, const char *what, uint64_t offset, uint32_t need)
{
	return reader_fail(r, 3,
			   "%s at offset %" PRIu64 " is too short for its fixed fields of %" PRIu32
			   " bytes",
			   what, offset, need);
}

static int check_options(struct reader *r, const struct block *b, uint32_t from,
			 enum option_kind kind, uint64_t offset)
{
	struct option_bytes o = {b->body + from, b->body_len - from, b->big_endian};
	uint32_t at;
	const char *fault = options_check(&o, kind, &at);

	return fault ? reader_fail(r, 3, "option at offset %" PRIu64 ": %s", offset + 8 + from + at,
				   fault)
		     : 0;
}

static void tell(struct reader *r, const struct block *b)
{
	if (r->on_block)
		r->on_block(r->on_block_context, b);
}

void pcapng_keep(struct reader *r, const struct block *b)
{
	size_t cost = sizeof *b + b->body_len;
	struct block *more;
	uint8_t *body;

	if (r->block_bytes + cost > BLOCK_BYTES_MAX)
		return;
	more = realloc(r->blocks, (r->block_count + 1) * sizeof *more);
	if (!more)
		return;
	r->blocks = more;
	body = malloc(b->body_len + 1);
	if (!body)
		return;
	memcpy(body, b->body, b->body_len);
	r->blocks[r->block_count] = *b;
	r->blocks[r->block_count++].body = body;
	r->block_bytes += cost;
}

int pcapng_section(struct reader *r, const struct block *b, uint64_t offset)
{
	struct block section = *b;
	uint16_t major, minor;

	if (b->body_len < SHB_HEAD)
		return too_short(r, "section head", offset, SHB_HEAD);
	major = load16(b->body + 4, b->big_endian);
	minor = load16(b->body + 6, b->big_endian);
	if (major != 1 || (minor != 0 && minor != 2))
		return reader_fail(r, 2,
				   "section head at offset %" PRIu64
				   " is of version %u.%u, remora reads 1.0 and 1.2",
				   offset, major, minor);
	if (check_options(r, b, SHB_HEAD, OPTIONS_OTHER, offset) < 0)
		return -1;
	section.section = ++r->section;
	r->first_interface = r->interfaces.count;
	pcapng_keep(r, &section);
	tell(r, &section);
	return 0;
}

int pcapng_interface(struct reader *r, const struct block *b, uint64_t offset)
{
	struct option_bytes options;
	struct interface *i;
	struct option fcs;

	if (b->body_len < IDB_HEAD)
		return too_short(r, "interface description", offset, IDB_HEAD);
	if (check_options(r, b, IDB_HEAD, OPTIONS_INTERFACE, offset) < 0)
		return -1;
	options = (struct option_bytes){b->body + IDB_HEAD, b->body_len - IDB_HEAD, b->big_endian};
	i = reader_add_interface(r, load16(b->body, b->big_endian), offset + BLOCK_HEAD, &options);
	if (!i)
		return -1;
	i->snaplen = load32(b->body + 4, b->big_endian);
	if (option_find(&options, IF_FCSLEN, &fcs) && fcs.len == 1)
		i->fcs_len = fcs.value[0];
	interface_set_clock(i, &options);
	if (i->units > 1000000)
		r->interfaces.nano = true;
	tell(r, b);
	return 0;
}

/*
 * One record of a name resolution block. 1: there is one; 0: that was the last; -1: it reaches past
 * the block.
 */
static int next_name_record(const struct block *b, uint32_t at, uint16_t *type, uint16_t *len)
{
	if (at + 4 > b->body_len)
		return 0;
	*type = load16(b->body + at, b->big_endian);
	*len = load16(b->body + at + 2, b->big_endian);
	if (*type == NAME_END)
		return 0;
	return pad4(*len) > b->body_len - at - 4 ? -1 : 1;
}

static uint32_t address_len(uint16_t type)
{
	switch (type) {
	case NAME_IPV4: return 4;
	case NAME_IPV6: return 16;
	case NAME_EUI48: return 6;
	case NAME_EUI64: return 8;
	default: return 0;
	}
}

bool block_next_name(const struct block *b, struct name_iter *iter, struct resolved_name *n)
{
	uint16_t type, len;

	for (; next_name_record(b, iter->record, &type, &len) > 0;
	     iter->record += 4 + pad4(len), iter->name = 0) {
		const uint8_t *value = b->body + iter->record + 4;
		uint32_t from = address_len(type) + iter->name;
		const uint8_t *nul = from < len ? memchr(value + from, 0, len - from) : NULL;

		if (address_len(type) == 0 || !nul)
			continue;
		iter->name += (uint32_t)(nul + 1 - (value + from));
		if (nul == value + from)
			continue;
		*n = (struct resolved_name){value, address_len(type), (const char *)value + from};
		return true;
	}
	return false;
}

static int check_names(struct reader *r, const struct block *b, uint64_t offset)
{
	uint32_t at = 0;
	uint16_t type, len;
	int rc;

	if (b->body_len < NRB_MIN)
		return too_short(r, "name resolution block", offset, NRB_MIN);
	for (; (rc = next_name_record(b, at, &type, &len)) > 0; at += 4 + pad4(len)) {
		uint64_t where = offset + BLOCK_HEAD + at;

		if (type != NAME_IPV4 && type != NAME_IPV6)
			continue;
		if (len < address_len(type))
			return reader_fail(r, 3,
					   "name at offset %" PRIu64
					   " is too short for its address",
					   where);
		if (len == address_len(type) || b->body[at + 4 + len - 1] != 0)
			return reader_fail(r, 3,
					   "name at offset %" PRIu64 " does not end in a zero byte",
					   where);
	}
	if (rc < 0)
		return reader_fail(r, 3,
				   "name at offset %" PRIu64
				   " says %u bytes, its block has %" PRIu32 " left",
				   offset + BLOCK_HEAD + at, len, b->body_len - at - 4);
	return at + 4 < b->body_len ? check_options(r, b, at + 4, OPTIONS_OTHER, offset) : 0;
}

int pcapng_other(struct reader *r, const struct block *b, uint64_t offset)
{
	int rc = 0;

	if (b->type == BLOCK_STATISTICS)
		rc = b->body_len < ISB_HEAD ? too_short(r, "interface statistics", offset, ISB_HEAD)
					    : check_options(r, b, ISB_HEAD, OPTIONS_OTHER, offset);
	else if (b->type == BLOCK_NAMES)
		rc = check_names(r, b, offset);
	else if (b->type == BLOCK_SECRETS && b->body_len < DSB_HEAD)
		rc = too_short(r, "decryption secrets", offset, DSB_HEAD);
	else if (b->type == BLOCK_SECRETS &&
		 load32(b->body + 4, b->big_endian) > b->body_len - DSB_HEAD)
		rc = reader_fail(r, 3,
				 "decryption secrets at offset %" PRIu64
				 " say %s bytes, their block has %s left",
				 offset, grouped(load32(b->body + 4, b->big_endian)),
				 grouped(b->body_len - DSB_HEAD));
	if (rc < 0)
		return rc;
	if (b->type == BLOCK_STATISTICS || b->type == BLOCK_NAMES || b->type == BLOCK_SECRETS)
		pcapng_keep(r, b);
	tell(r, b);
	return 0;
}

/* Where a block's options begin. */
static uint32_t options_offset(const struct block *b)
{
	uint32_t at = 0;
	uint16_t type, len;

	switch (b->type) {
	case BLOCK_SECTION: return SHB_HEAD;
	case BLOCK_INTERFACE: return IDB_HEAD;
	case BLOCK_STATISTICS: return ISB_HEAD;
	case BLOCK_SECRETS: return DSB_HEAD + pad4(load32(b->body + 4, b->big_endian));
	case BLOCK_NAMES:
		while (next_name_record(b, at, &type, &len) > 0)
			at += 4 + pad4(len);
		return at + 4;
	default: return b->body_len;
	}
}

struct option_bytes block_options(const struct block *b)
{
	uint32_t at = options_offset(b);

	if (at > b->body_len)
		at = b->body_len;
	return (struct option_bytes){b->body + at, b->body_len - at, b->big_endian};
}
