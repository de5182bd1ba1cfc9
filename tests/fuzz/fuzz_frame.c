/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Any bytes as a frame: decode it and look at everything there is to see. The first byte picks the link type, or from 128 on
 * the protocol to begin with; the second says how many bytes the capture cut off.
 */
#include "look.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const uint16_t linktypes[] = {1, 113, 276, 101, 0, 9, 228, 229, 108};

static unsigned first_protocol(const struct rem_index *index, uint8_t choice)
{
	if (choice >= 128)
		return (choice - 128u) % REM_P_COUNT;
	return rem_index_find(index, REM_SPACE_LINKTYPE, linktypes[choice % REM_COUNT(linktypes)]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct rem_slot slots[REM_INDEX_SLOTS];
	static struct rem_index index;

	if (size < 2)
		return 0;
	if (index.slot == NULL)
		rem_index_init(&index, slots, REM_INDEX_SLOTS);

	const uint32_t n = (uint32_t)size - 2;
	look(first_protocol(&index, data[0]), (struct rem_view){data + 2, n, n + data[1]}, &index);
	return 0;
}
