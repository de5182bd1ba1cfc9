/* SPDX-License-Identifier: BSD-3-Clause */
/* The model's firmware: SDPCM, questions, joins, scans. */
#include "model.h"

#include <stdio.h>
#include <string.h>

static const uint8_t address[6] = {0x28, 0xcd, 0xc1, 1, 2, 3};

static uint32_t le(const uint8_t *p, unsigned n)
{
	uint32_t v = 0;

	while (n-- > 0)
		v = v << 8 | p[n];
	return v;
}

static void put_le(uint8_t *p, unsigned n, uint32_t v)
{
	for (unsigned i = 0; i < n; i++)
		p[i] = (uint8_t)(v >> 8 * i);
}

static void put_be(uint8_t *p, unsigned n, uint32_t v)
{
	for (unsigned i = 0; i < n; i++)
		p[i] = (uint8_t)(v >> 8 * (n - 1 - i));
}

/* A place in the queue for a frame that comes at `at`, in order of time. */
static struct model_frame *enqueue(struct model *m, rem_time at)
{
	if (m->count == MODEL_QUEUE) {
		model_complain(m, "the test lets the queue overflow", m->count);
		m->count--;
	}
	unsigned i = m->count++;
	for (; i > 0; i--) {
		struct model_frame *before = &m->queue[(m->first + i - 1) % MODEL_QUEUE];
		if (before->at <= at)
			break;
		m->queue[(m->first + i) % MODEL_QUEUE] = *before;
	}
	struct model_frame *f = &m->queue[(m->first + i) % MODEL_QUEUE];
	memset(f, 0, sizeof(*f));
	f->at = at;
	return f;
}

/* A frame of n bytes on a channel; returns where they go. */
static uint8_t *to_host(struct model *m, unsigned channel, uint32_t n, rem_time after)
{
	struct model_frame *f = enqueue(m, m->now + after);
	const unsigned offset = 12 + (channel == 0 ? 0 : m->receive_pad);
	const unsigned bdc = channel == 0 ? 0 : 4 + 4 * m->bdc_words;

	f->n = offset + bdc + n;
	put_le(f->p, 2, f->n);
	put_le(f->p + 2, 2, ~f->n);
	f->p[5] = (uint8_t)channel;
	f->p[7] = (uint8_t)offset;
	if (bdc != 0) {
		f->p[offset] = 0x20;
		f->p[offset + 3] = (uint8_t)m->bdc_words;
	}
	return f->p + offset + bdc;
}

void model_raw(struct model *m, const uint8_t *p, uint32_t n)
{
	struct model_frame *f = enqueue(m, m->now);

	f->raw = true;
	f->n = n;
	memcpy(f->p, p, n);
}

void model_air(struct model *m, const uint8_t *p, uint32_t n)
{
	static const uint8_t all[6] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
	bool in = (p[0] & 1) == 0 || memcmp(p, all, 6) == 0;

	for (uint32_t i = 0; i < m->groups; i++)
		in = in || memcmp(p, m->group[i], 6) == 0;
	if (in && m->joined != NULL)
		memcpy(to_host(m, 2, n, 0), p, n);
}

/* An event with data; returns where these go. */
static uint8_t *event(struct model *m, uint32_t type, uint32_t status, uint32_t reason,
		      uint16_t flags, uint32_t data, rem_time after)
{
	static uint8_t nowhere[MODEL_LONGEST];

	if ((m->event_mask[type / 8] >> type % 8 & 1) == 0)
		return nowhere;
	uint8_t *p = to_host(m, 1, 72 + data, after);
	memcpy(p, address, 6);
	put_be(p + 12, 2, 0x886c);
	put_be(p + 14, 2, 0x8001);
	put_be(p + 16, 2, 58 + data);
	put_be(p + 19, 3, 0x001018);
	put_be(p + 22, 2, 1);
	put_be(p + 24, 2, 2);
	put_be(p + 26, 2, flags);
	put_be(p + 28, 4, type);
	put_be(p + 32, 4, status);
	put_be(p + 36, 4, reason);
	put_be(p + 44, 4, data);
	if (m->joined != NULL)
		memcpy(p + 48, m->joined->bssid, 6);
	memcpy(p + 54, "wl0", 3);
	return p + 72;
}

