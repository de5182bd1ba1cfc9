/* SPDX-License-Identifier: BSD-3-Clause */
/* --color=WHEN, as every command that colours has it. */
#ifndef CMD_COLOUR_OPTION_H
#define CMD_COLOUR_OPTION_H

#include <glib.h>
#include <stdbool.h>

gboolean colour_option(const char *name, const char *value, void *data, GError **error);

/* clang-format off */
#define COLOUR_OPTION \
	{"color", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK, (void *)colour_option, \
	 "auto (default), always or never; NO_COLOR is respected", "WHEN"}
/* clang-format on */

/* Is standard output to be coloured? */
bool colour_wanted(void);

/* What stands in the way of colours on a terminal: "NO_COLOR is set", or NULL. */
const char *colour_obstacle(void);

#endif
