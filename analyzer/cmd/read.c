/* SPDX-License-Identifier: BSD-3-Clause */
/* `remora read`: a capture, taken apart. */
#include "cmd/colour_option.h"
#include "cmd/command.h"
#include "cmd/read.h"

static struct read_options given = {.count = G_MAXINT64, .subfields = -1};

static const GOptionEntry entries[] = {
	{"read", 'r', 0, G_OPTION_ARG_FILENAME, &given.file, "Read FILE; - is standard input",
	 "FILE"},
	{"display-filter", 'Y', 0, G_OPTION_ARG_STRING, &given.display_filter,
	 "Show only packets that match, as trailing words do", "FILTER"},
	{"capture-filter", 'f', 0, G_OPTION_ARG_STRING, &given.capture_filter,
	 "Take apart only packets that match a BPF expression (tcpdump's language)", "BPF"},
	{"format", 'T', 0, G_OPTION_ARG_STRING, &given.form,
	 "line (default), breakdown, tree, json, ndjson, pdml, fields or none", "FORM"},
	{"tree", 'V', 0, G_OPTION_ARG_NONE, &given.tree, "The same as -T tree", NULL},
	{"only", 'O', 0, G_OPTION_ARG_STRING, &given.only,
	 "As -V, but with the fields of these protocols alone", "PROTO,…"},
	{"hex", 'x', 0, G_OPTION_ARG_NONE, &given.hex, "The bytes too, with their layers marked",
	 NULL},
	{"field", 'e', 0, G_OPTION_ARG_STRING_ARRAY, &given.fields,
	 "A field for -T fields: a key, a protocol or _ws.col.NAME; may be repeated", "KEY"},
	{"fields-option", 'E', 0, G_OPTION_ARG_STRING_ARRAY, &given.field_options,
	 "header=y|n, separator=CHAR|/t|/s, quote=d|s|n, occurrence=f|l|a, aggregator=CHAR",
	 "NAME=VALUE"},
	{"write", 'w', 0, G_OPTION_ARG_FILENAME, &given.write,
	 "Write the packets shown to FILE (.pcap, .pcapng, also .gz, .zst); - is standard output",
	 "FILE"},
	{"write-format", 'F', 0, G_OPTION_ARG_STRING, &given.write_format,
	 "pcapng, pcap or nspcap, whatever FILE is called", "FORM"},
	{"count", 'c', 0, G_OPTION_ARG_INT64, &given.count, "Stop after N packets have been read",
	 "N"},
	{"time", 't', 0, G_OPTION_ARG_STRING, &given.time,
	 "r since the first (default), d since the one before, dd since the one shown before, e since 1970, a time of day, ad date, adoy day of the year, u ud udoy the same in UTC",
	 "FORM"},
	{"numeric", 'n', 0, G_OPTION_ARG_NONE, &given.numeric,
	 "Names are never looked up; this is for habit", NULL},
	{"line-buffered", 'l', 0, G_OPTION_ARG_NONE, &given.line_buffered,
	 "Write each packet at once, for who reads from a pipe", NULL},
	{"quiet", 'q', 0, G_OPTION_ARG_NONE, &given.silent,
	 "Print no packets (as -T none): only whether the file is good, and -w", NULL},
	{"decode-as", 'd', 0, G_OPTION_ARG_STRING_ARRAY, &given.decode_as,
	 "Decode as: tcp.port==8080,http; may be repeated", "RULE"},
	{"us", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.us,
	 "One of our own addresses (IPv4, IPv6, MAC), for -T breakdown; may be repeated",
	 "ADDRESS"},
	{"classes", 0, 0, G_OPTION_ARG_STRING, &given.classes,
	 "Classes of fields that -T breakdown shows: a list, +more, -less, or all", "LIST"},
	{"subfields", 0, 0, G_OPTION_ARG_INT, &given.subfields,
	 "Let -T breakdown show up to N options, records … of each layer; 0: no form has them", "N"},
	{"legacy", 0, 0, G_OPTION_ARG_NONE, &given.legacy,
	 "Let -T breakdown show fields that rarely mean anything today", NULL},
	{"follow", 0, 0, G_OPTION_ARG_NONE, &given.follow, "Wait at the end for the file to grow",
	 NULL},
	COLOUR_OPTION,
	{"no-progress", 0, 0, G_OPTION_ARG_NONE, &given.quiet, "Never tell how far the reading is",
	 NULL},
	{"interface", 'i', G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &given.interface,
	 "Not built yet", "NAME"},
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
	.run = read_run,
};

/* The file is -r's, or the first argument; the words behind it are a display filter. */
static int take_arguments(int argc, char **argv)
{
	int at = 1;

	if (given.interface != NULL) {
		complain("-i: remora does not capture yet, but it reads along: "
			 "tcpdump -i %s -w - | remora -",
			 given.interface);
		return EXIT_USAGE;
	}
	if (given.file == NULL && at < argc)
		given.file = argv[at++];
	if (given.file == NULL) {
		complain("no file to read\n        try: remora read FILE, or remora read --help");
		return EXIT_USAGE;
	}
	if (at < argc && given.display_filter != NULL) {
		complain("both -Y and \"%s …\" are display filters; join them with &&", argv[at]);
		return EXIT_USAGE;
	}
	if (at < argc)
		given.display_filter = g_strjoinv(" ", argv + at);
	return -1;
}

int read_run(int argc, char **argv)
{
	int code = command_parse(&command_read, &argc, &argv);

	if (code < 0)
		code = take_arguments(argc, argv);
	if (code >= 0)
		return code;
	return read_file(&given);
}
