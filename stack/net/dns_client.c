/* SPDX-License-Identifier: BSD-3-Clause */
/* The DNS client: RFC 1035 7, RFC 5452, RFC 7766 5. Messages are walked by the decoder's iterators. */
#include "net/net.h"
#include <remora/net_dns.h>
#include <remora/net_ip.h>

#define STREAM_TIME (10 * REM_SECOND)

enum { LABEL = 63, NAME = 255, IN = 1, NXDOMAIN = 3, ROUNDS = 3, ALIASES = 8 };
enum { MOST_TTL = 86400, LENGTH = 2, MOST_QUESTION = REM_DNS_HEADER + NAME + REM_DNS_QUESTION };

static void finish(struct rem_dns_client *c, int result)
{
	c->result = (int8_t)result;
	c->state = REM_DNS_DONE;
	c->node.due = REM_NEVER;
	if (c->done != NULL)
		c->done(c);
}

static void ask_server(struct rem_dns_client *c, rem_time now)
{
	c->state = REM_DNS_ASKING;
	c->id = 0;
	c->path = (struct rem_path){.to = c->server[c->at]};
	rem_wake(&c->node, now);
}

/* The next server, each in turn for a few rounds, or nobody answers. */
static void next_server(struct rem_dns_client *c, int result, rem_time now)
{
	c->node.due = REM_NEVER;
	do {
		if (++c->at == REM_DNS_SERVERS) {
			c->at = 0;
			if (++c->tries == ROUNDS) {
				finish(c, result);
				return;
			}
		}
	} while (c->server[c->at].family == 0);
	ask_server(c, now);
}

/* ---- questions ---- */

/* A name as it is on the wire, RFC 1035 3.1; p NULL: only its length. 0: it is no name. */
static uint32_t put_name(uint8_t *p, const char *name)
{
	uint32_t n = 0, label = 0;

	for (;; name++) {
		const bool ends = *name == '\0';

		if (!ends && *name != '.') {
			if (p != NULL)
				p[n + 1 + label] = (uint8_t)*name;
			label++;
		} else if (label > 0 && label <= LABEL && n + label + 2 <= NAME) {
			if (p != NULL)
				p[n] = (uint8_t)label;
			n += 1 + label;
			label = 0;
		} else if (label > 0 || !ends || n == 0) {
			return 0;
		}
		if (ends)
			break;
	}
	if (p != NULL)
		p[n] = 0;
	return n + 1;
}

static uint32_t put_question(const struct rem_dns_client *c, uint8_t *p)
{
	rem_fill(p, 0, REM_DNS_HEADER);
	rem_put(p, REM_DNS_ID, c->id);
	rem_put(p, REM_DNS_RD, 1);
	rem_put(p, REM_DNS_QDCOUNT, 1);
	const uint32_t n = REM_DNS_HEADER + put_name(p + REM_DNS_HEADER, c->name);
	rem_put(p + n, REM_DNS_TYPE, c->type);
	rem_put(p + n, REM_DNS_CLASS, IN);
	return n + REM_DNS_QUESTION;
}

static uint32_t question_length(const struct rem_dns_client *c)
{
	return REM_DNS_HEADER + put_name(NULL, c->name) + REM_DNS_QUESTION;
}

static int encap(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	struct rem_dns_client *c = (struct rem_dns_client *)n;

	if (c->state == REM_DNS_STREAM)
		c->carrier->stop(c->carrier, f->now);
	if (c->state == REM_DNS_STREAM || (c->state == REM_DNS_ASKING && c->id != 0)) {
		next_server(c, REM_CLOSED, f->now + 1); /* its time is over */
		return 0;
	}
	if (c->state != REM_DNS_ASKING) {
		n->due = REM_NEVER;
		return 0;
	}
	if (f->room - off < question_length(c))
		return REM_LIMIT;
	c->id = (uint16_t)(rem_random(c->secret) | 1);
	f->sport = n->port = rem_draw_port(c->secret);
	n->due = f->now + ((uint32_t)REM_SECOND << c->tries);
	return rem_end(f, REM_WHY_DNS_ASKS, (int)put_question(c, f->p + off));
}

/* ---- answers ---- */

/* What there is to know of a message. */
struct reading {
	struct rem_dns_answer answer;
	uint32_t name; /* where the name stands: the question's, then that of the last alias */
	bool aliased;  /* in this round */
};

