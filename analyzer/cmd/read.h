/* SPDX-License-Identifier: BSD-3-Clause */
/* What `remora read` was asked for. */
#ifndef CMD_READ_H
#define CMD_READ_H

#include "cmd/show_options.h"

struct read_options {
	struct show_options show;
	char *file;
	gboolean follow, quiet; /* quiet: no progress */
};

int read_run(int argc, char **argv);

/* Does it; returns the exit code. */
int read_file(const struct read_options *given);

#endif
