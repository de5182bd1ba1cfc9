/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * pcapng blocks that are numbered among the packets without being any: custom blocks
 * (draft-ietf-opsawg-pcapng 4.8), systemd journal entries (4.9) and sysdig's system calls.
 */
#include "file/reader_impl.h"

#include "file/bytes.h"

#include <inttypes.h>
#include <string.h>

enum {
	PEN_LEN = 4,
	JOURNAL_MIN = 23,                    /* its timestamp line with one digit */
	SYSDIG_HEAD = 24,                    /* CPU, time, thread, length, event type */
	SYSDIG_V2_HEAD = 28,                 /* and the number of parameters */
};

bool pcapng_is_record(uint32_t type)
{
	return type == BLOCK_CUSTOM || type == BLOCK_CUSTOM_LOCAL || type == BLOCK_JOURNAL ||
	       type == BLOCK_SYSDIG || type == BLOCK_SYSDIG_V2 || type == BLOCK_SYSDIG_V2_LARGE;
}

static int too_short(struct reader *r, const char *what, uint64_t offset)
{
	return reader_fail(r, 3, "%s at offset %" PRIu64 " is too short for its fixed fields", what,
			   offset);
}

static int custom(struct reader *r, const struct block *b, uint64_t offset, struct packet *p)
{
	if (b->body_len < PEN_LEN)
		return too_short(r, "custom block", offset);
	p->ticks = load32(b->body, b->big_endian);
	p->data = b->body + PEN_LEN;
	p->cap_len = p->len = b->body_len - PEN_LEN;
	return 1;
}

/* The time is a line of the entry: __REALTIME_TIMESTAMP=microseconds. */
static bool journal_time(const uint8_t *text, uint32_t len, uint64_t *us)
{
	static const char key[] = "__REALTIME_TIMESTAMP=";
	const uint8_t *line = text, *end = text + len;
	uint64_t value = 0;

	while ((size_t)(end - line) >= sizeof key - 1 && memcmp(line, key, sizeof key - 1) != 0) {
		const uint8_t *newline = memchr(line, '\n', (size_t)(end - line));

		if (!newline)
			return false;
		line = newline + 1;
	}
	if ((size_t)(end - line) < sizeof key)
		return false;
	for (line += sizeof key - 1; line < end && *line >= '0' && *line <= '9'; line++)
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, *line - '0', &value))
			return false;
	*us = value;
	return true;
}

static int journal(struct reader *r, const struct block *b, uint64_t offset, struct packet *p)
{
	uint32_t len = b->body_len;
	uint64_t us;

	while (len > 0 && b->body[len - 1] == 0)
		len--;
	if (len < JOURNAL_MIN)
		return too_short(r, "journal entry", offset);
	p->data = b->body;
	p->cap_len = p->len = len;
	if (journal_time(b->body, len, &us) && us <= INT64_MAX / 1000) {
		p->has_time = true;
		p->ticks = us * 1000;
		p->time_ns = (int64_t)p->ticks;
	}
	return 1;
}

static int system_call(struct reader *r, const struct block *b, uint64_t offset, struct packet *p)
{
	uint32_t head = b->type == BLOCK_SYSDIG ? SYSDIG_HEAD : SYSDIG_V2_HEAD;

	if (b->body_len < head)
		return too_short(r, "system call", offset);
	p->has_time = true;
	p->ticks = load64(b->body + 2, b->big_endian);
	p->time_ns = p->ticks <= INT64_MAX ? (int64_t)p->ticks : INT64_MAX;
	p->len = load32(b->body + 18, b->big_endian) & LEN_MAX;
	p->data = b->body + head;
	p->cap_len = b->body_len - head;
	return 1;
}

int pcapng_record(struct reader *r, const struct block *b, uint64_t offset, struct packet *p)
{
	int rc;

	*p = (struct packet){
		.linktype = LINKTYPE_RECORD,
		.block = b->type,
		.section = b->section,
		.raw = b->body - 8,
		.raw_len = b->body_len + 12,
		.options.big_endian = b->big_endian,
	};
	if (b->type == BLOCK_JOURNAL)
		rc = journal(r, b, offset, p);
	else if (b->type == BLOCK_CUSTOM || b->type == BLOCK_CUSTOM_LOCAL)
		rc = custom(r, b, offset, p);
	else
		rc = system_call(r, b, offset, p);
	if (rc > 0)
		p->number = ++r->packets;
	return rc;
}
