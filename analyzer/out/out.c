/* SPDX-License-Identifier: BSD-3-Clause */
/* A large buffer in front of write(2). */
#include "out/out.h"

#include <errno.h>
#include <glib.h>
#include <unistd.h>

enum { BUFFER = 1 << 17 };

void out_open(struct out *o, int fd)
{
	*o = (struct out){.buffer = g_malloc(BUFFER), .size = BUFFER, .fd = fd};
	o->to = (struct rem_out){o->buffer, o->buffer + o->size, false};
}

void out_open_memory(struct out *o)
{
	out_open(o, -1);
}

char *out_take(struct out *o)
{
	*out_room(o, 1)->p = '\0';
	return o->buffer;
}

void out_flush(struct out *o)
{
	const char *p = o->buffer;

	if (o->fd < 0)
		return;

	while (p < o->to.p && o->error == 0) {
		const ssize_t n = write(o->fd, p, (size_t)(o->to.p - p));

		if (n >= 0)
			p += n;
		else if (errno != EINTR)
			o->error = errno;
	}
	o->to.p = o->buffer;
}

static void grow(struct out *o, size_t n)
{
	const size_t used = (size_t)(o->to.p - o->buffer);

	o->size = MAX(2 * o->size, used + n);
	o->buffer = g_realloc(o->buffer, o->size);
	o->to = (struct rem_out){o->buffer + used, o->buffer + o->size, false};
}

void out_make_room(struct out *o, size_t n)
{
	if (o->fd < 0) {
		grow(o, n);
		return;
	}
	out_flush(o);
	if (o->size < n + BUFFER) {     /* who needs more than usual is not written out each time */
		g_free(o->buffer);
		o->size = n + BUFFER;
		o->buffer = g_malloc(o->size);
		o->to = (struct rem_out){o->buffer, o->buffer + o->size, false};
	}
}

int out_close(struct out *o)
{
	out_flush(o);
	g_free(o->buffer);
	return o->error;
}