void model_event(struct model *m, uint32_t type, uint32_t status, uint32_t reason, uint16_t flags,
		 rem_time after)
{
	event(m, type, status, reason, flags, 0, after);
}

void model_deauthenticate(struct model *m, uint32_t reason)
{
	model_event(m, 6, 0, reason, 0, 0);
	model_event(m, 16, 0, reason, 0, 100);
	m->joined = NULL;
}

/* What is in memory when the processor starts. */
static void check_image(struct model *m)
{
	const uint32_t word = (uint32_t)le(m->ram + MODEL_RAM - 4, 4), n = 4 * (word & 0xffff);
	uint8_t text[8192] = {0};
	uint32_t bytes = 0;

	if (memcmp(m->ram, m->expect.firmware.p, m->expect.firmware.n) != 0)
		model_complain(m, "the firmware is not what it should be", m->expect.firmware.n);
	if ((word >> 16 ^ (word & 0xffff)) != 0xffff || n > sizeof(text)) {
		model_complain(m, "the word about the parameters", word);
		return;
	}
	for (uint32_t at = 0; at < m->expect.nvram.n;) { /* line by line */
		const char *line = (const char *)m->expect.nvram.p + at;
		uint32_t length = 0;
		while (at + length < m->expect.nvram.n && line[length] != '\n')
			length++;
		at += length + 1;
		if (length > 0 && line[length - 1] == '\r')
			length--;
		if (length == 0 || line[0] == '#')
			continue;
		memcpy(text + bytes, line, length);
		bytes += length + 1;
	}
	bytes = (bytes + 1 + 3) & ~3u;
	if (n != bytes || memcmp(m->ram + MODEL_RAM - 4 - n, text, n) != 0)
		model_complain(m, "the parameters are not what they should be", n);
}

void model_firmware_start(struct model *m)
{
	check_image(m);
	if ((m->clock & 0x1f) != 0)
		model_complain(m, "a clock is still asked for", m->clock);
	m->interrupt |= 1; /* data are always unavailable, once */
	m->loads++;
	m->started = m->now;
	m->f2 = m->now + 25000 + 84000;
	m->host_seq = 0;
	m->chip_seq = 0;
	m->credit = 1;
	m->clm_at = 0;
	m->country[0] = '\0';
	m->sup_wpa = m->auth = m->infra = m->wsec = UINT32_MAX;
	m->wpa_auth = UINT32_MAX;
	m->pins = 0;
	m->groups = 0;
	memset(m->event_mask, 0, sizeof(m->event_mask));
	/* Something of an unknown type comes first. */
	uint8_t *p = to_host(m, 1, 40, 110000);
	put_be(p + 12, 2, 0x6c88);

	/* The log: a pointer near the end of memory, a structure, a console, a ring. */
	const uint32_t shared = 0x60000, console = 0x60100, ring = 0x60400;
	put_le(m->ram + MODEL_RAM - 4 - 65536, 4, shared);
	put_le(m->ram + shared + 20, 4, console);
	put_le(m->ram + console + 8, 4, ring);
	put_le(m->ram + console + 12, 4, 1024);
	put_le(m->ram + console + 16, 4, 0);
}

void model_log(struct model *m, const char *text)
{
	const uint32_t console = 0x60100, ring = 0x60400;
	uint32_t at = le(m->ram + console + 16, 4);

	for (; *text != '\0'; text++) {
		m->ram[ring + at] = (uint8_t)*text;
		at = (at + 1) % 1024;
	}
	put_le(m->ram + console + 16, 4, at);
}

