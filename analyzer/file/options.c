/* SPDX-License-Identifier: BSD-3-Clause */
/* pcapng options: draft-ietf-opsawg-pcapng 3.5, those of packets 4.3. */
#include "file/options.h"

#include "file/bytes.h"

#include <string.h>

bool option_next(const struct option_bytes *o, size_t *iter, struct option *option)
{
	size_t left = *iter < o->len ? o->len - *iter : 0;
	const uint8_t *p;

	if (left < 4)
		return false;
	p = o->p + *iter;
	option->code = load16(p, o->big_endian);
	option->len = load16(p + 2, o->big_endian);
	option->value = p + 4;
	if (option->code == OPT_END || option->len > left - 4)
		return false;
	*iter += 4 + pad4(option->len);
	return true;
}

bool option_find(const struct option_bytes *o, uint16_t code, struct option *option)
{
	size_t iter = 0;

	while (option_next(o, &iter, option))
		if (option->code == code)
			return true;
	return false;
}

bool option_is_local(const struct option *option)
{
	return option->code == OPT_CUSTOM_TEXT_LOCAL || option->code == OPT_CUSTOM_BYTES_LOCAL;
}

static bool is_custom(uint16_t code)
{
	return code == OPT_CUSTOM_TEXT || code == OPT_CUSTOM_BYTES ||
	       code == OPT_CUSTOM_TEXT_LOCAL || code == OPT_CUSTOM_BYTES_LOCAL;
}

static const char *packet_option_fault(const struct option *o)
{
	switch (o->code) {
	case PACKET_FLAGS:
		return o->len == 4 ? NULL : "the packet's flags are not 4 bytes";
	case PACKET_DROPCOUNT:
		return o->len == 8 ? NULL : "the packet's drop count is not 8 bytes";
	case PACKET_ID:
		return o->len == 8 ? NULL : "the packet's identifier is not 8 bytes";
	case PACKET_QUEUE:
		return o->len == 4 ? NULL : "the packet's queue is not 4 bytes";
	case PACKET_VERDICT:
		return o->len >= 1 ? NULL : "the packet's verdict is empty";
	default:
		return NULL;
	}
}

static const char *option_fault(const struct option *o, enum option_kind kind)
{
	if (is_custom(o->code) && o->len < 4)
		return "a custom option has no room for its enterprise number";
	if (kind == OPTIONS_INTERFACE && o->code == IF_FILTER && o->len < 1)
		return "the interface's filter is empty";
	return kind == OPTIONS_PACKET ? packet_option_fault(o) : NULL;
}

const char *options_check(const struct option_bytes *o, enum option_kind kind, uint32_t *offset)
{
	struct option option = {0};
	size_t at = 0, next = 0;

	for (; option_next(o, &next, &option); at = next) {
		const char *fault = option_fault(&option, kind);

		if (fault) {
			*offset = (uint32_t)at;
			return fault;
		}
	}
	*offset = (uint32_t)at;
	/*
	 * An end needs no opt_endofopt; but one that is there, and claims a value, has to have it.
	 */
	if (at + 4 > o->len || (option.code == OPT_END && option.len <= o->len - at - 4))
		return NULL;
	return "an option reaches past the end of its block";
}

/* How an option's value begins: `skip` bytes as they are, then one integer of `width` bytes. */
struct integer {
	size_t skip, width;
};

static struct integer integer_of_packet(const struct option *o)
{
	switch (o->code) {
	case PACKET_FLAGS:
	case PACKET_QUEUE: return (struct integer){0, 4};
	case PACKET_DROPCOUNT:
	case PACKET_ID: return (struct integer){0, 8};
	case PACKET_VERDICT:
		/* Of Linux: a byte that says whose, then 64 bits; other verdicts are bytes. */
		if (o->len == 9 && (o->value[0] == 1 || o->value[0] == 2))
			return (struct integer){1, 8};
		break;
	default: break;
	}
	return (struct integer){0, 0};
}

static struct integer integer_of_interface(const struct option *o)
{
	switch (o->code) {
	case IF_SPEED:
	case IF_TX_SPEED:
	case IF_RX_SPEED:
	case IF_TSOFFSET: return (struct integer){0, 8};
	case IF_TZONE: return (struct integer){0, 4};
	default: return (struct integer){0, 0};
	}
}

static void turn_integer(const struct option *o, enum option_kind kind, uint8_t *value)
{
	const struct integer i = is_custom(o->code)          ? (struct integer){0, 4}
				 : kind == OPTIONS_INTERFACE ? integer_of_interface(o)
							     : integer_of_packet(o);

	if (i.skip + i.width > o->len)
		return;
	for (size_t n = 0; n < i.width; n++)
		value[i.skip + n] = o->value[i.skip + i.width - 1 - n];
}

uint32_t options_copy(const struct option_bytes *o, enum option_kind kind, bool big_endian,
		      uint8_t *out)
{
	struct option option;
	size_t iter = 0;
	uint32_t at = 0;

	while (option_next(o, &iter, &option)) {
		if (option_is_local(&option))
			continue;
		store16(out + at, big_endian, option.code);
		store16(out + at + 2, big_endian, option.len);
		memcpy(out + at + 4, option.value, option.len);
		memset(out + at + 4 + option.len, 0, pad4(option.len) - option.len);
		if (big_endian != o->big_endian)
			turn_integer(&option, kind, out + at + 4);
		at += 4 + pad4(option.len);
	}
	if (at > 0 && at + 4 <= o->len) {
		memset(out + at, 0, 4); /* opt_endofopt */
		at += 4;
	}
	return at;
}
