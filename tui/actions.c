/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of actions, and the keymap that is made from it. */
#include "actions.h"

#include "keyboard.h"

#include <string.h>

const struct action actions[ACTIONS] = {
#define ACTION(function, name, place, keys, label, argument, help) \
	{do_##function, name, PLACE_##place, keys, label, argument, help},
#include "actions.def"
#undef ACTION
};

const char *place_name(enum place place)
{
	static const char *const names[PLACES] = {
		"Everywhere", "Packets", "List", "Tree", "Bytes", "Capture",
	};

	return names[place];
}

const struct action *action_find(const char *name, size_t n)
{
	for (int i = 0; i < ACTIONS; i++) {
		if (strlen(actions[i].name) == n && strncmp(actions[i].name, name, n) == 0)
			return &actions[i];
	}
	return NULL;
}

static void clear_binding(void *binding)
{
	g_free(((struct binding *)binding)->argument);
}

void keymap_init(struct keymap *m)
{
	m->bindings = g_array_new(FALSE, FALSE, sizeof(struct binding));
	g_array_set_clear_func(m->bindings, clear_binding);
	for (int i = 0; i < ACTIONS; i++) {
		const struct action *a = &actions[i];

		if (*a->keys != '\0' && !keymap_bind(m, a->place, a->keys, a, NULL))
			g_error("actions.def: \"%s\" are no keys", a->keys);
	}
}

void keymap_free(struct keymap *m)
{
	g_array_free(m->bindings, TRUE);
}

/* One or two keys. */
static bool parse(const char *text, struct binding *b)
{
	b->second = K_NONE;
	b->first = keyboard_parse(&text);
	if (b->first == K_NONE)
		return false;
	if (*text == '\0')
		return true;
	text++;
	if (strcmp(text, "*") == 0) {
		b->second = KEY_ANY;
		return true;
	}
	b->second = keyboard_parse(&text);
	return b->second != K_NONE && *text == '\0';
}

static struct binding *at(const struct keymap *m, guint i)
{
	return &g_array_index(m->bindings, struct binding, i);
}

static void unbind_one(struct keymap *m, enum place place, uint32_t first, uint32_t second)
{
	for (guint i = m->bindings->len; i-- > 0;) {
		const struct binding *b = at(m, i);

		if (b->place == place && b->first == first && b->second == second)
			g_array_remove_index(m->bindings, i);
	}
}

bool keymap_bind(struct keymap *m, enum place place, const char *keys, const struct action *action,
		 const char *argument)
{
	char **each = g_strsplit(keys, ", ", -1);
	bool good = true;

	for (char **k = each; *k != NULL && good; k++) {
		struct binding b = {.place = place, .action = action};

		good = parse(*k, &b);
		if (!good)
			break;
		unbind_one(m, place, b.first, b.second);
		b.argument = g_strdup(argument);
		g_array_append_val(m->bindings, b);
	}
	g_strfreev(each);
	return good;
}

void keymap_unbind(struct keymap *m, const struct action *action)
{
	for (guint i = m->bindings->len; i-- > 0;) {
		if (at(m, i)->action == action)
			g_array_remove_index(m->bindings, i);
	}
}

bool keymap_unbind_keys(struct keymap *m, const char *keys)
{
	struct binding b;

	if (!parse(keys, &b))
		return false;
	for (int place = 0; place < PLACES; place++)
		unbind_one(m, (enum place)place, b.first, b.second);
	return true;
}

const struct binding *keymap_find(const struct keymap *m, enum place place, uint32_t first,
				  uint32_t second)
{
	for (guint i = 0; i < m->bindings->len; i++) {
		const struct binding *b = at(m, i);

		if (b->place == place && b->first == first &&
		    (b->second == second ||
		     (b->second == KEY_ANY && second != K_NONE && key_is_text(second))))
			return b;
	}
	return NULL;
}

bool keymap_is_prefix(const struct keymap *m, enum place place, uint32_t first)
{
	for (guint i = 0; i < m->bindings->len; i++) {
		const struct binding *b = at(m, i);

		if (b->place == place && b->first == first && b->second != K_NONE)
			return true;
	}
	return false;
}

char *keymap_keys_of(const struct keymap *m, const struct action *action)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < m->bindings->len; i++) {
		const struct binding *b = at(m, i);

		if (b->action != action || b->argument != NULL)
			continue;
		char *first = keyboard_name(b->first);
		char *second = b->second == KEY_ANY	 ? g_strdup("…")
			       : b->second == K_NONE ? g_strdup("")
						     : keyboard_name(b->second);
		g_string_append_printf(text, "%s%s%s%s", text->len > 0 ? ", " : "", first,
				       *second != '\0' ? " " : "", second);
		g_free(first);
		g_free(second);
	}
	return g_string_free(text, FALSE);
}
