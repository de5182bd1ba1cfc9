/* SPDX-License-Identifier: BSD-3-Clause */
/* What is to be done next: setting the firmware up, joining and staying joined, looking after the chip. */
#include "radio.h"

#include <string.h>

enum {
	JOIN_PATIENCE = 10000, /* ms, for the events of a join */
	SCAN_PATIENCE = 15000,
	BEAT = 5000,           /* ms between looks at whether the chip lives */
	RETRY = 1000,          /* ms after the first failure, twice as much after each more… */
	RETRY_DOUBLED = 6,     /* …so many times */

	WSEC_AES = 4,
	WPA2_PSK = 0x80,
	HANDSHAKE_MS = 2500,
};

/* clang-format off */
#define DO(ioctl, ...) {.command = REM_CYW_IOCTL_##ioctl, __VA_ARGS__}
#define SET(iovar, ...) {.command = REM_CYW_IOCTL_SET_VAR, .var = REM_CYW_VAR_##iovar, __VA_ARGS__}
#define GET(iovar, bytes, ...) \
	{.command = REM_CYW_IOCTL_GET_VAR, .var = REM_CYW_VAR_##iovar, .form = ROOM, .value = (bytes), __VA_ARGS__}
#define IS(v) .form = WORD, .value = (v)
#define FOR_US(v) .form = PAIR, .value = (v)

static const struct rem_cyw_request setup_list[] = {
	SET(CLMLOAD, .form = CLM),
	GET(CLMLOAD_STATUS, 4, .flags = SAYS_CLM),
	SET(TXGLOM, IS(0), .flags = MAY_FAIL),
	SET(APSTA, IS(1), .flags = MAY_FAIL),
	GET(ETHERADDR, 6, .flags = SAYS_ADDRESS),
	SET(COUNTRY, .form = COUNTRY, .wait = 150), /* the firmware must have run so long for EVENT_MSGS */
	DO(SET_ANTDIV, IS(0), .flags = MAY_FAIL),
	SET(AMPDU_BA_WSIZE, IS(8), .flags = MAY_FAIL),
	SET(AMPDU_MPDU, IS(4), .flags = MAY_FAIL),
	SET(EVENT_MSGS, .form = EVENTS),
	DO(UP, .wait = 100),
	DO(SET_GMODE, IS(1), .flags = MAY_FAIL),
	DO(SET_BAND, IS(0), .flags = MAY_FAIL),
	DO(SET_PM, IS(0), .flags = LAST),
};

static const struct rem_cyw_request join_wpa2_list[] = {
	DO(SET_WSEC, IS(WSEC_AES)),
	SET(SUP_WPA, FOR_US(1)),
	SET(SUP_WPA2_EAPVER, FOR_US(-1)),
	SET(SUP_WPA_TMO, FOR_US(HANDSHAKE_MS), .wait = 3),
	DO(SET_WSEC_PMK, .form = PMK),
	DO(SET_INFRA, IS(1)),
	DO(SET_AUTH, IS(0)),
	SET(MFP, IS(1), .flags = MAY_FAIL),
	DO(SET_WPA_AUTH, IS(WPA2_PSK)),
	DO(SET_SSID, .form = SSID, .flags = LAST),
};

static const struct rem_cyw_request join_open_list[] = {
	DO(SET_WSEC, IS(0)),
	SET(SUP_WPA, FOR_US(0)),
	DO(SET_INFRA, IS(1)),
	DO(SET_AUTH, IS(0)),
	SET(MFP, IS(0), .flags = MAY_FAIL),
	DO(SET_WPA_AUTH, IS(0)),
	DO(SET_SSID, .form = SSID, .flags = LAST),
};

static const struct rem_cyw_request leave_list[] = {DO(DISASSOC, .flags = MAY_FAIL | LAST)};
static const struct rem_cyw_request groups_list[] = {SET(MCAST_LIST, .form = GROUPS, .flags = MAY_FAIL | LAST)};
static const struct rem_cyw_request pins_list[] = {SET(GPIOOUT, .form = PINS, .flags = MAY_FAIL | LAST)};
static const struct rem_cyw_request scan_list[] = {SET(ESCAN, .form = ESCAN, .flags = LAST)};
static const struct rem_cyw_request rssi_list[] = {DO(GET_RSSI, .form = ROOM, .value = 4, .flags = MAY_FAIL | SAYS_RSSI | LAST)};
static const struct rem_cyw_request alive_list[] = {GET(ETHERADDR, 6, .flags = MAY_FAIL | SAYS_ADDRESS | LAST)};
/* clang-format on */

void rem_cyw_setup(struct rem_cyw *cyw)
{
	rem_cyw_ask(cyw, setup_list);
}

void rem_cyw_do(struct rem_cyw *cyw, enum rem_cyw_todo what)
{
	cyw->todo |= (uint8_t)what;
	if (cyw->state >= REM_CYW_READY)
		cyw->due = cyw->now;
}

/* The join has failed, or what was joined is gone. */
static void failed(struct rem_cyw *cyw, enum rem_cyw_why why)
{
	const unsigned times = cyw->failures < RETRY_DOUBLED ? cyw->failures : RETRY_DOUBLED;

	cyw->state = REM_CYW_WAITING;
	cyw->why = why;
	cyw->rssi = 0;
	cyw->retry = cyw->now + (MS(RETRY) << times);
	if (cyw->failures < UINT8_MAX)
		cyw->failures++;
	rem_cyw_ask(cyw, leave_list);
}

static void begin(struct rem_cyw *cyw)
{
	cyw->state = REM_CYW_JOINING;
	cyw->seen = 0;
	cyw->count.joins++;
	rem_cyw_ask(cyw, cyw->want.key_bytes != 0 ? join_wpa2_list : join_open_list);
}

void rem_cyw_list_done(struct rem_cyw *cyw)
{
	if (cyw->state == REM_CYW_STARTING) {
		cyw->state = REM_CYW_READY;
		cyw->restarts = cyw->failures = 0;
		cyw->beat = cyw->now + MS(BEAT);
		cyw->todo |= (cyw->want.groups != 0 ? DO_GROUPS : 0) |
			     (cyw->want.pins != 0 ? DO_PINS : 0);
	} else if (cyw->state == REM_CYW_JOINING) {
		cyw->until = cyw->now + MS(JOIN_PATIENCE);
	}
}

void rem_cyw_list_refused(struct rem_cyw *cyw, const struct rem_cyw_request *r)
{
	if (cyw->state == REM_CYW_STARTING)
		rem_cyw_fail(cyw, REM_CYW_FAULT_SETTING);
	else if (r->form == ESCAN)
		rem_cyw_scan_end(cyw);
	else if (cyw->state == REM_CYW_JOINING)
		failed(cyw, REM_CYW_REJECTED);
}

/* The wanted network answers for itself: is it joined? */
static bool is_joined(const struct rem_cyw *cyw)
{
	const unsigned all = SEEN_AUTH | SEEN_LINK | SEEN_KEYS;

	return cyw->want.key_bytes != 0 ? (cyw->seen & all) == all : (cyw->seen & SEEN_SSID) != 0;
}

/* While joining, only time and events decide. True: there is nothing else to be done. */
static bool joining(struct rem_cyw *cyw)
{
	if (cyw->state == REM_CYW_UP && (cyw->seen & SEEN_FAILURE) != 0) {
		failed(cyw, REM_CYW_LOST);
		return true;
	}
	if (cyw->state != REM_CYW_JOINING)
		return false;
	if ((cyw->seen & SEEN_FAILURE) != 0) {
		failed(cyw, cyw->why);
	} else if (is_joined(cyw)) {
		cyw->state = REM_CYW_UP;
		cyw->why = REM_CYW_WHY_NONE;
		cyw->failures = 0;
		cyw->beat = cyw->now;
		return false;
	} else if (cyw->now >= cyw->until) {
		failed(cyw, REM_CYW_NO_ANSWER);
	} else {
		cyw->due = cyw->until;
	}
	return true;
}

static bool take_todo(struct rem_cyw *cyw, enum rem_cyw_todo what)
{
	if ((cyw->todo & what) == 0)
		return false;
	cyw->todo &= (uint8_t)~what;
	return true;
}

/* No question is out: what is next? */
void rem_cyw_next(struct rem_cyw *cyw)
{
	if (take_todo(cyw, DO_LEAVE)) {
		rem_cyw_ask(cyw, leave_list);
		return;
	}
	if (joining(cyw))
		return;
	const bool wants = cyw->want.ssid_bytes != 0 && !cyw->scanning &&
			   (cyw->state == REM_CYW_READY ||
			    (cyw->state == REM_CYW_WAITING && cyw->now >= cyw->retry));

	if (take_todo(cyw, DO_GROUPS)) {
		rem_cyw_ask(cyw, groups_list);
	} else if (take_todo(cyw, DO_PINS)) {
		rem_cyw_ask(cyw, pins_list);
	} else if (take_todo(cyw, DO_SCAN)) {
		cyw->scanning = true;
		cyw->beat = cyw->now + MS(SCAN_PATIENCE);
		rem_cyw_ask(cyw, scan_list);
	} else if (wants) {
		begin(cyw);
	} else if (cyw->now >= cyw->beat) {
		rem_cyw_scan_end(cyw);
		cyw->beat = cyw->now + MS(BEAT);
		rem_cyw_ask(cyw, cyw->state == REM_CYW_UP ? rssi_list : alive_list);
	} else {
		const bool waits = cyw->state == REM_CYW_WAITING && !cyw->scanning;
		cyw->due = waits && cyw->retry < cyw->beat ? cyw->retry : cyw->beat;
	}
}

static void fails(struct rem_cyw *cyw, enum rem_cyw_why why)
{
	if ((cyw->seen & SEEN_FAILURE) == 0)
		cyw->why = why; /* the first says most */
	cyw->seen |= SEEN_FAILURE;
}

/* What an access point's or the firmware's no is called. That another access point does not take us in
 * while we roam is no loss. */
static void refused(struct rem_cyw *cyw, uint32_t status)
{
	if (cyw->state != REM_CYW_JOINING)
		return;
	switch (status) {
	case REM_BRCM_FAIL: fails(cyw, REM_CYW_REFUSED); break;
	case REM_BRCM_TIMEOUT:
	case REM_BRCM_NO_ACK: fails(cyw, REM_CYW_NO_ANSWER); break;
	case REM_BRCM_NO_NETWORKS: /* or none that offers what we want */
		fails(cyw, (cyw->seen & SEEN_PRUNE) != 0 ? REM_CYW_REFUSED : REM_CYW_NO_NETWORK);
		break;
	default: break; /* unsolicited, or what became of an earlier join */
	}
}

static void handshake(struct rem_cyw *cyw, uint32_t status, uint32_t reason)
{
	if (status == REM_BRCM_KEYED)
		cyw->seen |= SEEN_KEYS;
	else if (reason == REM_BRCM_HANDSHAKE_TIMEOUT &&
		 (status == 4 || status == 8 || status == 10))
		fails(cyw, REM_CYW_WRONG_KEY);
}

/* The access point sends us away: reasons of 802.11, table 9-49. An access point that does not like the
 * handshake says so, or no more than that the authentication has ended. */
static void sent_away(struct rem_cyw *cyw, uint32_t reason)
{
	enum { AUTH_ENDED = 2, MIC_FAILURE = 14, HANDSHAKE_TIMEOUT = 15 };
	const bool unkeyed = cyw->want.key_bytes != 0 && (cyw->seen & SEEN_KEYS) == 0;
	const bool key = reason == AUTH_ENDED || reason == MIC_FAILURE ||
			 reason == HANDSHAKE_TIMEOUT;

	if (cyw->state == REM_CYW_UP || (cyw->seen & SEEN_AUTH) != 0)
		fails(cyw, unkeyed && key ? REM_CYW_WRONG_KEY : REM_CYW_REFUSED);
}

/* Has the network been asked to take us? What was said before is about something else. */
static bool is_about_us(const struct rem_cyw *cyw)
{
	const struct rem_cyw_request *r = cyw->request;

	return cyw->state == REM_CYW_UP ||
	       (cyw->state == REM_CYW_JOINING &&
		(r == NULL || (r->form == SSID && cyw->asked != TO_ASK)));
}

void rem_cyw_join_event(struct rem_cyw *cyw, const uint8_t *event)
{
	const uint32_t status = rem_cyw_field(event, REM_BRCM_STATUS);
	const uint32_t reason = rem_cyw_field(event, REM_BRCM_REASON);

	if (!is_about_us(cyw))
		return;
	switch (rem_cyw_field(event, REM_BRCM_TYPE)) {
	case REM_CYW_EVENT_AUTH:
		cyw->seen |= status == REM_BRCM_OK ? SEEN_AUTH : 0;
		refused(cyw, status);
		break;
	case REM_CYW_EVENT_ASSOC: refused(cyw, status); break;
	case REM_CYW_EVENT_LINK:
		if ((rem_cyw_field(event, REM_BRCM_FLAGS) & REM_BRCM_LINK_UP) == 0) {
			if (cyw->state == REM_CYW_UP)
				fails(cyw, REM_CYW_LOST);
			cyw->seen &= (uint8_t)~SEEN_LINK;
			break;
		}
		/* fallthrough */
	case REM_CYW_EVENT_JOIN:
		if (status == REM_BRCM_OK) {
			cyw->seen |= SEEN_LINK;
			memcpy(cyw->bssid, event + REM_BRCM_ADDRESS, sizeof(cyw->bssid));
		}
		break;
	case REM_CYW_EVENT_PRUNE: cyw->seen |= SEEN_PRUNE; break;
	case REM_CYW_EVENT_PSK_SUP: handshake(cyw, status, reason); break;
	case REM_CYW_EVENT_SET_SSID:
		cyw->seen |= status == REM_BRCM_OK ? SEEN_SSID : 0;
		refused(cyw, status);
		break;
	case REM_CYW_EVENT_DEAUTH:
	case REM_CYW_EVENT_DEAUTH_IND:
	case REM_CYW_EVENT_DISASSOC:
	case REM_CYW_EVENT_DISASSOC_IND: sent_away(cyw, reason); break;
	default: break;
	}
}