void rem_dns_lasts(struct rem_dns_answer *a, uint32_t ttl)
{
	if (ttl >> 31 != 0) /* RFC 2181 8 */
		ttl = 0;
	if (ttl < a->ttl)
		a->ttl = ttl;
}

static void take_record(const struct rem_dns_client *c, struct reading *r, struct rem_span message,
			const struct rem_dns_item *item)
{
	const uint32_t ttl = rem_get(item->fixed, REM_DNS_TTL);
	struct rem_dns_answer *a = &r->answer;
	const uint32_t bytes = c->type == REM_DNS_A ? 4 : 16;

	if (rem_get(item->fixed, REM_DNS_CLASS) != IN ||
	    !rem_name_same(message, (uint32_t)(item->name.p - message.p), r->name))
		return;
	if (item->type == c->type && item->data.n == bytes && a->count < REM_DNS_ADDRESSES &&
	    bytes <= REM_ADDR_BYTES) {
		a->addr[a->count] = (struct rem_addr){.family = c->type == REM_DNS_A ? 4 : 6};
		rem_copy(a->addr[a->count++].b, item->data.p, bytes);
		rem_dns_lasts(a, ttl);
	} else if (item->type == REM_DNS_CNAME && a->count == 0) {
		r->name = (uint32_t)(item->data.p - message.p);
		r->aliased = true;
		rem_dns_lasts(a, ttl);
	}
}

/* All answers once. An alias may stand behind the name that it leads to: then there is another round. */
static int walk_answers(const struct rem_dns_client *c, struct reading *r, struct rem_span message)
{
	struct rem_dns_walk walk = {.message = message,
				    .at = question_length(c),
				    .left = rem_get(message.p, REM_DNS_ANCOUNT),
				    .section = REM_DNS_ANSWERS};
	struct rem_dns_item item;

	r->aliased = false;
	while (walk.left > 0) {
		const int err = rem_dns_item(&walk, rem_name_skip(message, walk.at), &item);
		if (err < 0)
			return err;
		take_record(c, r, message, &item);
	}
	return REM_OK;
}

/* Does the message repeat our question, and only it: RFC 5452 4.2? Lengths of labels are no letters. */
static bool is_question(const struct rem_dns_client *c, struct rem_span message)
{
	uint8_t ours[MOST_QUESTION];
	const uint32_t n = put_question(c, ours);

	if (message.n < n || rem_get(message.p, REM_DNS_QDCOUNT) != 1)
		return false;
	for (uint32_t i = REM_DNS_HEADER; i < n; i++) {
		const uint8_t differs = ours[i] ^ message.p[i], letter = ours[i] | 0x20;

		if (differs != 0 && (differs != 0x20 || letter < 'a' || letter > 'z'))
			return false;
	}
	return true;
}

/* The answer to our question, or whatever else a message with our identifier is. */
static enum rem_why take_message(struct rem_dns_client *c, struct rem_span message, rem_time now)
{
	const uint32_t code = rem_get(message.p, REM_DNS_RCODE);
	struct reading r = {.answer = {.ttl = MOST_TTL}, .name = REM_DNS_HEADER, .aliased = true};

	if (!is_question(c, message))
		return REM_WHY_DNS_QUESTION;
	if (rem_get(message.p, REM_DNS_TC) && c->state == REM_DNS_ASKING && c->carrier != NULL) {
		c->state = REM_DNS_STREAM;
		c->node.due = now + STREAM_TIME;
		c->carrier->ask(c->carrier, c, now);
		return REM_WHY_DNS_CUT;
	}
	if ((code != 0 && code != NXDOMAIN) || rem_get(message.p, REM_DNS_TC)) {
		next_server(c, REM_UNSUP, now);
		return REM_WHY_DNS_SERVER;
	}
	for (unsigned i = 0; i < ALIASES && r.aliased && r.answer.count == 0; i++) {
		if (walk_answers(c, &r, message) != REM_OK)
			return REM_WHY_DNS_BROKEN;
	}
	c->answer = r.answer;
	if (c->memory != NULL)
		c->memory->keep(c->memory, c, message, now);
	finish(c, r.answer.count > 0 ? REM_OK : REM_MISS);
	return r.answer.count > 0 ? REM_WHY_DNS_TAKEN : REM_WHY_DNS_NONE;
}

