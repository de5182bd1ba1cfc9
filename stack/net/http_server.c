/* SPDX-License-Identifier: BSD-3-Clause */
/* The HTTP/1.1 server's side of a connection: RFC 9112 9. One request is read, answered, and over
 * before the next one is looked at: so pipelined answers stand in their order. */
#include "core/decode.h"
#include "net/http_serve.h"
#include "net/words.h"
#include <remora/node.h>

void rem_http_exchange_init(struct rem_http_exchange *x, const struct rem_http_server *server,
			    uint8_t *buf, uint16_t room, rem_time now)
{
	*x = (struct rem_http_exchange){
		.server = server, .buf = buf, .room = room, .now = now, .due = now + server->idle};
	rem_http_head_begin(&x->head, REM_HTTP_REQUEST);
}

/* The peer has moved, or is to: as long as the server is patient. */
REM_LONG void wait_again(struct rem_http_exchange *x)
{
	x->due = x->now + x->server->patience;
}

/* ---- answers ---- */

struct rem_out rem_http_reply_head(struct rem_http_exchange *x, unsigned code)
{
	char *p = (char *)x->buf + x->used;
	struct rem_out head = {p, (char *)x->buf + x->room, false};

	x->code = (uint16_t)code;
	rem_http_put_status(&head, code);
	return head;
}

/* No body, and no word about one: RFC 9110 6.4.1. */
static bool is_bare(unsigned code)
{
	return code < 200 || code == 204 || code == 304;
}

static void put_framing(struct rem_http_exchange *x, struct rem_out *head)
{
	if (is_bare(x->code))
		x->left = 0;
	else if (x->left != REM_HTTP_ENDLESS)
		rem_http_put_number(head, "Content-Length", x->left);
	else if (x->head.minor > 0)
		x->flags |= REM_HTTP_X_CHUNKED;
	else
		x->flags |= REM_HTTP_X_LAST;
	if ((x->flags & REM_HTTP_X_CHUNKED) != 0)
		rem_http_put_word(head, "Transfer-Encoding", "chunked");
	if ((x->flags & REM_HTTP_X_LAST) != 0)
		rem_http_put_word(head, "Connection", "close");
	else if (x->head.minor == 0)
		rem_http_put_word(head, "Connection", "keep-alive");
}

static void finish_head(struct rem_http_exchange *x, struct rem_out *head, const char *type)
{
	if (type != NULL)
		rem_http_put_word(head, "Content-Type", type);
	put_framing(x, head);
	rem_http_put_end(head);
	if (head->full) { /* the route has written more lines than there is room for, or a bad one */
		x->flags = (x->flags & REM_HTTP_X_TO_HEAD) | REM_HTTP_X_LAST;
		x->left = 0;
		*head = rem_http_reply_head(x, 500);
		put_framing(x, head);
		rem_http_put_end(head);
	}
	x->out = x->used;
	x->out_end = (uint16_t)((uint8_t *)head->p - x->buf);
	x->flags |= REM_HTTP_X_REPLIED;
	x->state = REM_HTTP_ANSWER;
}

void rem_http_reply_with(struct rem_http_exchange *x, struct rem_out *head, const char *type,
			 struct rem_span body)
{
	x->send = body;
	x->send_made = NULL;
	x->left = body.n;
	finish_head(x, head, type);
}

void rem_http_reply(struct rem_http_exchange *x, unsigned code, const char *type,
		    struct rem_span body)
{
	struct rem_out head = rem_http_reply_head(x, code);

	rem_http_reply_with(x, &head, type, body);
}

void rem_http_wait(struct rem_http_exchange *x, rem_time until)
{
	x->state = REM_HTTP_WAITING;
	x->due = until;
}

static void break_off(struct rem_http_exchange *x)
{
	x->flags |= REM_HTTP_X_BROKEN;
	x->state = REM_HTTP_OVER;
}

/* An answer of our own; where the request is not read to its end, none can follow it. */
static void reject(struct rem_http_exchange *x, unsigned code)
{
	struct rem_out head;

	if (x->state != REM_HTTP_WAITING && (x->state != REM_HTTP_BODY || x->body.state != 0))
		x->flags |= REM_HTTP_X_LAST;
	head = rem_http_reply_head(x, code);
	if (code == 405)
		rem_http_put_allow(x, &head);
	rem_http_reply_with(x, &head, NULL, (struct rem_span){x->buf, 0});
}