/* What the air says to a wish to join. */
static void join(struct model *m, const uint8_t *p)
{
	const uint32_t n = le(p, 4);
	const struct model_network *w = NULL;

	m->joins++;
	if (m->wsec == UINT32_MAX || m->sup_wpa == UINT32_MAX || m->auth != 0 || m->infra != 1 ||
	    m->wpa_auth == UINT32_MAX)
		model_complain(m, "a join that lacks a setting", 0);
	if (n == 0 || n > 32) {
		model_complain(m, "a network's name is 1 to 32 bytes", n);
		return;
	}
	for (unsigned i = 0; i < m->networks; i++) {
		if (strlen(m->network[i].ssid) == n && memcmp(m->network[i].ssid, p + 4, n) == 0)
			w = &m->network[i];
	}
	if (m->now < m->scan_until)
		model_complain(m, "a join in the middle of a search", 0);
	const bool secret = m->wsec == 4 && m->wpa_auth == 0x80 && m->sup_wpa == 1;
	const bool open = m->wsec == 0 && m->wpa_auth == 0 && m->sup_wpa == 0;
	if (!secret && !open)
		model_complain(m, "cipher, protection and handshake do not go together", m->wsec);
	if (secret && !m->has_key)
		model_complain(m, "a join without its key", 0);
	if (w == NULL || (w->key != NULL) != secret) {
		if (w != NULL)
			model_event(m, 23, 0, 8, 0, 1900000);
		model_event(m, 0, 3, 0, 0, 2000000);
		return;
	}
	if (w->deaf || w->refuses) {
		model_event(m, 3, w->deaf ? 5 : 1, 0, 0, 300000);
		model_event(m, 0, 1, 0, 0, 300000);
		return;
	}
	m->joined = w;
	model_event(m, 3, 6, 0, 0, 20000); /* unsolicited: means nothing */
	model_event(m, 3, 0, 0, 0, 30000);
	model_event(m, 7, 0, 0, 0, 40000);
	model_event(m, 16, 0, 0, 1, 50000);
	model_event(m, 1, 0, 0, 0, 51000);
	model_event(m, 0, 0, 0, 0, 52000);
	if (w->flaps)
		model_event(m, 16, 0, 0, 0, 60000);
	if (!secret)
		return;
	if (strcmp(m->key, w->key) == 0) {
		model_event(m, 46, 6, 0, 0, 90000);
		return;
	}
	if (w->silent_about_key) {
		model_event(m, 6, 0, 2, 0, 900000);
		model_event(m, 16, 0, 2, 0, 901000);
	} else {
		model_event(m, 46, 8, 15, 0, 2500000);
		model_event(m, 16, 0, 0, 0, 2501000);
	}
	m->joined = NULL;
}

static void scan(struct model *m)
{
	for (unsigned i = 0; i < m->networks; i++) {
		static const uint8_t rsn[] = {0, 2,    'x',  'y', 221,  5,    0, 0x50, 0xf2,
					      1, 0,    48,   20,  1,    0,    0, 0x0f, 0xac,
					      4, 1,    0,    0,   0x0f, 0xac, 4, 1,    0,
					      0, 0x0f, 0xac, 2,   0,    0};
		const struct model_network *w = &m->network[i];
		const uint32_t elements = w->key != NULL ? sizeof(rsn) : 0;
		uint8_t *p = event(m, 69, 8, 0, 0, 12 + 128 + elements, 100000 * (i + 1));
		put_le(p, 4, 12 + 128 + elements);
		put_le(p + 4, 4, 1);
		put_le(p + 10, 2, 1);
		p += 12;
		put_le(p, 4, 109);
		put_le(p + 4, 4, 128 + elements + m->bad_record);
		memcpy(p + 8, w->bssid, 6);
		put_le(p + 16, 2, w->key != NULL ? 0x11 : 0x01);
		p[18] = (uint8_t)strlen(w->ssid);
		memcpy(p + 19, w->ssid, p[18]);
		put_le(p + 72, 2, 0x1000u | w->channel);
		put_le(p + 78, 2, (uint16_t)w->rssi);
		put_le(p + 116, 2, 128);
		put_le(p + 120, 4, elements);
		memcpy(p + 128, rsn, elements);
	}
	event(m, 69, 0, 0, 0, 12, 100000 * (m->networks + 1));
	m->scan_until = m->now + 100000 * (m->networks + 1);
}

static void clm(struct model *m, const uint8_t *p, uint32_t n)
{
	const uint32_t flags = le(p, 2), bytes = le(p + 4, 4);
	const struct rem_span expect = m->expect.clm;

	if (n < 12 || le(p + 2, 2) != 2 || le(p + 8, 4) != 0 || (flags & 0xf000) != 0x1000 ||
	    bytes > 1024 || n != 12 + ((bytes + 7) & ~7u) ||
	    ((flags & 2) != 0) != (m->clm_at == 0) || m->clm_at + bytes > expect.n ||
	    memcmp(p + 12, expect.p + m->clm_at, bytes) != 0) {
		model_complain(m, "a chunk of the CLM is not right", flags);
		return;
	}
	m->clm_at += bytes;
	if (((flags & 4) != 0) != (m->clm_at == expect.n))
		model_complain(m, "the end of the CLM is not marked", m->clm_at);
	m->clm_good = m->clm_at == expect.n;
}

