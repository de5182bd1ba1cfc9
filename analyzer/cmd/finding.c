/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Three columns, which everything keeps to but commands: those are there to be copied.
 *
 *   warn  Wireshark 4.0.17  remora's plugin is not installed
 *                           $ remora wireshark install
 */
#include "cmd/finding.h"

#include "cmd/colour_option.h"
#include "plain.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 80, SUBJECT = 16, TEXT = 2 + 4 + 2 + SUBJECT + 2 }; /* columns */

static unsigned counts[3];

unsigned findings(enum verdict verdict)
{
	return counts[verdict];
}

static const char *code(const char *escape)
{
	return colour_wanted() ? escape : "";
}

void finding_group(const char *name)
{
	static bool is_later;

	printf("%s%s%s%s\n", is_later ? "\n" : "", code("\033[1m"), name, code("\033[0m"));
	is_later = true;
}

/* Words up to the right edge, the next line beginning below them. */
static void print_wrapped(const char *line)
{
	char **words = g_strsplit(line, " ", -1);
	glong column = TEXT;

	for (char **w = words; *w != NULL; w++) {
		const glong width = g_utf8_strlen(*w, -1);

		if (w > words && column + 1 + width > WIDTH) {
			printf("\n%*s", TEXT, "");
			column = TEXT;
		} else if (w > words) {
			putchar(' ');
			column++;
		}
		print_plain(stdout, *w);
		column += width;
	}
	putchar('\n');
	g_strfreev(words);
}

void finding(enum verdict verdict, const char *subject, const char *format, ...)
{
	static const struct {
		const char *word, *colour;
	} verdicts[] = {{"ok", "\033[2m"}, {"warn", "\033[1m"}, {"fail", "\033[31m"}};
	va_list args;

	va_start(args, format);
	char *text = g_strdup_vprintf(format, args);
	va_end(args);
	printf("  %s%-4s%s  %-*s  ", code(verdicts[verdict].colour), verdicts[verdict].word,
	       code("\033[0m"), SUBJECT, subject);
	char **lines = g_strsplit(text, "\n", -1);
	for (char **l = lines; *l != NULL; l++) {
		printf("%*s", l > lines ? TEXT : 0, "");
		print_wrapped(*l);
	}
	g_strfreev(lines);
	g_free(text);
	counts[verdict]++;
}

void finding_mend(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	char *command = g_strdup_vprintf(format, args);
	va_end(args);
	printf("%*s%s$ ", TEXT, "", code("\033[2m"));
	print_plain(stdout, command);
	printf("%s\n", code("\033[0m"));
	g_free(command);
}

char *path_to_show(const char *path)
{
	const char *home = g_get_home_dir();
	const size_t n = strlen(home);

	if (n > 1 && strncmp(path, home, n) == 0 && path[n] == '/')
		return g_strconcat("~", path + n, NULL);
	return g_strdup(path);
}

char *path_to_type(const char *path)
{
	static const char *const plain = G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "/._-+,:=@%";

	return path[strspn(path, plain)] == '\0' ? g_strdup(path) : g_shell_quote(path);
}