static void ask_route(struct rem_http_exchange *x)
{
	x->route->answer(x);
	if ((x->flags & REM_HTTP_X_REPLIED) == 0 && x->state != REM_HTTP_WAITING)
		reject(x, 500);
	if (x->state == REM_HTTP_ANSWER)
		wait_again(x);
}

/* ---- requests ---- */

static void put_continue(struct rem_http_exchange *x)
{
	struct rem_out head = rem_http_reply_head(x, 100);

	rem_http_put_end(&head);
	x->out = x->used;
	x->out_end = (uint16_t)((uint8_t *)head.p - x->buf);
}

/* May a request with this head be read on? Else the status to answer. */
static unsigned judge(struct rem_http_exchange *x)
{
	const struct rem_http_server *server = x->server;
	unsigned code = server->admit == NULL ? 0 : server->admit(x);

	if (code == 0)
		code = rem_http_find_route(x);
	if (code == 0 && x->body.state != REM_HTTP_BODY_DONE &&
	    (server->read == NULL || x->route->take == NULL || x->body.left > server->most_body))
		code = 413;
	return code;
}

static void begin_request(struct rem_http_exchange *x)
{
	x->state = REM_HTTP_BODY;
	wait_again(x);
	x->taken = 0;
	rem_http_body_begin(&x->body, &x->head, false);
	x->flags = (uint8_t)((rem_http_persists(&x->head) ? 0 : REM_HTTP_X_LAST) |
			     (rem_http_is_to_head(x) ? REM_HTTP_X_TO_HEAD : 0));
	const unsigned code = judge(x);
	if (code != 0)
		reject(x, code);
	else if (x->body.state == REM_HTTP_BODY_DONE)
		ask_route(x);
	else if ((x->head.flags & REM_HTTP_EXPECTS) != 0 && x->head.minor > 0)
		put_continue(x);
}

/* Bytes behind the head stay in `in`: only the head is copied. */
static bool read_head(struct rem_http_exchange *x, struct rem_http_io *io)
{
	const uint16_t before = x->used;
	const uint32_t most = (uint32_t)(x->room - REM_HTTP_REPLY_HEAD - before);
	const uint32_t n = io->n - io->took < most ? io->n - io->took : most;

	if (n == 0) {
		if (io->ended)
			x->state = REM_HTTP_OVER;
		return false;
	}
	if (x->state == REM_HTTP_IDLE)
		wait_again(x);
	x->state = REM_HTTP_HEAD;
	rem_copy(x->buf + before, io->in + io->took, n);
	const int size = rem_http_head_read(&x->head, (struct rem_span){x->buf, before + n});
	x->used = (uint16_t)(size > 0 ? (uint32_t)size : before + n);
	io->took += (uint32_t)(x->used - before);
	if (size > 0)
		begin_request(x);
	else if (size != REM_SHORT)
		reject(x, x->head.code);
	else if (n == most)
		reject(x, 431);
	return true;
}

bool rem_http_read_body(struct rem_http_exchange *x, struct rem_http_io *io)
{
	struct rem_span piece;
	const int n = rem_http_body_take(&x->body, rem_http_io_rest(io), &piece);

	if (n == 0) {
		if (io->ended)
			break_off(x);
		return false;
	}
	const rem_http_size room = x->server->most_body - x->taken;
	const bool too_much = piece.n > room;

	if (too_much) /* he is given what fits, however it has come */
		piece.n = (uint32_t)room;
	wait_again(x);
	io->took += n > 0 ? (uint32_t)n : 0;
	x->taken += piece.n;
	if (n < 0 || (piece.n > 0 && x->route->take(x, piece) < 0))
		reject(x, 400);
	else if (too_much)
		reject(x, 413);
	else if (x->body.state == REM_HTTP_BODY_DONE)
		ask_route(x);
	return true;
}

/* ---- what goes out ---- */

static void finish_answer(struct rem_http_exchange *x)
{
	if ((x->flags & REM_HTTP_X_LAST) != 0) {
		x->state = REM_HTTP_OVER;
		return;
	}
	x->state = REM_HTTP_IDLE;
	x->due = x->now + x->server->idle;
	x->used = 0;
	rem_http_head_begin(&x->head, REM_HTTP_REQUEST);
}

static int fill_chunk(struct rem_http_exchange *x, uint8_t *p, uint32_t room)
{
	const int n = x->fill(x, p + REM_HTTP_CHUNK_HEAD, rem_http_chunk_room(room));

	if (n == 0)
		x->left = 0;
	return n < 0 ? n : rem_http_frame_chunk(p, (uint32_t)n);
}

