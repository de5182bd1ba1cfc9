/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Keys and their names: "a", "Space", "Ctrl-F", "Alt-1", "PgDn". A character is its code point, a
 * control character its code; what has neither stands above Unicode.
 */
#ifndef KEYBOARD_H
#define KEYBOARD_H

#include <stdbool.h>
#include <stdint.h>

enum key_code {
	K_NONE = 0,
	K_TAB = 9,
	K_ENTER = 13,
	K_ESC = 27,
	K_SPACE = 32,
	K_ABOVE = 0x110000,
#define KEY(id, name) K_##id,
#include "keys.def"
#undef KEY
	K_END_OF_KEYS,
	K_ALT = 1 << 24, /* added to a key */
};

/* The code of Ctrl and a letter. */
#define K_CTRL(letter) ((uint32_t)(letter)&0x1f)

/* One key by its name, up to a blank or the end: *name moves behind it. K_NONE: there is none. */
uint32_t keyboard_parse(const char **name);
/* The name, to be freed with g_free. */
char *keyboard_name(uint32_t key);
/* Is it a character that can be typed into a line? */
bool key_is_text(uint32_t key);

/* What a mouse did, where on the screen. */
enum mouse_act { MOUSE_PRESS, MOUSE_DOUBLE, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };
struct mouse {
	enum mouse_act act;
	int x, y;
};

#endif