/* Of what take_message() says: has it served? */
static bool is_good(enum rem_why why)
{
	return why != REM_WHY_DNS_QUESTION && why != REM_WHY_DNS_BROKEN;
}

static bool is_answer(const struct rem_dns_client *c, const uint8_t *p)
{
	return c->id != 0 && rem_get(p, REM_DNS_ID) == c->id && rem_get(p, REM_DNS_QR) == 1 &&
	       rem_get(p, REM_DNS_OPCODE) == REM_DNS_OP_QUERY;
}

static int demux(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	struct rem_dns_client *c = (struct rem_dns_client *)n;
	const struct rem_span message = {f->p + off, f->end - off};
	struct rem_head h;

	if (rem_dns_check(rem_frame_view(f, off), &h) != REM_OK)
		return rem_end(f, REM_WHY_DNS_SHORT, REM_LENGTH);
	if (c->state != REM_DNS_ASKING || !is_answer(c, message.p) || f->sport != REM_DNS_PORT ||
	    !rem_addr_is(&f->src, &c->path.to))
		return rem_end(f, REM_WHY_DNS_UNASKED, REM_DROP);
	const enum rem_why why = take_message(c, message, f->now);
	return rem_end(f, why, is_good(why) ? REM_OK : REM_DROP);
}

/* There is no way to this server, or nobody listens there: the next one need not wait. */
static bool fault(struct rem_node *n, enum rem_fault why, const struct rem_frame *f, uint32_t off)
{
	struct rem_dns_client *c = (struct rem_dns_client *)n;

	(void)off;
	if (c->state == REM_DNS_ASKING && why != REM_FAULT_TOO_BIG && (f == NULL || c->id != 0))
		next_server(c, REM_CLOSED, f == NULL ? n->due : f->now);
	return true;
}

/* ---- calls ---- */

void rem_dns_client_init(struct rem_dns_client *c, struct rem_secret *secret)
{
	static const struct rem_node_ops ops = {demux, encap, fault};

	rem_node_begin(&c->node, sizeof(*c), &ops);
	c->node.path = &c->path;
	c->node.peer = REM_DNS_PORT;
	c->secret = secret;
}

int rem_dns_ask(struct rem_dns_client *c, const char *name, enum rem_dns_type type, rem_time now)
{
	if (c->state == REM_DNS_ASKING || c->state == REM_DNS_STREAM)
		return REM_STATE;
	if (put_name(NULL, name) == 0)
		return REM_FIELD;
	c->name = name;
	c->type = (uint16_t)type;
	c->answer = (struct rem_dns_answer){.count = 0};
	if (c->memory != NULL && c->memory->find(c->memory, c, now)) {
		finish(c, c->answer.count > 0 ? REM_OK : REM_MISS);
		return REM_OK;
	}
	c->tries = 0;
	for (c->at = 0; c->at < REM_DNS_SERVERS; c->at++) {
		if (c->server[c->at].family != 0) {
			ask_server(c, now);
			return REM_OK;
		}
	}
	finish(c, REM_CLOSED);
	return REM_OK;
}

void rem_dns_stop(struct rem_dns_client *c, rem_time now)
{
	if (c->state == REM_DNS_STREAM)
		c->carrier->stop(c->carrier, now);
	c->state = REM_DNS_IDLE;
	c->node.due = REM_NEVER;
}

int rem_dns_stream_question(struct rem_dns_client *c, uint8_t *p, uint32_t room)
{
	if (room < LENGTH + question_length(c))
		return REM_LIMIT;
	c->id = (uint16_t)(rem_random(c->secret) | 1);
	const uint32_t n = put_question(c, p + LENGTH);
	rem_put(p, REM_BYTES(0, LENGTH), n);
	return (int)(LENGTH + n);
}

void rem_dns_stream_answer(struct rem_dns_client *c, struct rem_span message, rem_time now)
{
	if (c->state != REM_DNS_STREAM)
		return;
	if (message.n < REM_DNS_HEADER || !is_answer(c, message.p) ||
	    !is_good(take_message(c, message, now)))
		rem_dns_stream_failed(c, now);
}

void rem_dns_stream_failed(struct rem_dns_client *c, rem_time now)
{
	if (c->state == REM_DNS_STREAM)
		next_server(c, REM_CLOSED, now);
}
