/* SPDX-License-Identifier: BSD-3-Clause */
/* Names of keys. */
#include "keyboard.h"

#include <glib.h>
#include <string.h>

static const struct {
	uint32_t key;
	const char *name;
} named[] = {
	{K_TAB, "Tab"},
	{K_ENTER, "Enter"},
	{K_ESC, "Esc"},
	{K_SPACE, "Space"},
#define KEY(id, name) {K_##id, name},
#include "keys.def"
#undef KEY
};

static uint32_t by_name(const char *name, size_t n)
{
	for (size_t i = 0; i < G_N_ELEMENTS(named); i++) {
		if (strlen(named[i].name) == n && g_ascii_strncasecmp(named[i].name, name, n) == 0)
			return named[i].key;
	}
	return K_NONE;
}

static bool takes(const char **p, const char *prefix)
{
	const size_t n = strlen(prefix);

	/* What follows is a key of its own: "-" is one, too. */
	if (g_ascii_strncasecmp(*p, prefix, n) != 0 || (*p)[n] == '\0' || (*p)[n] == ' ')
		return false;
	*p += n;
	return true;
}

uint32_t keyboard_parse(const char **name)
{
	const char *p = *name;
	const bool alt = takes(&p, "Alt-"), ctrl = takes(&p, "Ctrl-");
	const size_t n = strcspn(p, " ");
	uint32_t key = by_name(p, n);

	if (key == K_NONE && n > 0 && g_utf8_validate(p, (gssize)n, NULL) &&
	    g_utf8_strlen(p, (gssize)n) == 1)
		key = g_utf8_get_char(p);
	if (ctrl)
		key = key >= 0x40 && key < 0x80 ? K_CTRL(key) : K_NONE;
	if (key == K_NONE)
		return K_NONE;
	*name = p + n;
	return alt ? key | K_ALT : key;
}

char *keyboard_name(uint32_t key)
{
	const char *alt = (key & K_ALT) != 0 ? "Alt-" : "";
	char text[8] = "";

	key &= ~(uint32_t)K_ALT;
	for (size_t i = 0; i < G_N_ELEMENTS(named); i++) {
		if (named[i].key == key)
			return g_strconcat(alt, named[i].name, NULL);
	}
	if (key < 0x20)
		return g_strdup_printf("%sCtrl-%c", alt, (int)key + 0x40);
	text[g_unichar_to_utf8(key, text)] = '\0';
	return g_strconcat(alt, text, NULL);
}

bool key_is_text(uint32_t key)
{
	return key >= 0x20 && key < K_ABOVE && g_unichar_isprint(key);
}
