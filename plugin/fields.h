/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rows of all tables as Wireshark's fields: remora.<key>. */
#ifndef FIELDS_H
#define FIELDS_H

#include "compat.h"

#include <remora/remora.h>

/* How a row becomes a field. */
struct row_field {
	int hf;           /* -1: the row has no key */
	uint8_t shift;    /* of a field with a mask: the lowest bit that is the row's */
	bool masked;      /* Wireshark takes the row's bits from the bytes around them */
	bool wide;        /* an integer that Wireshark keeps in 64 bits */
	bool is_signed;   /* an integer that Wireshark takes for signed, whatever the row's type is */
	bool text;        /* shown as text, whatever the row's type is */
};

/* Registers a protocol for each of ours, and a field for each row with a key. */
void fields_register(void);
/* The protocol remora.<key>; -1: one that has no bytes in frames. */
int fields_protocol(unsigned proto);
const struct row_field *fields_row(unsigned proto, unsigned table, unsigned row);

#endif
