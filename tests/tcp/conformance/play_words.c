/* SPDX-License-Identifier: BSD-3-Clause */
/* Scripts are read: segments, calls, names of numbers. */
#include "play.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME(n) \
	{ \
#n, n \
	}

static const struct {
	const char *name;
	long value;
} symbols[] = {
	NAME(SOL_SOCKET),    NAME(SOL_TCP),	  NAME(IPPROTO_TCP),   NAME(SOCK_STREAM),
	NAME(AF_INET),	     NAME(SO_REUSEADDR),  NAME(SO_KEEPALIVE),  NAME(SO_RCVBUF),
	NAME(SO_SNDBUF),     NAME(SO_ERROR),	  NAME(SO_LINGER),     NAME(TCP_NODELAY),
	NAME(TCP_KEEPIDLE),  NAME(TCP_MAXSEG),	  NAME(F_GETFL),       NAME(F_SETFL),
	NAME(O_RDWR),	     NAME(O_NONBLOCK),	  NAME(SHUT_RD),       NAME(SHUT_WR),
	NAME(SHUT_RDWR),     NAME(POLLIN),	  NAME(POLLOUT),       NAME(TCP_USER_TIMEOUT),
	NAME(EAGAIN),	     NAME(EINPROGRESS),	  NAME(EALREADY),      NAME(ECONNREFUSED),
	NAME(ECONNRESET),    NAME(ETIMEDOUT),	  NAME(EPIPE),	       NAME(ENOTCONN),
	NAME(EBADF),	     NAME(EISCONN),	  NAME(EADDRINUSE),    NAME(EHOSTUNREACH),
	NAME(ENOPROTOOPT),   NAME(EINVAL),
};

const char *error_name(int error)
{
	for (size_t i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++) {
		if (symbols[i].name[0] == 'E' && symbols[i].value == error)
			return symbols[i].name;
	}
	return strerror(error);
}

static long one_symbol(const char *text, size_t n)
{
	char *end;
	const long number = strtol(text, &end, 0);

	if (end == text + n)
		return number;
	for (size_t i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++) {
		if (strlen(symbols[i].name) == n && memcmp(symbols[i].name, text, n) == 0)
			return symbols[i].value;
	}
	play_fail("what is \"%.*s\"?", (int)n, text);
}

long symbol(const char *text)
{
	long value = 0;

	for (;; text++) {
		const size_t n = strcspn(text, "| ");

		value |= one_symbol(text, n);
		text += n + strspn(text + n, " ");
		if (*text != '|')
			return value;
		text += strspn(text + 1, " ");
	}
}

/* ---- segments ---- */

static uint8_t read_flags(const char *text, size_t n)
{
	static const char letters[] = "FSRP.U"; /* in the order of the header's bits */
	uint8_t flags = 0;

	for (size_t i = 0; i < n; i++) {
		const char *at = strchr(letters, text[i]);

		if (at == NULL)
			play_fail("what is the flag %c?", text[i]);
		flags |= (uint8_t)(1 << (at - letters));
	}
	return flags;
}

static void put(struct segment *s, uint32_t value, unsigned bytes)
{
	if (s->options + bytes > PACKET_OPTIONS)
		play_fail("more options than fit");
	while (bytes-- > 0)
		s->option[s->options++] = (uint8_t)(value >> 8 * bytes);
}

static void read_sacks(struct segment *s, const char *text)
{
	unsigned from, to;
	int n;

	put(s, 5, 1);
	put(s, 0, 1);
	const uint32_t at = s->options;

	for (text += strlen("sack"); sscanf(text, " %u:%u%n", &from, &to, &n) == 2; text += n) {
		put(s, from, 4);
		put(s, to, 4);
	}
	s->option[at - 1] = (uint8_t)(2 + s->options - at);
}

static void read_option(struct segment *s, const char *text)
{
	unsigned a, b;

	if (sscanf(text, "mss %u", &a) == 1) {
		put(s, 2 << 8 | 4, 2);
		put(s, a, 2);
	} else if (sscanf(text, "wscale %u", &a) == 1) {
		put(s, 3 << 8 | 3, 2);
		put(s, a, 1);
	} else if (sscanf(text, "TS val %u ecr %u", &a, &b) == 2) {
		put(s, 8 << 8 | 10, 2);
		put(s, a, 4);
		put(s, b, 4);
	} else if (strcmp(text, "sackOK") == 0) {
		put(s, 4 << 8 | 2, 2);
	} else if (strcmp(text, "nop") == 0) {
		put(s, 1, 1);
	} else if (strncmp(text, "sack ", 5) == 0) {
		read_sacks(s, text);
	} else {
		play_fail("what is the option \"%s\"?", text);
	}
}

static void read_options(struct segment *s, char *text)
{
	char *save, *end = strchr(text, '>');

	if (end == NULL)
		play_fail("the options do not end");
	*end = '\0';
	s->any_options = strcmp(text, "...") == 0;
	if (s->any_options)
		return;
	for (char *word = strtok_r(text, ",", &save); word != NULL;
	     word = strtok_r(NULL, ",", &save))
		read_option(s, word + strspn(word, " "));
	if (s->options % 4 != 0)
		play_fail("the options do not fill whole words");
}

void read_segment(char *text, struct segment *s)
{
	const size_t flags = strcspn(text, " ");
	char *options = strchr(text, '<'), *word;
	unsigned seq, end, len, ack = 0;
	int win = -1;

	*s = (struct segment){.flags = read_flags(text, flags)};
	if (options != NULL)
		*options = '\0';
	if (sscanf(text + flags, " %u:%u(%u)", &seq, &end, &len) != 3 || end != seq + len)
		play_fail("not FROM:TO(LENGTH)");
	if ((word = strstr(text, "ack ")) != NULL && sscanf(word, "ack %u", &ack) != 1)
		play_fail("which ACK?");
	if ((word = strstr(text, "win ")) != NULL && sscanf(word, "win %d", &win) != 1)
		play_fail("which window?");
	s->seq = seq;
	s->len = len;
	s->ack = ack;
	s->win = win;
	if (options != NULL)
		read_options(s, options + 1);
}

/* ---- calls ---- */

void read_call(char *text, struct call *c)
{
	char *open = strchr(text, '('), *equals = open == NULL ? NULL : strstr(open, ") = ");
	char error[32];
	int n;

	if (equals == NULL)
		play_fail("neither a segment nor a call");
	*open = *equals = '\0';
	*c = (struct call){.name = text};
	for (char *save, *word = strtok_r(open + 1, ",", &save); word != NULL && c->args < WORDS;
	     word = strtok_r(NULL, ",", &save))
		c->arg[c->args++] = word + strspn(word, " ");
	if (sscanf(equals + 4, "%li%n", &c->result, &n) != 1)
		play_fail("what does it return?");
	if (c->result < 0 && sscanf(equals + 4 + n, " %31s", error) == 1)
		c->error = error_name((int)symbol(error));
}
