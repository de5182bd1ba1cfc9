/* SPDX-License-Identifier: BSD-3-Clause */
/* How far a long reading is, on standard error, when a person is looking at it. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "file/reader.h"

struct progress {
	bool on, shown;
	uint64_t next; /* look at the clock again at this packet */
	int64_t began_us, told_us;
};

void progress_begin(struct progress *p, bool quiet);
void progress_tell(struct progress *p, const struct reader *r, uint64_t packets);
void progress_end(struct progress *p);

static inline void progress_tick(struct progress *p, const struct reader *r, uint64_t packets)
{
	if (p->on && packets >= p->next)
		progress_tell(p, r, packets);
}

#endif
