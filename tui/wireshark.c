/* SPDX-License-Identifier: BSD-3-Clause */
/* Opening what is looked at in Wireshark: the file itself, or a copy of the selection. */
#include "packets.h"
#include "tui.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Not what hangs on this terminal: it lives on without us, and says nothing here. */
static void leave_terminal(void *nothing)
{
	sigset_t none;

	(void)nothing;
	sigemptyset(&none);
	pthread_sigmask(SIG_SETMASK, &none, NULL);
	setsid();
}

static void start(struct tui *t, const char *path, uint64_t number)
{
	const char *program = t->preferences.wireshark != NULL ? t->preferences.wireshark
							       : "wireshark";
	char frame[24] = "1";
	const char *argv[] = {program, "-r", path, "-g", frame, NULL};
	GError *error = NULL;

	g_snprintf(frame, sizeof(frame), "%" PRIu64, number);
	if (g_spawn_async(NULL, (char **)argv, NULL,
			  G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL |
				  G_SPAWN_STDERR_TO_DEV_NULL,
			  leave_terminal, NULL, NULL, &error)) {
		tui_say(t, "%s opens %s", program, path);
		return;
	}
	tui_complain(t, "%s; tui.conf can name another program: [tui] wireshark=…", error->message);
	g_error_free(error);
}

static void start_with_copy(struct tui *t, const char *path)
{
	start(t, path, 1);
}

static void start_by_broker(struct tui *t, const char *path)
{
	(void)path;
	if (broker_wireshark(t->sandbox.broker))
		tui_say(t, "Wireshark opens a copy of the packets");
	else
		tui_complain(t, "Wireshark: %s", g_strerror(errno));
}

/* A copy is for Wireshark to keep: nobody knows when it has read it. */
static int open_copy(struct tui *t, char **path)
{
	if (t->sandbox.wanted) {
		*path = g_strdup("a copy for Wireshark.pcapng");
		return broker_temporary(t->sandbox.broker);
	}
	*path = g_build_filename(g_get_tmp_dir(), "remora-XXXXXX.pcapng", NULL);
	return g_mkstemp(*path);
}

static void copy_and_start(struct tui *t, enum save_which which)
{
	char *path;
	const int fd = open_copy(t, &path);

	if (fd < 0)
		tui_complain(t, "%s: %s", path, g_strerror(errno));
	else if (packets_save(t, which, path, fd))
		t->packets->saved_then = t->sandbox.wanted ? start_by_broker : start_with_copy;
	g_free(path);
}

void do_wireshark(struct tui *t, const char *argument)
{
	const struct packets *p = t->packets;
	const uint64_t row = packets_current(p);
	const bool own_file = p->feed == NULL && strcmp(store_name(p->store), "-") != 0 &&
			      g_file_test(store_name(p->store), G_FILE_TEST_IS_REGULAR);

	(void)argument;
	if (row == NO_ROW)
		tui_say(t, "there is no packet to open");
	else if (view_marks(p->view) > 0)
		copy_and_start(t, SAVE_MARKED);
	else if (*view_expression(p->view) != '\0')
		copy_and_start(t, SAVE_SHOWN);
	else if (!own_file || t->sandbox.wanted)
		copy_and_start(t, SAVE_ALL);
	else
		start(t, store_name(p->store), row + 1);
}
