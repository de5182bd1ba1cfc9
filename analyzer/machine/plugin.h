/* SPDX-License-Identifier: BSD-3-Clause */
/* A file that is remora's plugin for Wireshark, and which Wireshark it was built for. */
#ifndef MACHINE_PLUGIN_H
#define MACHINE_PLUGIN_H

#include <glib.h>
#include <stdbool.h>

#define PLUGIN_NAME "remora.so"

struct plugin {
	char *path;
	GBytes *bytes;         /* the file, as it was looked at */
	char *version;         /* of remora */
	unsigned major, minor; /* of Wireshark */
	unsigned abi;          /* the N of libwireshark.so.N, 0: not linked to it */
};

/* The file is read, not run. NULL: *why says what is wrong with it ("is cut short"); g_free it. */
struct plugin *plugin_load(const char *path, char **why);
void plugin_free(struct plugin *p);

/* The same build: byte by byte. */
bool plugin_same(const struct plugin *a, const struct plugin *b);

/* Puts the bytes to path, whole or not at all; folders are made. Returns NULL or why not. */
char *plugin_write(const struct plugin *p, const char *path);

/* The plugins that came with this program, each a struct plugin: in its build tree or prefix. The
 * array frees them. */
GPtrArray *plugins_of_program(void);

/* The plugins in a folder, whatever the files are called. */
GPtrArray *plugins_in(const char *folder);

#endif
