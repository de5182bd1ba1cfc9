/* SPDX-License-Identifier: BSD-3-Clause */
/* What the parts of the HTTP server and client ask of each other. */
#ifndef REMORA_NET_HTTP_SERVE_H
#define REMORA_NET_HTTP_SERVE_H

#include <remora/http_server.h>

/* Sets x->route; else the status to answer: 404 or 405. */
unsigned rem_http_find_route(struct rem_http_exchange *x);

/* The methods that the target's path is good for: RFC 9110 10.2.1. */
void rem_http_put_allow(const struct rem_http_exchange *x, struct rem_out *out);

/* Is the request a HEAD? */
bool rem_http_is_to_head(const struct rem_http_exchange *x);

/* Bits of rem_http_exchange.flags. */
enum {
	REM_HTTP_X_LAST = 1,     /* the connection closes behind this answer */
	REM_HTTP_X_CHUNKED = 2,  /* the answer is */
	REM_HTTP_X_TO_HEAD = 4,  /* it goes without its body */
	REM_HTTP_X_REPLIED = 8,  /* the route has answered */
	REM_HTTP_X_BROKEN = 16,  /* the connection must not end as if all were well */
};

enum { REM_HTTP_SMALL = 16 }; /* bytes of room in which no chunk is begun */

/* How many bytes a chunk may have that is framed in so much room. */
uint32_t rem_http_chunk_room(uint32_t room);
/* Frames n bytes that stand at p[REM_HTTP_CHUNK_HEAD]; returns the bytes at p. */
int rem_http_frame_chunk(uint8_t *p, uint32_t n);

/* Writes up to n bytes where there is room for them; returns how many. */
uint32_t rem_http_io_put(struct rem_http_io *io, const uint8_t *p, uint32_t n);

/* What has come and is not taken. */
static inline struct rem_span rem_http_io_rest(const struct rem_http_io *io)
{
	if (io->n == io->took)
		return (struct rem_span){NULL, 0};
	return (struct rem_span){io->in + io->took, io->n - io->took};
}

#endif
