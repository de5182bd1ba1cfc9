/* SPDX-License-Identifier: BSD-3-Clause */
/* Into the sandbox, and out with the broker. */
#include "sandbox.h"

#include <errno.h>
#include <glib.h>
#include <time.h>

bool sandbox_begin(struct sandbox *s, const struct broker_options *o, const char **why)
{
	s->wanted = o->sandbox;
	s->broker = broker_start(o);
	if (s->broker == NULL)
		*why = g_strerror(errno);
	return s->broker != NULL;
}

bool sandbox_enter(struct sandbox *s, const char **why)
{
	if (!s->wanted)
		return true;
	tzset(); /* the time zone's file is out of reach afterwards */
	return guard_enter(GUARD_SCREEN, &s->guard, why);
}

void sandbox_end(struct sandbox *s)
{
	if (s->broker != NULL)
		broker_end(s->broker);
	s->broker = NULL;
}

char *sandbox_describe(const struct sandbox *s)
{
	char text[160];

	if (!s->guard.entered)
		return g_strdup("none");
	guard_describe(&s->guard, text, sizeof(text));
	return g_strdup(text);
}
