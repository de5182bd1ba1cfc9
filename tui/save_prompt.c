/* SPDX-License-Identifier: BSD-3-Clause */
/* Saving: which packets, under which name, and then in steps while one goes on. */
#include "packets.h"
#include "tui.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const which_names[] = {"all", "shown", "marked"};

static void label(struct tui *t, GString *to)
{
	g_string_append_printf(to, " save %s as: ", which_names[t->packets->save_which]);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names of files in the folder that is typed; there are none to be had in the sandbox. */
static void complete_name(const char *text, size_t at, struct candidates *to)
{
	char *typed = g_strndup(text, at), *folder = g_path_get_dirname(typed);
	const char *base = strrchr(typed, '/') != NULL ? strrchr(typed, '/') + 1 : typed;
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *name;

	to->from = (size_t)(base - typed);
	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		if (*name != '.' && g_str_has_prefix(name, base) && g_utf8_validate(name, -1, NULL))
			candidates_add(to, name, NULL);
	}
	if (dir != NULL)
		g_dir_close(dir);
	g_ptr_array_sort(to->text, by_name);
	g_free(folder);
	g_free(typed);
}

static void complete(struct tui *t, const struct edit *line, struct candidates *to)
{
	(void)t;
	if (line->at > 0)
		complete_name(line->text->str, line->at, to);
}

bool packets_save(struct tui *t, enum save_which which, const char *path, int fd)
{
	struct packets *p = t->packets;
	const struct save_what what = {.which = which, .format = WRITER_AUTO};
	char *error = NULL;

	if (p->save != NULL) {
		tui_complain(t, "another file is being saved");
		if (fd >= 0)
			close(fd);
		return false;
	}
	p->save_which = which;
	p->save = save_begin(p->view, &what, fd, path, &error);
	if (p->save == NULL) {
		tui_complain(t, "%s", error);
		free(error);
		return false;
	}
	g_free(p->save_path);
	p->save_path = g_strdup(path);
	p->saving_rows = store_count(p->store);
	return true;
}

static void overwrite(struct tui *t, const char *answer)
{
	struct packets *p = t->packets;
	char *path = p->asked_path;

	p->asked_path = NULL;
	if (*answer == 'y' || *answer == 'Y')
		packets_save(t, p->save_which, path, -1);
	else
		tui_say(t, "not saved");
	g_free(path);
}

static void ask_label(struct tui *t, GString *to)
{
	char *plain = plain_text(t->packets->asked_path);

	g_string_append_printf(to, " %s is there already; overwrite it (y)? ", plain);
	g_free(plain);
}

static const struct prompt_ops ask_ops = {
	.history = HISTORIES,
	.label = ask_label,
	.accept = overwrite,
};

/* The broker makes files that are not there yet, and no others. */
static void save_by_broker(struct tui *t, const char *path)
{
	const int fd = broker_save(t->sandbox.broker, path);

	if (fd >= 0)
		packets_save(t, t->packets->save_which, path, fd);
	else if (errno == EEXIST)
		tui_complain(t, "%s is there already; in the sandbox nothing is overwritten", path);
	else
		tui_complain(t, "%s: %s", path, g_strerror(errno));
}

static void accept(struct tui *t, const char *path)
{
	struct packets *p = t->packets;

	if (*path == '\0')
		return;
	if (t->sandbox.broker != NULL) {
		save_by_broker(t, path);
		return;
	}
	if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
		packets_save(t, p->save_which, path, -1);
		return;
	}
	g_free(p->asked_path);
	p->asked_path = g_strdup(path);
	prompt_open(t, &ask_ops, "");
}

/* All, shown, marked: the next that has any. */
static bool key(struct tui *t, uint32_t key)
{
	enum save_which *which = &t->packets->save_which;

	if (key != K_CTRL('T'))
		return false;
	*which = *which == SAVE_MARKED ? SAVE_ALL : (enum save_which)(*which + 1);
	return true;
}

static const struct prompt_ops ops = {
	.history = HISTORY_NAME,
	.label = label,
	.complete = complete,
	.key = key,
	.accept = accept,
	.hint = "Ctrl-T all, shown, marked   .pcapng, .pcap, with .gz or .zst packed   Tab complete",
};

/* ":save shown x.pcapng", ":save x.pcapng", ":save" */
void do_save(struct tui *t, const char *argument)
{
	struct packets *p = t->packets;

	p->save_which = view_marks(p->view) > 0		    ? SAVE_MARKED
			: *view_expression(p->view) != '\0' ? SAVE_SHOWN
							    : SAVE_ALL;
	for (size_t i = 0; i < G_N_ELEMENTS(which_names); i++) {
		const size_t n = strlen(which_names[i]);

		if (strncmp(argument, which_names[i], n) == 0 &&
		    (argument[n] == ' ' || argument[n] == '\0')) {
			p->save_which = (enum save_which)i;
			argument += n + strspn(argument + n, " ");
			break;
		}
	}
	if (*argument == '\0')
		prompt_open(t, &ops, "");
	else
		accept(t, argument);
}

static void end(struct tui *t)
{
	struct packets *p = t->packets;
	const uint64_t n = save_packets(p->save), missed = save_missed(p->save);
	char *error = NULL;
	const bool good = save_end(p->save, &error) == 0;

	p->save = NULL;
	if (!good)
		tui_complain(t, "%s", error);
	else if (missed > 0)
		tui_complain(t,
			     "%s: %" G_GUINT64_FORMAT " packets saved, %" G_GUINT64_FORMAT
			     " could not be read any more",
			     p->save_path, n, missed);
	else
		tui_say(t, "%s: %" G_GUINT64_FORMAT " packet%s saved", p->save_path, n,
			n == 1 ? "" : "s");
	if (good && p->save_which == SAVE_ALL)
		p->saved = p->saving_rows;
	if (good && p->saved_then != NULL)
		p->saved_then(t, p->save_path);
	p->saved_then = NULL;
	free(error);
}

bool packets_save_on(struct tui *t, int64_t budget_us)
{
	struct packets *p = t->packets;

	if (p->save == NULL)
		return false;
	if (save_step(p->save, budget_us) > 0) {
		tui_say(t, "saving: %u %%", save_progress(p->save));
		return true;
	}
	end(t);
	return false;
}
