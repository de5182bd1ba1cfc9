/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the chip's memory holds when its processor starts: the firmware at its beginning; at its end the
 * parameters of the board, strings with a zero behind each and one more behind all, and a last word that
 * says in two ways how long they are.
 */
#include "radio.h"

#include <string.h>

/* The parameters as text: one to a line or with a zero behind, lines of # are comments. The next
 * character for the chip; -1: there is no more. */
static int next_character(struct rem_cyw *cyw)
{
	const struct rem_span text = cyw->image.nvram;

	while (cyw->text.at < text.n) {
		const uint8_t c = text.p[cyw->text.at++];
		if (c == '\n' || c == '\0') {
			const bool begun = cyw->text.begun;
			cyw->text.begun = cyw->text.comment = false;
			if (begun)
				return 0;
		} else if (cyw->text.comment || c == '\r') {
			continue;
		} else if (!cyw->text.begun && c == '#') {
			cyw->text.comment = true;
		} else if (cyw->text.begun || (c != ' ' && c != '\t')) {
			cyw->text.begun = true;
			return c;
		}
	}
	const int last = cyw->text.begun ? 0 : -1; /* the last line may lack its end */
	cyw->text.begun = false;
	return last;
}

static void begin_text(struct rem_cyw *cyw)
{
	cyw->text.at = 0;
	cyw->text.begun = cyw->text.comment = false;
}

int rem_cyw_image_fits(struct rem_cyw *cyw)
{
	uint32_t n = 1; /* the zero behind all */

	if (cyw->image.firmware.n == 0 || cyw->image.clm.n == 0 || cyw->image.nvram.n == 0 ||
	    cyw->image.firmware.n > RAM_BYTES || cyw->image.nvram.n > RAM_BYTES)
		return REM_LENGTH;
	begin_text(cyw);
	while (next_character(cyw) >= 0)
		n++;
	cyw->nvram = (n + 3) & ~3u;
	return cyw->image.firmware.n + cyw->nvram + 4 + 3 > RAM_BYTES ? REM_LENGTH : REM_OK;
}

void rem_cyw_image_begin(struct rem_cyw *cyw)
{
	cyw->at = 0;
	begin_text(cyw);
}

uint32_t rem_cyw_image_piece(struct rem_cyw *cyw, uint32_t *at, uint8_t p[PIECE])
{
	const struct rem_span firmware = cyw->image.firmware;
	const uint32_t text = RAM_BYTES - 4 - cyw->nvram;
	uint32_t n = 0;

	memset(p, 0, PIECE);
	*at = cyw->at;
	if (cyw->at < firmware.n) {
		n = firmware.n - cyw->at < PIECE ? firmware.n - cyw->at : PIECE;
		memcpy(p, firmware.p + cyw->at, n);
		cyw->at = cyw->at + n < firmware.n ? cyw->at + n : text;
		return (n + 3) & ~3u;
	}
	if (cyw->at == RAM_BYTES)
		return 0;
	/* A piece must not cross a window, and text may begin anywhere: it ends where PIECE does. */
	const uint32_t end = (cyw->at | (PIECE - 1)) + 1;
	for (; cyw->at < end; cyw->at += 4, n += 4) {
		if (cyw->at == RAM_BYTES - 4) {
			const uint32_t words = cyw->nvram / 4;
			rem_cyw_write_field(p + n, REM_LE(0, 32), ~words << 16 | words);
			continue;
		}
		for (unsigned i = 0; i < 4; i++) {
			const int c = next_character(cyw);
			p[n + i] = (uint8_t)(c > 0 ? c : 0);
		}
	}
	return n;
}
