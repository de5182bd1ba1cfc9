/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of looks. Calm: one accent, dim for what explains, bold for what is named. */
#include "theme.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define B LOOK_BOLD
#define D LOOK_DIM
#define R LOOK_REVERSE
#define U LOOK_UNDERLINE

/* clang-format off */
static struct look looks[THEMES][ROLES] = {
	[THEME_DARK] = {
		[ROLE_TEXT] = {-1, -1, 0},          [ROLE_DIM] = {245, -1, 0},
		[ROLE_NAME] = {-1, -1, B},          [ROLE_WRONG] = {203, -1, 0},
		[ROLE_GOOD] = {108, -1, 0},         [ROLE_CURSOR] = {231, 24, 0},
		[ROLE_CURSOR_IDLE] = {-1, 237, 0},  [ROLE_LIT] = {16, 80, 0},
		[ROLE_MATCH] = {16, 179, 0},        [ROLE_MARK] = {179, -1, B},
		[ROLE_BAR] = {250, 236, 0},         [ROLE_BAR_ON] = {231, 24, B},
		[ROLE_LIVE] = {16, 80, B},          [ROLE_KEY] = {80, 236, 0},
		[ROLE_RULE] = {240, -1, 0},         [ROLE_RULE_ON] = {80, -1, 0},
		[ROLE_INPUT] = {-1, -1, 0},         [ROLE_MENU] = {252, 236, 0},
		[ROLE_MENU_ON] = {231, 24, 0},
	},
	[THEME_LIGHT] = {
		[ROLE_TEXT] = {-1, -1, 0},          [ROLE_DIM] = {243, -1, 0},
		[ROLE_NAME] = {-1, -1, B},          [ROLE_WRONG] = {160, -1, 0},
		[ROLE_GOOD] = {29, -1, 0},          [ROLE_CURSOR] = {16, 153, 0},
		[ROLE_CURSOR_IDLE] = {-1, 254, 0},  [ROLE_LIT] = {231, 30, 0},
		[ROLE_MATCH] = {16, 221, 0},        [ROLE_MARK] = {130, -1, B},
		[ROLE_BAR] = {238, 254, 0},         [ROLE_BAR_ON] = {231, 30, B},
		[ROLE_LIVE] = {231, 30, B},         [ROLE_KEY] = {30, 254, 0},
		[ROLE_RULE] = {249, -1, 0},         [ROLE_RULE_ON] = {30, -1, 0},
		[ROLE_INPUT] = {-1, -1, 0},         [ROLE_MENU] = {236, 254, 0},
		[ROLE_MENU_ON] = {16, 153, 0},
	},
	[THEME_16] = {
		[ROLE_TEXT] = {-1, -1, 0},          [ROLE_DIM] = {-1, -1, D},
		[ROLE_NAME] = {-1, -1, B},          [ROLE_WRONG] = {1, -1, B},
		[ROLE_GOOD] = {2, -1, 0},           [ROLE_CURSOR] = {-1, -1, R},
		[ROLE_CURSOR_IDLE] = {-1, -1, U},   [ROLE_LIT] = {0, 6, 0},
		[ROLE_MATCH] = {0, 3, 0},           [ROLE_MARK] = {3, -1, B},
		[ROLE_BAR] = {7, 4, 0},             [ROLE_BAR_ON] = {7, 4, B | R},
		[ROLE_LIVE] = {0, 6, 0},            [ROLE_KEY] = {7, 4, B},
		[ROLE_RULE] = {4, -1, 0},           [ROLE_RULE_ON] = {6, -1, B},
		[ROLE_INPUT] = {-1, -1, 0},         [ROLE_MENU] = {7, 4, 0},
		[ROLE_MENU_ON] = {-1, -1, R},
	},
	[THEME_MONO] = {
		[ROLE_TEXT] = {-1, -1, 0},          [ROLE_DIM] = {-1, -1, D},
		[ROLE_NAME] = {-1, -1, B},          [ROLE_WRONG] = {-1, -1, B | U},
		[ROLE_GOOD] = {-1, -1, 0},          [ROLE_CURSOR] = {-1, -1, R},
		[ROLE_CURSOR_IDLE] = {-1, -1, U},   [ROLE_LIT] = {-1, -1, R},
		[ROLE_MATCH] = {-1, -1, R | B},     [ROLE_MARK] = {-1, -1, B},
		[ROLE_BAR] = {-1, -1, R},           [ROLE_BAR_ON] = {-1, -1, R | B},
		[ROLE_LIVE] = {-1, -1, B},          [ROLE_KEY] = {-1, -1, R | B},
		[ROLE_RULE] = {-1, -1, D},          [ROLE_RULE_ON] = {-1, -1, B},
		[ROLE_INPUT] = {-1, -1, 0},         [ROLE_MENU] = {-1, -1, 0},
		[ROLE_MENU_ON] = {-1, -1, R},
	},
};

