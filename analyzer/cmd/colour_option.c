/* SPDX-License-Identifier: BSD-3-Clause */
/* Colour is for terminals that can, and for who does not mind; --color has the last word. */
#include "cmd/colour_option.h"

#include <string.h>
#include <unistd.h>

static enum { AUTO, ALWAYS, NEVER } when;

gboolean colour_option(const char *name, const char *value, void *data, GError **error)
{
	(void)name, (void)data;
	if (value == NULL || strcmp(value, "always") == 0)
		when = ALWAYS;
	else if (strcmp(value, "never") == 0)
		when = NEVER;
	else if (strcmp(value, "auto") == 0)
		when = AUTO;
	else
		g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
			    "--color takes auto, always or never, not \"%s\"", value);
	return *error == NULL;
}

const char *colour_obstacle(void)
{
	const char *term = g_getenv("TERM"), *no = g_getenv("NO_COLOR");

	if (no != NULL && *no != '\0')
		return "NO_COLOR is set";
	if (term == NULL || *term == '\0')
		return "TERM is not set";
	return strcmp(term, "dumb") == 0 ? "TERM is dumb" : NULL;
}

bool colour_wanted(void)
{
	if (when != AUTO)
		return when == ALWAYS;
	return colour_obstacle() == NULL && isatty(STDOUT_FILENO);
}
