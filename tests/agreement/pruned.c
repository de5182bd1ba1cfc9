/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * pruned CAPTURE…: a filter takes a frame apart only as far as it needs. For every key and every
 * protocol, what is found so must be what the whole frame has; of a key also in the second layer of its protocol.
 */
#include "file/reader.h"
#include "filter/filter.h"
#include "keys.h"

#include <glib.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct subject {
	char *name;
	struct filter *filter;
	const struct rem_want *want;
	unsigned differs; /* frames */
};

/* Takes the name over. */
static void add(GArray *all, char *name, const struct rem_index *index)
{
	struct subject s = {.name = name};
	char *error;

	s.filter = filter_compile(name, &error);
	if (s.filter == NULL) {
		fprintf(stderr, "%s\n", error);
		exit(1);
	}
	s.want = filter_want(s.filter, index);
	g_array_append_val(all, s);
}

static GArray *add_all(const struct rem_index *index)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct subject));
	size_t n;
	const struct key *const *keys = keys_all(&n);

	for (size_t i = 0; i < n; i++) {
		add(all, g_strdup(keys[i]->name), index);
		add(all, g_strconcat(keys[i]->name, "#2", NULL), index);
	}
	for (unsigned p = 0; p < REM_P_COUNT; p++)
		add(all, g_strdup(rem_protos[p]->key), index);
	return all;
}

/* Whether each of them is in the whole frame. */
static void look(const GArray *all, struct frame *frame, bool *there)
{
	frame_retake(frame, NULL);
	for (unsigned i = 0; i < all->len; i++)
		there[i] = filter_match(g_array_index(all, struct subject, i).filter, frame);
}

static void judge(struct subject *s, struct frame *frame, bool there, const char *path)
{
	frame_retake(frame, s->want);
	if (filter_match(s->filter, frame) == there)
		return;
	if (s->differs++ == 0)
		printf("%s: %s in frame %" PRIu64 " of %s\n", s->name,
		       there ? "is missed" : "is made up", frame->packet->number, path);
}

static void judge_file(const GArray *all, struct frame *frame, bool *there, const char *path)
{
	static const struct rem_want nothing;
	char *error = NULL;
	struct reader *reader = reader_open(path, 0, &error);
	struct packet packet;

	if (reader == NULL) {
		fprintf(stderr, "%s\n", error);
		exit(1);
	}
	frame_restart(frame);
	while (reader_next(reader, &packet) == 1) {
		frame_take(frame, reader_interfaces(reader), &packet, &nothing);
		look(all, frame, there);
		for (unsigned i = 0; i < all->len; i++)
			judge(&g_array_index(all, struct subject, i), frame, there[i], path);
	}
	reader_close(reader);
}

int main(int argc, char **argv)
{
	struct frame *frame = frame_new();
	GArray *all = add_all(&frame->index);
	bool *there = g_new(bool, all->len);
	unsigned wrong = 0;

	for (int i = 1; i < argc; i++)
		judge_file(all, frame, there, argv[i]);
	for (unsigned i = 0; i < all->len; i++) {
		const struct subject *s = &g_array_index(all, struct subject, i);

		wrong += s->differs > 0;
		filter_free(s->filter);
		g_free(s->name);
	}
	printf("%u keys and protocols: %u are not found where they are\n", all->len, wrong);
	g_array_free(all, TRUE);
	g_free(there);
	frame_free(frame);
	return wrong > 0;
}
