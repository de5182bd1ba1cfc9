/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An HTTP/1.1 client without a transport: bytes go in, bytes come out. A call writes one request,
 * whole, and reads its response: strictly, as the server does. A connection may carry one call
 * after the other (RFC 9112 9.3).
 */
#ifndef REMORA_HTTP_CLIENT_H
#define REMORA_HTTP_CLIENT_H

#include <remora/http_server.h>

struct rem_http_call;

/* A piece of the response's body, as it comes; negative breaks the call off with that error. */
typedef int rem_http_receive(struct rem_http_call *c, struct rem_span piece);
/* Writes the next bytes of the request's body: as rem_http_fill. */
typedef int rem_http_provide(struct rem_http_call *c, uint8_t *p, uint32_t room);

enum rem_http_call_state {
	REM_HTTP_CALL_SENDS, /* the request's head, then its body */
	REM_HTTP_CALL_READS, /* the response's head */
	REM_HTTP_CALL_BODY,
	REM_HTTP_CALL_DONE,
};

struct rem_http_call {
	struct rem_http_head head; /* of the response, its bytes are buf, once `code` is there */
	struct rem_http_body body;
	rem_http_receive *receive; /* NULL: the body is thrown away */
	rem_http_provide *provide;
	struct rem_span send;
	rem_http_size left;     /* bytes of the request's body; REM_HTTP_ENDLESS: nobody knows */
	rem_http_size received; /* bytes of the response's body */
	uint8_t *buf;           /* the request's head, then the response's */
	struct rem_out out;     /* the end of the request's head */
	void *user;
	uint16_t room, used, at;
	uint16_t code;          /* of the response; 0: not here yet */
	uint8_t state;          /* enum rem_http_call_state */
	bool to_head, chunked, persists;
};

/* Begins a request in the caller's buffer, which holds the request's head, then the response's.
 * Then come header lines by rem_http_put_…(&c->out, …). */
void rem_http_call_init(struct rem_http_call *c, uint8_t *buf, uint16_t room, const char *method,
			const char *target, const char *host);

/* Ends the head. The body: none (n 0, but a length is said when the method has one), bytes that stay
 * where they are, or provided, of a known length or REM_HTTP_ENDLESS. REM_LIMIT: the head has no
 * room. */
int rem_http_call_send(struct rem_http_call *c, struct rem_span body);
int rem_http_call_provide(struct rem_http_call *c, rem_http_size length, rem_http_provide *provide);

/*
 * Goes on as far as bytes and room allow. REM_OK: not over yet. 1: the response is whole; if
 * c->persists, the connection can carry another call. Negative: REM_SHORT, it ended too early;
 * REM_FIELD, REM_LIMIT, REM_UNSUP: the response is malformed, too long, strange; or what receive or
 * provide returned. Responses of 1xx are passed over, but 101, after which bytes are another's.
 */
int rem_http_call_go(struct rem_http_call *c, struct rem_http_io *io);

#endif
