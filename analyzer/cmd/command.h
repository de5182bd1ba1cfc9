/* SPDX-License-Identifier: BSD-3-Clause */
/* Commands of `remora`: one table of them feeds dispatch, --help, the man page and completions. */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include <glib.h>
#include <stdbool.h>

/* Exit codes. */
enum { EXIT_OK = 0, EXIT_USAGE = 1, EXIT_CANNOT = 2, EXIT_CANNOT_READ = 2, EXIT_DAMAGED = 3 };

struct command {
	const char *name;
	const char *arguments;   /* "[FILE] [FILTER…]" */
	const char *about;       /* one line */
	const char *description; /* paragraphs for --help and the man page */
	const GOptionEntry *options;
	bool habits; /* it does tshark's and tcpdump's work, and knows their options */
	int (*run)(int argc, char **argv);
};

extern const struct command command_read, command_live, command_tui, command_fields,
	command_protos,
	command_wireshark, command_doctor;

/* NULL-terminated. */
extern const struct command *const commands[];

/*
 * Parses a command's options; what is left in argv are its arguments. Short options may carry
 * their value ("-c5"). Returns -1 to go on, or the exit code (--help, or a mistake, which it tells).
 */
int command_parse(const struct command *c, int *argc, char ***argv);

/* "remora: …" on standard error. */
void complain(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* The man page, and completions for "bash", "zsh", "fish", on standard output. */
int documentation_man(void);
int documentation_completion(const char *shell);

#endif