static const char *const theme_names[THEMES] = {"dark", "light", "16", "mono"};

static const char *const colour_names[] = {
	"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
	"bright-black", "bright-red", "bright-green", "bright-yellow",
	"bright-blue", "bright-magenta", "bright-cyan", "bright-white",
};

static const char *const role_names[ROLES] = {
#define ROLE(name, letter) #name,
#include "roles.def"
#undef ROLE
};

static const struct {
	const char *name;
	uint8_t flag;
} flag_names[] = {{"bold", B}, {"dim", D}, {"reverse", R}, {"underline", U}};
/* clang-format on */

int theme_find(const char *name)
{
	for (int t = 0; t < THEMES; t++) {
		if (strcmp(theme_names[t], name) == 0)
			return t;
	}
	return -1;
}

const char *theme_name(enum theme t)
{
	return theme_names[t];
}

struct look theme_look(enum theme t, const struct cell *cell)
{
	struct look look = looks[t][cell->role];

	look.fg = cell->fg != GRID_NO_COLOUR ? cell->fg : look.fg;
	look.bg = cell->bg != GRID_NO_COLOUR ? cell->bg : look.bg;
	return look;
}

static int16_t colour_of(const char *word)
{
	char *end;
	const long n = strtol(word, &end, 10);

	if (end != word && *end == '\0' && n >= 0 && n < 256)
		return (int16_t)n;
	for (size_t i = 0; i < G_N_ELEMENTS(colour_names); i++) {
		if (strcmp(colour_names[i], word) == 0)
			return (int16_t)i;
	}
	return -1;
}

/* Adds a word to a look; `ground` is whether "on" came before it. */
static bool add_word(struct look *look, const char *word, bool ground)
{
	for (size_t i = 0; i < G_N_ELEMENTS(flag_names) && !ground; i++) {
		if (strcmp(flag_names[i].name, word) == 0) {
			look->flags |= flag_names[i].flag;
			return true;
		}
	}
	const int16_t colour = colour_of(word);
	*(ground ? &look->bg : &look->fg) = colour;
	return colour >= 0;
}

bool theme_change(enum theme t, const char *role, const char *text, char **error)
{
	struct look look = {-1, -1, 0};
	int r = 0;

	while (r < ROLES && g_ascii_strcasecmp(role_names[r], role) != 0)
		r++;
	if (r == ROLES) {
		*error = g_strdup_printf("no role \"%s\"", role);
		return false;
	}
	char **words = g_strsplit(text, " ", -1);
	bool ground = false, good = true;
	for (char **w = words; *w != NULL && good; w++) {
		if (**w == '\0')
			continue;
		const bool on = strcmp(*w, "on") == 0;

		good = on || add_word(&look, *w, ground);
		if (!good)
			*error = g_strdup_printf("no colour \"%s\"", *w);
		ground = on;
	}
	if (good)
		looks[t][r] = look;
	g_strfreev(words);
	return good;
}
