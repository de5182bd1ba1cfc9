/* SPDX-License-Identifier: BSD-3-Clause */
/* `remora tui`: options, and then a terminal or a script. */
#include "cmd/capture_options.h"
#include "cmd/command.h"
#include "decode_as_prompt.h"
#include "feed.h"
#include "interfaces_menu.h"
#include "on_terminal.h"
#include "packets.h"
#include "script.h"
#include "tui.h"

#include <locale.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct {
	char *file, *filter, *capture_filter, *theme, *script, *save_screen, *size, *preferences;
	char *write;
	char **interfaces, **ring, **rules;
	int snaplen, buffer_mib;
	gboolean ascii, not_promiscuous, no_sandbox;
	struct limits each_file;
} given;

static int tui_run(int argc, char **argv);

static const GOptionEntry entries[] = {
	{"read-file", 'r', 0, G_OPTION_ARG_FILENAME, &given.file, "A capture file, or - for standard input",
	 "FILE"},
	{"interface", 'i', 0, G_OPTION_ARG_STRING_ARRAY, &given.interfaces,
	 "Capture on this interface; any: on all; may be repeated", "NAME"},
	{"display-filter", 'Y', 0, G_OPTION_ARG_STRING, &given.filter,
	 "Begin with this display filter, as words behind a file do", "FILTER"},
	{"capture-filter", 'f', 0, G_OPTION_ARG_STRING, &given.capture_filter,
	 "Capture only packets that match a BPF expression, as words behind an interface do", "BPF"},
	{"decode-as", 'd', 0, G_OPTION_ARG_STRING_ARRAY, &given.rules,
	 "Take a port or number for another protocol: tcp.port==8080,http; may be repeated", "RULE"},
	{"write", 'w', 0, G_OPTION_ARG_FILENAME, &given.write,
	 "Write what is captured to FILE as it comes (pcapng)", "FILE"},
	CAPTURE_OPTIONS(given),
	{"no-sandbox", 0, 0, G_OPTION_ARG_NONE, &given.no_sandbox,
	 "Keep all rights while looking at packets (scripts always do)", NULL},
	{"theme", 0, 0, G_OPTION_ARG_STRING, &given.theme,
	 "dark, light, 16 (colours) or mono; by itself what fits the terminal", "NAME"},
	{"ascii", 0, 0, G_OPTION_ARG_NONE, &given.ascii, "Draw without UTF-8", NULL},
	{"settings", 0, 0, G_OPTION_ARG_FILENAME, &given.preferences,
	 "The folder of keys, columns and colours, in place of $XDG_CONFIG_HOME/remora", "FOLDER"},
	{"script", 0, 0, G_OPTION_ARG_FILENAME, &given.script,
	 "Take keys from FILE instead of a terminal, and then end", "FILE"},
	{"save-screen", 0, 0, G_OPTION_ARG_FILENAME, &given.save_screen,
	 "Write the last screen of a script to FILE, as text", "FILE"},
	{"size", 0, 0, G_OPTION_ARG_STRING, &given.size, "Of a script's screen (80x24)", "WxH"},
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};

const struct command command_tui = {
	.name = "tui",
	.arguments = "[FILE|IFACE] [FILTER…]",
	.about = "looks through packets in the terminal",
	.description =
		"FILE is what `remora read` takes: a capture, packed or not, one that still grows, or - for\n"
		"standard input, as is what is piped in. IFACE is an interface, captured live; without either\n"
		"one is asked for. ? shows every key. Where there is no terminal, remora read and remora live\n"
		"write lines.\n\n"
		"Exit codes: 0 good, 1 usage, or no terminal, 2 cannot read or capture, 3 damaged file.",
	.options = entries,
	.run = tui_run,
};

/* What is no file but the name of an interface is captured from. */
static bool is_interface(const char *name)
{
	return strcmp(name, "-") != 0 && !g_file_test(name, G_FILE_TEST_EXISTS) &&
	       (strcmp(name, "any") == 0 || if_nametoindex(name) != 0);
}

static int usage(const char *what)
{
	complain("%s\n        try: remora tui --help", what);
	return EXIT_USAGE;
}

