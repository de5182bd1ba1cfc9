/* SPDX-License-Identifier: BSD-3-Clause */
/* Fields of whole bytes by their handles, without a copy of the code for each. */
#include "radio.h"

static uint32_t place(uint32_t handle, uint32_t i)
{
	const uint32_t last = REM_WIDTH(handle) / 8 - 1;

	return REM_OFF(handle) / 8 + (REM_IS_LE(handle) ? last - i : i);
}

uint32_t rem_cyw_field(const uint8_t *p, uint32_t handle)
{
	uint32_t value = 0;

	for (uint32_t i = 0; i < REM_WIDTH(handle) / 8; i++)
		value = value << 8 | p[place(handle, i)];
	return value;
}

void rem_cyw_write_field(uint8_t *p, uint32_t handle, uint32_t value)
{
	for (uint32_t i = REM_WIDTH(handle) / 8; i-- > 0; value >>= 8)
		p[place(handle, i)] = (uint8_t)value;
}