/* Values that a variable takes, by their size; false: there is none such. */
static bool set_var(struct model *m, const char *name, const uint8_t *p, uint32_t n)
{
	static const struct {
		const char *name;
		uint32_t bytes;
	} known[] = {
		{"bus:txglom", 4}, {"apsta", 4}, {"country", 12}, {"ampdu_ba_wsize", 4},
		{"ampdu_mpdu", 4}, {"bsscfg:event_msgs", 28}, {"bsscfg:sup_wpa", 8},
		{"bsscfg:sup_wpa2_eapver", 8}, {"bsscfg:sup_wpa_tmo", 8}, {"mfp", 4},
		{"mcast_list", 64}, {"gpioout", 8}, {"escan", 72}, {"clmload", 0},
	};
	bool is_known = false;

	for (unsigned i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(name, known[i].name) == 0)
			is_known = known[i].bytes == 0 || known[i].bytes == n;
	}
	if (!is_known)
		return false;
	if (strcmp(name, "clmload") == 0) {
		clm(m, p, n);
	} else if (strcmp(name, "country") == 0) {
		memcpy(m->country, p, 4);
		if (memcmp(p, p + 8, 4) != 0 || le(p + 4, 4) != UINT32_MAX || !m->clm_good)
			model_complain(m, "the country", p[0]);
		m->pause = m->now + 50000;
	} else if (strcmp(name, "bsscfg:event_msgs") == 0) {
		if (m->now - m->started < 150000)
			model_complain(m, "the events are chosen too early", 0);
		memcpy(m->event_mask, p + 4, 24);
		m->heard_events = true;
	} else if (strcmp(name, "bsscfg:sup_wpa") == 0) {
		m->sup_wpa = le(p + 4, 4);
	} else if (strcmp(name, "bsscfg:sup_wpa_tmo") == 0) {
		m->pmk_after = m->now + 2000;
		if (le(p + 4, 4) < 2500 || le(p + 4, 4) > 5000)
			model_complain(m, "the handshake's time", le(p + 4, 4));
	} else if (strcmp(name, "mfp") == 0) {
		m->mfp = le(p, 4);
	} else if (strcmp(name, "mcast_list") == 0) {
		m->groups = le(p, 4) > 10 ? 10 : le(p, 4);
		memcpy(m->group, p + 4, sizeof(m->group));
	} else if (strcmp(name, "gpioout") == 0) {
		const uint8_t mask = p[0] & 7;
		m->pins = (uint8_t)((m->pins & ~mask) | (p[4] & mask));
	} else if (strcmp(name, "escan") == 0) {
		if (!m->up || le(p, 4) != 1 || le(p + 4, 2) != 1 || p[50] != 2 || p[44] != 0xff ||
		    p[49] != 0xff)
			model_complain(m, "a search that was never seen", le(p, 4));
		scan(m);
	}
	return true;
}

static void set_key(struct model *m, const uint8_t *p, uint32_t n)
{
	const uint32_t bytes = le(p, 2);

	if (n != 68 || le(p + 2, 2) != 1 || bytes < 8 || bytes > 64)
		model_complain(m, "a key that was never seen", bytes);
	if (m->now < m->pmk_after)
		model_complain(m, "the key comes too early", 0);
	m->has_key = true;
	memcpy(m->key, p + 4, 64);
	m->key[bytes < 64 ? bytes : 64] = '\0';
}

