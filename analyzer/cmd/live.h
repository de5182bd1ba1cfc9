/* SPDX-License-Identifier: BSD-3-Clause */
/* What `remora live` was asked for. */
#ifndef CMD_LIVE_H
#define CMD_LIVE_H

#include "cmd/show_options.h"
#include "live/limits.h"

struct live_command {
	struct show_options show;
	char **interfaces; /* as given; afterwards their names */
	char *filter;      /* -f; NULL: none was given */
	char *linktype;
	int snaplen, buffer_mib;
	gboolean not_promiscuous, monitor;
	char **stop, **ring; /* -a, -b */
	gboolean list, list_linktypes;
	struct limits until, each_file;
};

/* Each returns an exit code. */
int live_capture(const struct live_command *given);
int live_list(bool names_alone);
int live_list_linktypes(const struct live_command *given);

#endif
