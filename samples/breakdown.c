/* SPDX-License-Identifier: BSD-3-Clause */
/* Takes an Ethernet frame, given in hexadecimal, apart into a line. */
#include <remora/remora.h>
#include <stdio.h>

int main(int argc, char **argv)
{
	static struct rem_slot slots[REM_INDEX_SLOTS];
	static struct rem_part parts[256];
	struct rem_index index;
	struct rem_breakdown b = {.index = &index, .part = parts, .room = 256};
	uint8_t frame[1514];
	uint32_t n = 0;
	char text[1024];
	struct rem_out out = {text, text + sizeof(text), false};

	while (n < sizeof(frame) && argc > 1 && sscanf(argv[1] + 2 * n, "%2hhx", frame + n) == 1)
		n++;
	rem_index_init(&index, slots, REM_INDEX_SLOTS);
	rem_break_down(&b, REM_P_ETHERNET, (struct rem_view){frame, n, n});
	rem_out_breakdown(&out, &b, n, &(struct rem_line){.classes = REM_LINE_CLASSES});
	printf("%.*s\n", (int)(out.p - text), text);
}
