/* SPDX-License-Identifier: BSD-3-Clause */
/* An alarm survives exec, so that no program that hangs makes us hang. */
#include "machine/run.h"

#include <glib.h>
#include <unistd.h>

enum { PATIENCE = 20 }; /* seconds */

static void set_alarm(void *data)
{
	(void)data;
	alarm(PATIENCE);
}

bool run_program(char **argv, char **out, char **err)
{
	int status;

	*out = *err = NULL;
	if (g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, set_alarm, NULL, out, err, &status,
			 NULL))
		return g_spawn_check_wait_status(status, NULL);
	*out = g_strdup("");
	*err = g_strdup("");
	return false;
}
