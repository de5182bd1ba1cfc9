/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Every packet of small captures, cut at every byte and with every byte set to 0x00 and to 0xff,
 * each time in a heap block of its exact size, so that ASan sees one byte too far. Of the bytes of a
 * packet of more than 2 kB only each nth is tried, others by each seed, or one would take hours.
 *
 *	sweep LARGEST_FILE SEED PLACE…	a place is a capture or a folder of captures
 */
#include "file/reader.h"
#include "frame.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct frame *frame;
enum { WORK = 1 << 22 }; /* bytes that are taken apart for one packet, in each way */

static off_t largest;
static uint32_t seed;
static unsigned long files, packets, variants;

/* What is being looked at, for whoever has to look at it again. */
static struct {
	const char *path;
	uint64_t number;
	uint32_t cut;
	uint32_t byte;
	int value; /* -1: no byte was set */
} now;

static void tell(void)
{
	fprintf(stderr, "sweep: %s packet %llu, first %u bytes", now.path,
		(unsigned long long)now.number, now.cut);
	if (now.value >= 0)
		fprintf(stderr, ", byte %u set to 0x%02x", now.byte, (unsigned)now.value);
	fputc('\n', stderr);
}

static void must(bool truth, const char *what)
{
	if (truth)
		return;
	fprintf(stderr, "sweep: %s\n", what);
	tell();
	abort();
}

static void look_at_row(const struct rem_row *row)
{
	const struct rem_part *part = row->part;
	const uint64_t bit = row->bit, start = 8 * (uint64_t)part->off;
	char text[128];
	struct rem_out out = {text, text + sizeof(text), false};
	struct rem_value value;

	must(bit >= start && bit + row->bits <= start + 8 * (uint64_t)part->len,
	     "a row lies outside its part");
	if (!rem_row_value(&frame->b, row, &value))
		return;
	rem_out_value(&out, row->field, row->bits, &value);
	rem_out_meaning(&out, row, &value);
	for (const char *p = text; p < out.p; p++)
		must((unsigned char)*p >= ' ' && *p != 0x7f, "a control byte in a value's text");
}

/* A part lies within its source, behind the start of its layer; a layer within the one above. */
static void look_at_nesting(unsigned i)
{
	const struct rem_breakdown *b = &frame->b;
	const struct rem_part *part = &b->part[i], *above = rem_layer_above(b, part);
	const struct rem_part *layer = rem_part_layer(b, part);

	must(part->source < b->sources, "a part of no source");
	must(part->layer <= i, "a part in front of its layer");
	must((uint64_t)part->off + part->len <= b->source[part->source].cap,
	     "a part reaches past its source");
	must(part->source != layer->source || part->off >= layer->off,
	     "a part lies in front of its layer's bytes");
	must(above == NULL || above < layer, "a layer in front of the one that encloses it");
	must(above == NULL || above->source != layer->source || layer->off >= above->off,
	     "a layer begins in front of the one that encloses it");
}

static void look_at_everything(void)
{
	const struct rem_breakdown *b = &frame->b;
	char line[256];
	struct rem_out out = {line, line + sizeof(line), false};

	for (unsigned i = 0; i < b->parts; i++) {
		const struct rem_part *part = &b->part[i];
		struct rem_row_walk walk = {0};
		struct rem_row row;

		look_at_nesting(i);
		while (rem_row_next(b, part, &walk, &row))
			look_at_row(&row);
		if (rem_part_opens(b, part))
			rem_layer_sum(b, part);
	}
	rem_out_info(&out, b);
}

/* The first `cut` bytes of a packet, on a heap block of that size; one byte changed unless < 0. */
static void variant(const struct reader *r, const struct packet *original, uint32_t cut,
		    uint32_t byte, int value)
{
	struct packet packet = *original;
	uint8_t *bytes = malloc(cut);

	if (cut) {
		memcpy(bytes, original->data, cut);
		packet.data = bytes;
	}
	packet.cap_len = cut;
	now.cut = cut;
	now.byte = byte;
	now.value = value;
	if (value >= 0)
		bytes[byte] = (uint8_t)value;
	frame_take(frame, reader_interfaces(r), &packet, NULL);
	frame_describe(frame);
	look_at_everything();
	free(bytes);
	variants++;
}

static void sweep(const struct reader *r, const struct packet *p)
{
	const uint32_t step = (uint32_t)(1 + (uint64_t)p->cap_len * p->cap_len / WORK);

	now.number = p->number;
	packets++;
	for (uint32_t cut = seed % step; cut <= p->cap_len; cut += step)
		variant(r, p, cut, 0, -1);
	for (uint32_t byte = seed % step; byte < p->cap_len; byte += step) {
		if (p->data[byte] != 0x00)
			variant(r, p, p->cap_len, byte, 0x00);
		if (p->data[byte] != 0xff)
			variant(r, p, p->cap_len, byte, 0xff);
	}
}

static int visit(const char *path, const struct stat *status, int type, struct FTW *place)
{
	struct packet packet;
	struct reader *reader;
	char *error = NULL;

	(void)place;
	if (type != FTW_F || status->st_size > largest || strstr(path, ".pcap") == NULL)
		return 0;
	reader = reader_open(path, 0, &error);
	if (reader == NULL) {
		fprintf(stderr, "sweep: %s\n", error);
		free(error);
		return 1;
	}
	now.path = path;
	files++;
	while (reader_next(reader, &packet) == 1)
		sweep(reader, &packet);
	reader_close(reader);
	return 0;
}

int main(int argc, char **argv)
{
	int failed = argc < 4;

	largest = argc > 1 ? (off_t)strtol(argv[1], NULL, 10) : 0;
	seed = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;
	frame = frame_new();
	for (int i = 3; i < argc; i++) {
		if (nftw(argv[i], visit, 8, FTW_PHYS) < 0)
			printf("sweep: %s is missing, left out\n", argv[i]);
	}
	frame_free(frame);
	printf("sweep: %lu captures, %lu packets, %lu variants\n", files, packets, variants);
	return failed || files == 0;
}
