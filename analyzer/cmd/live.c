/* SPDX-License-Identifier: BSD-3-Clause */
/* `remora live`: packets as they come. */
#include "cmd/live.h"

#include "cmd/capture_options.h"
#include "cmd/command.h"
#include "cmd/read.h"
#include "live/devices.h"

#include <stdlib.h>
#include <string.h>

static struct live_command given = {.show = {.count = G_MAXINT64, .subfields = -1}};

static const GOptionEntry entries[] = {
	{"interface", 'i', 0, G_OPTION_ARG_STRING_ARRAY, &given.interfaces,
	 "Capture on this interface, by name or number; any: on all; may be repeated", "NAME"},
	{"list-interfaces", 'D', 0, G_OPTION_ARG_NONE, &given.list,
	 "List the interfaces, and what keeps them from being captured on; with -q the names alone",
	 NULL},
	{"capture-filter", 'f', 0, G_OPTION_ARG_STRING, &given.filter,
	 "Capture only packets that match a BPF expression (tcpdump's language), as trailing words do",
	 "BPF"},
	SHOW_OPTIONS(given.show),
	{"autostop", 'a', 0, G_OPTION_ARG_STRING_ARRAY, &given.stop,
	 "Stop after duration:SECONDS, filesize:KB, packets:N or files:N; may be repeated",
	 "LIMIT"},
	CAPTURE_OPTIONS(given),
	{"monitor-mode", 'I', 0, G_OPTION_ARG_NONE, &given.monitor,
	 "Wireless: see all frames of the air, as they are", NULL},
	{"linktype", 'y', 0, G_OPTION_ARG_STRING, &given.linktype,
	 "Capture with this link type, of those that -L lists", "TYPE"},
	{"list-data-link-types", 'L', 0, G_OPTION_ARG_NONE, &given.list_linktypes,
	 "List the link types of the interface", NULL},
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};

static int usage(const char *what)
{
	complain("%s\n        try: remora live --help", what);
	return EXIT_USAGE;
}

static int take_limits(struct limits *l, char **words, const char *option)
{
	for (; words != NULL && *words != NULL; words++) {
		const bool ring = option[1] == 'b';

		if (limits_take(l, *words, ring))
			continue;
		complain(
			"%s \"%s\": is none of duration:SECONDS, %sfilesize:KB, packets:N, files:N",
			option, *words, ring ? "interval:SECONDS, " : "");
		return EXIT_USAGE;
	}
	return -1;
}

/* The interface is -i's, or the first argument; the words behind it are a capture filter. */
static int take_arguments(int argc, char **argv)
{
	int at = 1;

	if (given.interfaces == NULL && at < argc) {
		given.interfaces = g_new0(char *, 2);
		given.interfaces[0] = g_strdup(argv[at++]);
	}
	if (at < argc && given.filter != NULL) {
		complain("both -f and \"%s …\" are capture filters; join them with and", argv[at]);
		return EXIT_USAGE;
	}
	if (at < argc)
		given.filter = g_strjoinv(" ", argv + at);
	return -1;
}

static bool is_number_good(int v, int most)
{
	return v >= 0 && v <= most;
}

static int check(void)
{
	enum { SNAPLEN_MOST = 262144, BUFFER_MOST = 2047 };
	int code;

	if (!is_number_good(given.snaplen, SNAPLEN_MOST))
		return usage("-s wants a number of bytes, at most 262144");
	if (!is_number_good(given.buffer_mib, BUFFER_MOST))
		return usage("-B wants a number of mebibytes, at most 2047");
	if ((code = take_limits(&given.until, given.stop, "-a")) >= 0 ||
	    (code = take_limits(&given.each_file, given.ring, "-b")) >= 0)
		return code;
	if (given.ring != NULL && (given.show.write == NULL || strcmp(given.show.write, "-") == 0))
		return usage("-b wants a file, -w FILE");
	if (given.until.bytes > 0 && given.show.write == NULL)
		return usage("-a filesize wants a file, -w FILE");
	if (given.until.files > 0 && given.ring == NULL)
		return usage("-a files wants several files, -b");
	return -1;
}

/* Numbers become names; none is the first that libpcap would take. */
static int name_interfaces(void)
{
	char *error = NULL;

	if (given.interfaces == NULL)
		given.interfaces = g_new0(char *, 2);
	for (char **i = given.interfaces; *i != NULL || i == given.interfaces; i++) {
		char *name = devices_name(*i, &error);

		if (name == NULL) {
			complain("%s", error);
			g_free(error);
			return EXIT_CANNOT;
		}
		g_free(*i);
		*i = name;
	}
	return -1;
}

/* What another program captures, from standard input. */
static int read_along(void)
{
	struct read_options read = {.show = given.show, .file = (char *)"-", .quiet = TRUE};

	if (given.interfaces[1] != NULL || given.stop != NULL || given.ring != NULL)
		return usage("-: goes with no other interface, and not with -a and -b");
	read.show.capture_filter = given.filter;
	read.show.watched = true;
	return read_file(&read);
}

static int live_run(int argc, char **argv)
{
	int code = command_parse(&command_live, &argc, &argv);

	if (code < 0)
		code = take_arguments(argc, argv);
	if (code < 0)
		code = check();
	if (code >= 0)
		return code;
	if (given.list)
		return live_list(given.show.silent);
	if (given.interfaces != NULL && strcmp(given.interfaces[0], "-") == 0)
		return read_along();
	code = name_interfaces();
	if (code >= 0)
		return code;
	return given.list_linktypes ? live_list_linktypes(&given) : live_capture(&given);
}

const struct command command_live = {
	.name = "live",
	.arguments = "[IFACE] [BPF…]",
	.about = "takes packets apart as they come",
	.description =
		"IFACE is one of those that -D lists, or - for what another program captures. BPF is\n"
		"tcpdump's filter language. Under SSH, and without such a filter, the session itself is left\n"
		"out; -f '' shows it too.\n\n"
		"An interrupt ends it, and counts are printed, as they are on SIGUSR1. FILE of -w is never\n"
		"more than a second behind, and whole at any moment.\n\n"
		"Exit codes: 0 good, 1 usage, 2 cannot capture or write.",
	.options = entries,
	.habits = true,
	.run = live_run,
};
