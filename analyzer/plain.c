/* SPDX-License-Identifier: BSD-3-Clause */
/* Words that others chose, escaped as packet text is. */
#include "plain.h"

#include <glib.h>
#include <remora/text.h>
#include <string.h>

enum { LONGEST_ESCAPE = 4 }; /* \xff for one byte */

void print_plain(FILE *file, const char *text)
{
	for (size_t n; *text != '\0'; text += n) {
		n = strcspn(text, "\n\\");
		if (n == 0) {
			putc(*text, file);
			n = 1;
			continue;
		}
		char *safe = g_malloc(LONGEST_ESCAPE * n);
		struct rem_out out = {safe, safe + LONGEST_ESCAPE * n, false};

		rem_out_text(&out, (const uint8_t *)text, n);
		fwrite(safe, 1, (size_t)(out.p - safe), file);
		g_free(safe);
	}
}
