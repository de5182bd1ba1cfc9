/* SPDX-License-Identifier: BSD-3-Clause */
/* The driver as its user sees it: on, off, whom to join; and beginning anew when the chip has gone wrong. */
#include "radio.h"

#include <string.h>

enum { RESTART_MS = 100, RESTART_DOUBLED = 7 };

int rem_cyw_init(struct rem_cyw *cyw, struct rem_cyw_bus *bus, const struct rem_cyw_images *images,
		 const char country[2])
{
	*cyw = (struct rem_cyw){
		.nic = {.ops = &rem_cyw_nic_ops, .mtu = 1500, .headroom = REM_CYW_HEADROOM, .tailroom = REM_CYW_TAILROOM},
		.bus = bus,
		.image = *images,
		.want = {.country = {country[0], country[1]}},
	};
	return rem_cyw_image_fits(cyw);
}

void rem_cyw_fail(struct rem_cyw *cyw, enum rem_cyw_fault fault)
{
	if (!cyw->broken)
		cyw->fault = fault;
	cyw->broken = true;
}

/* What was under way is given up; what is wanted stays. */
static void give_up(struct rem_cyw *cyw)
{
	cyw->listening = false;
	cyw->step = NULL;
	cyw->request = NULL;
	cyw->asked = NOT_ASKED;
	cyw->rssi = 0;
	rem_cyw_scan_end(cyw);
}

void rem_cyw_start(struct rem_cyw *cyw)
{
	give_up(cyw);
	cyw->broken = false;
	cyw->fresh = true;
	cyw->state = REM_CYW_STARTING;
	cyw->restarts = 0;
}

void rem_cyw_stop(struct rem_cyw *cyw)
{
	give_up(cyw);
	cyw->state = REM_CYW_OFF;
	cyw->bus->ops->power(cyw->bus, false);
}

static void restart(struct rem_cyw *cyw)
{
	const unsigned times = cyw->restarts < RESTART_DOUBLED ? cyw->restarts : RESTART_DOUBLED;

	if (cyw->state >= REM_CYW_JOINING)
		cyw->why = REM_CYW_RESTARTED;
	cyw->count.restarts++;
	give_up(cyw);
	rem_cyw_boot_begin(cyw, times == 0 ? 0 : MS(RESTART_MS) << times);
	if (cyw->restarts < UINT8_MAX)
		cyw->restarts++;
}

rem_time rem_cyw_poll(struct rem_cyw *cyw, rem_time now)
{
	cyw->now = now;
	if (cyw->state == REM_CYW_OFF)
		return REM_NEVER;
	if (cyw->fresh) {
		cyw->fresh = false;
		rem_cyw_boot_begin(cyw, 0);
	} else if (cyw->broken) {
		restart(cyw);
	} else if (now < cyw->due) {
		return cyw->due;
	} else if (cyw->step != NULL) {
		rem_cyw_boot(cyw);
	} else if (cyw->request != NULL) {
		rem_cyw_control(cyw);
	} else {
		rem_cyw_next(cyw);
	}
	return cyw->broken ? now : cyw->due;
}

static bool is_key(struct rem_span key)
{
	if (key.n != REM_CYW_KEY)
		return true;
	for (uint32_t i = 0; i < key.n; i++) {
		const uint8_t c = key.p[i];
		if (!((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')))
			return false;
	}
	return true;
}

void rem_cyw_leave(struct rem_cyw *cyw)
{
	cyw->want.ssid_bytes = 0;
	cyw->failures = 0;
	cyw->why = REM_CYW_WHY_NONE;
	if (cyw->state < REM_CYW_JOINING)
		return;
	cyw->moot = cyw->state == REM_CYW_JOINING; /* what is still to be asked for the join */
	cyw->state = REM_CYW_READY;
	rem_cyw_do(cyw, DO_LEAVE);
}

int rem_cyw_join(struct rem_cyw *cyw, struct rem_span ssid, struct rem_span key)
{
	if (ssid.n == 0 || ssid.n > REM_CYW_SSID ||
	    (key.n != 0 && (key.n < 8 || key.n > REM_CYW_KEY)))
		return REM_LENGTH;
	if (!is_key(key))
		return REM_FIELD;
	rem_cyw_leave(cyw);
	memcpy(cyw->want.ssid, ssid.p, ssid.n);
	cyw->want.ssid_bytes = (uint8_t)ssid.n;
	if (key.n != 0)
		memcpy(cyw->want.key, key.p, key.n);
	cyw->want.key_bytes = (uint8_t)key.n;
	if (cyw->state == REM_CYW_READY)
		cyw->due = cyw->now;
	return REM_OK;
}

int rem_cyw_scan(struct rem_cyw *cyw, rem_cyw_found *found, void *by)
{
	if (cyw->state < REM_CYW_READY || cyw->scanning || (cyw->todo & DO_SCAN) != 0)
		return REM_STATE;
	cyw->found = found;
	cyw->found_by = by;
	rem_cyw_do(cyw, DO_SCAN);
	return REM_OK;
}

void rem_cyw_pins(struct rem_cyw *cyw, uint8_t mask, uint8_t levels)
{
	cyw->want.pins |= mask;
	cyw->want.levels = (uint8_t)((cyw->want.levels & ~mask) | (levels & mask));
	rem_cyw_do(cyw, DO_PINS);
}
