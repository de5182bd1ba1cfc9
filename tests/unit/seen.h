/* SPDX-License-Identifier: BSD-3-Clause */
/* For what reasons frames have ended in a test: noted in the file that $REMORA_SEEN names, a name a
 * line. tests/stack/reasons.py wants every reason to stand in one of these files. */
#ifndef TESTS_UNIT_SEEN_H
#define TESTS_UNIT_SEEN_H

#include <remora/outcome.h>
#include <stdio.h>
#include <stdlib.h>

static inline void seen(unsigned why)
{
	static bool before[REM_REASONS];
	static FILE *notes;
	const char *name = getenv("REMORA_SEEN");
	const char *reason = rem_reason_name(why);

	if (name == NULL || reason == NULL || before[why])
		return;
	before[why] = true;
	if (notes == NULL)
		notes = fopen(name, "w");
	if (notes == NULL)
		abort();
	fprintf(notes, "%s\n", reason);
}

#endif
