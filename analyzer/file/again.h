/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reading packets of a file again, in any order: through a window of its own, from where
 * reader_offset() said that they stand. Packets next to each other cost one read together.
 */
#ifndef FILE_AGAIN_H
#define FILE_AGAIN_H

#include "file/reader.h"

struct again;

/* NULL: there is no memory. */
struct again *again_new(void);
void again_free(struct again *a);

/*
 * The packet whose record begins at `offset` of the file of a reader from reader_open_fd(); `place`
 * is what reader_place() said, `number` becomes the packet's. Its pointers are good until the next
 * call. False: it is not there any more, and again_error() tells, until then, too.
 */
bool again_packet(struct again *a, const struct reader *of, const struct reader_place *place,
		  uint64_t offset, uint64_t number, struct packet *p);
/* The reader ends: nothing that was handed out is good any more. */
void again_forget(struct again *a);
const char *again_error(const struct again *a);

#endif
