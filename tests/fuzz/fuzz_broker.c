/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Any messages to the broker, from one that a packet has taken over: what comes to be done is what
 * may be done. An input is a row of messages; the first byte of each says how long it is.
 */
#include "guard/broker_impl.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned made, removed, temporaries;

static void must(bool good)
{
	if (!good)
		abort();
}

static bool is_text(const char *text, size_t size)
{
	return text[0] != '\0' && memchr(text, '\0', size) != NULL;
}

static int capture(const struct capture_request *q, int fds[BROKER_DESCRIPTORS])
{
	must(capture_request_is_good(q) && q->sandbox);
	fds[0] = fds[1] = -1;
	return 0;
}

static int make_file(const char *path, const struct broker_options *o, int fds[BROKER_DESCRIPTORS])
{
	must(o->sandbox);
	if (o->ring)
		must(strncmp(path, "ring_", 5) == 0 && strlen(path) > 20);
	else
		must(made == 0 && *path == '\0');
	fds[0] = fds[1] = -1;
	return made++ % 7 == 3 ? ENOSPC : 0;
}

static int remove_file(const char *path)
{
	const bool in_ring = strncmp(path, "ring_", 5) == 0;

	must(in_ring || strcmp(path, "temporary") == 0);
	removed += in_ring;
	must(removed < made || !in_ring);
	return 0;
}

static int save(const char *path, bool replace, int *fd)
{
	must(is_text(path, BROKER_PATH));
	*fd = -1;
	return replace ? 0 : EEXIST;
}

static int load(const char *path, int fds[BROKER_DESCRIPTORS])
{
	must(is_text(path, BROKER_PATH) && fds[0] == -1 && fds[1] == -1);
	return ENOEXEC;
}

static int names(const char *path, char found[BROKER_PATH])
{
	must(is_text(path, BROKER_PATH));
	strcpy(found, "a\n");
	return 0;
}

static int devices(int *fd)
{
	*fd = -1;
	return ENOMEM;
}

static int temporary(char path[BROKER_PATH], int *fd)
{
	strcpy(path, "temporary");
	*fd = -1;
	return temporaries++ % 5 == 2 ? ENOSPC : 0;
}

static int wireshark(const char *path)
{
	must(temporaries > 0 && strcmp(path, "temporary") == 0);
	return temporaries % 2 == 0 ? ENOENT : 0;
}

/* A message whose beginning, path and request are the input's, and so much of it as that says. */
static size_t message(struct broker_request *q, const uint8_t **data, size_t *size)
{
	enum { NUMBERS = offsetof(struct broker_request, capture.snaplen) };
	static const size_t lengths[] = {sizeof(*q), 0, 1, sizeof(*q) - 1};
	const size_t n = *size < 64 ? *size : 64;
	uint8_t bytes[64] = {0};

	memcpy(bytes, *data, n);
	*data += n;
	*size -= n;
	memset(q, bytes[1], sizeof(*q));
	q->kind = bytes[2];
	memcpy(q->path, bytes + 3, 16);
	memcpy(q->capture.interface, bytes + 19, 16);
	memcpy(q->capture.filter, bytes + 35, 8);
	memcpy(q->capture.linktype, bytes + 43, 4);
	memcpy((uint8_t *)q + NUMBERS, bytes + 47, sizeof(*q) - NUMBERS);
	return lengths[bytes[0] < 4 ? bytes[0] : 0];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct broker_deeds deeds = {capture, make_file, remove_file, save,    load,
						  names,   devices,   temporary,   wireshark};
	static struct broker_request q;
	static struct broker_answer answer;
	struct broker_state s = {.options = {.file = "ring.pcapng", .ring = true, .sandbox = true},
				 .deeds = &deeds};
	int fds[BROKER_DESCRIPTORS];

	made = removed = temporaries = 0;
	if (size > 0 && data[0] == 0xff)
		s.options = (struct broker_options){.sandbox = true};
	while (size > 0) {
		const size_t n = message(&q, &data, &size);

		if (!broker_handle(&s, &q, n, &answer, fds))
			break;
		must(memchr(answer.path, '\0', sizeof(answer.path)) != NULL);
	}
	broker_forget_all(&s);
	must(removed <= made);
	return 0;
}
