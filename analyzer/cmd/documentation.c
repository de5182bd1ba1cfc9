/* SPDX-License-Identifier: BSD-3-Clause */
/* The man page and shell completions, made from the commands' own tables. */
#include "cmd/command.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Hidden options stand at the end of their table. */
static bool is_shown(const GOptionEntry *o)
{
	return o->long_name != NULL && (o->flags & G_OPTION_FLAG_HIDDEN) == 0;
}

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
		for (const GOptionEntry *o = c->options; is_shown(o); o++)
			man_option(o);
	}
	printf(".SH EXIT STATUS\n0 good, 1 usage, 2 cannot read, 3 damaged file.\n"
	       ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nIf set and not empty, nothing is coloured unless "
	       "\\-\\-color=always asks for it.\n"
	       ".SH SEE ALSO\n.BR tcpdump (8),\n.BR tshark (1),\n.BR pcapng (5)\n");
	return EXIT_OK;
}

static void completion_bash(void)
{
	printf("_remora() {\n\tlocal word=${COMP_WORDS[COMP_CWORD]} options\n\tcase ${COMP_WORDS[1]} in\n");
	for (int i = 0; commands[i] != NULL; i++) {
		printf("\t%s) options=\"--help", commands[i]->name);
		for (const GOptionEntry *o = commands[i]->options; is_shown(o); o++)
			printf(" --%s", o->long_name);
		printf("\" ;;\n");
	}
	printf("\tesac\n\tif [[ $word == -* ]]; then\n\t\tCOMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
	       "\telif ((COMP_CWORD == 1)); then\n\t\tCOMPREPLY=($(compgen -f -W \"");
	for (int i = 0; commands[i] != NULL; i++)
		printf("%s%s", i > 0 ? " " : "", commands[i]->name);
	printf("\" -- \"$word\"))\n\telse\n\t\tCOMPREPLY=($(compgen -f -- \"$word\"))\n\tfi\n}\n"
	       "complete -o filenames -F _remora remora\n");
}

static void zsh_text(const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\'')
			fputs("'\\''", stdout);
		else if (strchr("[]:", *text) != NULL)
			printf("\\%c", *text);
		else
			putchar(*text);
	}
}

static void completion_zsh(void)
{
	printf("#compdef remora\n_remora() {\n\tcase $words[2] in\n");
	for (int i = 0; commands[i] != NULL; i++) {
		printf("\t%s)\n\t\tshift words; ((CURRENT--))\n\t\t_arguments", commands[i]->name);
		for (const GOptionEntry *o = commands[i]->options; is_shown(o); o++) {
			printf(" \\\n\t\t\t'--%s[", o->long_name);
			zsh_text(o->description);
			printf("]%s'", o->arg_description == NULL        ? ""
				       : o->arg == G_OPTION_ARG_FILENAME ? ":file:_files"
									 : ":value:");
		}
		printf(" \\\n\t\t\t'*:file:_files'\n\t\t;;\n");
	}
	printf("\t*)\n\t\t_alternative 'commands:command:(");
	for (int i = 0; commands[i] != NULL; i++)
		printf("%s%s", i > 0 ? " " : "", commands[i]->name);
	printf(")' 'files:file:_files'\n\t\t;;\n\tesac\n}\n_remora \"$@\"\n");
}

static void completion_fish(void)
{
	for (int i = 0; commands[i] != NULL; i++) {
		const struct command *c = commands[i];

		printf("complete -c remora -n __fish_use_subcommand -a %s -d '%s'\n", c->name,
		       c->about);
		for (const GOptionEntry *o = c->options; is_shown(o); o++) {
			printf("complete -c remora -n '__fish_seen_subcommand_from %s' -l %s",
			       c->name, o->long_name);
			if (o->short_name != 0)
				printf(" -s %c", o->short_name);
			if (o->arg_description != NULL)
				printf(" -r");
			char **parts = g_strsplit(o->description, "'", -1);
			char *text = g_strjoinv("\\'", parts);
			printf(" -d '%s'\n", text);
			g_free(text);
			g_strfreev(parts);
		}
	}
}

int documentation_completion(const char *shell)
{
	if (strcmp(shell, "bash") == 0)
		completion_bash();
	else if (strcmp(shell, "zsh") == 0)
		completion_zsh();
	else if (strcmp(shell, "fish") == 0)
		completion_fish();
	else {
		complain("--completion takes bash, zsh or fish, not \"%s\"", shell);
		return EXIT_USAGE;
	}
	return EXIT_OK;
}
