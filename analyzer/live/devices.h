/* SPDX-License-Identifier: BSD-3-Clause */
/* The interfaces of this machine, and which of them can be captured from. */
#ifndef LIVE_DEVICES_H
#define LIVE_DEVICES_H

#include <glib.h>
#include <stdbool.h>

struct device {
	char *name;
	char *description; /* or NULL */
	char *addresses;   /* "192.0.2.1, 2001:db8::1", or empty */
	bool up, loopback;
	char *obstacle;    /* why it cannot be opened; NULL: it can */
	char *mend;        /* the command that mends it, or NULL */
};

/*
 * All of them (struct device), the likeliest first, as libpcap has them. With `try`, each is opened
 * for a moment. NULL: *error is to be freed by g_free.
 */
GPtrArray *devices_list(bool try, char **error);

/* The list as text, for another process; g_free. */
char *devices_write(const GPtrArray *list);
GPtrArray *devices_read(const char *text);

/* The name of an interface that was given by its number in that list, or as it is; to be freed by
 * g_free. NULL (the first that is worth it): *error tells if there is none. */
char *devices_name(const char *given, char **error);

struct device_linktype {
	char *name, *description;
};
/* The link types of an interface (struct device_linktype), its own first. NULL: *error tells. */
GPtrArray *devices_linktypes(const char *name, bool monitor, char **error);

#endif
