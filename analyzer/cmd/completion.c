/* SPDX-License-Identifier: BSD-3-Clause */
/* Completions for bash, zsh and fish, made from the commands' own tables. */
#include "cmd/command.h"
#include "out/print.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* What may stand behind a name: words, and the first column of what a command of ours prints. */
struct offer {
	const char *name, *words, *command;
};

/* Arguments of commands; those of `read` are files. */
static const struct offer arguments[] = {
	{"fields", "", "protos"},
	{"live", "any", "live -D -q"},
	{"wireshark", "install uninstall status", NULL},
};

/* Values of options. */
static const struct offer offers[] = {
	{"autostop", "duration: filesize: packets: files:", NULL},
	{"classes", "all", "fields --classes"},
	{"color", "auto always never", NULL},
	{"field",
	 "_ws.col.number _ws.col.time _ws.col.source _ws.col.destination _ws.col.protocol "
	 "_ws.col.length _ws.col.info",
	 "fields"},
	{"fields-option", "header=y separator=, quote=d occurrence=f aggregator=/s", NULL},
	{"format", NULL, NULL}, /* the printers */
	{"interface", "any", "live -D -q"},
	{"only", NULL, "protos"},
	{"ring-buffer", "duration: interval: filesize: packets: files:", NULL},
	{"time", "r d dd e a ad adoy u ud udoy", NULL},
	{"write-format", "pcapng pcap nspcap", NULL},
};

static const struct offer *offer_of(const GOptionEntry *o)
{
	for (size_t i = 0; o->arg_description != NULL && i < G_N_ELEMENTS(offers); i++) {
		if (strcmp(offers[i].name, o->long_name) == 0)
			return &offers[i];
	}
	return NULL;
}

/* NULL: the command takes no arguments. */
static const struct offer *arguments_of(const struct command *c)
{
	for (size_t i = 0; i < G_N_ELEMENTS(arguments); i++) {
		if (strcmp(arguments[i].name, c->name) == 0)
			return &arguments[i];
	}
	return NULL;
}

static void print_words(const struct offer *offer)
{
	if (offer->words != NULL)
		fputs(offer->words, stdout);
	for (int i = 0; offer->words == NULL && offer->command == NULL && printers[i] != NULL; i++)
		printf("%s%s", i > 0 ? " " : "", printers[i]->name);
}

/* Its value stands behind a "=", or not at all. */
static bool may_lack_value(const GOptionEntry *o)
{
	return (o->flags & G_OPTION_FLAG_OPTIONAL_ARG) != 0;
}

static bool takes_file(const GOptionEntry *o)
{
	return o->arg == G_OPTION_ARG_FILENAME;
}

/* "|": the names of the commands that are not `read`, which may be left out. */
static void print_others(const char *between)
{
	for (int i = 1; commands[i] != NULL; i++)
		printf("%s%s", i > 1 ? between : "", commands[i]->name);
}

static void print_commands(void)
{
	for (int i = 0; commands[i] != NULL; i++)
		printf("%s%s", i > 0 ? " " : "", commands[i]->name);
}

/* ---- bash ---- */

static void bash_values(const struct command *c)
{
	for (const GOptionEntry *o = c->options; o->long_name != NULL; o++) {
		const struct offer *offer = offer_of(o);

		if (o->arg_description == NULL)
			continue;
		printf("\t%s:--%s=", c->name, o->long_name);
		if (!may_lack_value(o))
			printf("|%s:--%s", c->name, o->long_name);
		if (o->short_name != 0)
			printf("|%s:-%c", c->name, o->short_name);
		if (takes_file(o)) {
			printf(") COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n");
			continue;
		}
		printf(") words=\"");
		if (offer != NULL)
			print_words(offer);
		if (offer != NULL && offer->command != NULL)
			printf(" $(remora %s 2>/dev/null | cut -d ' ' -f 1)", offer->command);
		printf("\" ;;\n");
	}
}

static void bash_options(const struct command *c)
{
	printf("\t%s:-*) words=\"--help", c->name);
	for (const GOptionEntry *o = c->options; o->long_name != NULL; o++)
		printf(" --%s", o->long_name);
	printf("\" ;;\n");
}

