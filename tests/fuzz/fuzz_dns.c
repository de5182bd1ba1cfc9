/* SPDX-License-Identifier: BSD-3-Clause */
/* Any bytes as a DNS message, without the headers that would stand in a fuzzer's way; the first byte says what was cut off. */
#include "look.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct rem_slot slots[REM_INDEX_SLOTS];
	static struct rem_index index;

	if (size < 1)
		return 0;
	if (index.slot == NULL)
		rem_index_init(&index, slots, REM_INDEX_SLOTS);

	const uint32_t n = (uint32_t)size - 1;
	const struct rem_view message = {data + 1, n, n + data[0]};
	look(REM_P_DNS, message, &index);
	look(REM_P_MDNS, message, &index);
	return 0;
}
