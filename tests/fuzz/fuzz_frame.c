/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Any bytes as a frame: decode it and look at everything there is to see. The first byte picks the link type, the second
 * says how many bytes the capture cut off.
 */
#include <remora/remora.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const uint16_t linktypes[] = {1, 113, 276, 101, 0, 9, 228, 229, 108};

static struct rem_slot slots[REM_INDEX_SLOTS];
static struct rem_part parts[512];
static struct rem_index index_;

static void must(bool truth)
{
	if (!truth)
		abort();
}

static void look_at_row(const struct rem_breakdown *b, const struct rem_part *part,
			const struct rem_row *row)
{
	char text[128];
	struct rem_out out = {text, text + sizeof(text), false};
	struct rem_value value;

	must(row->bit >= 8 * part->off && row->bit + row->bits <= 8 * (part->off + part->len));
	if (!rem_row_value(b, row, &value))
		return;
	rem_out_value(&out, row->field, row->bits, &value);
	rem_out_meaning(&out, row, &value);
	for (const char *p = text; p < out.p; p++)
		must((uint8_t)*p >= ' ' && *p != 0x7f);
}

static void look_at_part(const struct rem_breakdown *b, unsigned i)
{
	const struct rem_part *part = &b->part[i];
	const struct rem_part *above = rem_layer_above(b, part);
	struct rem_row_walk walk = {0};
	struct rem_row row;

	must(part->source < b->sources && part->layer <= i);
	must(part->off + part->len <= b->source[part->source].cap);
	must(above == NULL || above < rem_part_layer(b, part));
	while (rem_row_next(b, part, &walk, &row))
		look_at_row(b, part, &row);
	if (rem_part_opens(b, part))
		rem_layer_sum(b, part);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;
	if (index_.slot == NULL)
		rem_index_init(&index_, slots, REM_INDEX_SLOTS, NULL);

	const unsigned linktype = linktypes[data[0] % REM_COUNT(linktypes)];
	const uint32_t n = (uint32_t)size - 2;
	struct rem_breakdown b = {.index = &index_, .part = parts, .room = REM_COUNT(parts)};
	char line[256];
	struct rem_out out = {line, line + sizeof(line), false};

	rem_break_down(&b, rem_index_find(&index_, REM_SPACE_LINKTYPE, linktype),
		       (struct rem_view){data + 2, n, n + data[1]});
	for (unsigned i = 0; i < b.parts; i++)
		look_at_part(&b, i);
	rem_out_info(&out, &b);
	return 0;
}
