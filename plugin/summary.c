/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Adds verdicts up by key and prints them: what differs first, then what was excused. */
#include "summary.h"

#include "excuses.h"
#include "keys.h"

#include <stdio.h>
#include <string.h>

struct row {
	uint64_t agreed, excused, differ;
	uint32_t frame; /* the first that differs, or else that was excused */
};

struct summary {
	struct row *row;   /* by key */
	uint64_t *passed;  /* by enum pass */
	uint64_t frames;
};

static const char name[] = "remora,crosscheck";
static int tap = -1;
static unsigned listeners;
static GArray *(*fields_wanted)(void);

static unsigned passes(void)
{
	return PASS_RULES + excuses_count();
}

bool summary_is_wanted(void)
{
	return listeners > 0;
}

void summary_note(packet_info *pinfo, const struct judgement *judgement)
{
	if (!summary_is_wanted())
		return;
	struct judgement *copy = wmem_new(wmem_packet_scope(), struct judgement);
	*copy = *judgement;
	tap_queue_packet(tap, pinfo, copy);
}

static void reset(void *data)
{
	struct summary *s = data;

	memset(s->row, 0, keys_count() * sizeof(*s->row));
	memset(s->passed, 0, passes() * sizeof(*s->passed));
	s->frames = 0;
}

static tap_packet_status add(void *data, packet_info *pinfo, epan_dissect_t *edt,
			     const void *judgement, tap_flags_t flags)
{
	struct summary *s = data;
	const struct judgement *j = judgement;

	(void)edt;
	(void)flags;
	for (unsigned i = 0; i < j->verdicts; i++) {
		const struct verdict *v = &j->verdict[i];
		struct row *row = &s->row[v->key];

		if ((v->differ > 0 && row->differ == 0) ||
		    (v->excused > 0 && row->differ == 0 && row->excused == 0))
			row->frame = pinfo->num;
		row->agreed += v->agreed;
		row->excused += v->excused;
		row->differ += v->differ;
	}
	for (unsigned i = 0; i < passes(); i++)
		s->passed[i] += j->passed[i];
	s->frames++;
	return TAP_PACKET_REDRAW;
}

static const struct summary *sorted;

static int by_differences(const void *one, const void *other)
{
	const unsigned a = *(const unsigned *)one, b = *(const unsigned *)other;
	const struct row *x = &sorted->row[a], *y = &sorted->row[b];

	if (x->differ != y->differ)
		return x->differ > y->differ ? -1 : 1;
	if (x->excused != y->excused)
		return x->excused > y->excused ? -1 : 1;
	return strcmp(key_at(a)->name, key_at(b)->name);
}

static void print_row(const char *what, const struct row *row)
{
	printf("%-44s %11" G_GUINT64_FORMAT " %11" G_GUINT64_FORMAT " %9" G_GUINT64_FORMAT
	       " %9" G_GUINT64_FORMAT,
	       what, row->agreed + row->excused + row->differ, row->agreed, row->excused,
	       row->differ);
	if (row->frame != 0)
		printf(" %9u", row->frame);
	putchar('\n');
}

static void print_pass(uint64_t n, const char *why)
{
	if (n > 0)
		printf("%9" G_GUINT64_FORMAT "  %s\n", n, why);
}

static void print_passes(const struct summary *s)
{
	print_pass(s->passed[PASS_APART],
		   "not compared: they lie in pieces that Wireshark puts together, or a preference "
		   "changes them");
	print_pass(s->passed[PASS_STATEFUL],
		   "excused: Wireshark does not read the key from the frame alone");
	for (unsigned i = 0; i < excuses_count(); i++)
		print_pass(s->passed[PASS_RULES + i], excuse_text(i));
}

static void draw(void *data)
{
	const struct summary *s = data;
	unsigned *order = g_new(unsigned, keys_count()), n = 0;
	struct row total = {0};

	for (unsigned key = 0; key < keys_count(); key++) {
		const struct row *row = &s->row[key];

		if (row->agreed + row->excused + row->differ == 0)
			continue;
		order[n++] = key;
		total.agreed += row->agreed;
		total.excused += row->excused;
		total.differ += row->differ;
	}
	sorted = s;
	qsort(order, n, sizeof(*order), by_differences);
	printf("\nremora beside Wireshark: instances of fields, by key\n\n");
	printf("%-44s %11s %11s %9s %9s %9s\n", "key", "compared", "agreed", "excused", "disagree",
	       "frame");
	for (unsigned i = 0; i < n; i++)
		print_row(key_at(order[i])->name, &s->row[order[i]]);
	print_row("all", &total);
	printf("\n%" G_GUINT64_FORMAT " frames, %u keys\n", s->frames, n);
	print_passes(s);
	g_free(order);
}

static void finish(void *data)
{
	struct summary *s = data;

	g_free(s->row);
	g_free(s->passed);
	g_free(s);
	listeners--;
}

/*
 * The filter for what somebody asked for, and for Wireshark: every frame passes its second half, and
 * the fields in it are built. So they are there in whichever pass Wireshark looks for taps.
 */
static char *filter_of(const char *asked)
{
	GString *filter = g_string_new(NULL);
	GArray *fields = fields_wanted();

	if (asked != NULL)
		g_string_append_printf(filter, "(%s) and ", asked);
	g_string_append(filter, "(frame");
	for (unsigned i = 0; i < fields->len; i++) {
		const unsigned hf = (unsigned)g_array_index(fields, int, i);
		const header_field_info *info = proto_registrar_get_nth(hf);

		if (info->same_name_prev_id == -1)
			g_string_append_printf(filter, " or %s", info->abbrev);
	}
	g_string_append_c(filter, ')');
	g_array_free(fields, TRUE);
	return g_string_free(filter, FALSE);
}

static GString *listen(struct summary *s, const char *asked)
{
	GString *error = register_tap_listener("remora", s, asked, TL_REQUIRES_PROTO_TREE, reset,
					       add, draw, finish);

	if (error != NULL)
		return error;
	listeners++;
	judge_prepare();
	s->row = g_new0(struct row, keys_count());
	s->passed = g_new0(uint64_t, passes());
	char *filter = filter_of(asked);
	error = set_tap_dfilter(s, filter);
	g_free(filter);
	return error;
}

/* What is behind the name in an argument, ",FILTER" or nothing; Wireshark has looked at the name alone. */
static GString *begin_with(const char *rest)
{
	if (*rest != '\0' && *rest != ',')
		return g_string_new("a filter follows with a comma: -z remora,crosscheck,FILTER");
	return listen(g_new0(struct summary, 1),
		      *rest == '\0' || rest[1] == '\0' ? NULL : rest + 1);
}

static TAP_BEGINS begin(const char *argument, void *data)
{
	GString *error = begin_with(argument + sizeof(name) - 1);

	(void)data;
	if (error != NULL) {
		fprintf(stderr, "%s: %s\n", name, error->str);
		exit(1);
	}
	TAP_BEGUN;
}

void summary_register(GArray *(*wanted)(void))
{
	static tap_param parameters[] = {{PARAM_FILTER, "filter", "Filter", NULL, TRUE}};
	static stat_tap_ui ui = {
		.group = REGISTER_STAT_GROUP_GENERIC,
		.title = "remora cross-check",
		.cli_string = name,
		.tap_init_cb = begin,
		.nparams = G_N_ELEMENTS(parameters),
		.params = parameters,
	};

	fields_wanted = wanted;
	tap = register_tap("remora");
	register_stat_tap_ui(&ui, NULL);
}
