/* SPDX-License-Identifier: BSD-3-Clause */
/* Will what remora prints look as it is meant to: the terminal's kind, colours, letters and size. */
#include "cmd/doctor.h"

#include "cmd/colour_option.h"
#include "cmd/finding.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Columns from which on lines are cut or broken, and from which on everything has its place. */
enum { NARROW = 80, ROOMY = 100 };

/* terminfo(5): an entry lies below its first letter, or below that letter's number. */
static bool is_described(const char *term)
{
	static const char *const roots[] = {"/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo",
					    "/usr/local/share/terminfo"};
	const char *own = g_getenv("TERMINFO");
	char *letter = g_strdup_printf("%c/%s", term[0], term);
	char *number = g_strdup_printf("%02x/%s", (unsigned char)term[0], term);
	bool found = own != NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(roots) && !found; i++) {
		char *usual = g_build_filename(roots[i], letter, NULL);
		char *other = g_build_filename(roots[i], number, NULL);

		found = g_file_test(usual, G_FILE_TEST_EXISTS) ||
			g_file_test(other, G_FILE_TEST_EXISTS);
		g_free(usual);
		g_free(other);
	}
	g_free(letter);
	g_free(number);
	return found;
}

static void tell_kind(void)
{
	const char *term = g_getenv("TERM");

	if (term == NULL || *term == '\0' || strcmp(term, "dumb") == 0) {
		finding(VERDICT_WARN, "TERM", "%s, so nothing is coloured", colour_obstacle());
		finding_mend("export TERM=xterm-256color");
	} else if (!is_described(term)) {
		finding(VERDICT_WARN, "TERM", "%s is not described on this machine", term);
		finding_mend("sudo apt install ncurses-term");
	} else {
		finding(VERDICT_OK, "TERM", "%s", term);
	}
}

static void tell_colours(void)
{
	const char *obstacle = colour_obstacle();

	if (obstacle != NULL)
		finding(VERDICT_OK, "colours", "off, as %s", obstacle);
	else
		finding(VERDICT_OK, "colours", "%s", colour_wanted() ? "on" : "off");
}

static void tell_size(void)
{
	struct winsize size = {0};

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
		finding(VERDICT_WARN, "size", "the terminal does not tell it");
		finding_mend("stty columns 100 rows 40");
		return;
	}
	finding(size.ws_col < NARROW ? VERDICT_WARN : VERDICT_OK, "size", "%u columns, %u lines%s",
		size.ws_col, size.ws_row, size.ws_col < ROOMY ? "; trees want 100 columns" : "");
}

/* remora writes UTF-8, whatever is asked for. */
static void tell_letters(void)
{
	const char *name = g_getenv("LC_ALL");

	if (name == NULL || *name == '\0')
		name = g_getenv("LC_CTYPE");
	if (name == NULL || *name == '\0')
		name = g_getenv("LANG");
	if (name == NULL || *name == '\0')
		name = "C";
	locale_t locale = newlocale(LC_CTYPE_MASK, name, (locale_t)0);
	if (locale == (locale_t)0) {
		finding(VERDICT_WARN, "letters", "the locale %s is not on this machine", name);
		finding_mend("sudo dpkg-reconfigure locales");
		return;
	}
	const char *letters = nl_langinfo_l(CODESET, locale);
	if (strcmp(letters, "UTF-8") == 0) {
		finding(VERDICT_OK, "letters", "UTF-8 (%s)", name);
	} else {
		finding(VERDICT_WARN, "letters", "the locale %s has %s, but remora writes UTF-8",
			name, letters);
		finding_mend("export LC_ALL=C.UTF-8");
	}
	freelocale(locale);
}

void doctor_terminal(void)
{
	finding_group("Terminal");
	if (isatty(STDOUT_FILENO)) {
		tell_kind();
		tell_colours();
		tell_size();
	} else {
		finding(VERDICT_OK, "output", "goes to no terminal: nothing is coloured");
	}
	tell_letters();
}
