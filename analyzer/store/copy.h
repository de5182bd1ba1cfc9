/* SPDX-License-Identifier: BSD-3-Clause */
/* What is taken away from the screen: texts of a field, of a layer, of a packet; filters made of them. */
#ifndef STORE_COPY_H
#define STORE_COPY_H

#include "store/columns.h"
#include "store/detail.h"

enum copy_form {
	COPY_VALUE,  /* 64 */
	COPY_FILTER, /* ip.ttl == 64 */
	COPY_HEX,    /* 40 */
	COPY_C,      /* static const uint8_t ip_ttl[] = {0x40}; */
	COPY_JSON,   /* {"ip.ttl":64} */
	COPY_ROW,    /* the line, as it is seen */
	COPY_FORMS
};

/* "value", "key == value", "hex", "C array", "JSON", "row": for a menu. */
const char *copy_form_name(enum copy_form form);

/* Of a line of the tree, with nothing of the line cut off. NULL: it has none of that form. g_free. */
char *copy_line(struct detail *d, unsigned i, enum copy_form form);
/* Of a packet: its bytes; as JSON what `remora read -T ndjson` writes; its columns. NULL: the row
 * cannot be read. The frame is any, and holds the packet afterwards. g_free. */
char *copy_packet(struct cursor *c, struct frame *f, uint64_t row, const struct since *since,
		  const struct columns *columns, enum copy_form form);

/* "frame[14:2] == 45:00", of bytes of the packet in a detail; NULL: they are not there. g_free. */
char *filter_of_bytes(const struct detail *d, uint32_t from, uint32_t n);

enum filter_join {
	FILTER_REPLACE,
	FILTER_AND,
	FILTER_OR,
	FILTER_NOT,
	FILTER_AND_NOT,
	FILTER_OR_NOT
};
/* A filter with another one added to it. g_free. */
char *filter_joined(const char *filter, enum filter_join how, const char *more);

#endif
