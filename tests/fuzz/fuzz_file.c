/* SPDX-License-Identifier: BSD-3-Clause */
/* Fuzzes the capture reader and writer: however the bytes come, they are the same packets. */
#include "file/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct outcome {
	uint64_t packets, sum;
	int exit_code;
};

static void add(struct outcome *o, const void *p, size_t n)
{
	const uint8_t *bytes = p;

	for (size_t i = 0; i < n; i++)
		o->sum = (o->sum ^ bytes[i]) * 0x100000001b3;
}

static void add_packet(struct outcome *o, const struct reader *r, const struct packet *p)
{
	const struct interface *i = reader_interface(r, p->interface);
	const char *text;
	size_t iter = 0, len;
	int64_t seconds;
	int32_t ns;

	o->packets++;
	add(o, &p->time_ns, sizeof p->time_ns);
	add(o, &p->len, sizeof p->len);
	add(o, p->data, p->cap_len);
	while (packet_next_comment(p, &iter, &text, &len))
		add(o, text, len);
	if (packet_seconds(reader_interfaces(r), p, &seconds, &ns))
		add(o, &seconds, sizeof seconds);
	if (p->has_interface && (!i || i->linktype != p->linktype || i->section != p->section))
		abort();
}

static void add_blocks(struct outcome *o, const struct reader *r)
{
	const struct block *b;

	for (uint32_t i = 0; (b = reader_block(r, i)); i++) {
		struct option_bytes options = block_options(b);
		struct name_iter names = {0, 0};
		struct resolved_name name;
		struct option option;
		size_t iter = 0;

		while (option_next(&options, &iter, &option))
			add(o, option.value, option.len);
		while (block_next_name(b, &names, &name))
			add(o, name.name, strlen(name.name));
	}
}

static struct outcome read_all(const uint8_t *data, size_t size, size_t window, const char *copy_as)
{
	struct outcome o = {0, 0, 2};
	char *error = NULL;
	struct reader *r = reader_open_memory(data, size, window, &error);
	enum writer_format format = WRITER_AUTO;
	struct writer *w = NULL;
	struct packet p;

	if (!r) {
		free(error);
		return o;
	}
	if (copy_as && writer_format_named(copy_as, &format))
		w = writer_open("/dev/null", format, r, &error);
	while (reader_next(r, &p) > 0) {
		add_packet(&o, r, &p);
		if (w)
			writer_put(w, &p);
	}
	add_blocks(&o, r);
	if (w && writer_close(w, &error) < 0)
		free(error);
	o.exit_code = reader_exit_code(r);
	if ((o.exit_code != 0) != (reader_error(r) != NULL))
		abort();
	reader_close(r);
	return o;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct outcome whole = read_all(data, size, 0, "pcapng");
	struct outcome streamed = read_all(data, size, 32, "pcap");

	if (whole.packets != streamed.packets || whole.sum != streamed.sum ||
	    whole.exit_code != streamed.exit_code)
		abort();
	return 0;
}
