/* SPDX-License-Identifier: BSD-3-Clause */
/* The few colours there are: bold for names of layers, dim for what repeats, one for what lies. */
#ifndef OUT_COLOUR_H
#define OUT_COLOUR_H

#include "out/print.h"

enum colour { COLOUR_OFF, COLOUR_NAME, COLOUR_DIM, COLOUR_WRONG };

static inline void colour(struct rem_out *o, const struct print_options *options, enum colour c)
{
	static const char *const codes[] = {"\033[0m", "\033[1m", "\033[2m", "\033[31m"};

	if (options->colour)
		rem_out_str(o, codes[c]);
}

#endif
