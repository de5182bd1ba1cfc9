/* SPDX-License-Identifier: BSD-3-Clause */
/* The rules are tshark's, and go into the index of every frame there is. */
#include "decode_as_prompt.h"

#include "decode_as.h"
#include "packets.h"
#include "tui.h"

#include <remora/ipv4.h>
#include <remora/udp.h>
#include <string.h>

static bool bind_all(const struct packets *p)
{
	struct frame *const frames[] = {p->row, p->frame, view_frame(p->view), find_frame(p->find)};
	const struct decode_as *rules = (const struct decode_as *)(const void *)p->rules->data;
	bool good = true;

	for (size_t i = 0; i < G_N_ELEMENTS(frames); i++)
		good = frame_decode_as(frames[i], rules, p->rules->len) && good;
	return good;
}

/* A later rule for the same values takes the place of an earlier one. */
static void put(GArray *rules, const struct decode_as *rule)
{
	for (guint i = rules->len; i-- > 0;) {
		const struct decode_as *old = &g_array_index(rules, struct decode_as, i);

		if (old->space == rule->space && old->first == rule->first &&
		    old->last == rule->last)
			g_array_remove_index(rules, i);
	}
	g_array_append_vals(rules, rule, 1);
}

static void look_again(struct tui *t)
{
	struct packets *p = t->packets;
	const uint64_t row = packets_current(p);

	p->finding = false;
	view_again(p->view);
	detail_clear(p->detail);
	list_pane_widths(p);
	p->anchor = row;
	t->dirty = true;
}

void decode_as_again(struct tui *t)
{
	bind_all(t->packets);
}

bool decode_as(struct tui *t, const char *rule, char **error)
{
	struct packets *p = t->packets;
	struct decode_as parsed;

	if (strcmp(rule, "none") == 0) {
		g_array_set_size(p->rules, 0);
		bind_all(p);
		look_again(t);
		return true;
	}
	if (!decode_as_parse(rule, &parsed, error))
		return false;
	put(p->rules, &parsed);
	const bool good = bind_all(p);
	if (!good) {
		*error = g_strdup_printf("too many values, there is room for %d", FRAME_SLOTS);
		g_array_set_size(p->rules, p->rules->len - 1);
		bind_all(p);
	}
	look_again(t);
	return good;
}

static void label(struct tui *t, GString *to)
{
	(void)t;
	g_string_append(to, " decode as: ");
}

static void changed(struct tui *t, const char *text)
{
	const bool may_become_one = t->prompt.candidates.text->len > 0;
	struct decode_as rule;
	char *error = NULL;
	const bool good = may_become_one || strcmp(text, "none") == 0 ||
			  decode_as_parse(text, &rule, &error);

	prompt_trouble(t, good ? NULL : error);
	g_free(error);
}

void complete_decode_as(const char *text, size_t n, struct candidates *to)
{
	const char *comma = memchr(text, ',', n);

	to->from = comma != NULL ? (size_t)(comma + 1 - text) : 0;
	to->to = n;
	for (unsigned i = 0; comma == NULL && decode_as_selector(i) != NULL; i++) {
		if (strncmp(decode_as_selector(i), text, n) == 0)
			candidates_add(to, decode_as_selector(i), NULL);
	}
	for (unsigned i = 0; comma != NULL && i < REM_P_COUNT; i++) {
		const struct rem_proto *proto = rem_protos[i];

		if ((proto->flags & REM_PROTO_DERIVED) == 0 &&
		    rem_proto_find(proto->key, strlen(proto->key)) == (int)i &&
		    strncmp(proto->key, comma + 1, n - to->from) == 0)
			candidates_add(to, proto->key, proto->title);
	}
}

static void complete(struct tui *t, const struct edit *line, struct candidates *to)
{
	(void)t;
	complete_decode_as(line->text->str, line->at, to);
}

static void accept(struct tui *t, const char *text)
{
	char *error = NULL;

	if (*text != '\0' && !decode_as(t, text, &error))
		tui_complain(t, "%s", error);
	g_free(error);
}

static const struct prompt_ops ops = {
	.history = HISTORIES,
	.label = label,
	.changed = changed,
	.complete = complete,
	.accept = accept,
	.hint = "tcp.port==8080,http   none takes all of them away   Tab completes",
};

/* The number by which what lies deepest in the packet was found: "udp.port==4040,". */
static char *proposal(const struct packets *p)
{
	const struct rem_breakdown *b = &p->frame->b;
	char *text = g_strdup("");

	if (detail_row(p->detail) == NO_ROW)
		return text;
	for (int i = rem_layer_next(b, -1); i >= 0; i = rem_layer_next(b, i)) {
		const struct rem_part *layer = &b->part[i];
		const uint8_t *bytes = rem_part_bytes(b, layer);
		const bool is_tcp = layer->proto == REM_P_TCP;

		if ((layer->flags & REM_PART_QUOTED) != 0)
			break;
		if ((is_tcp || layer->proto == REM_P_UDP) && layer->len >= 4) {
			const uint32_t from = rem_get(bytes, REM_UDP_SRC);
			const uint32_t to = rem_get(bytes, REM_UDP_DST);

			g_free(text);
			text = g_strdup_printf("%s.port==%u,", is_tcp ? "tcp" : "udp",
					       MIN(from, to));
		} else if (layer->proto == REM_P_IPV4 && layer->len >= REM_IPV4_HEADER) {
			g_free(text);
			text = g_strdup_printf("ip.proto==%u,", rem_get(bytes, REM_IPV4_PROTO));
		}
	}
	return text;
}

void do_decode_as(struct tui *t, const char *argument)
{
	char *text = proposal(t->packets);

	if (*argument != '\0')
		accept(t, argument);
	else
		prompt_open(t, &ops, text);
	g_free(text);
}