/* Somebody hands us something: neither a terminal nor /dev/null does. */
static bool is_fed(int fd)
{
	struct stat about;

	return fstat(fd, &about) == 0 && !S_ISCHR(about.st_mode);
}

/* The first argument, and the filter behind it. */
static int take_source(int argc, char **argv)
{
	int at = 1;

	if (given.file == NULL && given.interfaces == NULL && at < argc) {
		if (is_interface(argv[at])) {
			given.interfaces = g_new0(char *, 2);
			given.interfaces[0] = g_strdup(argv[at]);
		} else {
			given.file = argv[at];
		}
		at++;
	}
	if (given.file == NULL && given.interfaces == NULL && is_fed(STDIN_FILENO))
		given.file = (char *)"-";
	if (given.file != NULL && given.interfaces != NULL)
		return usage("either a file, or interfaces");
	char **filter = given.file != NULL ? &given.filter : &given.capture_filter;
	if (at < argc && *filter != NULL)
		return usage("two filters of one kind; join them");
	if (at < argc)
		*filter = g_strjoinv(" ", argv + at);
	return -1;
}

static int take_capture(void)
{
	enum { SNAPLEN_MOST = 262144, BUFFER_MOST = 2047 };

	for (char **word = given.ring; word != NULL && *word != NULL; word++) {
		if (!limits_take(&given.each_file, *word, true)) {
			complain(
				"-b \"%s\": is none of duration:SECONDS, interval:SECONDS, filesize:KB, "
				"packets:N, files:N",
				*word);
			return EXIT_USAGE;
		}
	}
	if (given.ring != NULL && given.write == NULL)
		return usage("-b wants a file, -w FILE");
	if (given.file != NULL && (given.write != NULL || given.capture_filter != NULL))
		return usage("-w and -f are for interfaces");
	if (given.snaplen < 0 || given.snaplen > SNAPLEN_MOST)
		return usage("-s wants a number of bytes, at most 262144");
	if (given.buffer_mib < 0 || given.buffer_mib > BUFFER_MOST)
		return usage("-B wants a number of mebibytes, at most 2047");
	return -1;
}

static int take_arguments(int argc, char **argv)
{
	int code = take_source(argc, argv);

	if (code < 0)
		code = take_capture();
	if (code >= 0)
		return code;
	if (given.theme != NULL && theme_find(given.theme) < 0)
		return usage("--theme is one of dark, light, 16 and mono");
	if (given.save_screen != NULL && given.script == NULL)
		given.script = "/dev/null";
	return -1;
}

static int take_size(int *w, int *h)
{
	*w = 80;
	*h = 24;
	if (given.size == NULL || (sscanf(given.size, "%dx%d", w, h) == 2 && *w > 0 && *h > 0 &&
				   *w <= 1000 && *h <= 1000))
		return -1;
	complain("--size: \"%s\" is no size; 80x24 is", given.size);
	return EXIT_USAGE;
}

static void set_up(struct tui *t, enum theme theme)
{
	char *usual = given.preferences == NULL ? preferences_folder() : NULL;

	t->theme = given.theme != NULL ? (enum theme)theme_find(given.theme) : theme;
	t->preferences.has_theme = given.theme != NULL;
	t->packets->coloured = true;
	preferences_read(t, given.preferences != NULL ? given.preferences : usual);
	t->ascii = t->ascii || given.ascii;
	g_free(usual);
}

static int run_script(struct tui *t)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	set_up(t, THEME_DARK);
	if (!packets_begin(t->packets))
		return EXIT_OK;
	int code = script_run(t, given.script);
	if (code == EXIT_OK && given.save_screen != NULL)
		code = script_save_screen(t, given.save_screen);
	return code;
}

static int open_file(struct packets **packets)
{
	char *error = NULL;

	*packets = packets_open(given.file, &error);
	if (*packets != NULL)
		return EXIT_OK;
	complain("%s", error);
	free(error);
	return EXIT_CANNOT_READ;
}

