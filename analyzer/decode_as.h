/* SPDX-License-Identifier: BSD-3-Clause */
/* Decode As: "tcp.port==8080,http". */
#ifndef DECODE_AS_H
#define DECODE_AS_H

#include <remora/proto.h>

struct decode_as {
	enum rem_space space;
	uint32_t first, last; /* values */
	unsigned proto;
};

/* False: *error says what is wrong, and is to be freed by g_free. */
bool decode_as_parse(const char *rule, struct decode_as *out, char **error);

/* As it can be given again; g_free. */
char *decode_as_text(const struct decode_as *rule);
/* What a rule can begin with, one after the other; NULL behind the last. */
const char *decode_as_selector(unsigned i);

#endif
