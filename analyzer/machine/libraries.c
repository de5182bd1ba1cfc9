/* SPDX-License-Identifier: BSD-3-Clause */
/* Some are linked, others are loaded when they are wanted: those may be missing. */
#include "machine/libraries.h"

#include "bpf.h"

#include <dlfcn.h>
#include <glib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

static void ask_glib(struct library *l)
{
	l->version = g_strdup_printf("%u.%u.%u", glib_major_version, glib_minor_version,
				     glib_micro_version);
}

static void ask_zlib(struct library *l)
{
	l->version = g_strdup(zlibVersion());
}

static void ask_zstd(struct library *l)
{
	l->version = g_strdup(ZSTD_versionString());
}

/* The number in "libpcap version 1.10.3 (with TPACKET_V3)", "ncurses 6.4.20221231". */
static char *number_in(const char *text)
{
	while (*text != '\0' && !g_ascii_isdigit(*text))
		text++;
	return g_strndup(text, strspn(text, "0123456789."));
}

static void ask_pcap(struct library *l)
{
	const char *why = NULL, *text = bpf_version(&why);

	if (text != NULL)
		l->version = number_in(text);
	else
		l->why = g_strdup(why);
}

static void ask_ncurses(struct library *l)
{
	void *library = dlopen("libncursesw.so.6", RTLD_LAZY);
	void *symbol = library != NULL ? dlsym(library, "curses_version") : NULL;
	const char *(*version)(void);

	memcpy(&version, &symbol, sizeof(version));
	if (symbol != NULL)
		l->version = number_in(version());
	else
		l->why = g_strdup(dlerror());
	if (library != NULL)
		dlclose(library);
}

const struct library *libraries_next(size_t *iter)
{
	static const struct {
		struct library about;
		void (*ask)(struct library *l);
	} all[] = {
		{{"GLib", "options, tables, regular expressions", "libglib2.0-0", NULL, NULL},
		 ask_glib},
		{{"libpcap", "capture filters (-f)", "libpcap0.8", NULL, NULL}, ask_pcap},
		{{"zlib", "captures packed by gzip", "zlib1g", NULL, NULL}, ask_zlib},
		{{"zstd", "captures packed by zstd", "libzstd1", NULL, NULL}, ask_zstd},
		{{"ncurses", "screens in a terminal", "libncursesw6", NULL, NULL}, ask_ncurses},
	};
	static struct library found;

	g_clear_pointer(&found.version, g_free);
	g_clear_pointer(&found.why, g_free);
	if (*iter == G_N_ELEMENTS(all))
		return NULL;
	found = all[*iter].about;
	all[*iter].ask(&found);
	++*iter;
	return &found;
}