/* Does what an ioctl says; its status. n bytes at p are its value, and become the answer's. */
static int32_t ioctl(struct model *m, uint32_t command, bool set, uint8_t *p, uint32_t n)
{
	enum { BAD_ARGUMENT = -2, UNSUPPORTED = -23 };
	const char *name = (const char *)p;
	const bool var = command == 262 || command == 263;

	if (var && memchr(p, 0, n) == NULL)
		return BAD_ARGUMENT;
	if (m->refused_command == command ||
	    (var && m->refused_iovar != NULL && strcmp(name, m->refused_iovar) == 0))
		return BAD_ARGUMENT;
	if (set != (command != 262 && command != 127))
		model_complain(m, "a question that sets, or a setting that asks", command);
	if (var) {
		const uint32_t skip = (uint32_t)strlen(name) + 1;
		if (command == 263)
			return set_var(m, name, p + skip, n - skip) ? 0 : UNSUPPORTED;
		if (strcmp(name, "cur_etheraddr") == 0)
			memcpy(p, address, 6);
		else if (strcmp(name, "clmload_status") == 0)
			put_le(p, 4, m->clm_good && !m->bad_clm ? 0 : 3);
		else
			return UNSUPPORTED;
		return 0;
	}
	if (command == 268) {
		set_key(m, p, n);
		return 0;
	}
	if (command == 26) {
		if (!m->up || n != 36)
			model_complain(m, "a join without a radio", n);
		join(m, p);
		return 0;
	}
	if (command == 2) {
		if (n != 0 || !m->clm_good || !m->heard_events || m->country[0] == '\0' ||
		    m->now - m->started < 150000)
			model_complain(m, "UP comes too early", n);
		m->up = true;
		m->ups++;
		m->pause = m->now + 50000;
		return 0;
	}
	if (command == 52) {
		m->joined = NULL;
		m->disassociations++;
		m->count = 0;
		return 0;
	}
	if (n != 4)
		return BAD_ARGUMENT;
	switch (command) {
	case 20: m->infra = le(p, 4); return 0;
	case 22: m->auth = le(p, 4); return 0;
	case 127: put_le(p, 4, (uint32_t)(m->joined != NULL ? m->joined->rssi : 0)); return 0;
	case 134: m->wsec = le(p, 4); return 0;
	case 165: m->wpa_auth = le(p, 4); return 0;
	case 64:
	case 86:
	case 110:
	case 142: return 0;
	default: return UNSUPPORTED;
	}
}

static void question(struct model *m, const uint8_t *p, uint32_t n)
{
	const uint32_t command = le(p, 4), length = le(p + 4, 4), flags = le(p + 8, 2);
	uint8_t value[MODEL_LONGEST];

	m->questions++;
	if (n < 16 || length != n - 16 || (flags & ~2u) != 0 || le(p + 12, 4) != 0) {
		model_complain(m, "a question with a wrong header", command);
		return;
	}
	if (m->now < m->pause)
		model_complain(m, "a question too soon after the country or UP", command);
	if (m->hangs)
		return;
	if (m->lost_questions > 0) {
		m->lost_questions--;
		return;
	}
	memcpy(value, p + 16, length);
	const int32_t result = ioctl(m, command, (flags & 2) != 0, value, length);
	uint8_t *answer = to_host(m, 0, n, command == 263 && value[0] == 'c' ? 20000 : 400);
	memcpy(answer, p, 16);
	memcpy(answer + 16, value, length);
	put_le(answer + 8, 2, result != 0 ? flags | 1 : flags);
	put_le(answer + 12, 4, (uint32_t)result);
}

void model_firmware_frame(struct model *m, const uint8_t *p, uint32_t n)
{
	const uint32_t size = le(p, 2), channel = p[5], offset = p[7];

	if ((size ^ le(p + 2, 2)) != 0xffff || size > n || n - size > 3 || offset > size)
		model_complain(m, "a frame with a wrong size", size);
	if (p[4] != m->host_seq)
		model_complain(m, "a frame out of sequence", p[4]);
	if (p[4] == m->credit)
		model_complain(m, "a frame without credit", p[4]);
	m->host_seq++;
	if (channel == 0 && offset == 12) {
		question(m, p + offset, size - offset);
		return;
	}
	if (channel != 2 || offset != 14 || p[14] != 0x20 || p[17] != 0 || size < 18 + 14) {
		model_complain(m, "a frame with wrong headers", channel);
		return;
	}
	m->sent++;
	m->last_bytes = size - 18;
	memcpy(m->last, p + 18, m->last_bytes);
	if (!m->no_credit && (uint8_t)(m->credit - m->host_seq) <= m->credits / 2 &&
	    m->count == 0) {
		struct model_frame *f = enqueue(m, m->now); /* nothing but credit */
		f->n = 12;
		put_le(f->p, 2, 12);
		put_le(f->p + 2, 2, ~12u);
		f->p[5] = 2;
	}
}
