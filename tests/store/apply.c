/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * apply FILE…: the filter that is made of a field, in every packet: it is one, and the packet passes
 * it. The same of every bytes in the packet's middle.
 */
#include "filter/filter.h"
#include "store/copy.h"

#include <stdio.h>
#include <stdlib.h>

static unsigned tried, wrong;

static void check(const char *file, uint64_t row, struct cursor *c, struct frame *f,
		  const char *text)
{
	char *error = NULL;
	struct filter *filter = filter_compile(text, &error);
	const char *why = NULL;

	tried++;
	if (filter == NULL)
		why = error != NULL ? error : "it is empty";
	else if (cursor_take(c, row, f, NULL, NULL) != 1 || !filter_match(filter, f))
		why = "the packet does not pass it";
	if (why != NULL && ++wrong < 40)
		printf("%s packet %lu: %.200s: %.200s\n", file, (unsigned long)row + 1, text, why);
	if (filter != NULL)
		filter_free(filter);
	g_free(error);
}

static void look_at(const char *file, uint64_t row, struct detail *d, struct cursor *c,
		    struct frame *f)
{
	if (detail_take(d, row, NULL) != 1)
		return;
	detail_open_all(d, true);
	for (unsigned i = 0; i < detail_count(d); i++) {
		for (unsigned form = 0; form < COPY_FORMS; form++) {
			char *text = copy_line(d, i, (enum copy_form)form);

			if (form == COPY_FILTER && text != NULL)
				check(file, row, c, f, text);
			g_free(text);
		}
	}
	char *bytes = filter_of_bytes(d, detail_source(d, 0).cap / 2, 2);
	if (bytes != NULL)
		check(file, row, c, f, bytes);
	g_free(bytes);
}

static void go_through(const char *file)
{
	char *error = NULL;
	struct store *s = store_open(file, &error);

	if (s == NULL) {
		fprintf(stderr, "apply: %s\n", error);
		exit(2);
	}
	while (store_step(s, 1000000) == 1)
		;
	struct detail *d = detail_new(s);
	struct cursor *c = cursor_new(s);
	struct frame *f = frame_new();
	const uint64_t count = store_count(s);
	for (uint64_t row = 0; row < count; row += 1 + count / 60)
		look_at(file, row, d, c, f);
	frame_free(f);
	cursor_free(c);
	detail_free(d);
	store_close(s);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		go_through(argv[i]);
	printf("%u filters, %u wrong\n", tried, wrong);
	return wrong > 0 || tried < 1000;
}
