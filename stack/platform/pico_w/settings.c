/* SPDX-License-Identifier: BSD-3-Clause */
/* Settings in the last sector of flash: a word that says so, the length, the bytes and their sum. */
#include <hardware/flash.h>
#include <hardware/sync.h>
#include <remora/pico_w.h>
#include <remora/sum.h>
#include <string.h>

#define PLACE (PICO_FLASH_SIZE_BYTES - FLASH_SECTOR_SIZE)
#define MARK  0x616d6572u

enum { HEAD = 8, PAGE = FLASH_PAGE_SIZE }; /* the mark, the length and the sum, two bytes each */

static const uint8_t *saved(void)
{
	return (const uint8_t *)(uintptr_t)(XIP_BASE + PLACE);
}

uint32_t rem_pico_w_load(uint8_t *p, uint32_t n)
{
	const uint8_t *s = saved();
	uint32_t mark;
	uint16_t length, sum;

	memcpy(&mark, s, 4);
	memcpy(&length, s + 4, 2);
	memcpy(&sum, s + 6, 2);
	if (mark != MARK || length > REM_PICO_W_SAVED || length > n ||
	    sum != (uint16_t)rem_sum(s + HEAD, length))
		return 0;
	memcpy(p, s + HEAD, length);
	return length;
}

int rem_pico_w_save(const uint8_t *p, uint32_t n)
{
	const uint32_t mark = MARK;
	const uint16_t length = (uint16_t)n;
	uint8_t page[PAGE];

	if (n > REM_PICO_W_SAVED)
		return REM_LENGTH;
	memset(page, 0xff, sizeof(page));
	if (n > 0)
		memcpy(page + HEAD, p, n);
	const uint16_t sum = (uint16_t)rem_sum(page + HEAD, n);
	memcpy(page, &mark, 4);
	memcpy(page + 4, &length, 2);
	memcpy(page + 6, &sum, 2);

	/* Nothing may run from flash meanwhile. */
	const uint32_t state = save_and_disable_interrupts();
	flash_range_erase(PLACE, FLASH_SECTOR_SIZE);
	flash_range_program(PLACE, page, PAGE);
	restore_interrupts(state);
	return memcmp(saved(), page, PAGE) == 0 ? 0 : REM_STATE;
}
