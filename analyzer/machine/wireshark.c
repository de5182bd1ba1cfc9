/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Programs on the PATH are asked; libraries tell by their names. A plugin is bound to major.minor,
 * and through the soname of the library to the ABI.
 */
#include "machine/wireshark.h"

#include "machine/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIBRARY "libwireshark.so."

/* The soname's number of each release series. */
static const struct {
	unsigned abi, major, minor;
} series[] = {{14, 3, 4}, {15, 3, 6}, {16, 4, 0}, {17, 4, 2}, {18, 4, 4}, {19, 4, 6}};

static void wireshark_free(void *data)
{
	struct wireshark *w = data;

	g_free(w->tshark);
	g_free(w->found);
	g_free(w);
}

/* The entry of w's series; what is known of it by now stays. */
static struct wireshark *add(GPtrArray *all, const struct wireshark *w, const char *path)
{
	for (unsigned i = 0; i < all->len; i++) {
		struct wireshark *known = all->pdata[i];

		if (known->major == w->major && known->minor == w->minor)
			return known;
	}
	struct wireshark *new = g_new0(struct wireshark, 1);
	*new = *w;
	new->found = g_strdup(path);
	g_ptr_array_add(all, new);
	return new;
}

/* "TShark (Wireshark) 4.0.17 (Git …", "Wireshark 4.4.3." */
static bool parse_version(const char *text, struct wireshark *w)
{
	const char *name = strstr(text, "Wireshark"), *end = strchr(text, '\n');

	if (name == NULL || (end != NULL && name > end))
		return false;
	return sscanf(name + strcspn(name, "0123456789\n"), "%u.%u.%u", &w->major, &w->minor,
		      &w->micro) == 3;
}

static void ask_program(GPtrArray *all, const char *name)
{
	char *path = g_find_program_in_path(name);
	char *argv[] = {path, (char *)"--version", NULL}, *out = NULL, *err = NULL;
	struct wireshark w = {0};

	if (path != NULL && run_program(argv, &out, &err) && parse_version(out, &w)) {
		struct wireshark *known = add(all, &w, path);

		if (strcmp(name, "tshark") == 0)
			known->tshark = g_strdup(path);
	}
	g_free(out);
	g_free(err);
	g_free(path);
}

/* libwireshark.so.16.0.17 is of 4.0.17. */
static bool parse_library(const char *name, struct wireshark *w)
{
	unsigned abi, revision;

	if (!g_str_has_prefix(name, LIBRARY) ||
	    sscanf(name + strlen(LIBRARY), "%u.%u.%u", &abi, &revision, &w->micro) != 3)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(series); i++) {
		if (series[i].abi == abi) {
			w->major = series[i].major;
			w->minor = series[i].minor;
			return true;
		}
	}
	return false;
}

static void look_in(GPtrArray *all, const char *folder)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	struct wireshark w = {0};
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		char *path = g_build_filename(folder, name, NULL);

		if (parse_library(name, &w))
			add(all, &w, path);
		g_free(path);
	}
	if (dir != NULL)
		g_dir_close(dir);
}

/* Adds what path really is, once. */
static void add_folder(GPtrArray *folders, const char *path)
{
	char *real = realpath(path, NULL);

	if (real != NULL && !g_ptr_array_find_with_equal_func(folders, real, g_str_equal, NULL))
		g_ptr_array_add(folders, g_strdup(real));
	free(real);
}

/* What the loader looks through: as asked for by the user, then the usual places. */
static char **library_folders(void)
{
	static const char *const usual[] = {
		("/usr/local/lib/" REMORA_LIBRARY_ARCHITECTURE),
		"/usr/local/lib",
		"/usr/local/lib64",
		("/usr/lib/" REMORA_LIBRARY_ARCHITECTURE),
		"/usr/lib",
		"/usr/lib64",
	};
	const char *path = g_getenv("LD_LIBRARY_PATH");
	char **asked = g_strsplit(path != NULL ? path : "", ":", -1);
	GPtrArray *folders = g_ptr_array_new();

	for (char **a = asked; *a != NULL; a++)
		add_folder(folders, *a);
	for (size_t i = 0; i < G_N_ELEMENTS(usual); i++)
		add_folder(folders, usual[i]);
	g_strfreev(asked);
	g_ptr_array_add(folders, NULL);
	return (char **)g_ptr_array_free(folders, FALSE);
}

