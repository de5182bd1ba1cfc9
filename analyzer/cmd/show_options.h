/* SPDX-License-Identifier: BSD-3-Clause */
/* What is to be shown of packets, and how, as it was asked for. */
#ifndef CMD_SHOW_OPTIONS_H
#define CMD_SHOW_OPTIONS_H

#include "cmd/colour_option.h"

#include <glib.h>
#include <stdbool.h>

struct show_options {
	char *display_filter;
	char *capture_filter; /* NULL where the kernel filters */
	char *form, *only;
	gboolean tree, hex;
	char **fields, **field_options;
	char *write, *write_format;
	gboolean print;
	gint64 count; /* G_MAXINT64: all */
	char *time;
	gboolean numeric;
	char **decode_as;
	char **us;
	char *classes;
	int subfields; /* -1: as the form has it */
	gboolean legacy, line_buffered;
	gboolean silent; /* no packets */
	gboolean no_sandbox;
	bool watched;    /* each packet is to be seen at once */
};

/* clang-format off */
/* The options of both, into a struct show_options. */
#define SHOW_OPTIONS(given) \
	{"display-filter", 'Y', 0, G_OPTION_ARG_STRING, &(given).display_filter, \
	 "Show only packets that match, as trailing words do when reading a file", "FILTER"}, \
	{"format", 'T', 0, G_OPTION_ARG_STRING, &(given).form, \
	 "line (default), breakdown, tree, json, ndjson, pdml, fields or none", "FORM"}, \
	{"tree", 'V', 0, G_OPTION_ARG_NONE, &(given).tree, "The same as -T tree", NULL}, \
	{"only", 'O', 0, G_OPTION_ARG_STRING, &(given).only, \
	 "As -V, but with the fields of these protocols alone", "PROTO,…"}, \
	{"hex", 'x', 0, G_OPTION_ARG_NONE, &(given).hex, \
	 "The bytes too, with their layers marked", NULL}, \
	{"field", 'e', 0, G_OPTION_ARG_STRING_ARRAY, &(given).fields, \
	 "A field for -T fields: a key, a protocol or _ws.col.NAME; may be repeated", "KEY"}, \
	{"fields-option", 'E', 0, G_OPTION_ARG_STRING_ARRAY, &(given).field_options, \
	 "header=y|n, separator=CHAR|/t|/s, quote=d|s|n, occurrence=f|l|a, aggregator=CHAR", \
	 "NAME=VALUE"}, \
	{"write", 'w', 0, G_OPTION_ARG_FILENAME, &(given).write, \
	 "Write the packets shown to FILE (.pcap, .pcapng, also .gz, .zst); - is standard output", \
	 "FILE"}, \
	{"write-format", 'F', 0, G_OPTION_ARG_STRING, &(given).write_format, \
	 "pcapng, pcap or nspcap, whatever FILE is called", "FORM"}, \
	{"print", 'P', 0, G_OPTION_ARG_NONE, &(given).print, \
	 "With -w: print the packets too, as lines unless -T says otherwise", NULL}, \
	{"count", 'c', 0, G_OPTION_ARG_INT64, &(given).count, \
	 "Stop after N packets have been read or captured", "N"}, \
	{"time", 't', 0, G_OPTION_ARG_STRING, &(given).time, \
	 "r since the first (default), d since the one before, dd since the one shown before, e since 1970, a time of day, ad date, adoy day of the year, u ud udoy the same in UTC", \
	 "FORM"}, \
	{"numeric", 'n', 0, G_OPTION_ARG_NONE, &(given).numeric, \
	 "Names are never looked up; this is for habit", NULL}, \
	{"line-buffered", 'l', 0, G_OPTION_ARG_NONE, &(given).line_buffered, \
	 "Write each packet at once, for who reads from a pipe", NULL}, \
	{"quiet", 'q', 0, G_OPTION_ARG_NONE, &(given).silent, \
	 "Print no packets (as -T none): only what becomes of them, and -w", NULL}, \
	{"decode-as", 'd', 0, G_OPTION_ARG_STRING_ARRAY, &(given).decode_as, \
	 "Decode as: tcp.port==8080,http; may be repeated", "RULE"}, \
	{"us", 0, 0, G_OPTION_ARG_STRING_ARRAY, &(given).us, \
	 "One of our own addresses (IPv4, IPv6, MAC), for -T breakdown; may be repeated", \
	 "ADDRESS"}, \
	{"classes", 0, 0, G_OPTION_ARG_STRING, &(given).classes, \
	 "Classes of fields that -T breakdown shows: a list, +more, -less, or all", "LIST"}, \
	{"subfields", 0, 0, G_OPTION_ARG_INT, &(given).subfields, \
	 "Let -T breakdown show up to N options, records … of each layer, and -T none take them apart; 0: no form has them", \
	 "N"}, \
	{"legacy", 0, 0, G_OPTION_ARG_NONE, &(given).legacy, \
	 "Let -T breakdown show fields that rarely mean anything today", NULL}, \
	{"no-sandbox", 0, 0, G_OPTION_ARG_NONE, &(given).no_sandbox, \
	 "Keep all rights while packets are taken apart", NULL}, \
	COLOUR_OPTION
/* clang-format on */

#endif
