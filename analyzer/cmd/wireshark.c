/* SPDX-License-Identifier: BSD-3-Clause */
/* `remora wireshark`: puts the plugin where Wireshark looks for this user's, and takes it away. */
#include "cmd/wireshark.h"

#include "cmd/colour_option.h"
#include "cmd/command.h"
#include "cmd/finding.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static char *from;

static const GOptionEntry entries[] = {
	{"from", 0, 0, G_OPTION_ARG_FILENAME, &from,
	 "The plugin to install, instead of the one that came with this program", "FILE"},
	COLOUR_OPTION,
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};

/* Writes what fits over what is there, unless it is the same. */
static void put(const struct wireshark *w, const struct standing *s)
{
	const bool is_same = s->here != NULL && plugin_same(s->ours, s->here);
	char *failure = is_same ? NULL : plugin_write(s->ours, s->path);

	if (failure != NULL) {
		char subject[WIRESHARK_TITLE], *shown = path_to_show(s->path);

		wireshark_title(subject, w);
		finding(VERDICT_FAIL, subject, "it cannot be written: %s\n%s", failure, shown);
		g_free(shown);
		g_free(failure);
		return;
	}
	struct plugin there = *s->ours;
	there.path = s->path;
	tell_installed(w, &there, is_same ? "is installed" : "is now installed", true);
}

/* Returns whether it is left to a home folder to have the plugin. */
static bool install(const struct wireshark *w, const GPtrArray *at_hand)
{
	struct standing *s = standing_of(w, at_hand);

	if (s->is_there && s->here == NULL)
		tell_stranger(w, s);
	else if (s->copies->len > 0)
		tell_copies(w, s);
	else if (s->ours == NULL)
		tell_missing(w, at_hand);
	else
		put(w, s);
	const bool is_personal = s->copies->len == 0;
	standing_free(s);
	return is_personal;
}

/* The file of --from, or what came with the program; NULL: told what is wrong with the file. */
static GPtrArray *plugins_at_hand(void)
{
	char *why = NULL;

	if (from == NULL)
		return plugins_of_program();
	struct plugin *p = plugin_load(from, &why);
	if (p == NULL) {
		complain("%s %s", from, why);
		g_free(why);
		return NULL;
	}
	GPtrArray *one = g_ptr_array_new_with_free_func((GDestroyNotify)plugin_free);
	g_ptr_array_add(one, p);
	return one;
}

static int install_all(void)
{
	GPtrArray *at_hand = plugins_at_hand();
	if (at_hand == NULL)
		return EXIT_CANNOT;
	tell_each(install, at_hand);
	g_ptr_array_free(at_hand, TRUE);
	return findings(VERDICT_FAIL) > 0 || findings(VERDICT_OK) == 0 ? EXIT_CANNOT : EXIT_OK;
}

static void take_away(const char *subject, const struct plugin *p)
{
	char *shown = path_to_show(p->path);

	if (unlink(p->path) == 0)
		finding(VERDICT_OK, subject, "the plugin is removed\n%s", shown);
	else
		finding(VERDICT_FAIL, subject, "the plugin cannot be removed: %s\n%s",
			g_strerror(errno), shown);
	g_free(shown);
}

/* A remora.so that cannot be told to be ours stays. */
static void tell_left(const char *subject, const char *folder)
{
	char *path = g_build_filename(folder, PLUGIN_NAME, NULL), *why = NULL;
	const bool is_there = g_file_test(path, G_FILE_TEST_EXISTS);

	plugin_free(is_there ? plugin_load(path, &why) : NULL);
	if (why != NULL) {
		char *shown = path_to_show(path), *typed = path_to_type(path);

		finding(VERDICT_FAIL, subject, "what is called remora.so %s: it stays\n%s", why,
			shown);
		finding_mend("rm %s", typed);
		g_free(shown);
		g_free(typed);
	}
	g_free(why);
	g_free(path);
}

static void uninstall_version(const char *root, const char *version)
{
	char *above = g_build_filename(root, version, NULL);
	char *folder = g_build_filename(above, "epan", NULL);
	char *subject = g_strdup_printf("Wireshark %s", version);
	GPtrArray *installed = plugins_in(folder);

	for (unsigned i = 0; i < installed->len; i++)
		take_away(subject, installed->pdata[i]);
	tell_left(subject, folder);
	if (installed->len > 0 && rmdir(folder) == 0) /* if nothing else is in it */
		rmdir(above);
	g_ptr_array_free(installed, TRUE);
	g_free(subject);
	g_free(folder);
	g_free(above);
}

static int uninstall_all(void)
{
	char *root = wireshark_personal_root(), *shown = path_to_show(root);
	GDir *dir = g_dir_open(root, 0, NULL);
	const char *version;

	while (dir != NULL && (version = g_dir_read_name(dir)) != NULL) {
		if (version[strspn(version, G_CSET_DIGITS ".")] == '\0')
			uninstall_version(root, version);
	}
	if (dir != NULL)
		g_dir_close(dir);
	if (findings(VERDICT_OK) + findings(VERDICT_FAIL) == 0)
		finding(VERDICT_OK, "Wireshark", "nothing of remora is in %s", shown);
	g_free(shown);
	g_free(root);
	return findings(VERDICT_FAIL) > 0 ? EXIT_CANNOT : EXIT_OK;
}

static int status(void)
{
	GPtrArray *at_hand = plugins_of_program();

	tell_all(at_hand);
	g_ptr_array_free(at_hand, TRUE);
	return findings(VERDICT_FAIL) > 0 ? EXIT_CANNOT : EXIT_OK;
}

static int wireshark_run(int argc, char **argv)
{
	const int code = command_parse(&command_wireshark, &argc, &argv);

	if (code >= 0)
		return code;
	const char *action = argc == 2 ? argv[1] : "";
	if (strcmp(action, "install") == 0)
		return install_all();
	if (from == NULL && strcmp(action, "uninstall") == 0)
		return uninstall_all();
	if (from == NULL && strcmp(action, "status") == 0)
		return status();
	complain("wireshark wants install, uninstall or status (--from goes with install)\n"
		 "        try: remora wireshark --help");
	return EXIT_USAGE;
}

const struct command command_wireshark = {
	.name = "wireshark",
	.arguments = "ACTION",
	.about = "installs the plugin for Wireshark, or removes it",
	.description =
		"ACTION is install, uninstall or status.\n\n"
		"install puts the plugin into this user's folder of each Wireshark that it was built for,\n"
		"~/.local/lib/wireshark/plugins/VERSION/epan, and asks tshark whether it loads. uninstall\n"
		"removes what is remora's from there, for all versions. status tells how things stand.\n"
		"Wireshark takes no plugins from a home folder when root runs it.\n\n"
		"Exit codes: 0 good, 1 usage, 2 could not be done, or something is wrong.",
	.options = entries,
	.run = wireshark_run,
};
