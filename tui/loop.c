/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One loop over everything that can happen. Keys are answered at once; what changes by itself is
 * drawn thirty times a second at most, and nothing is drawn where nothing changed.
 */
#include "loop.h"

#include "packets.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

enum {
	FRAME_US = 33000,
	WORK_US = 4000,     /* of work between two looks at the keys */
	GROWTH_US = 250000, /* how often a file is asked whether it has grown */
	TWICE_US = 400000,  /* two presses in this time are one double press */
};

struct loop {
	struct tui *t;
	struct terminal *terminal;
	int signals;
	int ended_by;
	int64_t drawn_at;
	bool answered; /* a key came: what it did is drawn at once */
	struct mouse pressed;
	int64_t pressed_at;
};

static int64_t clock_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int loop_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGWINCH);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGQUIT);
	sigaddset(&set, SIGTSTP);
	sigaddset(&set, SIGCONT);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

static void resize(struct loop *l)
{
	int w, h;

	terminal_resized(l->terminal);
	terminal_size(l->terminal, &w, &h);
	tui_resize(l->t, w, h);
}

static void take_signals(struct loop *l)
{
	struct signalfd_siginfo info;

	while (read(l->signals, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		switch (info.ssi_signo) {
		case SIGWINCH:
		case SIGCONT: resize(l); break;
		case SIGTSTP: l->t->suspend = true; break;
		case SIGINT: tui_key(l->t, K_CTRL('C')); break;
		default:
			l->ended_by = (int)info.ssi_signo;
			l->t->quit = true;
			break;
		}
		l->answered = true;
	}
}

static void take_mouse(struct loop *l, struct mouse m)
{
	const bool same = m.x == l->pressed.x && m.y == l->pressed.y;

	if (m.act == MOUSE_PRESS) {
		if (same && l->t->now - l->pressed_at < TWICE_US)
			m.act = MOUSE_DOUBLE;
		l->pressed = m;
		l->pressed_at = l->t->now;
	}
	tui_mouse(l->t, &m);
}

static void take_keys(struct loop *l)
{
	for (;;) {
		const struct event e = terminal_event(l->terminal);

		if (e.kind == EVENT_NONE || l->t->quit)
			return;
		l->answered = true;
		if (e.kind == EVENT_MOUSE)
			take_mouse(l, e.mouse);
		else
			tui_key(l->t, e.key);
	}
}

/* What the keys asked of the terminal. */
static void serve(struct loop *l)
{
	struct tui *t = l->t;

	if (t->copied->len > 0) {
		terminal_copy(l->terminal, t->copied->str, t->copied->len);
		g_string_truncate(t->copied, 0);
	}
	if (t->suspend) {
		t->suspend = false;
		terminal_suspend(l->terminal);
		resize(l);
	}
	if (t->redraw) {
		t->redraw = false;
		terminal_redraw(l->terminal);
		t->dirty = true;
	}
}

static void draw(struct loop *l)
{
	if (!l->t->dirty || (!l->answered && l->t->now - l->drawn_at < FRAME_US))
		return;
	tui_draw(l->t);
	terminal_show(l->terminal, &l->t->grid, l->t->theme, l->t->ascii);
	l->drawn_at = l->t->now;
	l->answered = false;
}

/* How long to wait, in milliseconds, when there is nothing to do. */
static int pause_ms(const struct loop *l, bool more)
{
	int64_t until = MIN(tui_next_tick(l->t), l->t->now + GROWTH_US);

	if (l->t->dirty)
		until = MIN(until, l->drawn_at + FRAME_US);
	return more ? 0 : (int)CLAMP((until - l->t->now + 999) / 1000, 0, 1000);
}

/* The terminal has gone: so does the program. */
static void hang_up(struct loop *l)
{
	l->ended_by = SIGHUP;
	l->t->quit = true;
}

int loop_run(struct tui *t, struct terminal *terminal, int signals)
{
	struct loop l = {.t = t, .terminal = terminal, .signals = signals, .pressed = {.x = -1}};
	bool more = true;

	while (!t->quit) {
		struct pollfd fd[] = {{terminal_fd(terminal), POLLIN, 0},
				      {l.signals, POLLIN, 0},
				      {packets_fd(t->packets), POLLIN, 0}};

		t->now = clock_us();
		draw(&l);
		const int n = poll(fd, G_N_ELEMENTS(fd), pause_ms(&l, more));
		t->now = clock_us();
		if (n < 0 && errno != EINTR)
			break;
		if ((fd[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0)
			hang_up(&l);
		take_signals(&l);
		take_keys(&l);
		serve(&l);
		tui_tick(t);
		more = tui_work(t, WORK_US);
	}
	close(l.signals);
	return l.ended_by == 0 ? 0 : 128 + l.ended_by;
}
