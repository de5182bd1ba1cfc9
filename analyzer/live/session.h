/* SPDX-License-Identifier: BSD-3-Clause */
/* The SSH session that remora itself is looked at through, and whose packets would beget packets. */
#ifndef LIVE_SESSION_H
#define LIVE_SESSION_H

#include <stdbool.h>

struct session {
	char *filter; /* BPF that leaves it out */
	char *peer;   /* "192.0.2.7 port 50022" */
};

/* From the text of SSH_CONNECTION (NULL: there is none). False: it is nothing of the kind. Both texts
 * are to be freed by g_free. */
bool session_parse(const char *connection, struct session *s);

#endif
