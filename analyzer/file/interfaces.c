/* SPDX-License-Identifier: BSD-3-Clause */
/* The interfaces that a capture describes, and their clocks: draft-ietf-opsawg-pcapng 4.2. */
#include "file/interfaces_impl.h"

#include "file/bytes.h"
#include "file/reader.h"

#include <stdlib.h>
#include <string.h>

const struct interface *interfaces_at(const struct interfaces *s, uint32_t index)
{
	return index < s->count ? &s->known[index]->about : NULL;
}

void interfaces_free(struct interfaces *s)
{
	for (uint32_t i = 0; i < s->count; i++)
		free(s->known[i]);
	free(s->known);
	*s = (struct interfaces){0};
}

/*
 * What may have more than PACKET_MAX bytes captured in Wireshark 4.0: D-Bus, USBPcap, EBHSCR.
 */
static uint32_t max_cap_len(uint16_t linktype)
{
	return linktype == 231 || linktype == 249 || linktype == 279 ? RECORD_MAX - 64 : PACKET_MAX;
}

/* A copy of an option's text behind *to, which moves past it. */
static const char *keep_text(const struct option_bytes *o, uint16_t code, char **to)
{
	struct option option;
	const char *text = *to;

	if (!option_find(o, code, &option))
		return NULL;
	memcpy(*to, option.value, option.len);
	(*to)[option.len] = '\0';
	*to += option.len + 1;
	return text;
}

/* One more interface with a copy of its options, and room for their texts. */
static struct known_interface *new_interface(struct interfaces *s,
					     const struct option_bytes *options)
{
	size_t len = options->len;
	struct known_interface *k;
	struct interface *i;
	char *text;

	if (s->count == s->room) {
		uint32_t room = s->room ? 2 * s->room : 8;
		struct known_interface **more = realloc(s->known, room * sizeof *more);

		if (!more)
			return NULL;
		s->known = more;
		s->room = room;
	}
	if (s->bytes + len > INTERFACE_BYTES_MAX)
		len = 0;
	/* The texts are no longer than the options, but for their zero bytes. */
	k = calloc(1, sizeof *k + 2 * len + 2);
	if (!k)
		return NULL;
	text = (char *)(k + 1);
	if (len > 0)
		memcpy(text, options->p, len);
	i = &k->about;
	i->options = (struct option_bytes){(uint8_t *)text, (uint32_t)len, options->big_endian};
	text += len;
	i->name = keep_text(&i->options, IF_NAME, &text);
	i->description = keep_text(&i->options, IF_DESCRIPTION, &text);
	s->bytes += len;
	return k;
}

struct interface *interfaces_add(struct interfaces *s, struct interface_place place,
				 uint16_t linktype, const struct option_bytes *options)
{
	struct known_interface *k = s->count < INTERFACES_MAX ? new_interface(s, options) : NULL;
	const bool pcapng = s->format == FILE_PCAPNG;
	struct interface *i;

	if (!k)
		return NULL;
	i = &k->about;
	i->linktype = linktype;
	i->finer = 1;
	i->max_cap_len = max_cap_len(linktype);
	i->index = s->count;
	i->id = s->count - place.first;
	i->section = place.section;
	k->blank = (struct packet){
		.has_time = true,
		.has_interface = pcapng,
		.linktype = linktype,
		.interface = i->index,
		.interface_id = i->id,
		.section = i->section,
		.block = pcapng ? BLOCK_PACKET : 0,
		.options.big_endian = options->big_endian,
	};
	s->known[s->count++] = k;
	return i;
}

/* base^power ticks a second. Of a clock that is finer than any count of ticks all times are 0. */
static void set_units(struct interface *i, unsigned base, unsigned power)
{
	uint64_t more;

	i->units = i->finer = 1;
	for (; power > 0; power--) {
		if (!__builtin_mul_overflow(i->units, base, &more))
			i->units = more;
		else if (!__builtin_mul_overflow(i->finer, base, &more))
			i->finer = more;
		else
			i->finer = UINT64_MAX;
	}
}

void interface_set_clock(struct interface *i, const struct option_bytes *options)
{
	struct option o;

	i->tsresol = 6;
	if (option_find(options, IF_TSRESOL, &o) && o.len == 1)
		i->tsresol = o.value[0];
	if (option_find(options, IF_TSOFFSET, &o) && o.len == 8)
		i->tsoffset = (int64_t)load64(o.value, options->big_endian);
	set_units(i, i->tsresol & 0x80 ? 2 : 10, i->tsresol & 0x7f);
	if (1000000000 % i->units == 0)
		i->ns_per_tick = (uint32_t)(1000000000 / i->units);
}

/* An option in little-endian at `to`, which has room. Returns the bytes that it takes. */
static uint32_t put_option(uint8_t *to, uint16_t code, const void *value, size_t len)
{
	store16(to, false, code);
	store16(to + 2, false, (uint16_t)len);
	memcpy(to + 4, value, len);
	return 4 + pad4((uint32_t)len);
}

