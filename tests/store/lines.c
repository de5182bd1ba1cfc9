/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * lines FILE: every line of the tree of every packet, unfolded, by the store's view models, as
 * `remora read -V` writes them but for the blanks between. Rows are taken from the last to the first.
 * Every byte is looked for, too: the line that is found covers it.
 */
#include "store/detail.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

static void print(const char *text)
{
	if (*text != '\0')
		printf("%s ", text);
}

static void print_layer(const struct detail_line *line, const struct detail_text *t)
{
	print(t->name);
	print(line->ref != NULL ? line->ref : "");
	if (line->part->len > 0)
		printf("bytes %u-%u", line->part->off, line->part->off + line->part->len - 1);
	printf("\n");
	if (*t->meaning != '\0')
		printf("%s\n", t->meaning);
}

static void print_line(struct detail *d, unsigned i)
{
	const struct detail_line line = detail_line(d, i);
	struct detail_text t;

	detail_text(d, i, &t);
	if (line.kind == DETAIL_LAYER) {
		print_layer(&line, &t);
		return;
	}
	print(t.place);
	print(t.width);
	print(t.name);
	print(t.value);
	print(t.meaning);
	printf("\n");
}

/* Every byte has a line, and finding it opens what hides it. */
static void find_bytes(struct detail *d, uint64_t row)
{
	const uint32_t n = detail_source(d, 0).cap;

	for (uint32_t at = 0; at < n; at += 1 + n / 64) {
		detail_open_all(d, false);
		const unsigned i = detail_find(d, 0, 8 * at, 8);
		if (i == UINT_MAX) {
			printf("packet %lu: byte %u has no line\n", (unsigned long)row + 1, at);
			continue;
		}
		const struct detail_line line = detail_line(d, i);
		const bool ends = line.kind != DETAIL_LAYER && line.bit + line.bits <= 8 * at;
		if (line.source != 0 || line.bit > 8 * at + 7 || ends)
			printf("packet %lu: byte %u is not in %u+%u\n", (unsigned long)row + 1, at,
			       line.bit, line.bits);
	}
}

static void look_at(struct detail *d, uint64_t row)
{
	if (detail_take(d, row, NULL) != 1) {
		printf("packet %lu cannot be read\n", (unsigned long)row + 1);
		return;
	}
	find_bytes(d, row);
	detail_open_all(d, true);
	unsigned i = 0;
	while (i < detail_count(d) && (i == 0 || detail_line(d, i).depth > 0))
		i++; /* what the capture says */
	for (; i < detail_count(d); i++)
		print_line(d, i);
	printf("end of packet %lu\n", (unsigned long)row + 1);
}

int main(int argc, char **argv)
{
	char *error = NULL;
	struct store *s = argc == 2 ? store_open(argv[1], &error) : NULL;

	if (s == NULL) {
		fprintf(stderr, "lines: %s\n", error != NULL ? error : "FILE");
		return 2;
	}
	while (store_step(s, 1000000) == 1)
		;
	struct detail *d = detail_new(s);
	for (uint64_t row = store_count(s); row-- > 0;)
		look_at(d, row);
	detail_free(d);
	const int code = store_exit_code(s);
	store_close(s);
	return code;
}
