/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The NTP client: RFC 5905 8 (four stamps), 9.2 (tests of a packet), 7.4 (kisses of death). The
 * stamp in a question is a random number (draft-ietf-ntp-data-minimization 3): it says nothing of
 * our clock, and nobody who did not see it can answer.
 */
#include "net/net.h"
#include <remora/net_ntp.h>

enum { CLIENT = 3, SERVER = 4, PORT = 123, VERSION = 4 };
enum { UNSET = 3, MOST_STRATUM = 15, MOST_ROOT = 16 << 16 };    /* RFC 5905 7.3, A.1.1: MAXDISP */
enum {
	TRIES = 4,
	GRAIN = 1000
}; /* microseconds by which two clocks may read a moment differently */

static void finish(struct rem_ntp_client *c, enum rem_ntp_state state)
{
	c->state = (uint16_t)state;
	c->waits = false;
	c->node.due = REM_NEVER;
	if (c->done != NULL)
		c->done(c);
}

/* A question has come to nothing: another one, or this was the last. */
static void try_again(struct rem_ntp_client *c, rem_time now)
{
	if (++c->tries > TRIES)
		finish(c, c->heard > 0 ? REM_NTP_KNOWS : REM_NTP_FAILED);
	else
		c->node.due = now;
}

static int encap(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	struct rem_ntp_client *c = (struct rem_ntp_client *)n;
	uint8_t *p = f->p + off;

	if (c->waits) { /* its time is over */
		c->waits = false;
		try_again(c, f->now);
	}
	if (c->state != REM_NTP_ASKS)
		return 0;
	if (f->room - off < REM_NTP_HEADER)
		return REM_LIMIT;
	c->nonce[0] = rem_random(c->secret);
	c->nonce[1] = rem_random(c->secret);
	c->waits = true;
	c->sent = f->now;
	f->sport = n->port = rem_draw_port(c->secret);
	n->due = f->now + ((uint32_t)REM_SECOND << c->tries);
	rem_fill(p, 0, REM_NTP_HEADER);
	p[0] = VERSION << 3 | CLIENT;
	rem_copy(rem_at(p, REM_NTP_TRANSMIT), c->nonce, sizeof(c->nonce));
	return rem_end(f, REM_WHY_NTP_ASKS, REM_NTP_HEADER);
}

/* One of the stamps: apart, since it is asked for often and is long. */
REM_APART uint64_t stamp_at(const uint8_t *p, uint32_t handle)
{
	return rem_be64(p + REM_OFF(handle) / 8);
}

/* Can a server that says this be believed? */
static bool is_sane(const uint8_t *p)
{
	const uint64_t root = stamp_at(p, REM_NTP_DELAY); /* the dispersion stands behind */
	const uint32_t delay = (uint32_t)(root >> 32), error = (uint32_t)root;

	return rem_get(p, REM_NTP_LEAP) != UNSET && rem_get(p, REM_NTP_STRATUM) <= MOST_STRATUM &&
	       delay < MOST_ROOT && delay / 2 + error < MOST_ROOT;
}

/* The four stamps, theirs in Unix time and ours as rem_time: RFC 5905 8. */
static int take_sample(struct rem_ntp_client *c, struct rem_frame *f, const uint8_t *p)
{
	const uint64_t heard = stamp_at(p, REM_NTP_RECEIVE), told = stamp_at(p, REM_NTP_TRANSMIT);

	if (heard == 0 || told == 0 || !is_sane(p))
		return rem_end(f, REM_WHY_NTP_INSANE, REM_FIELD);
	const int64_t there = rem_ntp_unix(heard) - c->sent, back = rem_ntp_unix(told) - f->now;
	int64_t delay = there - back;
	if (delay > f->now - c->sent ||
	    delay < -GRAIN) /* it would have answered before it was asked */
		return rem_end(f, REM_WHY_NTP_STAMPS, REM_FIELD);
	if (delay < 0)
		delay = 0;
	if (c->heard == 0 || delay < c->delay) {
		c->delay = (uint32_t)delay;
		c->offset = (there + back) >> 1;
		c->stratum = (uint16_t)rem_get(p, REM_NTP_STRATUM);
	}
	c->heard++;
	c->tries = 0;
	c->waits = false;
	c->node.due = f->now + 2 * REM_SECOND; /* RFC 8633 does not want us to hurry */
	if (--c->samples == 0)
		finish(c, REM_NTP_KNOWS);
	return rem_end(f, REM_WHY_NTP_TAKEN, REM_OK);
}

static int demux(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	struct rem_ntp_client *c = (struct rem_ntp_client *)n;
	const uint8_t *p = f->p + off;
	struct rem_head h;

	if (rem_ntp_check(rem_frame_view(f, off), &h) != REM_OK)
		return rem_end(f, REM_WHY_NTP_SHORT, REM_LENGTH);
	if (!c->waits || !rem_same(rem_at(p, REM_NTP_ORIGIN), c->nonce, sizeof(c->nonce)) ||
	    rem_get(p, REM_NTP_MODE) != SERVER || rem_get(p, REM_NTP_VERSION) > VERSION)
		return rem_end(f, REM_WHY_NTP_UNASKED, REM_DROP);
	if (rem_get(p, REM_NTP_STRATUM) == 0) {
		c->kiss = rem_get(p, REM_NTP_REFID);
		finish(c, c->heard > 0 ? REM_NTP_KNOWS : REM_NTP_FAILED);
		return rem_end(f, REM_WHY_NTP_KISS, REM_OK);
	}
	return take_sample(c, f, p);
}

/* Nobody listens there, or there is no way: the next try need not wait. */
static bool fault(struct rem_node *n, enum rem_fault why, const struct rem_frame *f, uint32_t off)
{
	struct rem_ntp_client *c = (struct rem_ntp_client *)n;

	(void)f, (void)off;
	if (c->state != REM_NTP_ASKS || why == REM_FAULT_TOO_BIG)
		return true;
	finish(c, c->heard > 0 ? REM_NTP_KNOWS : REM_NTP_FAILED);
	return true;
}

void rem_ntp_client_init(struct rem_ntp_client *c, struct rem_secret *secret)
{
	static const struct rem_node_ops ops = {demux, encap, fault};

	rem_node_begin(&c->node, sizeof(*c), &ops);
	c->node.path = &c->path;
	c->node.peer = PORT;
	c->secret = secret;
}

void rem_ntp_ask(struct rem_ntp_client *c, struct rem_addr server, unsigned samples, rem_time now)
{
	c->path = (struct rem_path){.to = server};
	c->state = REM_NTP_ASKS;
	c->samples = (uint16_t)samples;
	c->heard = c->tries = 0;
	c->kiss = 0;
	c->waits = false;
	c->node.due = REM_NEVER;
	rem_wake(&c->node, now);
}
