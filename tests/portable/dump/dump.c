/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Everything that libremora says about the frames of little-endian pcapng files, as text. It must be the same text on every
 * machine. The reader knows only what the sample captures are made of: one section, interface and enhanced packet blocks.
 */
#include <remora/remora.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_INTERFACE = 1, BLOCK_PACKET = 6, INTERFACES = 64 };

static struct rem_slot slots[REM_INDEX_SLOTS];
static struct rem_part parts[1024];
static struct rem_index index_;

static uint32_t le32(const uint8_t *p)
{
	return (uint32_t)rem_le(p, 4);
}

static void dump_row(struct rem_breakdown *b, const struct rem_row *row)
{
	char text[512];
	struct rem_out out = {text, text + sizeof(text), false};
	struct rem_value value;

	if (!rem_row_value(b, row, &value))
		return;
	rem_out_value(&out, row->field, row->bits, &value);
	rem_out_str(&out, "\t");
	rem_out_meaning(&out, row, &value);
	printf("\t%u+%u\t%s\t%.*s\n", row->bit, row->bits, row->field->key ? row->field->key : "-",
	       (int)(out.p - text), text);
}

static void dump_frame(unsigned linktype, struct rem_view frame)
{
	struct rem_breakdown b = {.index = &index_, .part = parts, .room = REM_COUNT(parts)};
	char text[512];
	struct rem_out out = {text, text + sizeof(text), false};

	rem_break_down(&b, rem_index_find(&index_, REM_SPACE_LINKTYPE, linktype), frame);
	rem_out_info(&out, &b);
	printf("%u of %u bytes\t%.*s\n", frame.cap, frame.wire, (int)(out.p - text), text);
	for (unsigned i = 0; i < b.parts; i++) {
		struct rem_row_walk walk = {0};
		struct rem_row row;

		printf("    %s\t%s\n", rem_part_table(&parts[i])->title,
		       rem_err_text(parts[i].err));
		while (rem_row_next(&b, &parts[i], &walk, &row))
			dump_row(&b, &row);
	}
}

static void dump_blocks(const uint8_t *p, const uint8_t *end)
{
	unsigned linktype[INTERFACES] = {0}, interfaces = 0;

	while (end - p >= 32) {
		const uint32_t type = le32(p), n = le32(p + 4);

		if (n < 12 || n > (size_t)(end - p))
			break;
		if (type == BLOCK_INTERFACE && interfaces < INTERFACES)
			linktype[interfaces++] = (unsigned)rem_le(p + 8, 2);
		if (type == BLOCK_PACKET && le32(p + 8) < interfaces && le32(p + 20) <= n - 32)
			dump_frame(linktype[le32(p + 8)],
				   (struct rem_view){p + 28, le32(p + 20), le32(p + 24)});
		p += n;
	}
}

static int dump_file(const char *path)
{
	FILE *file = fopen(path, "rb");

	if (!file || fseek(file, 0, SEEK_END)) {
		perror(path);
		return 1;
	}
	const size_t n = (size_t)ftell(file);
	uint8_t *bytes = malloc(n + 1);
	rewind(file);
	if (!bytes || fread(bytes, 1, n, file) != n) {
		perror(path);
		return 1;
	}
	fclose(file);
	dump_blocks(bytes, bytes + n);
	free(bytes);
	return 0;
}

int main(int argc, char **argv)
{
	rem_index_init(&index_, slots, REM_INDEX_SLOTS);
	for (int i = 1; i < argc; i++) {
		if (dump_file(argv[i]))
			return 1;
	}
	return 0;
}
