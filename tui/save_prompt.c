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

void complete_file(struct tui *t, const char *text, size_t n, struct candidates *to)
{
	char *typed = g_strndup(text, n), names[BROKER_PATH], *rest = NULL;
	const char *slash = strrchr(typed, '/');

	to->from = slash != NULL ? (size_t)(slash + 1 - typed) : 0;
	if (n > 0 && broker_names(t->sandbox.broker, typed, names)) {
		for (char *name = strtok_r(names, "\n", &rest); name != NULL;
		     name = strtok_r(NULL, "\n", &rest)) {
			if (g_utf8_validate(name, -1, NULL))
				candidates_add(to, name, NULL);
		}
	}
	g_ptr_array_sort(to->text, by_name);
	g_free(typed);
}

static void complete(struct tui *t, const struct edit *line, struct candidates *to)
{
	complete_file(t, line->text->str, line->at, to);
}

bool packets_save(struct tui *t, enum save_which which, const char *path, int fd)
{
	struct packets *p = t->packets;
	const struct save_what what = {
		.which = which, .format = WRITER_AUTO, .columns = p->columns, .frame = p->row};
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

static const struct prompt_ops ask_ops;

/* What is there already is asked about once; the broker overwrites captures alone. */
static void save(struct tui *t, const char *path, bool replace)
{
	struct packets *p = t->packets;
	const int fd = broker_save(t->sandbox.broker, path, replace);

	if (fd >= 0) {
		packets_save(t, p->save_which, path, fd);
	} else if (errno == EEXIST && replace) {
		tui_complain(t, "%s is no capture, and not overwritten", path);
	} else if (errno == EEXIST) {
		g_free(p->asked_path);
		p->asked_path = g_strdup(path);
		prompt_open(t, &ask_ops, "");
	} else {
		tui_complain(t, "%s: %s", path, g_strerror(errno));
	}
}

static void overwrite(struct tui *t, const char *answer)
{
	struct packets *p = t->packets;
	char *path = p->asked_path;

	p->asked_path = NULL;
	if (*answer == 'y' || *answer == 'Y')
		save(t, path, true);
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

static void accept(struct tui *t, const char *path)
{
	if (*path != '\0')
		save(t, path, false);
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
	.hint = "Ctrl-T all, shown, marked   .pcapng .pcap (.gz .zst), the list .csv .tsv .json",
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
	const bool of_packets = !save_is_list(p->save);
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
	if (good && of_packets && p->save_which == SAVE_ALL)
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
