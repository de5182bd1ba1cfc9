/* SPDX-License-Identifier: BSD-3-Clause */
/* ":load": another capture, which the broker opens, since nobody else may by then. */
#include "packets.h"
#include "tui.h"

#include <errno.h>
#include <stdlib.h>

/* Waits for nobody: packets that would be lost are there to stay. */
static bool may_leave(struct tui *t)
{
	const struct packets *p = t->packets;

	if (p->feed != NULL && !is_waiting(p))
		tui_complain(t, "this is a capture that runs; another remora can look at a file");
	else if (p->save != NULL)
		tui_complain(t, "a file is being saved");
	else
		return true;
	return false;
}

static void load(struct tui *t, const char *path)
{
	int unpacked = -1;
	const int fd = broker_load(t->sandbox.broker, path, &unpacked);
	char *error = NULL;

	if (fd < 0) {
		tui_complain(t, "%s: %s", path,
			     errno == ENOEXEC ? "no capture file" : g_strerror(errno));
		return;
	}
	struct store *store = store_open_fd(fd, unpacked, path, &error);
	if (store == NULL) {
		tui_complain(t, "%s", error);
		free(error);
		return;
	}
	packets_change(t, store);
	tui_go(t, screens[0]);
}

static void label(struct tui *t, GString *to)
{
	(void)t;
	g_string_append(to, " load: ");
}

static void complete(struct tui *t, const struct edit *line, struct candidates *to)
{
	complete_file(t, line->text->str, line->at, to);
}

static void accept(struct tui *t, const char *path)
{
	if (*path != '\0')
		load(t, path);
}

static const struct prompt_ops ops = {
	.history = HISTORY_NAME,
	.label = label,
	.complete = complete,
	.accept = accept,
	.hint = "a capture, packed or not   Tab complete   Esc stay with this one",
};

void do_load(struct tui *t, const char *argument)
{
	if (!may_leave(t))
		return;
	if (*argument == '\0')
		prompt_open(t, &ops, "");
	else
		load(t, argument);
}