/* Without a name, the screen asks for one. */
static int open_interfaces(struct packets **packets, struct broker *broker)
{
	const struct feed_options options = {
		.live =
			{
				.filter = given.capture_filter,
				.snaplen = (uint32_t)given.snaplen,
				.buffer_mib = (uint32_t)given.buffer_mib,
				.not_promiscuous = given.not_promiscuous,
			},
		.ring = given.ring != NULL,
		.each_file = given.each_file,
		.broker = broker,
	};
	struct feed *feed = feed_new(&options);
	char *error = NULL;

	*packets = packets_of_feed(feed);
	if (given.interfaces == NULL || feed_start(feed, given.interfaces, &error))
		return EXIT_OK;
	complain("%s", error);
	g_free(error);
	packets_close(*packets);
	return EXIT_CANNOT;
}

static int begin_with_rules(struct tui *t)
{
	char *error = NULL;

	for (char **rule = given.rules; rule != NULL && *rule != NULL; rule++) {
		if (decode_as(t, *rule, &error))
			continue;
		complain("-d: %s", error);
		g_free(error);
		return EXIT_USAGE;
	}
	return EXIT_OK;
}

/* A filter that is none is said before anything is drawn. */
static int begin_with_filter(struct tui *t)
{
	char *error = NULL;

	if (given.filter == NULL || packets_filter(t, given.filter, &error) || error == NULL)
		return EXIT_OK;
	complain("%s", error);
	g_free(error);
	return EXIT_USAGE;
}

static void end_capture(struct feed *feed)
{
	feed_end(feed);
	char *summary = feed_summary(feed);
	complain("%s", summary);
	g_free(summary);
}

static int run(struct tui *t)
{
	int code = begin_with_rules(t);

	if (code == EXIT_OK)
		code = begin_with_filter(t);
	if (code == EXIT_OK)
		code = given.script != NULL ? run_script(t) : on_terminal_run(t, set_up);
	if (t->packets->feed != NULL && !is_waiting(t->packets))
		end_capture(t->packets->feed);
	/* What was damaged is damaged still, now that one can read it. */
	if (code == EXIT_OK && store_error(t->packets->store) != NULL) {
		complain("%s", store_error(t->packets->store));
		code = store_exit_code(t->packets->store);
	}
	return code;
}

static int look(struct packets *packets, const struct sandbox *sandbox, int w, int h)
{
	struct tui t;

	tui_init(&t, w, h);
	t.packets = packets;
	t.sandbox = *sandbox;
	tell_left_out(&t);
	if (is_waiting(packets))
		do_interfaces(&t, "");
	const int code = run(&t);
	packets_close(packets);
	tui_free(&t);
	return code;
}

static int open_and_run(void)
{
	const struct broker_options options = {
		.file = given.write,
		.ring = given.ring != NULL,
		.read_back = true,
		.sandbox = given.script == NULL && !given.no_sandbox,
	};
	struct sandbox sandbox = {.broker = NULL};
	struct packets *packets = NULL;
	const char *why = NULL;
	int w, h, code = take_size(&w, &h);

	if (code >= 0)
		return code;
	if (!sandbox_begin(&sandbox, &options, &why)) {
		complain("cannot start a process: %s", why);
		return EXIT_CANNOT;
	}
	code = given.file != NULL ? open_file(&packets) : open_interfaces(&packets, sandbox.broker);
	if (code == EXIT_OK)
		code = look(packets, &sandbox, w, h);
	sandbox_end(&sandbox);
	return code;
}

int tui_run(int argc, char **argv)
{
	int code = command_parse(&command_tui, &argc, &argv);

	if (code < 0)
		code = take_arguments(argc, argv);
	if (code >= 0)
		return code;
	const char *obstacle = given.script == NULL ? on_terminal_obstacle() : NULL;
	if (obstacle != NULL) {
		const char *other = given.file != NULL ? "read" : "live";
		const char *what = given.file != NULL	      ? given.file
				   : given.interfaces != NULL ? given.interfaces[0]
							      : "";

		complain("tui %s; remora %s%s%s writes lines instead", obstacle, other,
			 *what != '\0' ? " " : "", what);
		return EXIT_USAGE;
	}
	return open_and_run();
}
