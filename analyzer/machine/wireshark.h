/* SPDX-License-Identifier: BSD-3-Clause */
/* The Wiresharks of this machine, and the folders from which they load plugins. */
#ifndef MACHINE_WIRESHARK_H
#define MACHINE_WIRESHARK_H

#include "machine/plugin.h"

struct wireshark {
	unsigned major, minor, micro;
	char *tshark; /* path of the program, or NULL */
	char *found;  /* path of the program or library that told of this version */
};

/* A struct wireshark for each major.minor, ascending; the array frees them. */
GPtrArray *wiresharks(void);

/* "Wireshark 4.0.17" */
enum { WIRESHARK_TITLE = 48 };
void wireshark_title(char title[WIRESHARK_TITLE], const struct wireshark *w);

/* Can this Wireshark load the plugin? */
bool wireshark_fits(const struct wireshark *w, const struct plugin *p);

/* Where this user's plugins for it lie. */
char *wireshark_folder(const struct wireshark *w);

/* Where those of all users lie, whether there are any or not: NULL-terminated, for g_strfreev. */
char **wireshark_common_folders(const struct wireshark *w);

/* The folder that holds those of this user by version. */
char *wireshark_personal_root(void);

/* Wireshark takes no personal plugins when it is run by root. */
bool wireshark_is_root(void);
bool wireshark_looks_at(const char *path);

/* Does tshark load the plugin at path? NULL if it does, else why not. */
char *wireshark_refuses(const struct wireshark *w, const char *path);

#endif
