/* SPDX-License-Identifier: BSD-3-Clause */
/* The loop behind `remora read`: reader, filter, frame, printer, writer. */
#include "cmd/command.h"
#include "cmd/read.h"
#include "cmd/settings.h"
#include "file/reader.h"
#include "file/writer.h"
#include "frame.h"
#include "out/print.h"
#include "progress.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct run {
	const struct read_options *given;
	struct settings settings;
	struct reader *reader;
	const struct interfaces *interfaces;
	struct writer *writer;
	struct frame *frame;
	struct printer printer;
	struct progress progress;
	struct rem_want headers;
	const struct rem_want *want;     /* what the printer needs */
	const struct rem_want *searched; /* what the filter needs; without one, as want */
	/* Link types that nobody knows, and that this has been said of. */
	bool told[UINT16_MAX + 1];
};

static void stop(int signal)
{
	(void)signal;
	reader_stop = 1;
}

/* The first interrupt ends the reading in good order, the second one at once. */
static void catch_signals(void)
{
	struct sigaction action = {.sa_handler = stop, .sa_flags = (int)SA_RESETHAND};

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static int cannot(char *error)
{
	complain("%s", error);
	free(error);
	return EXIT_CANNOT_READ;
}

static int open_all(struct run *r)
{
	char *error = NULL;

	r->reader = reader_open(r->given->file, r->given->follow ? READER_FOLLOW : 0, &error);
	if (r->reader == NULL)
		return cannot(error);
	r->interfaces = reader_interfaces(r->reader);
	if (r->given->write == NULL)
		return EXIT_OK;
	r->writer = writer_open(r->given->write, r->settings.write_format, r->reader, &error);
	return r->writer == NULL ? cannot(error) : EXIT_OK;
}

/* Lines of text are written from the layers' headers: they need no options, no records, and who
 * asks for none of them gets none. */
static const struct rem_want *want_of(struct run *r)
{
	if (r->printer.ops == NULL || (r->printer.ops->detail && r->given->subfields != 0))
		return NULL;
	for (unsigned p = 0; p < REM_P_COUNT; p++)
		rem_set_add(&r->headers.proto, p);
	rem_want_settle(&r->headers, &r->frame->index);
	return &r->headers;
}

/* Packets of a link type that nobody here knows are data, which is told once for each type. */
static void tell_unknown(struct run *r, const struct packet *p)
{
	const struct interface *i = reader_interface(r->reader, p->interface);

	if (i == NULL || p->linktype == LINKTYPE_RECORD || r->told[p->linktype])
		return;
	const char *name = bpf_link_name(p->linktype);
	r->told[p->linktype] = true;
	out_flush(&r->printer.out);
	progress_end(&r->progress);
	complain("%s: link type %u%s%s%s at offset %" PRIu64
		 " is not known here: its packets are shown as data",
		 reader_path(r->reader), p->linktype, name != NULL ? " (" : "",
		 name != NULL ? name : "", name != NULL ? ")" : "", i->link_offset);
}

/* Does the packet pass? If it does it has been taken apart as far as the printer wants. */
static bool passes(struct run *r, const struct packet *p)
{
	struct filter *filter = r->settings.filter;

	if (r->settings.bpf != NULL && !bpf_match(r->settings.bpf, p))
		return false;
	frame_take(r->frame, r->interfaces, p, r->searched);
	if (r->frame->first == REM_P_DATA)
		tell_unknown(r, p);
	if (filter == NULL)
		return true;
	if (!filter_match(filter, r->frame))
		return false;
	if (r->searched != NULL && r->printer.ops != NULL)
		frame_retake(r->frame, r->want);
	return true;
}

/* Prints and writes a packet; false: nobody takes it any more. */
static bool show(struct run *r, const struct packet *packet)
{
	struct printer *printer = &r->printer;

	if (printer->ops != NULL) {
		if (printer->ops->described)
			frame_describe(r->frame);
		printer->ops->frame(printer, r->frame);
		printer->packets++;
		if (r->settings.flush)
			out_flush(&printer->out);
	}
	frame_shown(r->frame);
	if (r->writer != NULL && writer_put(r->writer, packet) < 0)
		return false;
	return printer->out.error == 0;
}

static int read_all(struct run *r)
{
	struct packet p;
	gint64 left = r->given->count;

	while (left-- > 0 && reader_next(r->reader, &p) == 1) {
		progress_tick(&r->progress, r->reader, p.number);
		if (passes(r, &p) && !show(r, &p))
			break;
	}
	progress_end(&r->progress);
	return reader_exit_code(r->reader);
}

/* Ends both kinds of output, and tells what went wrong; a closed pipe is nothing to talk about. */
static int close_all(struct run *r, int code)
{
	char *error = NULL;

	if (r->printer.ops != NULL) /* where writing failed too, for what it holds */
		r->printer.ops->end(&r->printer);
	const int failed = out_close(&r->printer.out);
	if (failed != 0 && failed != EPIPE) {
		complain("standard output: %s", g_strerror(failed));
		code = EXIT_CANNOT_READ;
	}
	if (reader_error(r->reader) != NULL)
		complain("%s", reader_error(r->reader));
	const bool silent = r->writer != NULL && writer_pipe_closed(r->writer);
	if (r->writer != NULL && writer_close(r->writer, &error) < 0 && !silent)
		code = cannot(error);
	return code;
}

int read_file(const struct read_options *given)
{
	struct run *r = g_new0(struct run, 1);
	int code;

	r->given = given;
	code = settings_take(&r->settings, given);
	if (code == EXIT_OK)
		code = open_all(r);
	if (code != EXIT_OK)
		goto end;
	catch_signals();
	r->frame = frame_new();
	code = settings_apply(&r->settings, r->frame);
	if (code != EXIT_OK)
		goto end;
	r->printer = (struct printer){.ops = r->settings.printer, .options = &r->settings.print};
	r->want = want_of(r);
	r->searched = r->settings.filter == NULL
			      ? r->want
			      : filter_want(r->settings.filter, &r->frame->index);
	out_open(&r->printer.out, STDOUT_FILENO);
	progress_begin(&r->progress, given->quiet || given->silent);
	if (r->printer.ops != NULL)
		r->printer.ops->begin(&r->printer);
	code = close_all(r, read_all(r));
end:
	if (r->frame != NULL)
		frame_free(r->frame);
	if (r->reader != NULL)
		reader_close(r->reader);
	settings_free(&r->settings);
	g_free(r);
	return code;
}
