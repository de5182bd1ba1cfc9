/* SPDX-License-Identifier: BSD-3-Clause */
/* A program that takes frames apart into parts and values, and prints nothing. */
#include <remora/remora.h>

volatile uint8_t frame[64];
volatile uint32_t seen;

int main(void)
{
	static struct rem_slot slots[REM_INDEX_SLOTS];
	static struct rem_part parts[32];
	struct rem_index index;
	struct rem_breakdown b = {.index = &index, .part = parts, .room = REM_COUNT(parts)};
	const struct rem_view view = {(const uint8_t *)frame, sizeof(frame), sizeof(frame)};

	rem_index_init(&index, slots, REM_INDEX_SLOTS);
	rem_break_down(&b, REM_P_ETHERNET, view);
	for (unsigned i = 0; i < b.parts; i++) {
		struct rem_row_walk walk = {0};
		struct rem_row row;
		struct rem_value value;

		while (rem_row_next(&b, &parts[i], &walk, &row)) {
			if (rem_row_value(&b, &row, &value))
				seen += (uint32_t)value.u;
		}
	}
	return 0;
}
