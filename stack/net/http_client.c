/* SPDX-License-Identifier: BSD-3-Clause */
/* The HTTP/1.1 client's side of a connection: RFC 9112 9, RFC 9110 15.2. */
#include "core/decode.h"
#include "net/http_serve.h"
#include "net/words.h"
#include <remora/http_client.h>

enum { SWITCHING = 101 };

void rem_http_call_init(struct rem_http_call *c, uint8_t *buf, uint16_t room, const char *method,
			const char *target, const char *host)
{
	*c = (struct rem_http_call){
		.buf = buf,
		.room = room,
		.out = {(char *)buf, (char *)buf + room, false},
		.to_head = rem_http_is(rem_word(method), "head"),
		.chunked = rem_http_is(rem_word(method), "post") ||
			   rem_http_is(rem_word(method), "put"), /* so far: says how long it is */
	};
	rem_http_put_request(&c->out, method, target, host);
}

static int end_head(struct rem_http_call *c)
{
	const bool says = c->chunked || c->left > 0;

	c->chunked = c->left == REM_HTTP_ENDLESS;
	if (c->chunked)
		rem_http_put_word(&c->out, "Transfer-Encoding", "chunked");
	else if (says)
		rem_http_put_number(&c->out, "Content-Length", c->left);
	rem_http_put_end(&c->out);
	c->used = (uint16_t)((uint8_t *)c->out.p - c->buf);
	rem_http_head_begin(&c->head, REM_HTTP_RESPONSE);
	return c->out.full ? REM_LIMIT : REM_OK;
}

int rem_http_call_send(struct rem_http_call *c, struct rem_span body)
{
	c->send = body;
	c->left = body.n;
	return end_head(c);
}

int rem_http_call_provide(struct rem_http_call *c, rem_http_size length, rem_http_provide *provide)
{
	c->provide = provide;
	c->left = length;
	return end_head(c);
}

/* ---- the request ---- */

static int provide_chunk(struct rem_http_call *c, uint8_t *p, uint32_t room)
{
	const int n = c->provide(c, p + REM_HTTP_CHUNK_HEAD, rem_http_chunk_room(room));

	if (n == 0)
		c->left = 0;
	return n < 0 ? n : rem_http_frame_chunk(p, (uint32_t)n);
}

/* The next bytes that somebody provides; small rooms are filled by way of the buffer, which is free
 * once the request's head has gone. */
static int provide(struct rem_http_call *c, struct rem_http_io *io)
{
	const uint32_t room = io->room - io->wrote;
	const bool small = room < REM_HTTP_SMALL;
	uint8_t *p = small ? c->buf : io->out + io->wrote;
	const uint32_t most = small ? c->room : room;
	int n;

	if (room == 0)
		return REM_OK;
	if (c->chunked)
		n = provide_chunk(c, p, most);
	else
		n = c->provide(c, p, c->left < most ? (uint32_t)c->left : most);
	if (n == REM_MISS)
		return REM_OK;
	if (n <= 0)
		return n < 0 ? n : REM_LENGTH;
	if (!c->chunked)
		c->left -= (uint32_t)n;
	c->at = 0;
	c->used = small ? (uint16_t)n : 0;
	io->wrote += small ? 0 : (uint32_t)n;
	return 1;
}

static int send(struct rem_http_call *c, struct rem_http_io *io)
{
	if (c->at < c->used) {
		const uint32_t n = rem_http_io_put(io, c->buf + c->at, (uint32_t)(c->used - c->at));

		c->at = (uint16_t)(c->at + n);
		return n > 0;
	}
	if (c->left == 0) {
		c->state = REM_HTTP_CALL_READS;
		c->used = 0;
		return 1;
	}
	if (c->provide != NULL)
		return provide(c, io);
	const uint32_t n = rem_http_io_put(io, c->send.p, c->send.n);
	c->send = (struct rem_span){c->send.p + n, c->send.n - n};
	c->left -= n;
	return n > 0;
}

/* ---- the response ---- */

static int begin_response(struct rem_http_call *c)
{
	if (c->head.code < 200 && c->head.code != SWITCHING) {
		rem_http_head_begin(&c->head, REM_HTTP_RESPONSE);
		c->used = c->at = 0;
		c->state = c->left > 0 ? REM_HTTP_CALL_SENDS : REM_HTTP_CALL_READS;
		return 1;
	}
	c->code = c->head.code;
	c->state = REM_HTTP_CALL_BODY;
	rem_http_body_begin(&c->body, &c->head, c->to_head);
	c->persists = rem_http_persists(&c->head) && c->left == 0 &&
		      c->body.state != REM_HTTP_BODY_TO_CLOSE;
	return 1;
}

static int read_head(struct rem_http_call *c, struct rem_http_io *io)
{
	const uint16_t before = c->used;
	const uint32_t most = (uint32_t)(c->room - before);
	const uint32_t n = io->n - io->took < most ? io->n - io->took : most;

	if (n == 0)
		return io->ended ? REM_SHORT : REM_OK;
	rem_copy(c->buf + before, io->in + io->took, n);
	const int size = rem_http_head_read(&c->head, (struct rem_span){c->buf, before + n});
	c->used = (uint16_t)(size > 0 ? (uint32_t)size : before + n);
	io->took += (uint32_t)(c->used - before);
	if (size > 0)
		return begin_response(c);
	if (size == REM_SHORT)
		return n == most ? REM_LIMIT : 1;
	return size;
}

static int read_body(struct rem_http_call *c, struct rem_http_io *io)
{
	struct rem_span piece;

	if (c->body.state == REM_HTTP_BODY_DONE) {
		c->state = REM_HTTP_CALL_DONE;
		return REM_OK;
	}
	const int n = rem_http_body_take(&c->body, rem_http_io_rest(io), &piece);
	if (n < 0)
		return n;
	io->took += (uint32_t)n;
	if (piece.n >= REM_HTTP_ENDLESS - c->received)
		return REM_LIMIT;
	c->received += piece.n;
	const int err = piece.n > 0 && c->receive != NULL ? c->receive(c, piece) : REM_OK;
	if (err < 0 || n > 0)
		return err < 0 ? err : 1;
	if (!io->ended)
		return REM_OK;
	c->state = rem_http_body_ended(&c->body) == REM_OK ? REM_HTTP_CALL_DONE : c->state;
	return rem_http_body_ended(&c->body);
}

/* A server may answer before it has all of the request, and stop reading then: RFC 9112 9.5. Then
 * the answer is read, whatever is still to be sent. */
static bool answers_early(const struct rem_http_call *c, const struct rem_http_io *io)
{
	return c->state == REM_HTTP_CALL_SENDS && c->at == c->used && io->n > io->took &&
	       (io->ended || io->room == io->wrote);
}

static int step(struct rem_http_call *c, struct rem_http_io *io)
{
	switch (c->state) {
	case REM_HTTP_CALL_SENDS: return send(c, io);
	case REM_HTTP_CALL_READS: return read_head(c, io);
	default: return read_body(c, io);
	}
}

int rem_http_call_go(struct rem_http_call *c, struct rem_http_io *io)
{
	int more = 1;

	io->took = io->wrote = 0;
	while (more > 0 && c->state != REM_HTTP_CALL_DONE) {
		if (answers_early(c, io)) {
			c->state = REM_HTTP_CALL_READS;
			c->used = 0;
		}
		more = step(c, io);
	}
	if (more < 0)
		return more;
	return c->state == REM_HTTP_CALL_DONE ? 1 : REM_OK;
}
