/* SPDX-License-Identifier: BSD-3-Clause */
/* A second look: the format's own code reads a record through another window. */
#include "file/again.h"

#include "file/reader_impl.h"

#include <inttypes.h>
#include <stdlib.h>

struct again {
	struct reader lens; /* what it reads by is borrowed from `of`, its source is its own */
	const struct reader *of;
};

struct again *again_new(void)
{
	return calloc(1, sizeof(struct again));
}

void again_forget(struct again *a)
{
	if (a->of)
		source_close(&a->lens.source);
	a->of = NULL;
}

void again_free(struct again *a)
{
	if (!a)
		return;
	again_forget(a);
	free(a->lens.error);
	free(a);
}

const char *again_error(const struct again *a)
{
	return a->lens.error ? a->lens.error : "not enough memory";
}

/* The failure of the call before is forgotten, and so is its source, which may have it too. */
static bool look_through(struct again *a, const struct reader *of)
{
	struct reader *lens = &a->lens;

	if (a->of != of || lens->source.error_code)
		again_forget(a);
	free(lens->error);
	lens->error = NULL;
	lens->exit_code = 0;
	lens->path = of->path;
	lens->interfaces = of->interfaces;
	lens->pcap = of->pcap;
	lens->next = of->record;
	if (a->of == of)
		return true;
	a->of = of;
	if (source_open_placed(&lens->source, of->source.fd))
		return true;
	reader_fail(lens, 2, "%s", lens->source.error);
	return false;
}

bool again_packet(struct again *a, const struct reader *of, const struct reader_place *place,
		  uint64_t offset, uint64_t number, struct packet *p)
{
	struct reader *lens = &a->lens;
	int rc;

	if (!look_through(a, of))
		return false;
	lens->section = place->section;
	lens->first_interface = place->first_interface;
	lens->big_endian = place->big_endian;
	lens->packets = number - 1;
	source_seek(&lens->source, offset);
	rc = of->interfaces.format == FILE_PCAPNG ? pcapng_again(lens, p) : lens->next(lens, p);
	if (rc == 0)
		reader_fail(lens, 3, "the file ends before offset %" PRIu64 " now", offset);
	return rc > 0;
}
