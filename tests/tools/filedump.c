/* SPDX-License-Identifier: BSD-3-Clause */
/* Prints what the reader makes of a capture, a packet a line, texts escaped, for comparing. */
#include "file/reader.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_text(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c < ' ' || c > '~' || c == '\\' || c == ',')
			printf("\\x%02x", c);
		else
			putchar(c);
	}
}

static void print_time(const struct reader *r, const struct packet *p)
{
	int64_t s;
	int32_t ns;

	if (!packet_seconds(reader_interfaces(r), p, &s, &ns))
		return;
	/* tshark writes one sign for both, whichever of them is negative */
	printf("%s%" PRIu64 ".%09" PRIu32, s < 0 || ns < 0 ? "-" : "",
	       s < 0 ? -(uint64_t)s : (uint64_t)s, ns < 0 ? -(uint32_t)ns : (uint32_t)ns);
}

static void print_packet(const struct reader *r, const struct packet *p)
{
	const struct interface *i = p->has_interface ? reader_interface(r, p->interface) : NULL;
	const char *text;
	size_t iter = 0, len;
	uint64_t sum = 0;

	for (uint32_t k = 0; k < p->cap_len; k++)
		sum = sum * 31 + p->data[k];
	printf("%" PRIu64 "\t", p->number);
	print_time(r, p);
	printf("\t%" PRIu32 "\t%" PRIu32 "\t", p->len, p->cap_len);
	if (i)
		printf("%" PRIu32, p->interface_id);
	putchar('\t');
	if (p->section)
		printf("%" PRIu32, p->section);
	putchar('\t');
	if (i && i->name)
		print_text(i->name, strlen(i->name));
	putchar('\t');
	for (bool more = false; packet_next_comment(p, &iter, &text, &len); more = true) {
		if (more)
			putchar(',');
		print_text(text, len);
	}
	printf("\t%u\t%08" PRIx32 "\t%016" PRIx64 "\n", p->linktype, p->flags, sum);
}

int main(int argc, char **argv)
{
	struct packet p;
	char *error = NULL;
	struct reader *r;
	uint64_t packets = 0;
	bool quiet = argc > 2;
	int rc;

	if (argc < 2) {
		fputs("usage: filedump FILE [count]\n", stderr);
		return 1;
	}
	r = reader_open(argv[1], 0, &error);
	if (!r) {
		fprintf(stderr, "filedump: %s\n", error);
		free(error);
		return 2;
	}
	while ((rc = reader_next(r, &p)) > 0) {
		packets++;
		if (!quiet)
			print_packet(r, &p);
	}
	if (quiet)
		printf("%" PRIu64 "\n", packets);
	if (rc < 0)
		fprintf(stderr, "filedump: %s\n", reader_error(r));
	rc = reader_exit_code(r);
	reader_close(r);
	return rc;
}
