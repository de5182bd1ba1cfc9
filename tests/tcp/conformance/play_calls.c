/* SPDX-License-Identifier: BSD-3-Clause */
/* Calls of a script are made. Bytes that are written, and that must be read, are a pattern. */
#include "play.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

enum { DESCRIPTORS = 16, MOST = 1 << 20, PORT = 8080 };

static int live[DESCRIPTORS]; /* the script's numbers are small, ours are what they are */
static uint32_t written, been_read;

static int descriptor(const struct call *c)
{
	const long fd = symbol(c->arg[0]);

	if (fd < 0 || fd >= DESCRIPTORS)
		play_fail("no such descriptor");
	return live[fd];
}

/* "[1]": a value in brackets, or {onoff=1, linger=0} as two of them. */
static socklen_t value_of(const struct call *c, int at, int value[2])
{
	const char *text = c->arg[at] + (c->arg[at][0] == '[');
	const char *linger = strstr(c->arg[at], "l_onoff=");

	if (linger != NULL) {
		value[0] = atoi(linger + strlen("l_onoff="));
		value[1] = 0;
		return 2 * sizeof(int);
	}
	value[0] = atoi(text);
	return sizeof(int);
}

static long on_socket(struct packetdrill_interface *t, const struct call *c)
{
	const long fd = t->socket(t->userdata, AF_INET, (int)symbol(c->arg[1]),
				  (int)symbol(c->arg[2]));

	if (c->result >= 0 && c->result < DESCRIPTORS && fd >= 0) {
		live[c->result] = (int)fd;
		return c->result;
	}
	return fd;
}

static long on_accept(struct packetdrill_interface *t, const struct call *c)
{
	struct sockaddr_in in;
	socklen_t n = sizeof(in);
	const long fd = t->accept(t->userdata, descriptor(c), (struct sockaddr *)&in, &n);

	if (c->result >= 0 && c->result < DESCRIPTORS && fd >= 0) {
		live[c->result] = (int)fd;
		return c->result;
	}
	return fd;
}

static long on_bind(struct packetdrill_interface *t, const struct call *c)
{
	const struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(PORT)};

	return t->bind(t->userdata, descriptor(c), (const struct sockaddr *)&in, sizeof(in));
}

static long on_connect(struct packetdrill_interface *t, const struct call *c)
{
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(PORT)};

	inet_pton(AF_INET, "192.0.2.1", &in.sin_addr);
	return t->connect(t->userdata, descriptor(c), (const struct sockaddr *)&in, sizeof(in));
}

static long on_read(struct packetdrill_interface *t, const struct call *c)
{
	static uint8_t bytes[MOST];
	const long room = symbol(c->arg[2]);
	const long n = t->read(t->userdata, descriptor(c), bytes,
			       (size_t)(room < MOST ? room : MOST));

	for (long i = 0; i < n; i++) {
		if (bytes[i] != (uint8_t)(been_read + (uint32_t)i))
			play_fail("byte %ld of what was read is another", i);
	}
	been_read += n > 0 ? (uint32_t)n : 0;
	return n;
}

static long on_write(struct packetdrill_interface *t, const struct call *c)
{
	static uint8_t bytes[MOST];
	const long want = symbol(c->arg[2]);

	for (long i = 0; i < want && i < MOST; i++)
		bytes[i] = (uint8_t)(written + (uint32_t)i);
	const long n = t->write(t->userdata, descriptor(c), bytes, (size_t)want);
	written += n > 0 ? (uint32_t)n : 0;
	return n;
}

static long on_setsockopt(struct packetdrill_interface *t, const struct call *c)
{
	int value[2];
	const socklen_t n = value_of(c, 3, value);

	return t->setsockopt(t->userdata, descriptor(c), (int)symbol(c->arg[1]),
			     (int)symbol(c->arg[2]), value, n);
}

static long on_getsockopt(struct packetdrill_interface *t, const struct call *c)
{
	int wanted[2], value = -1;
	socklen_t n = value_of(c, 3, wanted);
	const int err = t->getsockopt(t->userdata, descriptor(c), (int)symbol(c->arg[1]),
				      (int)symbol(c->arg[2]), &value, &n);

	if (err == 0 && value != wanted[0])
		play_fail("the option is %d", value);
	return err;
}

static long on_fcntl(struct packetdrill_interface *t, const struct call *c)
{
	return t->fcntl(t->userdata, descriptor(c), (int)symbol(c->arg[1]),
			c->args > 2 ? (int)symbol(c->arg[2]) : 0);
}

static long on_listen(struct packetdrill_interface *t, const struct call *c)
{
	return t->listen(t->userdata, descriptor(c), (int)symbol(c->arg[1]));
}

static long on_shutdown(struct packetdrill_interface *t, const struct call *c)
{
	return t->shutdown(t->userdata, descriptor(c), (int)symbol(c->arg[1]));
}

static long on_close(struct packetdrill_interface *t, const struct call *c)
{
	return t->close(t->userdata, descriptor(c));
}

void make_call(struct packetdrill_interface *t, const struct call *c)
{
	static const struct {
		const char *name;
		int args;
		long (*make)(struct packetdrill_interface *t, const struct call *c);
	} calls[] = {
		{"socket", 3, on_socket},	  {"bind", 3, on_bind},
		{"listen", 2, on_listen},	  {"accept", 3, on_accept},
		{"connect", 3, on_connect},	  {"read", 3, on_read},
		{"write", 3, on_write},		  {"setsockopt", 5, on_setsockopt},
		{"getsockopt", 5, on_getsockopt}, {"fcntl", 2, on_fcntl},
		{"shutdown", 2, on_shutdown},	  {"close", 1, on_close},
	};

	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		if (strcmp(calls[i].name, c->name) != 0)
			continue;
		if (c->args < calls[i].args)
			play_fail("%s has %d arguments", c->name, calls[i].args);
		const long result = calls[i].make(t, c);
		const char *error = result < 0 ? error_name(errno) : NULL;

		if (result != c->result || (c->error != NULL && strcmp(error, c->error) != 0))
			play_fail("%s returned %ld %s", c->name, result,
				  error != NULL ? error : "");
		return;
	}
	play_fail("what is %s()?", c->name);
}
