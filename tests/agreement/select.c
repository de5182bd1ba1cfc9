/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * select FILE <FILTERS: the frames that each display filter selects, in one walk over the capture.
 * A filter a line on standard input; on standard output a line for each, "1: 4 5 17" or
 * "2! what is wrong with it". Each frame is taken apart for each filter as `remora read -Y` does.
 */
#include "file/reader.h"
#include "filter/filter.h"

#include <glib.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct candidate {
	struct filter *filter; /* NULL: it did not compile */
	const struct rem_want *want;
	GString *answer;
};

static struct candidate compile(const char *expression, unsigned number,
				const struct rem_index *index)
{
	struct candidate c = {.answer = g_string_new(NULL)};
	char *error;

	c.filter = filter_compile(expression, &error);
	c.want = c.filter != NULL ? filter_want(c.filter, index) : NULL;
	g_string_printf(c.answer, "%u%c", number, c.filter != NULL ? ':' : '!');
	if (c.filter == NULL) {
		g_string_append_printf(c.answer, " %s", error != NULL ? error : "empty");
		g_string_replace(c.answer, "\n", "\\n", 0);
	}
	g_free(error);
	return c;
}

static GArray *compile_all(const struct rem_index *index)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct candidate));
	char *line = NULL;
	size_t room = 0;

	while (getline(&line, &room, stdin) > 0) {
		const struct candidate c = compile(g_strchomp(line), all->len + 1, index);

		g_array_append_val(all, c);
	}
	free(line);
	return all;
}

/* The frame has been taken, so its times are counted once; every filter takes it apart its way. */
static void match_all(struct frame *frame, const GArray *all)
{
	for (unsigned i = 0; i < all->len; i++) {
		const struct candidate *c = &g_array_index(all, struct candidate, i);

		if (c->filter == NULL)
			continue;
		frame_retake(frame, c->want);
		if (filter_match(c->filter, frame))
			g_string_append_printf(c->answer, " %" PRIu64, frame->packet->number);
	}
}

int main(int argc, char **argv)
{
	static const struct rem_want nothing;
	char *error = NULL;
	struct reader *reader = argc == 2 ? reader_open(argv[1], 0, &error) : NULL;
	struct packet packet;

	if (reader == NULL) {
		fprintf(stderr, "select: %s\n", error != NULL ? error : "select FILE <FILTERS");
		free(error);
		return 2;
	}
	struct frame *frame = frame_new();
	GArray *all = compile_all(&frame->index);
	while (reader_next(reader, &packet) == 1) {
		frame_take(frame, reader_interfaces(reader), &packet, &nothing);
		match_all(frame, all);
	}
	for (unsigned i = 0; i < all->len; i++) {
		const struct candidate *c = &g_array_index(all, struct candidate, i);

		puts(c->answer->str);
		g_string_free(c->answer, TRUE);
		if (c->filter != NULL)
			filter_free(c->filter);
	}
	g_array_free(all, TRUE);
	frame_free(frame);
	reader_close(reader);
	return 0;
}
