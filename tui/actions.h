/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of actions, and which keys mean which of them. */
#ifndef ACTIONS_H
#define ACTIONS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct tui;

/* Where keys mean an action: everywhere, on one screen, in one pane. */
enum place { PLACE_ALL, PLACE_PACKETS, PLACE_LIST, PLACE_TREE, PLACE_HEX, PLACE_CAPTURE, PLACES };

enum action_id {
#define ACTION(function, name, place, keys, label, argument, help) ACT_##function,
#include "actions.def"
#undef ACTION
	ACTIONS
};

struct action {
	void (*run)(struct tui *t, const char *argument);
	const char *name;
	enum place place;
	const char *keys, *label, *argument, *help;
};

extern const struct action actions[ACTIONS];

/* The functions of the table. An argument that was not given is "". */
#define ACTION(function, name, place, keys, label, argument, help) \
	void do_##function(struct tui *t, const char *argument_given);
#include "actions.def"
#undef ACTION

const char *place_name(enum place place);

/* By its name; NULL: no such action. */
const struct action *action_find(const char *name, size_t n);

enum { KEY_ANY = 1 << 25 }; /* as a second key: any character */

struct binding {
	enum place place;
	uint32_t first, second; /* second K_NONE: one key */
	const struct action *action;
	char *argument; /* NULL: none, or what KEY_ANY was */
};

struct keymap {
	GArray *bindings; /* of struct binding; the last one for a key counts */
};

void keymap_init(struct keymap *m);
void keymap_free(struct keymap *m);
/* Binds keys, as they are written in actions.def. False: it names no key, and nothing is bound. */
bool keymap_bind(struct keymap *m, enum place place, const char *keys, const struct action *action,
		 const char *argument);
/* No key means the action any more. */
void keymap_unbind(struct keymap *m, const struct action *action);
bool keymap_unbind_keys(struct keymap *m, const char *keys);

/* What keys mean in a place. Is there one that begins with `first`, when second is K_NONE? */
const struct binding *keymap_find(const struct keymap *m, enum place place, uint32_t first,
				  uint32_t second);
bool keymap_is_prefix(const struct keymap *m, enum place place, uint32_t first);

/* "j, Down" as it is now, to be freed with g_free. */
char *keymap_keys_of(const struct keymap *m, const struct action *action);

#endif
