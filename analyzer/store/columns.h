/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The columns of a packet list: of any field, any protocol, or of the seven that every list has.
 * Their text is made for the rows that are looked at.
 */
#ifndef STORE_COLUMNS_H
#define STORE_COLUMNS_H

#include "frame.h"
#include "out/print.h"

struct columns;

/* The usual ones: number, time, source, destination, protocol, length, info. */
struct columns *columns_new(void);
void columns_free(struct columns *c);

unsigned columns_count(const struct columns *c);
const char *columns_title(const struct columns *c, unsigned i);
/* "_ws.col.info", "ip.ttl", "dns". */
const char *columns_field(const struct columns *c, unsigned i);
/* Numbers stand to the right. */
bool columns_is_right(const struct columns *c, unsigned i);
/* How the column of the time is written. */
void columns_set_time(struct columns *c, enum time_form form);
enum time_form columns_time(const struct columns *c);

/*
 * Puts a column of a field in front of column `at`. title NULL: what the field is called. False:
 * *error (g_free) says that nobody knows the field, and what may have been meant.
 */
bool columns_insert(struct columns *c, unsigned at, const char *title, const char *field,
		    char **error);
/* The last one stays. */
void columns_remove(struct columns *c, unsigned i);
void columns_move(struct columns *c, unsigned from, unsigned to);

/*
 * To keep them: a line a column, "TITLE<tab>FIELD". Reading replaces what was there by the columns
 * that are known; if none is it changes nothing. Returns the lines that were of no use; empty ones
 * and comments (#) do not count.
 */
char *columns_write(const struct columns *c);
unsigned columns_read(struct columns *c, const char *text);

/*
 * The text of a column for a frame that has been taken apart as a whole: escaped, without a zero at
 * its end, as much of it as there is room for.
 */
void columns_out(const struct columns *c, unsigned i, struct frame *f, struct rem_out *o);

#endif
