/* SPDX-License-Identifier: BSD-3-Clause */
/* Transfers over gSPI, and through it over the chip's backplane. */
#include "radio.h"

enum { WINDOW_UNKNOWN = 1, DELAY = 4 /* bytes of junk in front of what function 1 answers */ };

static uint32_t field(uint32_t handle, uint32_t value)
{
	return value << (32 - REM_OFF(handle) - REM_WIDTH(handle));
}

static uint32_t command(const struct rem_cyw *cyw, bool writes, uint32_t function, uint32_t at,
			uint32_t n)
{
	const uint32_t c = field(REM_GSPI_WRITE, writes) | field(REM_GSPI_INCREMENT, 1) |
			   field(REM_GSPI_FUNCTION, function) | field(REM_GSPI_ADDRESS, at) |
			   field(REM_GSPI_LENGTH, n);

	return cyw->words_32 ? c : rem_gspi_halves(c);
}

static bool went_well(struct rem_cyw *cyw, int result)
{
	if (result != 0)
		rem_cyw_fail(cyw, REM_CYW_FAULT_BUS);
	return result == 0;
}

/* After a failure nothing is transferred: the window may not be where it should be. */
static bool read(struct rem_cyw *cyw, uint32_t function, uint32_t at, uint8_t *p, uint32_t n)
{
	const uint32_t delay = function == REM_GSPI_BACKPLANE ? DELAY : 0;

	if (cyw->broken)
		return false;
	return went_well(cyw, cyw->bus->ops->read(cyw->bus, command(cyw, false, function, at, n), p,
						  (delay + n + 3) / 4));
}

static bool write(struct rem_cyw *cyw, uint32_t function, uint32_t at, const uint8_t *p, uint32_t n)
{
	if (cyw->broken)
		return false;
	return went_well(cyw, cyw->bus->ops->write(cyw->bus, command(cyw, true, function, at, n), p,
						   (n + 3) / 4));
}

/* Moves the window to where `at` is, by those of its three bytes that change. */
static void move_window(struct rem_cyw *cyw, uint32_t at)
{
	const uint32_t window = at & ~(uint32_t)(REM_GSPI_WINDOW - 1);
	const uint32_t change = cyw->window == WINDOW_UNKNOWN ? UINT32_MAX : window ^ cyw->window;

	for (unsigned i = 0; i < 3; i++) {
		const unsigned shift = 8 * i + 8;
		if ((change >> shift & 0xff) != 0)
			rem_cyw_put(cyw, DIRECT, REM_GSPI_WINDOW_LOW + i, 1,
				    window >> shift & 0xff);
	}
	cyw->window = window;
}

static uint32_t in_window(uint32_t at)
{
	return (at & (REM_GSPI_WINDOW - 1)) | REM_GSPI_IN_WINDOW;
}

uint32_t rem_cyw_get(struct rem_cyw *cyw, unsigned where, uint32_t at, unsigned bytes)
{
	_Alignas(4) uint8_t p[DELAY + 4] = {0};

	if (where == MEMORY) {
		move_window(cyw, at);
		at = in_window(at);
	}
	read(cyw, where == BUS ? REM_GSPI_BUS : REM_GSPI_BACKPLANE, at, p, bytes);
	const uint32_t word = rem_get(where == BUS ? p : p + DELAY, REM_LE(0, 32));
	if (!cyw->words_32)
		return rem_gspi_halves(word);
	return bytes == 4 ? word : word & ((1u << 8 * bytes) - 1); /* above them there is junk */
}

void rem_cyw_put(struct rem_cyw *cyw, unsigned where, uint32_t at, unsigned bytes, uint32_t value)
{
	_Alignas(4) uint8_t p[4];

	if (where == MEMORY) {
		move_window(cyw, at);
		at = in_window(at);
	}
	rem_put(p, REM_LE(0, 32), cyw->words_32 ? value : rem_gspi_halves(value));
	write(cyw, where == BUS ? REM_GSPI_BUS : REM_GSPI_BACKPLANE, at, p, bytes);
}

const uint8_t *rem_cyw_read_memory(struct rem_cyw *cyw, uint32_t at, uint32_t n)
{
	move_window(cyw, at);
	read(cyw, REM_GSPI_BACKPLANE, in_window(at), cyw->work, n);
	return cyw->work + DELAY;
}

void rem_cyw_write_memory(struct rem_cyw *cyw, uint32_t at, const uint8_t *p, uint32_t n)
{
	move_window(cyw, at);
	write(cyw, REM_GSPI_BACKPLANE, in_window(at), p, n);
}

bool rem_cyw_read_frame(struct rem_cyw *cyw, uint8_t *p, uint32_t n)
{
	return read(cyw, REM_GSPI_WLAN, 0, p, n);
}

bool rem_cyw_write_frame(struct rem_cyw *cyw, const uint8_t *p, uint32_t n)
{
	return write(cyw, REM_GSPI_WLAN, 0, p, n);
}

void rem_cyw_bus_begin(struct rem_cyw *cyw)
{
	cyw->window = WINDOW_UNKNOWN;
	cyw->words_32 = false;
}

uint32_t rem_cyw_test(struct rem_cyw *cyw)
{
	return rem_cyw_get(cyw, BUS, REM_GSPI_TEST_RO, 4);
}
