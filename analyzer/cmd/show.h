/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Showing packets: what `remora read` and `remora live` have in common, from their options to the
 * printer and the writer.
 */
#ifndef CMD_SHOW_H
#define CMD_SHOW_H

#include "cmd/settings.h"
#include "guard/guard.h"
#include "progress.h"

struct show {
	struct settings settings;
	bool no_sandbox;
	struct frame *frame;
	struct printer printer;
	struct rem_want headers;
	const struct rem_want *want;     /* what the printer needs */
	const struct rem_want *searched; /* what the filter needs; without one, as want */
	const struct interfaces *interfaces;
	const char *source; /* what messages call it */
	struct progress *progress; /* its line makes room for messages; NULL: there is none */
	uint64_t shown;
	GHashTable
		*told; /* link types that nobody knows, and that this has been said of; or NULL */
};

/* Checks what was asked for. EXIT_OK, or an exit code, having complained; show_free follows. */
int show_take(struct show *s, const struct show_options *given);
/* Everything up to the first byte of a packet: what is to be open is open now, and a sandbox is entered.
 * The same. */
int show_prepare(struct show *s, enum guard_role role, const struct interfaces *interfaces,
		 const char *source);
/* Packets are going to come. */
void show_begin(struct show *s);
/* Packets of a link type that nobody here knows are data, which is told once for each type. */
void show_unknown(struct show *s, const struct packet *p);
/* Does a packet pass the display filter? If it does it is the one to be printed. */
static inline bool show_passes(struct show *s, const struct packet *p)
{
	struct filter *filter = s->settings.filter;

	frame_take(s->frame, s->interfaces, p, s->searched);
	if (s->frame->first == REM_P_DATA)
		show_unknown(s, p);
	if (filter == NULL)
		return true;
	if (!filter_match(filter, s->frame))
		return false;
	if (s->searched != NULL && s->printer.ops != NULL)
		frame_retake(s->frame, s->want);
	return true;
}
/* Prints it; false: nobody takes it any more. */
static inline bool show_print(struct show *s)
{
	struct printer *printer = &s->printer;

	s->shown++;
	if (printer->ops != NULL) {
		if (printer->ops->described)
			frame_describe(s->frame);
		printer->ops->frame(printer, s->frame);
		printer->packets++;
		if (s->settings.flush)
			out_flush(&printer->out);
	}
	frame_shown(s->frame);
	return printer->out.error == 0;
}
/* Does anybody look into packets? */
static inline bool show_is_needed(const struct show *s)
{
	return s->printer.ops != NULL || s->settings.filter != NULL;
}
/* What is printed so far goes out. */
static inline void show_flush(struct show *s)
{
	out_flush(&s->printer.out);
}
/* Ends the printing and tells what went wrong; a closed pipe is nothing to talk about. */
int show_end(struct show *s, int code);
void show_free(struct show *s);

#endif
