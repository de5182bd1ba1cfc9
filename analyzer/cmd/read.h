/* SPDX-License-Identifier: BSD-3-Clause */
/* What `remora read` was asked for. */
#ifndef CMD_READ_H
#define CMD_READ_H

#include <glib.h>

struct read_options {
	char *file;
	char *display_filter, *capture_filter;
	char *form, *only;
	char *interface;
	gboolean tree, hex;
	char **fields, **field_options;
	char *write, *write_format;
	gint64 count; /* G_MAXINT64: all */
	char *time;
	gboolean numeric;
	char **decode_as;
	char **us;
	char *classes;
	int subfields;
	gboolean legacy, follow, line_buffered;
	gboolean quiet, silent; /* no progress; no packets either */
};

int read_run(int argc, char **argv);

/* Does it; returns the exit code. */
int read_file(const struct read_options *given);

#endif
