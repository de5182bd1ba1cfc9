/* SPDX-License-Identifier: BSD-3-Clause */
/* `remora fields` and `remora protos`: what there is to ask for. */
#include "cmd/command.h"
#include "keys.h"

#include <stdio.h>
#include <string.h>

static gboolean list_classes;

static const GOptionEntry fields_entries[] = {
	{"classes", 0, 0, G_OPTION_ARG_NONE, &list_classes, "List the classes of fields instead",
	 NULL},
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};
static const GOptionEntry protos_entries[] = {{NULL, 0, 0, 0, NULL, NULL, NULL}};

static const char *type_name(const struct key *k)
{
	static const char *const names[REM_T_TYPES] = {
		[REM_T_NONE] = "mark",     [REM_T_UINT] = "unsigned",  [REM_T_INT] = "signed",
		[REM_T_BOOL] = "boolean",  [REM_T_IPV4] = "IPv4",      [REM_T_IPV6] = "IPv6",
		[REM_T_MAC] = "MAC",       [REM_T_EUI64] = "EUI-64",   [REM_T_BYTES] = "bytes",
		[REM_T_TEXT] = "text",     [REM_T_NAME] = "name",      [REM_T_TIME] = "time",
		[REM_T_SPAN] = "duration", [REM_T_FIXED] = "fraction",
	};

	return k->as_text ? "text" : names[k->type];
}

static int print_classes(void)
{
	for (int c = 0; c < REM_C_CLASSES; c++)
		printf("%s\n", rem_class_name((enum rem_class)c));
	return EXIT_OK;
}

/* "tcp", "tcp.options" and what is below it. */
static bool is_asked_for(const struct key *k, const char *word, int proto)
{
	const size_t n = strlen(word);

	return proto == (int)k->proto ||
	       (strncmp(k->name, word, n) == 0 && (k->name[n] == '\0' || k->name[n] == '.'));
}

static int unknown_word(const char *word)
{
	char **like = keys_like(word, 3), *list = g_strjoinv(", ", like);

	if (like[0] != NULL)
		complain("no protocol or field \"%s\"; did you mean %s?", word, list);
	else
		complain("no protocol or field \"%s\"; remora protos lists the protocols", word);
	g_free(list);
	g_strfreev(like);
	return EXIT_USAGE;
}

/* Are there no more than `most` words behind the options? If there are, says so. */
static bool has_words(const struct command *c, int argc, char **argv, int most)
{
	if (argc <= 1 + most)
		return true;
	complain("\"%s\" is more than remora %s takes; without words it lists everything",
		 argv[1 + most], c->name);
	return false;
}

static int fields_run(int argc, char **argv)
{
	int code = command_parse(&command_fields, &argc, &argv);
	size_t n, shown = 0;

	if (code >= 0)
		return code;
	if (!has_words(&command_fields, argc, argv, list_classes ? 0 : 1))
		return EXIT_USAGE;
	if (list_classes)
		return print_classes();
	const struct key *const *all = keys_all(&n);
	const int proto = argc > 1 ? rem_proto_find(argv[1], strlen(argv[1])) : -1;
	for (size_t i = 0; i < n; i++) {
		const struct rem_field *f = key_field(&all[i]->row[0]);

		if (argc > 1 && !is_asked_for(all[i], argv[1], proto))
			continue;
		shown++;
		printf("%-36s %-10s %-9s %s%s%s%s\n", all[i]->name, rem_protos[all[i]->proto]->key,
		       type_name(all[i]), f->about != NULL ? f->about : f->name,
		       f->ref != NULL ? " [" : "", f->ref != NULL ? f->ref : "",
		       f->ref != NULL ? "]" : "");
	}
	return shown > 0 ? EXIT_OK : unknown_word(argv[1]);
}

static int protos_run(int argc, char **argv)
{
	const int code = command_parse(&command_protos, &argc, &argv);

	if (code >= 0)
		return code;
	if (!has_words(&command_protos, argc, argv, 0))
		return EXIT_USAGE;
	for (unsigned p = 0; p < REM_P_COUNT; p++) {
		const struct rem_proto *proto = rem_protos[p];

		printf("%-12s %-14s %s%s%s%s\n", proto->key, proto->name, proto->title,
		       proto->ref != NULL ? " [" : "", proto->ref != NULL ? proto->ref : "",
		       proto->ref != NULL ? "]" : "");
	}
	return EXIT_OK;
}

const struct command command_fields = {
	.name = "fields",
	.arguments = "[PROTO|KEY]",
	.about = "lists the keys of fields, with their meaning",
	.description = "Keys are Wireshark's own filter names: what -Y and -e take.",
	.options = fields_entries,
	.run = fields_run,
};
const struct command command_protos = {
	.name = "protos",
	.arguments = "",
	.about = "lists the protocols",
	.description = "The first column is the protocol's key: what -Y and -d take.",
	.options = protos_entries,
	.run = protos_run,
};
