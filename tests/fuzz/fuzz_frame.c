/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Any bytes as a frame: decode it and look at everything there is to see. The first byte picks the link type, the second
 * says how many bytes the capture cut off.
 */
#include "look.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const uint16_t linktypes[] = {1, 113, 276, 101, 0, 9, 228, 229, 108};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct rem_slot slots[REM_INDEX_SLOTS];
	static struct rem_index index;

	if (size < 2)
		return 0;
	if (index.slot == NULL)
		rem_index_init(&index, slots, REM_INDEX_SLOTS, NULL);

	const unsigned linktype = linktypes[data[0] % REM_COUNT(linktypes)];
	const uint32_t n = (uint32_t)size - 2;
	look(rem_index_find(&index, REM_SPACE_LINKTYPE, linktype),
	     (struct rem_view){data + 2, n, n + data[1]}, &index);
	return 0;
}
