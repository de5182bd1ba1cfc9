/* SPDX-License-Identifier: BSD-3-Clause */
/* `remora`: finds the command and lets it run. */
#include "cmd/command.h"
#include "plain.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const struct command *const commands[] = {&command_read,   &command_live,
					  &command_tui,    &command_fields,
					  &command_protos, &command_wireshark,
					  &command_doctor, NULL};

void complain(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	char *text = g_strdup_vprintf(format, args);
	va_end(args);
	fputs("remora: ", stderr);
	print_plain(stderr, text);
	fputc('\n', stderr);
	g_free(text);
}

static const struct command *find(const char *name)
{
	for (int i = 0; commands[i] != NULL; i++) {
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	}
	return NULL;
}

/* A line of the usage: columns are counted in characters, for "…" is one of three bytes. */
static void usage_line(FILE *to, const char *name, const char *arguments, const char *about)
{
	char *synopsis = g_strdup_printf("remora %s %s", name, arguments);
	const long fill = 34 - g_utf8_strlen(synopsis, -1);

	fprintf(to, "  %s%*s%s\n", synopsis, (int)MAX(fill, 1), "", about);
	g_free(synopsis);
}

static int usage(FILE *to, int code)
{
	fprintf(to, "Takes network captures apart: layer by layer, field by field, bit by bit.\n\n"
		    "Usage:\n");
	usage_line(to, "FILE", "[FILTER…]", "the same as remora read FILE");
	for (int i = 0; commands[i] != NULL; i++)
		usage_line(to, commands[i]->name, commands[i]->arguments, commands[i]->about);
	fprintf(to,
		"\nOptions:\n"
		"  remora COMMAND --help             what a command can do (also remora help COMMAND)\n"
		"  remora --version                  which remora this is\n"
		"  remora --man                      the manual page\n"
		"  remora --completion SHELL         completions for bash, zsh or fish\n"
		"\nExamples:\n"
		"  remora web.pcapng                     a line a packet\n"
		"  remora read -V web.pcapng dns         every field of every DNS packet\n"
		"  remora read -Y 'ip.ttl < 60' web.pcapng\n"
		"  remora live eth0 port 53              packets as they come\n"
		"\nExit codes: 0 good, 1 usage, 2 cannot read or capture, 3 damaged file.\n");
	return code;
}

/* remora help read: the same as remora read --help. */
static int help(const char *name)
{
	const struct command *c = find(name);
	char *argv[] = {(char *)name, (char *)"--help", NULL};

	if (c != NULL)
		return c->run(2, argv);
	complain("no command \"%s\"; remora --help lists them", name);
	return EXIT_USAGE;
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return usage(stderr, EXIT_USAGE);
	if (strcmp(argv[1], "help") == 0 && argc > 2)
		return help(argv[2]);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "help") == 0)
		return usage(stdout, EXIT_OK);
	if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-v") == 0)
		return printf("remora %s\n", REMORA_VERSION) < 0 ? EXIT_USAGE : EXIT_OK;
	if (strcmp(argv[1], "--man") == 0)
		return documentation_man();
	if (strcmp(argv[1], "--completion") == 0)
		return documentation_completion(argc > 2 ? argv[2] : "");

	const struct command *c = find(argv[1]);
	if (c == NULL) /* remora FILE, remora -r FILE */
		return command_read.run(argc, argv);
	return c->run(argc - 1, argv + 1);
}
