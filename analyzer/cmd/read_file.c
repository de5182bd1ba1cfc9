/* SPDX-License-Identifier: BSD-3-Clause */
/* The loop behind `remora read`: reader, filter, frame, printer, writer. */
#include "cmd/command.h"
#include "cmd/read.h"
#include "cmd/show.h"
#include "file/reader.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct run {
	const struct read_options *given;
	struct show show;
	struct reader *reader;
	struct writer *writer;
	struct progress progress;
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

	r->reader = reader_open_unseen(r->given->file, r->given->follow ? READER_FOLLOW : 0,
				       &error);
	if (r->reader == NULL)
		return cannot(error);
	if (r->given->show.write == NULL)
		return EXIT_OK;
	r->writer = writer_open(r->given->show.write, r->show.settings.write_format, r->reader,
				&error);
	return r->writer == NULL ? cannot(error) : EXIT_OK;
}

/* Looks at the first bytes; a file that is written to is emptied now, and not for what is no capture. */
static int begin(struct run *r)
{
	char *error = NULL;

	if (!reader_begin(r->reader, &error)) {
		if (r->writer != NULL)
			writer_discard(r->writer);
		return cannot(error);
	}
	if (r->writer != NULL)
		writer_flush(r->writer); /* what goes wrong is told at its end */
	return EXIT_OK;
}

/* Prints and writes a packet, if it passes; false: nobody takes any more. */
static bool show(struct run *r, const struct packet *p)
{
	struct bpf *bpf = r->show.settings.bpf;

	if ((bpf != NULL && !bpf_match(bpf, p)) || !show_passes(&r->show, p))
		return true;
	const bool printed = show_print(&r->show);
	return (r->writer == NULL || writer_put(r->writer, p) == 0) && printed;
}

static int read_all(struct run *r)
{
	struct packet p;
	gint64 left = r->given->show.count;

	while (left-- > 0 && reader_next(r->reader, &p) == 1) {
		progress_tick(&r->progress, r->reader, p.number);
		if (!show(r, &p))
			break;
	}
	progress_end(&r->progress);
	return reader_exit_code(r->reader);
}

/* Ends both kinds of output, and tells what went wrong; a closed pipe is nothing to talk about. */
static int close_all(struct run *r, int code)
{
	char *error = NULL;

	code = show_end(&r->show, code);
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
	code = show_take(&r->show, &given->show);
	if (code == EXIT_OK)
		code = open_all(r);
	if (code == EXIT_OK)
		code = show_prepare(&r->show, GUARD_READER, reader_interfaces(r->reader),
				    reader_path(r->reader));
	if (code == EXIT_OK)
		code = begin(r);
	if (code == EXIT_OK) {
		catch_signals();
		r->show.progress = &r->progress;
		show_begin(&r->show);
		progress_begin(&r->progress, given->quiet || given->show.silent);
		code = close_all(r, read_all(r));
	}
	if (r->reader != NULL)
		reader_close(r->reader);
	show_free(&r->show);
	g_free(r);
	return code;
}
