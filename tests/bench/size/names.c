/* SPDX-License-Identifier: BSD-3-Clause */
/* A program that takes frames apart and writes all there is to say about them. */
#include <remora/remora.h>

volatile uint8_t frame[64];
volatile char seen;

static void say(const struct rem_breakdown *b, const struct rem_part *part, struct rem_out *out)
{
	struct rem_row_walk walk = {0};
	struct rem_row row;
	struct rem_value value;

	while (rem_row_next(b, part, &walk, &row)) {
		rem_out_str(out, row.field->key);
		rem_out_str(out, row.field->name);
		rem_out_str(out, row.field->ref);
		rem_out_str(out, row.field->about);
		if (rem_row_value(b, &row, &value)) {
			rem_out_value(out, row.field, row.bits, &value);
			rem_out_meaning(out, &row, &value);
		}
	}
}

int main(void)
{
	static struct rem_slot slots[REM_INDEX_SLOTS];
	static struct rem_part parts[32];
	static char text[256];
	struct rem_index index;
	struct rem_breakdown b = {.index = &index, .part = parts, .room = REM_COUNT(parts)};
	struct rem_out out = {text, text + sizeof(text), false};
	const struct rem_view view = {(const uint8_t *)frame, sizeof(frame), sizeof(frame)};

	rem_index_init(&index, slots, REM_INDEX_SLOTS);
	rem_break_down(&b, REM_P_ETHERNET, view);
	for (unsigned i = 0; i < b.parts; i++)
		say(&b, &parts[i], &out);
	rem_out_info(&out, &b);
	seen = text[0];
	return 0;
}
