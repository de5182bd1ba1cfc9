/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of screens. */
#include "screen.h"

#include <stddef.h>

const struct screen *const screens[] = {
	&screen_packets,
	&screen_capture,
	NULL,
};
