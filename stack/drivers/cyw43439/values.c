/* SPDX-License-Identifier: BSD-3-Clause */
/* What is written into a question: the name of the variable, and its value. */
#include "radio.h"

#include <string.h>

/* One behind the other, in the order of enum rem_cyw_iovar. */
static const char iovars[] =
#define REM_CYW_IOCTL(number, name, about)
#define REM_CYW_IOVAR(name, text, about) text "\0"
#define REM_CYW_EVENT(number, name, about)
#include <remora/cyw43439.def>
#undef REM_CYW_IOCTL
#undef REM_CYW_IOVAR
#undef REM_CYW_EVENT
	;

/* Events that somebody here listens to. */
static const uint8_t wanted_events[] = {
	REM_CYW_EVENT_SET_SSID, REM_CYW_EVENT_JOIN, REM_CYW_EVENT_AUTH,
	REM_CYW_EVENT_DEAUTH, REM_CYW_EVENT_DEAUTH_IND, REM_CYW_EVENT_ASSOC,
	REM_CYW_EVENT_DISASSOC, REM_CYW_EVENT_DISASSOC_IND, REM_CYW_EVENT_LINK,
	REM_CYW_EVENT_PRUNE, REM_CYW_EVENT_PSK_SUP, REM_CYW_EVENT_ESCAN_RESULT,
};

static uint8_t *word(uint8_t *p, uint32_t value)
{
	rem_cyw_write_field(p, REM_LE(0, 32), value);
	return p + 4;
}

static uint8_t *half(uint8_t *p, uint32_t value)
{
	rem_cyw_write_field(p, REM_LE(0, 16), value);
	return p + 2;
}

/* n bytes in a field of `room`. */
static uint8_t *bytes(uint8_t *p, const uint8_t *from, uint32_t n, uint32_t room)
{
	memset(p, 0, room);
	memcpy(p, from, n);
	return p + room;
}

static uint8_t *fill(uint8_t *p, uint8_t value, uint32_t n)
{
	memset(p, value, n);
	return p + n;
}

/* The next chunk of the regulatory data. */
static uint8_t *clm(struct rem_cyw *cyw, uint8_t *p)
{
	enum { FORMAT = 0x1000, BEGIN = 2, END = 4, TYPE = 2 };
	const struct rem_span clm = cyw->image.clm;
	const uint32_t left = clm.n - cyw->at, n = left < REM_CYW_CHUNK ? left : REM_CYW_CHUNK;

	cyw->clm_bytes = (uint16_t)n;
	p = half(p, FORMAT | (cyw->at == 0 ? BEGIN : 0) | (n == left ? END : 0));
	p = half(p, TYPE);
	p = word(p, n);
	p = word(p, 0); /* no checksum */
	return bytes(p, clm.p + cyw->at, n, (n + 7) & ~7u);
}

static uint8_t *events(uint8_t *p)
{
	p = fill(word(p, 0), 0, 24) - 24;
	for (unsigned i = 0; i < sizeof(wanted_events); i++)
		p[wanted_events[i] / 8] |= (uint8_t)(1 << wanted_events[i] % 8);
	return p + 24;
}

/* Any network, any channel, as the firmware likes. */
static uint8_t *escan(uint8_t *p)
{
	enum { VERSION = 1, START = 1, BSS_ANY = 2 };

	p = word(p, VERSION);
	p = word(p, START);
	p = fill(p, 0, 4 + REM_CYW_SSID);
	p = fill(p, 0xff, 6);
	p = half(p, BSS_ANY); /* and probing, not only listening */
	p = fill(p, 0xff, 16); /* times and counts: -1, the usual ones */
	return word(p, 0);
}

static uint8_t *country(const struct rem_cyw *cyw, uint8_t *p)
{
	p = bytes(p, (const uint8_t *)cyw->want.country, 2, 4);
	p = word(p, UINT32_MAX); /* any revision */
	return bytes(p, (const uint8_t *)cyw->want.country, 2, 4);
}

static uint8_t *value(struct rem_cyw *cyw, const struct rem_cyw_request *r, uint8_t *p)
{
	enum { PASSPHRASE = 1 };

	switch (r->form) {
	case WORD: return word(p, (uint32_t)r->value);
	case PAIR: return word(word(p, 0), (uint32_t)r->value);
	case ROOM: return fill(p, 0, (uint32_t)r->value);
	case CLM: return clm(cyw, p);
	case COUNTRY: return country(cyw, p);
	case EVENTS: return events(p);
	case PMK: /* 64 hex digits are taken for the key itself */
		p = half(half(p, cyw->want.key_bytes), PASSPHRASE);
		return bytes(p, cyw->want.key, cyw->want.key_bytes, REM_CYW_KEY);
	case SSID:
		p = word(p, cyw->want.ssid_bytes);
		return bytes(p, cyw->want.ssid, cyw->want.ssid_bytes, REM_CYW_SSID);
	case GROUPS:
		p = word(p, cyw->want.groups);
		return bytes(p, cyw->want.group[0], 6u * cyw->want.groups, sizeof(cyw->want.group));
	case PINS: return word(word(p, cyw->want.pins), cyw->want.levels);
	case ESCAN: return escan(p);
	default: return p;
	}
}

/* The name of a variable, with the zero behind it. */
static uint8_t *name(uint8_t *p, unsigned var)
{
	for (const char *from = iovars;; from++) {
		if (var == 0)
			*p++ = (uint8_t)*from;
		if (*from == '\0' && var-- == 0)
			return p;
	}
}

uint32_t rem_cyw_value(struct rem_cyw *cyw, const struct rem_cyw_request *r, uint8_t *p)
{
	const bool var = r->command == REM_CYW_IOCTL_GET_VAR || r->command == REM_CYW_IOCTL_SET_VAR;

	return (uint32_t)(value(cyw, r, var ? name(p, r->var) : p) - p);
}
