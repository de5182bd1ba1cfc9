/* SPDX-License-Identifier: BSD-3-Clause */
/* What users of tshark and tcpdump type that remora calls otherwise, or does without. */
#ifndef CMD_HABITS_H
#define CMD_HABITS_H

/* What to do instead of an option of theirs, "-A" or "--hexdump"; NULL: it is none of theirs. */
const char *habit_option(const char *option);
/* The same for a form of -T. */
const char *habit_form(const char *form);

#endif
