/* SPDX-License-Identifier: BSD-3-Clause */
/* Command lines of the samples. */
#include "flags.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int help(const struct flag *flags, const char *usage)
{
	printf("usage: %s\n\n", usage);
	for (; flags->name != NULL; flags++) {
		char spelling[32];

		if (flags->what == NULL)
			continue;
		snprintf(spelling, sizeof(spelling), "%s%s %s", flags->name[1] == '\0' ? "-" : "--",
			 flags->name, flags->argument == NULL ? "" : flags->argument);
		printf("  %-18s  %s\n", spelling, flags->what);
	}
	return -2;
}

static int wrong(const char *program, const char *flag, const char *why)
{
	fprintf(stderr, "%s: %s: %s (--help says more)\n", program, flag, why);
	return -1;
}

static const struct flag *find(const struct flag *flags, const char *name, size_t n)
{
	for (; flags->name != NULL; flags++) {
		if (strlen(flags->name) == n && memcmp(flags->name, name, n) == 0)
			return flags;
	}
	return NULL;
}

int flags_take(const struct flag *flags, const char *usage, int argc, char **argv)
{
	int left = 0, i = 1;

	for (; i < argc; i++) {
		const char *name = argv[i] + 1;

		if (argv[i][0] != '-' || argv[i][1] == '\0') {
			argv[left++] = argv[i];
			continue;
		}
		name += *name == '-';
		if (*name == '\0') { /* "--" */
			i++;
			break;
		}
		const size_t n = strcspn(name, "=");
		const struct flag *f = find(flags, name, n);
		if (f == NULL && (strcmp(name, "help") == 0 || strcmp(name, "h") == 0))
			return help(flags, usage);
		if (f == NULL)
			return wrong(argv[0], argv[i], "no such option");
		if (f->value == NULL && name[n] == '=')
			return wrong(argv[0], argv[i], "takes no value");
		if (f->value == NULL)
			*f->set = true;
		else if (name[n] == '=')
			*f->value = name + n + 1;
		else if (i + 1 < argc)
			*f->value = argv[++i];
		else
			return wrong(argv[0], argv[i], "needs a value");
	}
	for (; i < argc; i++)
		argv[left++] = argv[i];
	return left;
}

long flags_number(const char *text, long most)
{
	char *end;

	errno = 0;
	const long n = strtol(text, &end, 10);
	return errno != 0 || *text < '0' || *text > '9' || *end != '\0' || n > most ? -1 : n;
}
