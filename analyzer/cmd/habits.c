/* SPDX-License-Identifier: BSD-3-Clause */
/* One sentence for each option of tshark and tcpdump that is not ours. */
#include "cmd/habits.h"

#include <stddef.h>
#include <string.h>

struct habit {
	const char *word, *instead;
};

#define LIVE   "goes with capturing: remora live --help"
#define LOOKUP "names are never looked up, so there is nothing to set"
#define BYTES  "-x shows the bytes and their text"
#define CHOICE "-T fields -e KEY chooses fields, -O PROTO the protocols of a tree"
#define EVERY  "every protocol is enabled; -d tcp.port==80,data keeps one from a port"

/* clang-format off */
static const struct habit options[] = {
	{"-2", "one pass is enough, since nothing is reassembled; leave it out"},
	{"-R", "-Y is the display filter"},
	{"-o", "there are no preferences; -d decodes as, and nothing is reassembled"},
	{"-j", CHOICE}, {"-J", CHOICE},
	{"-z", "there are no statistics; -T fields -e KEY gives other programs what to count"},
	{"--export-objects", "nothing is reassembled, so there are no objects"},
	{"-N", LOOKUP}, {"-H", LOOKUP},
	{"-G", "remora fields and remora protos list what there is"},
	{"-S", "packets are told apart by a blank line, and so they stay"},
	{"-u", "seconds stay decimal; -t chooses the form of the time"},
	{"-K", "nothing is decrypted"},
	{"-A", BYTES}, {"-X", BYTES}, {"--hexdump", BYTES},
	{"-v", "-V shows every field"},
	{"-U", "-l writes each packet at once"},
	{"-C", "-b filesize:KB of remora live turns to another file"},
	{"-W", "-b files:N of remora live keeps the last N files"},
	{"-#", "packets are numbered anyway"},
	{"-M", "memory does not grow with the file, so there is nothing to reset"},
	{"--only-protocols", "-O PROTO shows the fields of some protocols alone"},
	{"--enable-protocol", EVERY}, {"--disable-protocol", EVERY},
	{"--enable-heuristic", EVERY}, {"--disable-heuristic", EVERY},
	{"--no-duplicate-keys", "keys never repeat in JSON; leave it out"},
	{"--capture-comment", "comments of the file are kept by -w; new ones are editcap's work"},
	{"--log-level", "there is no log"},
	{"--temp-dir", "no temporary files are made"},
	{"-i", LIVE}, {"-D", LIVE}, {"-L", LIVE}, {"-a", LIVE}, {"-b", LIVE}, {"-s", LIVE},
	{"-p", LIVE}, {"-I", LIVE}, {"-B", LIVE}, {"-y", LIVE},
	{"-r", "remora read FILE reads a file"},
};

static const struct habit forms[] = {
	{"ek", "ndjson has an object a packet on a line"},
	{"jsonl", "ndjson has an object a packet on a line"},
	{"jsonraw", "pdml has the bytes of each field"},
	{"psml", "fields -e _ws.col.Info has the columns, and others by their names"},
	{"tabs", "fields -e _ws.col.Info has the columns, and others by their names"},
	{"ps", "line can be printed"},
};
/* clang-format on */

static const char *find(const struct habit *list, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(list[i].word, word) == 0)
			return list[i].instead;
	}
	return NULL;
}

const char *habit_option(const char *option)
{
	return find(options, sizeof(options) / sizeof(options[0]), option);
}

const char *habit_form(const char *form)
{
	return find(forms, sizeof(forms) / sizeof(forms[0]), form);
}
