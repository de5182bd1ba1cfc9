/* SPDX-License-Identifier: BSD-3-Clause */
/* What a search has found: the firmware's record of a network, in which are the elements of its beacon (802.11, 9.4.2). */
#include "radio.h"

#include <remora/tlv.h>

#include <string.h>

/* Bytes in front of the record; and in it, little-endian. */
enum {
	BEFORE = 12,

	LENGTH = REM_LE(32, 32),
	BSSID = 8,
	CAPABILITY = REM_LE(128, 16),
	SSID_BYTES = REM_BYTES(18, 1),
	SSID_AT = 19,
	CHANNEL = REM_BYTES(72, 1), /* the lower half of what is more for wide channels */
	RSSI = REM_LE(624, 16),
	HAS_N = REM_BYTES(81, 1),
	N_CHANNEL = REM_BYTES(88, 1),
	ELEMENTS_AT = REM_LE(928, 16),
	ELEMENTS_BYTES = REM_LE(960, 32),
	RECORD = 128,
};

enum { PRIVACY = 0x10, RSN = 48, VENDOR = 221 };

static const struct rem_tlv element = {.unit = 1, .pad = REM_TLV_NONE, .end = REM_TLV_NONE};

static uint8_t security(struct rem_view elements, uint16_t capability)
{
	static const uint8_t wpa[4] = {0x00, 0x50, 0xf2, 1};
	uint8_t found = (capability & PRIVACY) != 0 ? REM_CYW_PRIVATE : 0;
	struct rem_tlv_item item;

	while (rem_tlv_next(&element, &elements, &item) && item.err == REM_OK) {
		if (item.tag == RSN)
			found |= REM_CYW_WPA2;
		else if (item.tag == VENDOR && item.value.cap >= sizeof(wpa) &&
			 memcmp(item.value.p, wpa, sizeof(wpa)) == 0)
			found |= REM_CYW_WPA;
	}
	return found;
}

/* A record of at most n bytes; false: it is none. */
static bool read_record(const uint8_t *p, uint32_t n, struct rem_cyw_network *found)
{
	if (n < RECORD || rem_cyw_field(p, LENGTH) > n ||
	    rem_cyw_field(p, SSID_BYTES) > REM_CYW_SSID)
		return false;
	n = rem_cyw_field(p, LENGTH);
	const uint32_t at = rem_cyw_field(p, ELEMENTS_AT), bytes = rem_cyw_field(p, ELEMENTS_BYTES);
	const bool whole = at >= RECORD && at <= n && bytes <= n - at;

	*found = (struct rem_cyw_network){
		.ssid = {p + SSID_AT, rem_cyw_field(p, SSID_BYTES)},
		.rssi = (int16_t)rem_cyw_field(p, RSSI),
		.capability = (uint16_t)rem_cyw_field(p, CAPABILITY),
		.channel = (uint8_t)rem_cyw_field(p, rem_cyw_field(p, HAS_N) != 0 ? N_CHANNEL
										  : CHANNEL),
	};
	memcpy(found->bssid, p + BSSID, sizeof(found->bssid));
	const struct rem_view elements = {p + at, bytes, bytes};
	found->security = security(whole ? elements : (struct rem_view){p, 0, 0},
				   found->capability);
	return true;
}

void rem_cyw_scan_end(struct rem_cyw *cyw)
{
	if (!cyw->scanning)
		return;
	cyw->scanning = false;
	cyw->beat = cyw->now; /* which waited for this */
	cyw->found(cyw->found_by, NULL);
}

/* An event about the search, with so many bytes of data. */
void rem_cyw_scan_event(struct rem_cyw *cyw, const uint8_t *event, uint32_t data)
{
	const uint8_t *p = event + REM_BRCM_HEADER;
	struct rem_cyw_network found;

	if (!cyw->scanning)
		return;
	if (rem_cyw_field(event, REM_BRCM_STATUS) != REM_BRCM_PARTIAL) {
		rem_cyw_scan_end(cyw);
		return;
	}
	/* There is always one network in it. */
	if (data >= BEFORE && read_record(p + BEFORE, data - BEFORE, &found))
		cyw->found(cyw->found_by, &found);
}
