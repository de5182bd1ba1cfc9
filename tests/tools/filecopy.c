/* SPDX-License-Identifier: BSD-3-Clause */
/* Copies a capture through the reader and the writer, for tests to compare the two. */
#include "file/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int complain(const char *what)
{
	fprintf(stderr, "filecopy: %s\n", what);
	return 2;
}

int main(int argc, char **argv)
{
	enum writer_format format = WRITER_AUTO;
	char *error = NULL;
	struct packet p;
	struct reader *r;
	struct writer *w;
	int rc;

	if (argc < 3 || (argc > 3 && !writer_format_named(argv[3], &format)))
		return complain("usage: filecopy FROM TO [pcap|nspcap|pcapng]");
	r = reader_open(argv[1], 0, &error);
	w = r ? writer_open(argv[2], format, r, &error) : NULL;
	if (!w)
		return complain(error);
	while ((rc = reader_next(r, &p)) > 0)
		if (writer_put(w, &p) < 0)
			break;
	if (rc < 0)
		complain(reader_error(r));
	if (writer_close(w, &error) < 0)
		rc = complain(error);
	free(error);
	reader_close(r);
	return rc < 0 ? 3 : rc;
}
