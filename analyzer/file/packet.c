/* SPDX-License-Identifier: BSD-3-Clause */
/* What a packet has besides its bytes. */
#include "file/packet.h"

#include <string.h>

bool packet_next_comment(const struct packet *p, size_t *iter, const char **text, size_t *len)
{
	struct option option;

	while (option_next(&p->options, iter, &option)) {
		if (option.code != OPT_COMMENT)
			continue;
		*text = (const char *)option.value;
		*len = strnlen(*text, option.len);
		return true;
	}
	return false;
}
