/* SPDX-License-Identifier: BSD-3-Clause */
/* Frames and the line that each must give, on any machine: byte order, width of int and alignment must not show. */
#include <remora/remora.h>
#include <stdio.h>
#include <string.h>

#define ETHERNET "\xe8\x4d\x74\x9f\x61\x4a\xd8\x5e\xd3\x43\x03\xeb"

static const struct {
	const char *bytes;
	uint16_t cap, wire;
	const char *parts; /* title, offset and length of each, with its error */
	const char *line;
} frames[] = {
	{ETHERNET "\x08\x00"
		  "\x45\x00\x00\x2c\x00\x01\x40\x00\x40\x06\x2f\x81\xc0\xa8\x01\x35\x8e\xfb\x81\x8e"
		  "\xcb\x0e\x00\x50\x00\x00\x05\xe4\x00\x00\x00\x00\x60\x02\x0b\x68\x2e\x4d\x00\x00"
		  "\x02\x04\x05\xb4\x00\x00",
	 60, 60, "Ethernet II 0+14, IPv4 14+20, TCP 34+20, Options 54+4, Option 54+4, Padding 58+2",
	 "51982 → 80 [SYN] seq 1508 win 2920 mss 1460"},
};

static struct rem_slot slots[REM_INDEX_SLOTS];
static struct rem_part parts[64];

static int differs(const char *what, const char *is, const char *should_be)
{
	if (!strcmp(is, should_be))
		return 0;
	printf("%s: is\n\t%s\nbut should be\n\t%s\n", what, is, should_be);
	return 1;
}

static void list_parts(struct rem_out *out, const struct rem_breakdown *b)
{
	for (unsigned i = 0; i < b->parts; i++) {
		rem_out_str(out, i ? ", " : "");
		rem_out_str(out, rem_part_table(&b->part[i])->title);
		rem_out_str(out, " ");
		rem_out_uint(out, b->part[i].off);
		rem_out_str(out, "+");
		rem_out_uint(out, b->part[i].len);
		if (b->part[i].err) {
			rem_out_str(out, " ");
			rem_out_str(out, rem_err_text(b->part[i].err));
		}
	}
}

int main(void)
{
	struct rem_index index;
	struct rem_breakdown b = {.index = &index, .part = parts, .room = REM_COUNT(parts)};
	int wrong = rem_index_init(&index, slots, REM_INDEX_SLOTS) != REM_OK;

	for (size_t i = 0; i < REM_COUNT(frames); i++) {
		const struct rem_view frame = {(const uint8_t *)frames[i].bytes, frames[i].cap,
					       frames[i].wire};
		char seen[512] = "", line[512] = "";
		struct rem_out to_seen = {seen, seen + sizeof(seen) - 1, false};
		struct rem_out to_line = {line, line + sizeof(line) - 1, false};

		rem_break_down(&b, REM_P_ETHERNET, frame);
		list_parts(&to_seen, &b);
		rem_out_info(&to_line, &b);
		wrong |= differs("parts", seen, frames[i].parts);
		wrong |= differs("line", line, frames[i].line);
	}
	return wrong;
}
