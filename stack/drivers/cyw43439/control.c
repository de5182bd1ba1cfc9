/* SPDX-License-Identifier: BSD-3-Clause */
/* Questions to the firmware, one at a time, and its answers: lists of requests, which are asked in turn. */
#include "radio.h"

#include <string.h>

enum { LOOK_EVERY = 20 /* ms: an interrupt may have been missed */ };

static rem_time patience(const struct rem_cyw_request *r)
{
	return r->form == CLM ? MS(3000) : MS(1000);
}

static void to_ask(struct rem_cyw *cyw)
{
	cyw->asked = TO_ASK;
	cyw->until = cyw->now + patience(cyw->request);
	cyw->due = cyw->now;
}

void rem_cyw_ask(struct rem_cyw *cyw, const struct rem_cyw_request *list)
{
	cyw->request = list;
	cyw->again = cyw->moot = false;
	cyw->at = 0;
	to_ask(cyw);
}

static void ask(struct rem_cyw *cyw)
{
	const struct rem_cyw_request *r = cyw->request;
	uint8_t *p = cyw->work, *cdc = p + REM_SDPCM_HEADER;
	const uint32_t n = rem_cyw_value(cyw, r, cdc + REM_CDC_HEADER);
	const uint32_t size = REM_SDPCM_HEADER + REM_CDC_HEADER + n;
	const bool sets = r->command != REM_CYW_IOCTL_GET_VAR &&
			  r->command != REM_CYW_IOCTL_GET_RSSI;

	rem_cyw_sdpcm(cyw, p, size, REM_SDPCM_CONTROL, REM_SDPCM_HEADER);
	memset(cdc, 0, REM_CDC_HEADER);
	rem_cyw_write_field(cdc, REM_CDC_COMMAND, r->command);
	rem_cyw_write_field(cdc, REM_CDC_LENGTH, n);
	rem_cyw_write_field(cdc, REM_CDC_FLAGS, sets ? REM_CDC_SET : 0);
	rem_cyw_write_field(cdc, REM_CDC_ID, ++cyw->id);
	memset(p + size, 0, -size & 3);
	rem_cyw_write_frame(cyw, p, (size + 3) & ~3u);
	cyw->asked = ASKED;
	cyw->until = cyw->now + patience(r);
}

/* The chip's answer, n bytes from the CDC header on. */
void rem_cyw_answered(struct rem_cyw *cyw, const uint8_t *p, uint32_t n)
{
	if (cyw->asked != ASKED || n < REM_CDC_HEADER || rem_cyw_field(p, REM_CDC_ID) != cyw->id ||
	    rem_cyw_field(p, REM_CDC_COMMAND) != cyw->request->command) {
		cyw->count.foreign++;
		return;
	}
	const uint32_t room = sizeof(cyw->answer), left = n - REM_CDC_HEADER;
	const bool failed = (rem_cyw_field(p, REM_CDC_FLAGS) & REM_CDC_FAILED) != 0 ||
			    rem_cyw_field(p, REM_CDC_STATUS) != 0;

	memset(cyw->answer, 0, room);
	memcpy(cyw->answer, p + REM_CDC_HEADER, left < room ? left : room);
	cyw->asked = failed ? REFUSED : ANSWERED;
	if (failed) {
		cyw->count.refused++;
		cyw->refusal = (int32_t)rem_cyw_field(p, REM_CDC_STATUS);
		cyw->refused_command = cyw->request->command;
	}
}

static void end(struct rem_cyw *cyw)
{
	cyw->request = NULL;
	cyw->asked = NOT_ASKED;
	cyw->due = cyw->now;
}

static void next(struct rem_cyw *cyw)
{
	cyw->again = false;
	if ((cyw->request++->flags & LAST) == 0) {
		to_ask(cyw);
		return;
	}
	end(cyw);
	rem_cyw_list_done(cyw);
}

static void learn(struct rem_cyw *cyw, const struct rem_cyw_request *r)
{
	const uint32_t word = rem_cyw_field(cyw->answer, REM_LE(0, 32));

	if ((r->flags & SAYS_ADDRESS) != 0)
		memcpy(cyw->nic.address, cyw->answer, sizeof(cyw->nic.address));
	if ((r->flags & SAYS_RSSI) != 0)
		cyw->rssi = (int16_t)(int32_t)word;
	if ((r->flags & SAYS_CLM) != 0 && word != 0)
		rem_cyw_fail(cyw, REM_CYW_FAULT_CLM);
}

/* Not answered in time: asked once more, but for what must not come twice; then it is a fault. */
static void not_answered(struct rem_cyw *cyw)
{
	cyw->count.unanswered++;
	if (cyw->again || cyw->request->form == CLM) {
		rem_cyw_fail(cyw, REM_CYW_FAULT_SILENT);
		return;
	}
	cyw->again = true;
	to_ask(cyw);
}

/* There is no answer yet; it may be there without an interrupt. */
static void wait(struct rem_cyw *cyw)
{
	const bool late = cyw->now >= cyw->until;

	cyw->due = cyw->now + MS(LOOK_EVERY);
	cyw->more = true;
	if (cyw->asked == ASKED) {
		if (late)
			not_answered(cyw);
	} else if (rem_cyw_may_send(cyw)) {
		ask(cyw);
	} else if (late) {
		rem_cyw_fail(cyw, REM_CYW_FAULT_SILENT);
	}
}

void rem_cyw_control(struct rem_cyw *cyw)
{
	const struct rem_cyw_request *r = cyw->request;

	if (cyw->moot && cyw->asked != ASKED) {
		end(cyw);
		return;
	}
	cyw->due = cyw->until;
	switch (cyw->asked) {
	case TO_ASK:
	case ASKED: wait(cyw); break;
	case REFUSED:
		if ((r->flags & MAY_FAIL) == 0) {
			end(cyw);
			rem_cyw_list_refused(cyw, r);
			break;
		}
		/* fallthrough */
	case ANSWERED:
		if (cyw->asked == ANSWERED)
			learn(cyw, r);
		if (r->form == CLM && (cyw->at += cyw->clm_bytes) < cyw->image.clm.n) {
			to_ask(cyw);
			break;
		}
		cyw->asked = PAUSE;
		cyw->until = cyw->due = cyw->now + MS(r->wait);
		break;
	default:
		if (cyw->now >= cyw->until)
			next(cyw);
		break;
	}
}