static void bash_arguments(const struct command *c)
{
	const struct offer *offer = arguments_of(c);

	printf("\t%s:*) words=", c->name);
	if (offer != NULL && offer->command != NULL)
		printf("$(remora %s 2>/dev/null | cut -d ' ' -f 1)", offer->command);
	else if (offer != NULL)
		printf("\"%s\"", offer->words);
	printf(" ;;\n");
}

static void completion_bash(void)
{
	printf("_remora() {\n"
	       "\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=read words\n"
	       "\tif [[ $word == = ]]; then\n\t\tword= before+==\n"
	       "\telif [[ $before == = ]]; then\n\t\tbefore=${COMP_WORDS[COMP_CWORD-2]}=\n\tfi\n"
	       "\tif ((COMP_CWORD > 1)); then\n\t\tcase ${COMP_WORDS[1]} in ");
	print_others("|");
	printf(") command=${COMP_WORDS[1]} ;; esac\n\tfi\n\tcase $command:$before in\n");
	for (int i = 0; commands[i] != NULL; i++)
		bash_values(commands[i]);
	printf("\t*:--completion) words=\"bash zsh fish\" ;;\n\tesac\n"
	       "\tif [[ -n ${words+set} ]]; then\n"
	       "\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n\t\treturn\n\tfi\n"
	       "\tcase $command:$word in\n");
	for (int i = 0; commands[i] != NULL; i++)
		bash_options(commands[i]);
	for (int i = 1; commands[i] != NULL; i++)
		bash_arguments(commands[i]);
	printf("\tesac\n"
	       "\tif [[ -n ${words+set} ]]; then\n"
	       "\t\tif ((COMP_CWORD == 1)); then words+=\" --version --man --completion\"; fi\n"
	       "\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
	       "\telif ((COMP_CWORD == 1)); then\n\t\tCOMPREPLY=($(compgen -f -W \"");
	print_commands();
	printf("\" -- \"$word\"))\n\telse\n\t\tCOMPREPLY=($(compgen -f -- \"$word\"))\n\tfi\n}\n"
	       "complete -o filenames -F _remora remora\n");
}

/* ---- zsh ---- */

/* Text within '…' in a specification of _arguments. */
static void zsh_text(const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\'')
			fputs("'\\''", stdout);
		else if (strchr("[]:\\", *text) != NULL)
			printf("\\%c", *text);
		else
			putchar(*text);
	}
}

static void zsh_option(const GOptionEntry *o)
{
	const struct offer *offer = offer_of(o);
	const bool value = o->arg_description != NULL;
	const bool repeats = o->arg == G_OPTION_ARG_STRING_ARRAY;

	printf(" \\\n\t\t\t");
	if (o->short_name != 0 && repeats)
		printf("'*'");
	else if (o->short_name != 0)
		printf("'(-%c --%s)'", o->short_name, o->long_name);
	if (o->short_name != 0)
		printf("{-%c%s,--%s%s}'[", o->short_name, value ? "+" : "", o->long_name,
		       value ? "=" : "");
	else
		printf("'%s--%s%s[", repeats ? "*" : "", o->long_name,
		       may_lack_value(o) ? "=-"
		       : value           ? "="
					 : "");
	zsh_text(o->description);
	putchar(']');
	if (value) {
		putchar(':');
		zsh_text(o->arg_description);
		putchar(':');
	}
	if (value && takes_file(o)) {
		printf("_files");
	} else if (offer != NULL && offer->command != NULL) {
		printf("{_remora_list \"%s\" ", offer->command);
		print_words(offer);
		putchar('}');
	} else if (offer != NULL) {
		putchar('(');
		print_words(offer);
		putchar(')');
	}
	putchar('\'');
}

static void zsh_arguments(const struct command *c)
{
	const struct offer *offer = arguments_of(c);

	if (c == &command_read)
		printf("'*:file:_files'");
	else if (offer != NULL && offer->command != NULL)
		printf("'::%s:{_remora_list \"%s\"}'", c->name, offer->command);
	else if (offer != NULL)
		printf("':action:(%s)'", offer->words);
}