/* Up to `room` bytes of the body at p, in chunks or not. */
static int fill_some(struct rem_http_exchange *x, uint8_t *p, uint32_t room)
{
	if ((x->flags & REM_HTTP_X_CHUNKED) != 0)
		return fill_chunk(x, p, room);
	const int n = x->fill(x, p, x->left < room ? (uint32_t)x->left : room);
	if (x->left == REM_HTTP_ENDLESS)
		x->left = n == 0 ? 0 : x->left;
	else if (n > 0)
		x->left -= (uint32_t)n;
	else if (n == 0) /* less than it had said */
		return REM_LENGTH;
	return n;
}

static bool send_made(struct rem_http_exchange *x, struct rem_http_io *io)
{
	const uint32_t room = io->room - io->wrote;
	const bool small = room < REM_HTTP_SMALL;
	uint8_t *p = small ? x->buf + x->used : io->out + io->wrote;

	if (room == 0)
		return false;
	const int n = fill_some(x, p, small ? (uint32_t)(x->room - x->used) : room);
	if (n == REM_MISS) {
		x->due = REM_NEVER;
		return false;
	}
	if (n < 0) {
		break_off(x);
		return false;
	}
	if (small) {
		x->out = x->used;
		x->out_end = (uint16_t)(x->used + n);
	} else {
		io->wrote += (uint32_t)n;
	}
	return true;
}

void rem_http_reply_from(struct rem_http_exchange *x, struct rem_out *head, const char *type,
			 rem_http_size length, rem_http_fill *fill)
{
	x->fill = fill;
	x->send_made = send_made; /* so that who never makes a body does not link this */
	x->left = length;
	finish_head(x, head, type);
}

static bool send_content(struct rem_http_exchange *x, struct rem_http_io *io)
{
	if (x->left == 0 || (x->flags & REM_HTTP_X_TO_HEAD) != 0) {
		finish_answer(x);
		return true;
	}
	if (x->send_made != NULL)
		return x->send_made(x, io);
	const uint32_t n = rem_http_io_put(io, x->send.p, x->send.n);
	x->send = (struct rem_span){x->send.p + n, x->send.n - n};
	x->left -= n;
	return n > 0;
}

static bool send_head(struct rem_http_exchange *x, struct rem_http_io *io)
{
	const uint32_t n = rem_http_io_put(io, x->buf + x->out, (uint32_t)(x->out_end - x->out));

	x->out = (uint16_t)(x->out + n);
	return n > 0;
}

/* One step; false: there is nothing to do without more bytes or more room. */
static bool step(struct rem_http_exchange *x, struct rem_http_io *io)
{
	bool moved = true;

	if (x->out < x->out_end) {
		moved = send_head(x, io);
	} else if (x->state == REM_HTTP_ANSWER) {
		x->state = REM_HTTP_CONTENT;
	} else if (x->state == REM_HTTP_CONTENT) {
		moved = send_content(x, io);
	} else {
		return x->state == REM_HTTP_BODY ? x->server->read(x, io) : read_head(x, io);
	}
	if (moved && (x->state == REM_HTTP_ANSWER || x->state == REM_HTTP_CONTENT))
		wait_again(x);
	return moved;
}

/* Whoever was to move has not. */
static void give_up(struct rem_http_exchange *x)
{
	if (x->state == REM_HTTP_HEAD || (x->state == REM_HTTP_BODY && x->out == x->out_end)) {
		reject(x, 408);
		wait_again(x);
	} else if (x->state == REM_HTTP_IDLE) {
		x->state = REM_HTTP_OVER;
	} else {
		break_off(x);
	}
}

int rem_http_serve(struct rem_http_exchange *x, struct rem_http_io *io, rem_time now)
{
	bool moved = false;

	x->now = now;
	io->took = io->wrote = 0;
	if (x->state == REM_HTTP_WAITING)
		ask_route(x);
	while (x->state != REM_HTTP_OVER && x->state != REM_HTTP_WAITING && step(x, io))
		moved = true;
	if (!moved && x->due <= now && x->state != REM_HTTP_OVER && x->state != REM_HTTP_WAITING) {
		give_up(x);
		while (x->state != REM_HTTP_OVER && step(x, io))
			continue;
	}
	if (x->state != REM_HTTP_OVER)
		return REM_OK;
	return (x->flags & REM_HTTP_X_BROKEN) != 0 ? REM_DROP : REM_CLOSED;
}
