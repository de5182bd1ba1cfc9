/* SPDX-License-Identifier: BSD-3-Clause */
/* Unpacking captures: gzip members (RFC 1952) and zstd frames (RFC 8878), any number in a row. */
#include "file/reader.h"
#include "file/source.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

enum {
	PACKED_WINDOW = 256 * 1024, /* more than a block of zstd */
	FRAME_START = 5, /* bytes by which zstd tells a frame */
};

struct unpacker {
	enum packing how;
	bool between;             /* a member is finished, the next not begun */
	bool full;                /* gzip filled its output: more may come without input */
	bool failed;
	z_stream gzip;
	ZSTD_DStream *zstd;
	size_t wants;             /* packed bytes to have at once: for zstd to the end of a block */
	uint8_t *block;           /* what zstd made: of damage one block is lost, not more */
	const uint8_t *block_at, *block_end;
	const uint8_t *at, *end;  /* packed bytes not consumed yet */
	uint8_t *buffer;
	size_t size;
};

enum packing packing_of(const uint8_t *first, size_t len)
{
	static const uint8_t gzip[] = {0x1f, 0x8b}, zstd[] = {0x28, 0xb5, 0x2f, 0xfd},
			     skippable[] = {0x2a, 0x4d, 0x18}; /* RFC 8878 3.1.2 */

	if (len >= sizeof gzip && memcmp(first, gzip, sizeof gzip) == 0)
		return PACKING_GZIP;
	if (len >= sizeof zstd && memcmp(first, zstd, sizeof zstd) == 0)
		return PACKING_ZSTD;
	if (len >= 4 && first[0] >> 4 == 5 && memcmp(first + 1, skippable, sizeof skippable) == 0)
		return PACKING_ZSTD;
	return PACKING_NONE;
}

struct unpacker *unpacker_new(enum packing how, const uint8_t *first, size_t len)
{
	size_t size = len > PACKED_WINDOW ? len : PACKED_WINDOW;
	struct unpacker *u = calloc(1, sizeof *u);

	if (!u)
		return NULL;
	u->how = how;
	u->buffer = malloc(size);
	u->size = size;
	u->wants = how == PACKING_ZSTD ? FRAME_START : 1;
	if (how == PACKING_ZSTD) {
		u->zstd = ZSTD_createDStream();
		u->block = malloc(ZSTD_DStreamOutSize());
	}
	/* 15 + 16: the largest window, and a gzip header is required */
	if (!u->buffer || (how == PACKING_ZSTD ? !u->zstd || !u->block
					       : inflateInit2(&u->gzip, 15 + 16) != Z_OK)) {
		unpacker_free(u);
		return NULL;
	}
	memcpy(u->buffer, first, len);
	u->at = u->buffer;
	u->end = u->buffer + len;
	return u;
}

void unpacker_free(struct unpacker *u)
{
	if (!u)
		return;
	if (u->how == PACKING_GZIP)
		inflateEnd(&u->gzip);
	ZSTD_freeDStream(u->zstd);
	free(u->block);
	free(u->buffer);
	free(u);
}

/* Where in the packed file the next byte is. */
static unsigned long long packed_offset(const struct unpacker *u, const struct source *s)
{
	return (unsigned long long)(s->taken - (uint64_t)(u->end - u->at));
}

static void damaged(struct unpacker *u, struct source *s, const char *name, const char *why)
{
	u->failed = true;
	source_fail(s, 3, "the %s data is damaged before offset %llu: %s", name,
		    packed_offset(u, s), why ? why : "it does not unpack");
}

static size_t gunzip(struct unpacker *u, struct source *s, uint8_t *to, size_t n)
{
	z_stream *z = &u->gzip;
	int rc;

	if (u->between) {
		if (*u->at != 0x1f) {
			damaged(u, s, "gzip",
				"what follows the end of a member is no other member");
			return 0;
		}
		inflateReset(z);
		u->between = false;
	}
	/* The windows are far below 4 GiB: zlib's unsigned counts hold them. */
	z->next_in = (z_const Bytef *)u->at;
	z->avail_in = (uInt)(u->end - u->at);
	z->next_out = to;
	z->avail_out = (uInt)n;
	rc = inflate(z, Z_NO_FLUSH);
	u->at = z->next_in;
	if (rc == Z_STREAM_END)
		u->between = true;
	else if (rc != Z_OK && rc != Z_BUF_ERROR)
		damaged(u, s, "gzip", z->msg);
	return n - z->avail_out;
}

/* Its output takes a whole block, so nothing is ever left inside. */
static void unzstd(struct unpacker *u, struct source *s)
{
	size_t have = (size_t)(u->end - u->at);
	ZSTD_inBuffer in = {.src = u->at, .size = have < u->wants ? have : u->wants};
	ZSTD_outBuffer out = {.dst = u->block, .size = ZSTD_DStreamOutSize()};
	size_t rc = ZSTD_decompressStream(u->zstd, &out, &in);

	if (ZSTD_isError(rc)) {
		damaged(u, s, "zstd", ZSTD_getErrorName(rc));
		return;
	}
	u->at += in.pos;
	u->between = rc == 0;
	u->wants = rc == 0 ? FRAME_START : rc;
	u->block_at = u->block;
	u->block_end = u->block + out.pos;
}

static size_t take_block(struct unpacker *u, uint8_t *to, size_t n)
{
	size_t left = (size_t)(u->block_end - u->block_at);

	if (n > left)
		n = left;
	memcpy(to, u->block_at, n);
	u->block_at += n;
	return n;
}

/*
 * Makes up to `wants` packed bytes stand at u->at; zstd gets its blocks whole, so that what comes
 * out in front of damage does not depend on how the bytes came. False: there are none.
 */
static bool refill(struct unpacker *u, struct source *s)
{
	size_t have = (size_t)(u->end - u->at);

	if (have >= u->wants)
		return true;
	memmove(u->buffer, u->at, have);
	u->at = u->buffer;
	while (have < u->wants) {
		ptrdiff_t got = source_read_raw(s, u->buffer + have, u->size - have);

		if (got <= 0)
			break;
		have += (size_t)got;
	}
	u->end = u->buffer + have;
	if (have == 0 && !u->between && !reader_stop)
		source_fail(s, 3, "the packed data is cut short at offset %llu",
			    packed_offset(u, s));
	return have > 0 && !s->error_code;
}

/*
 * Up to n unpacked bytes; 0 the end, -1 failed (the source says why). What was unpacked before
 * damage is handed out first.
 */
ptrdiff_t unpacker_read(struct unpacker *u, struct source *s, uint8_t *to, size_t n)
{
	while (!u->failed) {
		size_t made;

		if (u->block_at < u->block_end)
			return (ptrdiff_t)take_block(u, to, n);
		if ((u->between || !u->full) && !refill(u, s))
			return s->error_code ? -1 : 0;
		if (u->how == PACKING_ZSTD) {
			unzstd(u, s);
			continue;
		}
		made = gunzip(u, s, to, n);
		u->full = made == n;
		if (made > 0)
			return (ptrdiff_t)made;
	}
	return -1;
}
