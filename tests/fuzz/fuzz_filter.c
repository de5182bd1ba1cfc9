/* SPDX-License-Identifier: BSD-3-Clause */
/* Any text as a display filter: it compiles or it is refused with a caret; what compiles is run. */
#include "file/reader.h"
#include "filter/filter.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A capture of one TCP segment with options and a payload. */
static const uint8_t file[] = {
	0xd4, 0xc3, 0xb2, 0xa1, 2,    0,    4,    0,    0,    0,    0,    0,    0,    0,    0,
	0,    0xff, 0xff, 0,    0,    1,    0,    0,    0,    0x2f, 0xd2, 0x55, 0x69, 0x20, 0xa1,
	7,    0,    62,   0,    0,    0,    62,   0,    0,    0,    0xe8, 0x4d, 0x74, 0x9f, 0x61,
	0x4a, 0xd8, 0x5e, 0xd3, 0x43, 0x03, 0xeb, 0x08, 0x00, 0x45, 0x00, 0x00, 0x30, 0x00, 0x01,
	0x40, 0x00, 0x40, 0x06, 0x00, 0x00, 0xc0, 0xa8, 0x01, 0x35, 0x8e, 0xfb, 0x81, 0x8e, 0xcb,
	0x0e, 0x00, 0x50, 0x00, 0x00, 0x05, 0xe4, 0x00, 0x00, 0x00, 0x00, 0x60, 0x18, 0x0b, 0x68,
	0x00, 0x00, 0x00, 0x00, 0x02, 0x04, 0x05, 0xb4, 'G',  'E',  'T',  ' ',
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct frame *frame;
	static struct reader *reader;
	static struct packet packet;
	char *error = NULL, *text = g_strndup((const char *)data, size);

	if (frame == NULL) {
		frame = frame_new();
		reader = reader_open_memory(file, sizeof(file), 0, &error);
		if (reader == NULL || reader_next(reader, &packet) != 1)
			abort();
	}
	struct filter *filter = filter_compile(text, &error);
	if (filter != NULL) {
		frame_take(frame, reader_interfaces(reader), &packet,
			   filter_want(filter, &frame->index));
		filter_match(filter, frame);
		filter_free(filter);
	} else if (error != NULL && strchr(error, '^') == NULL) {
		abort();
	}
	g_free(error);
	g_free(text);
	return 0;
}