static void completion_zsh(void)
{
	printf("#compdef remora\n"
	       "# The first column of what a command of ours prints, and more words.\n"
	       "_remora_list() {\n"
	       "\tcompadd -- ${${(f)\"$(remora ${=1} 2>/dev/null)\"}%%%% *} ${@[2,-1]}\n}\n"
	       "_remora() {\n\tlocal command=read\n"
	       "\tif ((CURRENT == 2)) && [[ $words[2] != -* ]]; then\n"
	       "\t\t_alternative 'commands:command:((");
	for (int i = 0; commands[i] != NULL; i++)
		printf("%s%s\\:\"%s\"", i > 0 ? " " : "", commands[i]->name, commands[i]->about);
	printf("))' 'files:file:_files'\n\t\treturn\n\tfi\n"
	       "\tif ((CURRENT > 2)) && [[ $words[2] == (");
	for (int i = 0; commands[i] != NULL; i++)
		printf("%s%s", i > 0 ? "|" : "", commands[i]->name);
	printf(") ]]; then\n\t\tcommand=$words[2]\n\t\tshift words\n\t\t((CURRENT--))\n\tfi\n"
	       "\tcase $command in\n");
	for (int i = 0; commands[i] != NULL; i++) {
		printf("\t%s)\n\t\t_arguments -s '(-h --help)'{-h,--help}'[Show help]'",
		       commands[i]->name);
		for (const GOptionEntry *o = commands[i]->options; o->long_name != NULL; o++)
			zsh_option(o);
		printf(" \\\n\t\t\t");
		zsh_arguments(commands[i]);
		printf("\n\t\t;;\n");
	}
	printf("\tesac\n}\n"
	       "# The file is _remora itself where zsh finds it, and else it is sourced.\n"
	       "if [[ $funcstack[1] == _remora ]]; then\n\t_remora \"$@\"\nelse\n"
	       "\tcompdef _remora remora\nfi\n");
}

/* ---- fish ---- */

/* Text within '…'. */
static void fish_text(const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\'' || *text == '\\')
			putchar('\\');
		putchar(*text);
	}
}

static void fish_option(const char *condition, const GOptionEntry *o)
{
	const struct offer *offer = offer_of(o);

	printf("complete -c remora -n '%s' -l %s", condition, o->long_name);
	if (o->short_name != 0)
		printf(" -s %c", o->short_name);
	if (o->arg_description != NULL && !may_lack_value(o))
		printf(takes_file(o) ? " -r -F" : " -x");
	if (offer != NULL) {
		printf(" -a '");
		print_words(offer);
		if (offer->command != NULL)
			printf(" (__remora_list %s)", offer->command);
		putchar('\'');
	}
	printf(" -d '");
	fish_text(o->description);
	printf("'\n");
}

static void fish_arguments(const struct command *c)
{
	const struct offer *offer = arguments_of(c);

	printf("complete -c remora -n '__fish_seen_subcommand_from %s' -f", c->name);
	if (offer != NULL && offer->command != NULL)
		printf(" -a '(__remora_list %s)'", offer->command);
	else if (offer != NULL)
		printf(" -a '%s'", offer->words);
	putchar('\n');
}

static void completion_fish(void)
{
	char *others, *condition;

	printf("function __remora_list\n\tremora $argv 2>/dev/null | string replace -r ' .*' ''\n"
	       "end\n");
	for (int i = 0; commands[i] != NULL; i++) {
		printf("complete -c remora -n __fish_use_subcommand -a %s -d '", commands[i]->name);
		fish_text(commands[i]->about);
		printf("'\n");
	}
	printf("complete -c remora -s h -l help -d 'Show help'\n"
	       "complete -c remora -n __fish_use_subcommand -l version -d 'Say which remora this is'\n"
	       "complete -c remora -n __fish_use_subcommand -l man -d 'Print the manual page'\n"
	       "complete -c remora -n __fish_use_subcommand -l completion -x -a 'bash zsh fish' "
	       "-d 'Print completions for a shell'\n");
	for (int i = 1; commands[i] != NULL; i++)
		fish_arguments(commands[i]);
	others = g_strdup("not __fish_seen_subcommand_from");
	for (int i = 1; commands[i] != NULL; i++) {
		condition = g_strconcat(others, " ", commands[i]->name, NULL);
		g_free(others);
		others = condition;
	}
	for (int i = 0; commands[i] != NULL; i++) {
		condition = i == 0 ? g_strdup(others)
				   : g_strdup_printf("__fish_seen_subcommand_from %s",
						     commands[i]->name);
		for (const GOptionEntry *o = commands[i]->options; o->long_name != NULL; o++)
			fish_option(condition, o);
		g_free(condition);
	}
	g_free(others);
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
