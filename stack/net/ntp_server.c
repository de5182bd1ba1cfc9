/* SPDX-License-Identifier: BSD-3-Clause */
/* The NTP server: answers in the frame that asked, without state but for those who ask too often.
 * RFC 5905 9.2, RFC 8633 4.2. An answer is never longer than its question. */
#include "net/net.h"
#include <remora/net_ntp.h>

enum { CLIENT = 3, SERVER = 4, PORT = 123, LAST_VERSION = 4 };
enum { UNSET = 3, KISS_RATE = 0x52415445 }; /* "RATE" */

/* On average an answer each two seconds, eight at once: what ntpd's clients keep to. */
#define PACE  (2 * REM_SECOND)
#define BURST (8 * PACE)

enum welcome { ANSWER, KISS, IGNORE };

/* The guest's account, in the one place of the table that its address hashes to. */
static enum welcome welcome(struct rem_ntp_server *s, const struct rem_frame *f)
{
	if (s->guests == 0)
		return ANSWER;
	const uint64_t hash = rem_keyed(s->secret, REM_FOR_TABLE, &f->src, sizeof(f->src));
	const uint32_t who = (uint32_t)hash, place = (uint32_t)(hash >> 32);
	struct rem_ntp_guest *g = &s->guest[((uint64_t)place * s->guests) >> 32];

	if (g->who != who)
		*g = (struct rem_ntp_guest){.quiet = f->now, .who = who};
	if (g->quiet < f->now)
		g->quiet = f->now;
	if (g->quiet + PACE <= f->now + BURST) {
		g->quiet += PACE;
		g->kissed = false;
		return ANSWER;
	}
	if (g->kissed)
		return IGNORE;
	g->kissed = true;
	return KISS;
}

static void put_clock(const struct rem_ntp_server *s, uint8_t *p, bool kiss)
{
	const bool silent = kiss || s->leap == UNSET;

	rem_put(p, REM_NTP_LEAP, kiss ? UNSET : s->leap);
	rem_put(p, REM_NTP_MODE, SERVER);
	rem_put(p, REM_NTP_STRATUM, silent ? 0 : s->stratum);
	rem_put(p, REM_NTP_PRECISION, (uint8_t)s->precision);
	rem_put(p, REM_NTP_DELAY, silent ? 0 : s->delay);
	rem_put(p, REM_NTP_DISPERSION, silent ? 0 : s->dispersion);
	rem_put(p, REM_NTP_REFID, kiss ? KISS_RATE : silent ? 0 : s->refid);
	rem_put(p, REM_NTP_REFERENCE, silent ? 0 : rem_ntp_stamp(s->reference));
}

static int demux(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	struct rem_ntp_server *s = (struct rem_ntp_server *)n;
	uint8_t *p = f->p + off;
	struct rem_head h;

	if (rem_ntp_check(rem_frame_view(f, off), &h) != REM_OK)
		return rem_end(f, REM_WHY_NTP_SHORT, REM_LENGTH);
	if (rem_get(p, REM_NTP_MODE) != CLIENT || rem_get(p, REM_NTP_VERSION) == 0 ||
	    rem_get(p, REM_NTP_VERSION) > LAST_VERSION)
		return rem_end(f, REM_WHY_NTP_MODE, REM_DROP);
	const enum welcome how = welcome(s, f);
	if (how == IGNORE)
		return rem_end(f, REM_WHY_NTP_RATE, REM_DROP);
	const uint64_t asked = rem_get64(p, REM_NTP_TRANSMIT);
	put_clock(s, p, how == KISS);
	rem_put(p, REM_NTP_ORIGIN, asked);
	rem_put(p, REM_NTP_RECEIVE, rem_ntp_stamp(f->now + s->offset));
	rem_put(p, REM_NTP_TRANSMIT,
		rem_ntp_stamp((s->clock == NULL ? f->now : s->clock(s->user)) + s->offset));
	return rem_end(f, how == KISS ? REM_WHY_NTP_KISSED : REM_WHY_NTP_ANSWERED, REM_NTP_HEADER);
}

static int encap(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	(void)f, (void)off;
	n->due = REM_NEVER;
	return 0;
}

void rem_ntp_server_init(struct rem_ntp_server *s, struct rem_secret *secret,
			 struct rem_ntp_guest *guest, uint32_t guests)
{
	static const struct rem_node_ops ops = {demux, encap, NULL};

	*s = (struct rem_ntp_server){
		.node = {.ops = &ops, .due = REM_NEVER, .port = PORT},
		.secret = secret,
		.guest = guest,
		.guests = guests,
		.precision = -20,
		.leap = UNSET,
	};
}
