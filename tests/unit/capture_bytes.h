/* SPDX-License-Identifier: BSD-3-Clause */
/* Captures built byte by byte, for the tests of the file reader and writer. */
#ifndef CAPTURE_BYTES_H
#define CAPTURE_BYTES_H

#include "file/bytes.h"
#include "file/reader.h"

#include <assert.h>
#include <string.h>

struct bytes {
	size_t len;
	bool big;
	size_t block;                 /* where the open block began */
	uint8_t at[1 << 20];
};

static inline void put_bytes(struct bytes *b, const void *p, size_t n)
{
	assert(b->len + n <= sizeof b->at);
	memcpy(b->at + b->len, p, n);
	b->len += n;
}

static inline void put16(struct bytes *b, uint16_t v)
{
	store16(b->at + b->len, b->big, v);
	b->len += 2;
}

static inline void put32(struct bytes *b, uint32_t v)
{
	store32(b->at + b->len, b->big, v);
	b->len += 4;
}

static inline void put64(struct bytes *b, uint64_t v)
{
	store64(b->at + b->len, b->big, v);
	b->len += 8;
}

/* n bytes that say whose they are, padded by `pad` zeros. */
static inline void put_data(struct bytes *b, size_t n, uint8_t first, size_t pad)
{
	for (size_t i = 0; i < n; i++)
		b->at[b->len++] = (uint8_t)(first + i);
	while (pad-- > 0)
		b->at[b->len++] = 0;
}

static inline void pcap_head(struct bytes *b, uint32_t magic, uint16_t minor, uint32_t network)
{
	put32(b, magic);
	put16(b, 2);
	put16(b, minor);
	put64(b, 0);
	put32(b, 65535);
	put32(b, network);
}

static inline void pcap_record(struct bytes *b, uint32_t seconds, uint32_t fraction,
			       uint32_t cap_len, uint32_t len)
{
	put32(b, seconds);
	put32(b, fraction);
	put32(b, cap_len);
	put32(b, len);
	put_data(b, cap_len, (uint8_t)seconds, 0);
}

static inline void begin_block(struct bytes *b, uint32_t type)
{
	b->block = b->len;
	put32(b, type);
	put32(b, 0);
}

static inline void end_block(struct bytes *b)
{
	uint32_t len;

	while ((b->len - b->block) % 4 != 0)
		b->at[b->len++] = 0;
	len = (uint32_t)(b->len - b->block) + 4;
	store32(b->at + b->block + 4, b->big, len);
	put32(b, len);
}

static inline void put_option(struct bytes *b, uint16_t code, const void *value, size_t len)
{
	put16(b, code);
	put16(b, (uint16_t)len);
	put_bytes(b, value, len);
	put_data(b, 0, 0, (4 - len % 4) % 4);
}

static inline void put_text(struct bytes *b, uint16_t code, const char *text)
{
	put_option(b, code, text, strlen(text));
}

static inline void begin_section(struct bytes *b, bool big)
{
	b->big = big;
	begin_block(b, BLOCK_SECTION);
	put32(b, 0x1a2b3c4d);
	put16(b, 1);
	put16(b, 0);
	put64(b, UINT64_MAX);
}

static inline void section(struct bytes *b, bool big)
{
	begin_section(b, big);
	end_block(b);
}

static inline void begin_interface(struct bytes *b, uint16_t linktype, uint32_t snaplen)
{
	begin_block(b, BLOCK_INTERFACE);
	put16(b, linktype);
	put16(b, 0);
	put32(b, snaplen);
}

static inline void interface(struct bytes *b, uint16_t linktype, uint32_t snaplen)
{
	begin_interface(b, linktype, snaplen);
	end_block(b);
}

static inline void begin_packet(struct bytes *b, uint32_t id, uint64_t ticks, uint32_t cap_len,
				uint32_t len)
{
	begin_block(b, BLOCK_PACKET);
	put32(b, id);
	put32(b, (uint32_t)(ticks >> 32));
	put32(b, (uint32_t)ticks);
	put32(b, cap_len);
	put32(b, len);
	put_data(b, cap_len, (uint8_t)ticks, (4 - cap_len % 4) % 4);
}

static inline void enhanced_packet(struct bytes *b, uint32_t id, uint64_t ticks, uint32_t cap_len)
{
	begin_packet(b, id, ticks, cap_len, cap_len);
	end_block(b);
}

static inline void simple_packet(struct bytes *b, uint32_t len, uint32_t cap_len)
{
	begin_block(b, BLOCK_PACKET_SIMPLE);
	put32(b, len);
	put_data(b, cap_len, 0x50, 0);
	end_block(b);
}

/* What may follow in a section, and a second one with a packet and a block that is somebody's own. */
static inline void names_and_another_section(struct bytes *b, bool big)
{
	simple_packet(b, 6, 6);
	begin_block(b, BLOCK_NAMES);
	put_option(b, 1, "\x0a\0\0\1one", 8);
	put_option(b, 0, "", 0);
	end_block(b);
	section(b, big);
	interface(b, 101, 0);
	enhanced_packet(b, 0, 1, 5);
	begin_block(b, BLOCK_CUSTOM);
	put32(b, 1);
	put32(b, 2);
	end_block(b);
}

/* A reader of the bytes, which opens them or fails the test. */
static inline struct reader *open_bytes(const struct bytes *b)
{
	char *error = NULL;
	struct reader *r = reader_open_memory(b->at, b->len, 0, &error);

	if (!r)
		fail_msg("%s", error);
	return r;
}

#endif
