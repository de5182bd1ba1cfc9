/* SPDX-License-Identifier: BSD-3-Clause */
/* The loop behind `remora live`: capture, filter, frame, printer, files. */
#include "cmd/command.h"
#include "cmd/live.h"
#include "cmd/show.h"
#include "guard/broker.h"
#include "live/live.h"
#include "live/record.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Packets between two looks at the clock while there is no time to sleep. */
enum { LOOK_EVERY = 64 };

struct run {
	const struct live_command *given;
	struct show show;
	struct broker *broker;
	struct live *live;
	struct record *record;
	char *names; /* of the interfaces, "eth0, tap0" */
	int64_t began_us;
	uint64_t seen;
	bool done; /* no more packets are wanted */
	int code;
};

static volatile sig_atomic_t stop_wanted, counts_wanted;
static int bell = -1; /* rings where a signal may come between a look and a sleep */

static void ring_bell(void)
{
	const uint64_t one = 1;
	const int error = errno;

	(void)!write(bell, &one, sizeof(one));
	errno = error;
}

static void on_stop(int signal)
{
	(void)signal;
	stop_wanted = 1;
	ring_bell();
}

static void on_counts(int signal)
{
	(void)signal;
	counts_wanted = 1;
	ring_bell();
}

/* The first interrupt ends the capture in good order, the second one at once. */
static void catch_signals(void)
{
	const struct sigaction once = {.sa_handler = on_stop, .sa_flags = (int)SA_RESETHAND};
	const struct sigaction counts = {.sa_handler = on_counts, .sa_flags = SA_RESTART};

	bell = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	sigaction(SIGINT, &once, NULL);
	sigaction(SIGTERM, &once, NULL);
	sigaction(SIGHUP, &once, NULL);
	sigaction(SIGUSR1, &counts, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static int cannot(char *error)
{
	complain("%s", error);
	free(error);
	return EXIT_CANNOT;
}

static int start_broker(struct run *r)
{
	const struct broker_options options = {
		.file = r->given->show.write,
		.ring = r->given->ring != NULL,
		.sandbox = !r->given->show.no_sandbox,
	};

	r->broker = broker_start(&options);
	if (r->broker != NULL)
		return EXIT_OK;
	complain("cannot start a process: %s", g_strerror(errno));
	return EXIT_CANNOT;
}

static int open_live(struct run *r)
{
	const struct live_command *given = r->given;
	const struct live_options options = {
		.interfaces = given->interfaces,
		.filter = given->filter,
		.linktype = given->linktype,
		.snaplen = (uint32_t)given->snaplen,
		.buffer_mib = (uint32_t)given->buffer_mib,
		.not_promiscuous = given->not_promiscuous,
		.monitor = given->monitor,
		.broker = r->broker,
	};
	char *error = NULL;

	r->live = live_open(&options, &error);
	if (r->live == NULL) {
		complain("%s", error);
		g_free(error);
		return EXIT_CANNOT;
	}
	r->names = g_strjoinv(", ", given->interfaces);
	if (live_left_out(r->live) != NULL)
		complain("your SSH session with %s is left out; -f '' shows it too",
			 live_left_out(r->live));
	return EXIT_OK;
}

static int open_record(struct run *r)
{
	const struct live_command *given = r->given;
	const struct record_options options = {
		.path = given->show.write,
		.sandbox = !given->show.no_sandbox,
		.format = r->show.settings.write_format,
		.ring = given->ring != NULL ? r->broker : NULL,
		.file = given->each_file,
	};
	char *error = NULL;

	if (given->show.write == NULL)
		return EXIT_OK;
	r->record = record_open(&options, r->live, &error);
	return r->record == NULL ? cannot(error) : EXIT_OK;
}

static void tell_counts(const struct run *r)
{
	const struct live_counts c = live_counts(r->live, LIVE_ALL);
	char unread[64] = "";

	if (c.unread > 0)
		g_snprintf(unread, sizeof(unread), ", %" PRIu64 " not looked at", c.unread);
	complain("%" PRIu64 " packets captured on %s, %" PRIu64 " shown%s, %" PRIu64
		 " dropped by the kernel, %" PRIu64 " dropped here",
		 c.captured, r->names, r->show.shown, unread, c.dropped_kernel, c.dropped_here);
}

static void tell_troubles(struct run *r)
{
	const char *why;

	while ((why = live_trouble(r->live)) != NULL) {
		complain("%s", why);
		r->code = EXIT_CANNOT;
	}
}

static bool has_time_passed(const struct run *r)
{
	const int64_t most = r->given->until.duration_us;

	return most > 0 && g_get_monotonic_time() - r->began_us >= most;
}

static bool is_enough(const struct run *r)
{
	const struct limits *l = &r->given->until;

	return r->seen >= (uint64_t)r->given->show.count ||
	       (l->packets > 0 && r->seen >= l->packets) ||
	       (l->bytes > 0 && record_bytes(r->record) >= l->bytes) ||
	       (l->files > 0 && record_files(r->record) >= l->files);
}

/* What is to be done now and then, whether packets come or not. */
static void look_around(struct run *r)
{
	if (counts_wanted) {
		counts_wanted = 0;
		tell_counts(r);
	}
	if (r->record != NULL && record_tick(r->record) < 0)
		r->done = true;
	if (stop_wanted || has_time_passed(r))
		live_end(r->live);
}

static void take(struct run *r, const struct packet *p)
{
	r->seen++;
	if (show_is_needed(&r->show) && !show_passes(&r->show, p))
		goto end;
	if (!show_print(&r->show) || (r->record != NULL && record_put(r->record, p) < 0))
		r->done = true;
end:
	if (is_enough(r))
		r->done = true;
}

/* Milliseconds until there is something to do even if no packet comes. */
static int patience(const struct run *r)
{
	const int64_t most = r->given->until.duration_us;
	int ms = r->record != NULL ? record_patience(r->record) : -1;

	if (most > 0) {
		const int64_t left = r->began_us + most - g_get_monotonic_time();
		const int until = left <= 0 ? 0 : (int)MIN(left / 1000 + 1, (int64_t)G_MAXINT);

		ms = ms < 0 ? until : MIN(ms, until);
	}
	return ms;
}

static void sleep_until_news(struct run *r)
{
	struct pollfd fds[] = {{live_fd(r->live), POLLIN, 0}, {bell, POLLIN, 0},
			       {STDOUT_FILENO, 0, 0}}; /* has its reader gone? */
	uint64_t rings;

	show_flush(&r->show);
	poll(fds, G_N_ELEMENTS(fds), patience(r));
	(void)!read(bell, &rings, sizeof(rings));
	if ((fds[2].revents & POLLERR) != 0)
		r->done = true;
}

static void capture_all(struct run *r)
{
	struct packet p;
	int n;

	r->began_us = g_get_monotonic_time();
	while (!r->done && (n = live_next(r->live, &p)) >= 0) {
		if (n > 0)
			take(r, &p);
		if (n > 0 && r->seen % LOOK_EVERY != 0)
			continue;
		tell_troubles(r);
		look_around(r);
		if (n == 0 && !r->done && !live_is_ended(r->live))
			sleep_until_news(r);
	}
	live_end(r->live);
	tell_troubles(r);
}

/* Ends all outputs, and tells what went wrong, and what was counted. */
static void close_all(struct run *r)
{
	char *error = NULL;

	r->code = show_end(&r->show, r->code);
	const bool silent = r->record != NULL && record_pipe_closed(r->record);
	if (r->record != NULL && record_close(r->record, &error) < 0 && !silent)
		r->code = cannot(error);
	tell_counts(r);
}

int live_capture(const struct live_command *given)
{
	struct run *r = g_new0(struct run, 1);

	r->given = given;
	r->code = show_take(&r->show, &given->show);
	catch_signals();
	if (r->code == EXIT_OK)
		r->code = start_broker(r);
	if (r->code == EXIT_OK)
		r->code = open_live(r);
	if (r->code == EXIT_OK)
		r->code = open_record(r);
	if (r->code == EXIT_OK)
		r->code = show_prepare(&r->show, GUARD_LIVE, live_interfaces(r->live), r->names);
	if (r->code == EXIT_OK) {
		show_begin(&r->show);
		complain("capturing on %s", r->names);
		capture_all(r);
		close_all(r);
	}
	if (r->live != NULL)
		live_close(r->live);
	if (r->broker != NULL)
		broker_end(r->broker);
	show_free(&r->show);
	g_free(r->names);
	const int code = r->code;
	g_free(r);
	return code;
}
