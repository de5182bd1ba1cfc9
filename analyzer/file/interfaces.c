/* SPDX-License-Identifier: BSD-3-Clause */
/* The interfaces that a capture file describes. */
#include "file/reader_impl.h"

#include <stdlib.h>
#include <string.h>

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
static struct known_interface *new_interface(struct reader *r, const struct option_bytes *options)
{
	size_t len = options->len;
	struct known_interface *k;
	struct interface *i;
	char *text;

	if (r->interface_count == r->interface_room) {
		uint32_t room = r->interface_room ? 2 * r->interface_room : 8;
		struct known_interface **more = realloc(r->interfaces, room * sizeof *more);

		if (!more)
			return NULL;
		r->interfaces = more;
		r->interface_room = room;
	}
	if (r->interface_bytes + len > INTERFACE_BYTES_MAX)
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
	r->interface_bytes += len;
	return k;
}

struct interface *reader_add_interface(struct reader *r, uint16_t linktype,
				       const struct option_bytes *options)
{
	struct known_interface *k;
	struct interface *i;

	if (r->interface_count == INTERFACES_MAX) {
		reader_fail(r, 3, "there are more than %s interfaces", grouped(INTERFACES_MAX));
		return NULL;
	}
	k = new_interface(r, options);
	if (!k) {
		reader_fail(r, 2, "not enough memory for its interfaces");
		return NULL;
	}
	i = &k->about;
	i->linktype = linktype;
	i->max_cap_len = max_cap_len(linktype);
	i->index = r->interface_count;
	i->id = r->interface_count - r->first_interface;
	i->section = r->section;
	k->blank = (struct packet){
		.has_time = true,
		.has_interface = r->format == FILE_PCAPNG,
		.linktype = linktype,
		.interface = i->index,
		.interface_id = i->id,
		.section = i->section,
		.block = r->format == FILE_PCAPNG ? BLOCK_PACKET : 0,
		.options.big_endian = options->big_endian,
	};
	r->interfaces[r->interface_count++] = k;
	return i;
}

int64_t interface_time(const struct interface *i, uint64_t ticks)
{
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
	return __builtin_add_overflow((uint64_t)seconds * i->units, fraction, &ticks) ? UINT64_MAX
										      : ticks;
}
