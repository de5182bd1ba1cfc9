/* SPDX-License-Identifier: BSD-3-Clause */
/* `remora read`: a capture, taken apart. */
#include "cmd/command.h"
#include "cmd/read.h"

static struct read_options given = {.show = {.count = G_MAXINT64, .subfields = -1}};

static const GOptionEntry entries[] = {
	{"read", 'r', 0, G_OPTION_ARG_FILENAME, &given.file, "Read FILE; - is standard input",
	 "FILE"},
	{"capture-filter", 'f', 0, G_OPTION_ARG_STRING, &given.show.capture_filter,
	 "Take apart only packets that match a BPF expression (tcpdump's language)", "BPF"},
	SHOW_OPTIONS(given.show),
	{"follow", 0, 0, G_OPTION_ARG_NONE, &given.follow, "Wait at the end for the file to grow",
	 NULL},
	{"no-progress", 0, 0, G_OPTION_ARG_NONE, &given.quiet, "Never tell how far the reading is",
	 NULL},
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};

const struct command command_read = {
	.name = "read",
	.arguments = "[FILE] [FILTER…]",
	.about = "takes a capture file apart",
	.description =
		"FILE is a pcap or pcapng capture, also packed by gzip or zstd, or - for standard input.\n"
		"FILTER is Wireshark's display filter language over the keys of `remora fields`.\n\n"
		"Exit codes: 0 good, 1 usage, 2 cannot read, 3 damaged (what came before is shown).",
	.options = entries,
	.habits = true,
	.run = read_run,
};

/* The file is -r's, or the first argument; the words behind it are a display filter. */
static int take_arguments(int argc, char **argv)
{
	int at = 1;

	if (given.file == NULL && at < argc)
		given.file = argv[at++];
	if (given.file == NULL) {
		complain("no file to read\n        try: remora read FILE, or remora read --help");
		return EXIT_USAGE;
	}
	if (at < argc && given.show.display_filter != NULL) {
		complain("both -Y and \"%s …\" are display filters; join them with &&", argv[at]);
		return EXIT_USAGE;
	}
	if (at < argc)
		given.show.display_filter = g_strjoinv(" ", argv + at);
	return -1;
}

int read_run(int argc, char **argv)
{
	int code = command_parse(&command_read, &argc, &argv);

	if (code < 0)
		code = take_arguments(argc, argv);
	if (code >= 0)
		return code;
	given.show.watched = given.follow;
	return read_file(&given);
}