static int by_version(const void *a, const void *b)
{
	const struct wireshark *x = *(struct wireshark *const *)a;
	const struct wireshark *y = *(struct wireshark *const *)b;

	return x->major != y->major ? (x->major < y->major ? -1 : 1)
				    : (x->minor > y->minor) - (x->minor < y->minor);
}

GPtrArray *wiresharks(void)
{
	GPtrArray *all = g_ptr_array_new_with_free_func(wireshark_free);
	char **folders = library_folders();

	ask_program(all, "tshark");
	ask_program(all, "wireshark");
	for (char **f = folders; *f != NULL; f++)
		look_in(all, *f);
	g_strfreev(folders);
	g_ptr_array_sort(all, by_version);
	return all;
}

void wireshark_title(char title[WIRESHARK_TITLE], const struct wireshark *w)
{
	g_snprintf(title, WIRESHARK_TITLE, "Wireshark %u.%u.%u", w->major, w->minor, w->micro);
}

bool wireshark_fits(const struct wireshark *w, const struct plugin *p)
{
	for (size_t i = 0; i < G_N_ELEMENTS(series); i++) {
		if (p->abi != 0 && series[i].major == w->major && series[i].minor == w->minor &&
		    series[i].abi != p->abi)
			return false;
	}
	return p->major == w->major && p->minor == w->minor;
}

char *wireshark_personal_root(void)
{
	return g_build_filename(g_get_home_dir(), ".local/lib/wireshark/plugins", NULL);
}

static char *folder_of(const char *root, const struct wireshark *w)
{
	return g_strdup_printf("%s/%u.%u/epan", root, w->major, w->minor);
}

char *wireshark_folder(const struct wireshark *w)
{
	char *root = wireshark_personal_root(), *folder = folder_of(root, w);

	g_free(root);
	return folder;
}

char **wireshark_common_folders(const struct wireshark *w)
{
	const char *instead = wireshark_is_root() ? NULL : g_getenv("WIRESHARK_PLUGIN_DIR");

	if (instead != NULL) {
		char **only = g_new0(char *, 2);

		only[0] = folder_of(instead, w);
		return only;
	}
	char **folders = library_folders();
	for (char **f = folders; *f != NULL; f++) {
		char *root = g_build_filename(*f, "wireshark/plugins", NULL);

		g_free(*f);
		*f = folder_of(root, w);
		g_free(root);
	}
	return folders;
}

bool wireshark_is_root(void)
{
	return getuid() == 0 || geteuid() == 0;
}

bool wireshark_looks_at(const char *path)
{
	char *personal = wireshark_personal_root();
	const bool is_personal = g_str_has_prefix(path, personal);

	g_free(personal);
	return !is_personal || !wireshark_is_root();
}

/* The line of text that speaks of word, or the first; to be freed. */
static char *line_with(const char *text, const char *word)
{
	char **lines = g_strsplit(text, "\n", -1), *found = NULL;

	for (char **l = lines; *l != NULL && found == NULL; l++) {
		if (strstr(*l, word) != NULL)
			found = g_strdup(*l);
	}
	g_strfreev(lines);
	return found;
}

char *wireshark_refuses(const struct wireshark *w, const char *path)
{
	char *argv[] = {w->tshark, (char *)"-G", (char *)"plugins", NULL}, *out, *err;
	char *why = NULL;

	run_program(argv, &out, &err);
	if (strstr(out, path) == NULL) {
		why = line_with(err, PLUGIN_NAME);
		if (why == NULL)
			why = g_strdup("tshark -G plugins does not list it");
	}
	g_free(out);
	g_free(err);
	return why;
}
