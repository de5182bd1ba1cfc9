/* SPDX-License-Identifier: BSD-3-Clause */
/* "reading mixed.pcap   64 %   212 of 331 MB   468,115 packets   3.1 M/s   1 s left" */
#include "progress.h"
#include "plain.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { EVERY_US = 200000, SMALL = 32 << 20, LOOK_AGAIN = 20000, NAME_SHOWN = 40 };

void progress_begin(struct progress *p, bool quiet)
{
	*p = (struct progress){
		.on = !quiet && isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO),
		.next = LOOK_AGAIN,
		.began_us = g_get_monotonic_time(),
	};
}

/* 468115 as "468,115", into a buffer of 32. */
static const char *grouped(uint64_t v, char *buffer)
{
	char digits[24];
	const int n = snprintf(digits, sizeof(digits), "%" G_GUINT64_FORMAT, v);
	char *to = buffer;

	for (int i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			*to++ = ',';
		*to++ = digits[i];
	}
	*to = '\0';
	return buffer;
}

void progress_tell(struct progress *p, const struct reader *r, uint64_t packets)
{
	const int64_t now = g_get_monotonic_time();
	const uint64_t size = reader_size(r), done = reader_bytes(r);
	char number[32];

	p->next = packets + LOOK_AGAIN;
	if (now - p->told_us < EVERY_US || (size != 0 && size < SMALL))
		return;
	p->told_us = now;
	p->shown = true;
	const double seconds = (double)(now - p->began_us) / 1e6;
	char *name = g_path_get_basename(reader_path(r));
	if (strlen(name) > NAME_SHOWN)
		name[NAME_SHOWN] = '\0';
	fputs("\rreading ", stderr);
	print_plain(stderr, name);
	fputs("   ", stderr);
	g_free(name);
	if (size != 0)
		fprintf(stderr, "%.0f %%   %.0f of %.0f MB   ", 100.0 * (double)done / (double)size,
			(double)done / 1e6, (double)size / 1e6);
	else
		fprintf(stderr, "%.0f MB   ", (double)done / 1e6);
	fprintf(stderr, "%s packets   %.1f M/s", grouped(packets, number),
		(double)packets / seconds / 1e6);
	if (size > done && done > 0)
		fprintf(stderr, "   %.0f s left", seconds * (double)(size - done) / (double)done);
	fprintf(stderr, "\033[K");
}

void progress_end(struct progress *p)
{
	if (p->shown)
		fprintf(stderr, "\r\033[K");
}
