/* SPDX-License-Identifier: BSD-3-Clause */
/* Text on its way to a file descriptor: one large buffer that the core's writers write into. */
#ifndef OUT_OUT_H
#define OUT_OUT_H

#include <remora/text.h>

struct out {
	struct rem_out to; /* room for what out_room() was asked for */
	char *buffer;
	size_t size;
	int fd;    /* -1: memory */
	int error; /* errno of the first write that failed; EPIPE: the reader has gone */
};

void out_open(struct out *o, int fd);
/* The same into memory that grows: to be closed by out_take(). */
void out_open_memory(struct out *o);
/* What was written, ended by a zero: g_free. */
char *out_take(struct out *o);
/* Makes room for n bytes by writing what is there, and a larger buffer if need be. */
void out_make_room(struct out *o, size_t n);
void out_flush(struct out *o);
/* Flushes and frees. Returns the errno of the first failure, or 0. */
int out_close(struct out *o);

/* Where n bytes can be written. */
static inline struct rem_out *out_room(struct out *o, size_t n)
{
	if (rem_out_room(&o->to) < n)
		out_make_room(o, n);
	return &o->to;
}

/* n spaces: a few go out as a block, which is there to be overwritten. */
static inline void out_spaces(struct rem_out *o, size_t n)
{
	enum { BLOCK = 32 };

	if (n > BLOCK || rem_out_room(o) < BLOCK) {
		rem_out_blank(o, n);
		return;
	}
	__builtin_memset(o->p, ' ', BLOCK);
	o->p += n;
}

#endif
