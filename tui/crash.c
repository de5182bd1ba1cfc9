/* SPDX-License-Identifier: BSD-3-Clause */
/* Handlers of fatal signals, which write what was made ready before. */
#include "crash.h"

#include <glib.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { ROOM = 512, STACK = 65536 };

static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS};

static struct {
	char text[ROOM];
	size_t n;
	int fd;
	struct termios modes;
	volatile sig_atomic_t on;
	struct sigaction before[G_N_ELEMENTS(fatal)];
} guard;

static void write_out(const char *text, size_t n)
{
	while (n > 0) {
		const ssize_t done = write(guard.fd, text, n);

		if (done <= 0)
			return;
		text += done;
		n -= (size_t)done;
	}
}

/* The old handler has its say when the instruction is run again, or the signal raised. */
static void die(int signal)
{
	static const char words[] = "remora: crashed; the terminal is as it was before\r\n";

	if (guard.on) {
		guard.on = 0;
		write_out(guard.text, guard.n);
		tcsetattr(guard.fd, TCSANOW, &guard.modes);
		write_out(words, sizeof(words) - 1);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(fatal); i++) {
		if (fatal[i] == signal)
			sigaction(signal, &guard.before[i], NULL);
	}
	raise(signal);
}

void crash_guard(int fd, const char *text, size_t n, const struct termios *modes)
{
	static char stack[STACK];
	const stack_t own = {.ss_sp = stack, .ss_size = sizeof(stack)};
	struct sigaction action = {.sa_handler = die, .sa_flags = SA_ONSTACK};

	guard.n = MIN(n, sizeof(guard.text));
	memcpy(guard.text, text, guard.n);
	guard.fd = fd;
	guard.modes = *modes;
	sigaltstack(&own, NULL);
	guard.on = 1;
	for (size_t i = 0; i < G_N_ELEMENTS(fatal); i++)
		sigaction(fatal[i], &action, &guard.before[i]);
}

void crash_unguard(void)
{
	guard.on = 0;
}

void crash_reguard(void)
{
	guard.on = 1;
}