const struct interface *interfaces_describe(struct interfaces *s, const struct live_interface *live)
{
	enum {
		TEXT_MOST = 1000,
		ROOM = 4096
	}; /* a filter begins with a byte that says what it is */
	uint8_t bytes[ROOM] = {0}, filter[TEXT_MOST + 1] = {0};
	const uint8_t tsresol = live->nano ? 9 : 6;
	struct option_bytes options = {bytes, 0, false};
	struct interface *i;

	if (live->name)
		options.len += put_option(bytes + options.len, IF_NAME, live->name,
					  strnlen(live->name, TEXT_MOST));
	if (live->description)
		options.len += put_option(bytes + options.len, IF_DESCRIPTION, live->description,
					  strnlen(live->description, TEXT_MOST));
	options.len += put_option(bytes + options.len, IF_TSRESOL, &tsresol, 1);
	if (live->filter) {
		const size_t n = strnlen(live->filter, TEXT_MOST);

		memcpy(filter + 1, live->filter, n);
		options.len += put_option(bytes + options.len, IF_FILTER, filter, n + 1);
	}
	options.len += 4; /* opt_endofopt */
	s->format = FILE_PCAPNG;
	i = interfaces_add(s, (struct interface_place){1, 0}, live->linktype, &options);
	if (!i)
		return NULL;
	i->snaplen = live->snaplen;
	interface_set_clock(i, &options);
	s->nano = s->nano || live->nano;
	return i;
}

static bool is_like(const struct interface *a, const struct interface *b)
{
	return a->linktype == b->linktype && a->snaplen == b->snaplen && a->units == b->units &&
	       a->finer == b->finer && a->tsoffset == b->tsoffset &&
	       a->options.len == b->options.len && a->options.big_endian == b->options.big_endian &&
	       (a->options.len == 0 || memcmp(a->options.p, b->options.p, a->options.len) == 0);
}

const struct interface *interfaces_copy(struct interfaces *s, const struct interface *from)
{
	struct interface *i;

	for (uint32_t n = 0; n < s->count; n++)
		if (is_like(&s->known[n]->about, from))
			return &s->known[n]->about;
	s->format = FILE_PCAPNG;
	i = interfaces_add(s, (struct interface_place){1, 0}, from->linktype, &from->options);
	if (!i)
		return NULL;
	i->snaplen = from->snaplen;
	i->fcs_len = from->fcs_len;
	i->tsresol = from->tsresol;
	i->tsoffset = from->tsoffset;
	i->units = from->units;
	i->finer = from->finer;
	i->ns_per_tick = from->ns_per_tick;
	s->nano = s->nano || i->units > 1000000;
	return i;
}

void interfaces_blank(const struct interfaces *s, uint32_t index, struct packet *p)
{
	*p = s->known[index]->blank;
}

int64_t interface_time(const struct interface *i, uint64_t ticks)
{
	ticks /= i->finer;
	__int128 ns = (__int128)(ticks / i->units) + i->tsoffset;

	ns = ns * 1000000000 +
	     (__int128)((unsigned __int128)(ticks % i->units) * 1000000000 / i->units);
	return ns > INT64_MAX ? INT64_MAX : ns < INT64_MIN ? INT64_MIN : (int64_t)ns;
}

uint64_t interface_ticks(const struct interface *i, int64_t time_ns)
{
	int64_t ns = time_ns % 1000000000;
	__int128 seconds = (__int128)(time_ns / 1000000000) - i->tsoffset;
	uint64_t fraction, ticks;

	if (ns < 0) {
		ns += 1000000000;
		seconds--;
	}
	if (seconds < 0)
		return 0;
	if (seconds > (__int128)(UINT64_MAX / i->units))
		return UINT64_MAX;
	/* Rounded up, as interface_time rounds down: there and back again is the same. */
	fraction =
		(uint64_t)(((unsigned __int128)(uint64_t)ns * i->units + 999999999) / 1000000000);
	return __builtin_add_overflow((uint64_t)seconds * i->units, fraction, &ticks) ||
			       __builtin_mul_overflow(ticks, i->finer, &ticks)
		       ? UINT64_MAX
		       : ticks;
}

bool packet_seconds(const struct interfaces *s, const struct packet *p, int64_t *seconds,
		    int32_t *nanoseconds)
{
	const struct interface *i = interfaces_at(s, p->interface);

	if (!p->has_time)
		return false;
	if (s->format == FILE_PCAP && i) {
		uint32_t fraction = (uint32_t)p->ticks;

		*seconds = (int64_t)(p->ticks >> 32);
		*nanoseconds = (int32_t)(fraction * i->ns_per_tick);
	} else if (p->has_interface && i) {
		const uint64_t ticks = p->ticks / i->finer;

		/* The sum wraps, as the file's own arithmetic does. */
		*seconds = (int64_t)(ticks / i->units + (uint64_t)i->tsoffset);
		*nanoseconds =
			(int32_t)((unsigned __int128)(ticks % i->units) * 1000000000 / i->units);
	} else {
		*seconds = (int64_t)(p->ticks / 1000000000);
		*nanoseconds = (int32_t)(p->ticks % 1000000000);
	}
	return true;
}
