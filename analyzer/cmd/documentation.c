/* SPDX-License-Identifier: BSD-3-Clause */
/* The man page, made from the commands' own tables. */
#include "cmd/command.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Text as roff shows it: no request at the start of a line, hyphens that can be copied. */
static void roff(const char *text)
{
	for (const char *p = text; *p != '\0'; p++) {
		if ((p == text || p[-1] == '\n') && (*p == '.' || *p == '\''))
			fputs("\\&", stdout);
		if (*p == '-')
			fputs("\\-", stdout);
		else if (*p == '\\')
			fputs("\\e", stdout);
		else
			putchar(*p);
	}
}

static void man_option(const GOptionEntry *o)
{
	printf(".TP\n.B ");
	if (o->short_name != 0)
		printf("\\-%c, ", o->short_name);
	printf("\\-\\-");
	roff(o->long_name);
	if (o->arg_description != NULL) {
		printf(" \\fI");
		roff(o->arg_description);
		printf("\\fR");
	}
	putchar('\n');
	roff(o->description);
	putchar('\n');
}

int documentation_man(void)
{
	printf(".TH REMORA 1 \"\" \"remora " REMORA_VERSION "\" \"User commands\"\n"
	       ".SH NAME\nremora \\- takes network captures apart, layer by layer, bit by bit\n"
	       ".SH SYNOPSIS\n.B remora\n.I FILE\n.RI [ FILTER ]\n");
	for (int i = 0; commands[i] != NULL; i++) {
		printf(".br\n.B remora %s\n", commands[i]->name);
		roff(commands[i]->arguments);
		putchar('\n');
	}
	printf(".SH COMMANDS\n");
	for (int i = 0; commands[i] != NULL; i++) {
		const struct command *c = commands[i];

		printf(".SS remora %s\n", c->name);
		roff(c->about);
		printf("\n.PP\n");
		roff(c->description);
		putchar('\n');
		for (const GOptionEntry *o = c->options; o->long_name != NULL; o++)
			man_option(o);
	}
	printf(".SH EXIT STATUS\n0 good, 1 usage, 2 cannot read or do, 3 damaged file.\n"
	       ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nIf set and not empty, nothing is coloured unless "
	       "\\-\\-color=always asks for it.\n"
	       ".SH SEE ALSO\n.BR tcpdump (8),\n.BR tshark (1),\n.BR pcapng (5)\n");
	return EXIT_OK;
}
