/* SPDX-License-Identifier: BSD-3-Clause */
/* Settings in GLib's key files. */
#include "preferences.h"

#include "packets.h"
#include "tui.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

char *preferences_folder(void)
{
	return g_build_filename(g_get_user_config_dir(), "remora", NULL);
}

/* The first is told, and how many follow. */
static void wrong(struct tui *t, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void wrong(struct tui *t, const char *format, ...)
{
	va_list args;

	if (t->preferences.wrong++ > 0)
		return;
	va_start(args, format);
	char *text = g_strdup_vprintf(format, args);
	va_end(args);
	tui_complain(t, "%s", text);
	g_free(text);
}

static void tell_more(struct tui *t)
{
	char *first = g_strdup(t->message);

	if (t->preferences.wrong > 1)
		tui_complain(t, "%s; and %u more", first, t->preferences.wrong - 1);
	g_free(first);
}

static GKeyFile *load(struct tui *t, const char *name)
{
	GKeyFile *file = g_key_file_new();
	GError *error = NULL;
	char *path = g_build_filename(t->preferences.folder, name, NULL);

	if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &error)) {
		if (!g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
			wrong(t, "%s: %s", path, error->message);
		g_error_free(error);
	}
	g_free(path);
	return file;
}

/* [keys]: an action and its keys. */
static void read_keys(struct tui *t)
{
	GKeyFile *file = load(t, "keys.conf");
	char **names = g_key_file_get_keys(file, "keys", NULL, NULL);

	for (char **name = names; names != NULL && *name != NULL; name++) {
		const struct action *a = action_find(*name, strlen(*name));
		char *keys = g_key_file_get_string(file, "keys", *name, NULL);

		if (a == NULL) {
			wrong(t, "keys.conf: no command \"%s\"", *name);
		} else {
			keymap_unbind(&t->keymap, a);
			if (*keys != '\0' && !keymap_bind(&t->keymap, a->place, keys, a, NULL))
				wrong(t, "keys.conf: %s: \"%s\" are no keys", *name, keys);
		}
		g_free(keys);
	}
	g_strfreev(names);
	g_key_file_free(file);
}

/* [colours]: a role and its look, in every theme that has colours. */
static void read_colours(struct tui *t, GKeyFile *file, const char *group, enum theme theme)
{
	char **roles = g_key_file_get_keys(file, group, NULL, NULL);

	for (char **role = roles; roles != NULL && *role != NULL; role++) {
		char *look = g_key_file_get_string(file, group, *role, NULL), *error = NULL;

		if (!theme_change(theme, *role, look, &error))
			wrong(t, "tui.conf: [%s] %s: %s", group, *role, error);
		g_free(error);
		g_free(look);
	}
	g_strfreev(roles);
}

static const char *const histories[HISTORIES] = {"command", "filter", "find", "name"};

static void read_history(struct tui *t)
{
	GKeyFile *file = load(t, "history");

	for (int i = 0; i < HISTORIES; i++) {
		char **lines = g_key_file_get_string_list(file, "history", histories[i], NULL,
							  NULL);

		for (char **line = lines; line != NULL && *line != NULL; line++)
			history_add(&t->prompt, (enum history)i, *line);
		g_strfreev(lines);
	}
	g_key_file_free(file);
}

static char *text_of(const struct tui *t, const char *name)
{
	char *path = g_build_filename(t->preferences.folder, name, NULL), *text = NULL;

	g_file_get_contents(path, &text, NULL, NULL);
	g_free(path);
	return text;
}

static void read_columns(struct tui *t)
{
	char *text = text_of(t, "columns");
	const unsigned useless = text == NULL ? 0 : columns_read(t->packets->columns, text);

	if (useless > 0)
		wrong(t, "columns: %u line%s name%s no field that is known", useless,
		      useless == 1 ? "" : "s", useless == 1 ? "s" : "");
	g_free(text);
}

/* Our own rules, else those that the person gave Wireshark, else the usual ones. */
static void read_rules(struct tui *t)
{
	struct colours *c = t->packets->colours;
	char *path = g_build_filename(t->preferences.folder, "..", "wireshark", "colorfilters",
				      NULL);
	char *text = text_of(t, "colorfilters");
	const char *name = "colorfilters";

	if (text == NULL && g_file_get_contents(path, &text, NULL, NULL))
		name = "Wireshark's colorfilters";
	if (text != NULL) {
		const unsigned useless = colours_read(c, text);

		if (useless > 0)
			wrong(t, "%s: %u line%s no rule", name, useless,
			      useless == 1 ? " is" : "s are");
	}
	if (colours_count(c) == 0)
		colours_usual(c, t->theme == THEME_LIGHT);
	g_free(text);
	g_free(path);
}

/* Opened before the sandbox closes; an empty file says nothing. */
static int open_kept(const struct preferences *s, const char *name)
{
	char *path = g_build_filename(s->folder, name, NULL);
	const int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	g_free(path);
	return fd;
}

void preferences_read(struct tui *t, const char *folder)
{
	struct preferences *s = &t->preferences;

	s->folder = g_strdup(folder);
	if (g_mkdir_with_parents(folder, 0700) == 0) {
		s->columns_fd = open_kept(s, "columns");
		s->history_fd = open_kept(s, "history");
	}
	GKeyFile *file = load(t, "tui.conf");
	s->wireshark = g_key_file_get_string(file, "tui", "wireshark", NULL);
	char *theme = g_key_file_get_string(file, "tui", "theme", NULL);
	/* Who has no colours has none by a wish, either. */
	if (theme != NULL && theme_find(theme) < 0)
		wrong(t, "tui.conf: no theme \"%s\"", theme);
	else if (theme != NULL && !s->has_theme && t->theme < THEME_16)
		t->theme = (enum theme)theme_find(theme);
	g_free(theme);
	for (int i = 0; i < THEMES; i++)
		read_colours(t, file, theme_name((enum theme)i), (enum theme)i);
	g_key_file_free(file);
	read_keys(t);
	read_history(t);
	read_columns(t);
	read_rules(t);
	tell_more(t);
}

void preferences_free(struct preferences *s)
{
	if (s->columns_fd >= 0)
		close(s->columns_fd);
	if (s->history_fd >= 0)
		close(s->history_fd);
	g_free(s->folder);
	g_free(s->wireshark);
}

/* What has been written, in place of what was there. */
static void keep(int fd, const char *text)
{
	const size_t n = strlen(text);

	if (fd < 0 || lseek(fd, 0, SEEK_SET) != 0 || ftruncate(fd, 0) != 0)
		return;
	for (size_t at = 0; at < n;) {
		const ssize_t done = write(fd, text + at, n - at);

		if (done < 0)
			return; /* what is kept is a help, no more */
		at += (size_t)done;
	}
}

void preferences_keep_columns(struct tui *t)
{
	char *text = columns_write(t->packets->columns);

	keep(t->preferences.columns_fd, text);
	g_free(text);
}

void preferences_write(struct tui *t)
{
	GKeyFile *file = g_key_file_new();

	for (int i = 0; i < HISTORIES; i++) {
		const GPtrArray *h = t->prompt.history[i];

		if (h->len > 0)
			g_key_file_set_string_list(file, "history", histories[i],
						   (const char *const *)h->pdata, h->len);
	}
	char *text = g_key_file_to_data(file, NULL, NULL);
	keep(t->preferences.history_fd, text);
	g_free(text);
	g_key_file_free(file);
}
