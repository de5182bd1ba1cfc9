/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An HTTP/1.1 server without a transport: bytes go in, bytes come out. It reads heads strictly,
 * finds the route, gives bodies to whom they are for, writes answers of known and unknown length,
 * keeps connections, takes pipelined requests one after the other, and gives up on who is slow.
 * Nothing is allocated: an exchange has a buffer of its caller's, for the heads only.
 */
#ifndef REMORA_HTTP_SERVER_H
#define REMORA_HTTP_SERVER_H

#include <remora/http_message.h>
#include <remora/text.h>

enum {
	REM_HTTP_REPLY_HEAD = 256, /* bytes of the buffer that are kept for the answer's head */
	REM_HTTP_LEAST_BUFFER = 512,
};

struct rem_http_exchange;
struct rem_http_io;

/* The request is whole: answer it with rem_http_reply(), rem_http_reply_fill() or rem_http_wait(). */
typedef void rem_http_answer(struct rem_http_exchange *x);
/* A piece of the request's body; negative: no more of it, the status to answer is 400. */
typedef int rem_http_take(struct rem_http_exchange *x, struct rem_span piece);
/* Writes the next bytes of an answer's body. 0: it is over; REM_MISS: there is nothing yet; another
 * negative value breaks the connection off, so that nobody takes a part for the whole. */
typedef int rem_http_fill(struct rem_http_exchange *x, uint8_t *p, uint32_t room);

/* A step of reading a request's body. */
typedef bool rem_http_read(struct rem_http_exchange *x, struct rem_http_io *io);
rem_http_read rem_http_read_body;

/*
 * "GET" answers HEAD too. A path is compared as it is written, segment by segment; "{id}" stands
 * for one segment that is not empty, "{rest...}" at the end for all that is left, maybe nothing.
 * The first route of the table that fits wins.
 */
struct rem_http_route {
	const char *method, *path;
	rem_http_answer *answer;
	rem_http_take *take; /* NULL: a body is refused; else the server must have `read` */
};

struct rem_http_server {
	const struct rem_http_route *route;
	uint16_t routes;
	/* Who reads the bodies that routes take: rem_http_read_body. NULL: they are refused, and firmware
	 * does not carry what reads them. */
	rem_http_read *read;
	rem_http_size most_body; /* bytes of a request's body; more: 413 */
	rem_time patience;   /* for a head, from its first byte; for each move of a body or answer */
	rem_time idle;       /* between requests */
	/* Looks at every head before its route does. 0: go on; else the status to answer. NULL: nobody */
	unsigned (*admit)(struct rem_http_exchange *x);
	void *user;
};

enum rem_http_exchange_state {
	REM_HTTP_IDLE,
	REM_HTTP_HEAD,     /* the request's head is coming */
	REM_HTTP_BODY,     /* its body is */
	REM_HTTP_WAITING,  /* the route has nothing to say yet */
	REM_HTTP_ANSWER,   /* the answer's head is going out */
	REM_HTTP_CONTENT,  /* its body is */
	REM_HTTP_OVER,     /* nothing more will be read or written: close */
};

/* One connection. What stands under "for routes" may be read, and user written, by whom it calls. */
struct rem_http_exchange {
	const struct rem_http_server *server;
	uint16_t room, used;    /* of buf; bytes of the request in it */
	uint16_t out, out_end;  /* bytes of the answer in it, to go out */
	uint16_t code;          /* of the answer */
	uint8_t state;          /* enum rem_http_exchange_state */
	uint8_t flags;
	/* for routes */
	struct rem_http_head head;         /* of the request; its bytes are buf */
	const struct rem_http_route *route;
	uint8_t *buf;
	void *user;
	rem_time now;
	rem_http_size taken; /* bytes of the request's body so far */
	/* its own */
	struct rem_http_body body;
	struct rem_span send;   /* a body that is there already */
	rem_http_fill *fill;    /* or who makes it, and … */
	bool (*send_made)(struct rem_http_exchange *x, struct rem_http_io *io); /* … sends it */
	rem_http_size left;     /* bytes of it to come; REM_HTTP_ENDLESS: nobody knows */
	rem_time due;           /* when it wants to be served, though no byte came */
};

/* A new connection, with at least REM_HTTP_LEAST_BUFFER bytes for heads. */
void rem_http_exchange_init(struct rem_http_exchange *x, const struct rem_http_server *server,
			    uint8_t *buf, uint16_t room, rem_time now);

/* What has come and what may go: took and wrote say how much of it did. */
struct rem_http_io {
	const uint8_t *in;
	uint32_t n, took;
	uint8_t *out;
	uint32_t room, wrote;
	bool ended; /* nothing will come behind `in` */
};

/*
 * Goes on as far as bytes and room allow. REM_OK: call again when there is more of either, or at
 * x->due. REM_CLOSED: end the connection once what was written has gone, and let what still comes come
 * to nothing for a moment, or the peer's side may lose the answer (RFC 9112 9.6). REM_DROP: break
 * it off.
 */
int rem_http_serve(struct rem_http_exchange *x, struct rem_http_io *io, rem_time now);

/* ---- for routes ---- */

struct rem_span rem_http_target(const struct rem_http_exchange *x);
struct rem_span rem_http_query(const struct rem_http_exchange *x);
/* The segment that stands for "{name}" in the route's path, as written; empty, if none does. */
struct rem_span rem_http_value(const struct rem_http_exchange *x, const char *name);
/* A header of the request, by its name in lower case. */
bool rem_http_header_of(const struct rem_http_exchange *x, const char *name,
			struct rem_span *value);

/* Where the answer's head lines go: begin with rem_http_reply_head(), add with rem_http_put_…() and
 * end with one of the two below. Who needs no line of its own calls one of the two alone. */
struct rem_out rem_http_reply_head(struct rem_http_exchange *x, unsigned code);
/* The answer with its body, which must stay where it is until it has gone out. type may be NULL. */
void rem_http_reply_with(struct rem_http_exchange *x, struct rem_out *head, const char *type,
			 struct rem_span body);
/* The answer with a body that fill makes; length REM_HTTP_ENDLESS: it is over when fill says so. */
void rem_http_reply_from(struct rem_http_exchange *x, struct rem_out *head, const char *type,
			 rem_http_size length, rem_http_fill *fill);
void rem_http_reply(struct rem_http_exchange *x, unsigned code, const char *type,
		    struct rem_span body);
/* Not yet: the route is asked again whenever the exchange is served, at `until` at the latest. */
void rem_http_wait(struct rem_http_exchange *x, rem_time until);

/* Does a path fit a route's, and what stands for `name` in it? name NULL: only whether it fits. */
bool rem_http_match(const char *pattern, struct rem_span path, const char *name,
		    struct rem_span *value);

#endif
