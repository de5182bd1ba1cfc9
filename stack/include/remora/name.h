/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Domain names: RFC 1035 3.1 (labels) and 4.1.4 (pointers), bit labels of RFC 2673, and limits
 * after RFC 9267. A name lies in a message; its pointers are offsets into that message.
 */
#ifndef REMORA_NAME_H
#define REMORA_NAME_H

#include <remora/types.h>

enum {
	REM_NAME_TEXT = 253,     /* bytes of text that the longest name has */
	REM_NAME_POINTERS = 255, /* more than a message can need: a loop */
};

/* A name as text: labels with dots between, not yet escaped for anybody's eyes. */
struct rem_name_text {
	uint32_t n;
	uint8_t p[REM_NAME_TEXT];
};

/*
 * The bytes that the name at `at` takes there, its closing zero or first pointer included. What it
 * points at is looked at only to see that the name has an end: REM_SHORT if it runs out of the
 * message, REM_FIELD for a label of no known kind. `steps` is how many labels and pointers may
 * still be walked for this message, so that many names that share a long tail stay linear: when it
 * is used up, pointers are believed, and a name of more than 128 labels is REM_LIMIT.
 */
int rem_name_take(struct rem_span message, uint32_t at, uint32_t *steps);

/* The same of plain labels alone, whatever a pointer points at. It may end behind the message. */
int rem_name_skip(struct rem_span message, uint32_t at);

/*
 * The name as text; the root is "<Root>". What has no text becomes words in angle brackets and an
 * error: REM_LOOP, REM_LIMIT (too long), REM_FIELD (a label of no known kind), REM_SHORT.
 */
int rem_name_text(struct rem_span name, struct rem_span message, struct rem_name_text *text);

/* Are the names at a and at b the same, whatever their case (RFC 4343)? One that has no end, loops or
 * has labels that are not plain is no other's. */
bool rem_name_same(struct rem_span message, uint32_t a, uint32_t b);

#endif
