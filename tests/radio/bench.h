/* SPDX-License-Identifier: BSD-3-Clause */
/* A driver on a model of its chip, images of the right size, and the loop that an application has. */
#ifndef RADIO_BENCH_H
#define RADIO_BENCH_H

#include "model.h"

#include <stdio.h>
#include <string.h>

enum { FIRMWARE_BYTES = 230321, CLM_BYTES = 984, BENCH_ROOM = 1600 };

struct bench {
	struct model model;
	struct rem_cyw cyw;
	struct rem_cyw_images images;
	_Alignas(4) uint8_t buffer[REM_CYW_HEADROOM + BENCH_ROOM];
	uint8_t firmware[FIRMWARE_BYTES], clm[CLM_BYTES];
	unsigned frames; /* received… */
	uint8_t last[BENCH_ROOM];
	int last_bytes; /* …and the last of them */
};

static const char bench_nvram[] =
	"# parameters of a board that is made up\n"
	"NVRAMRev=$Rev$\r\nmanfid=0x2d0\n\nboardrev=0x1101\n  boardflags=0x00404201\n"
	"# the end lacks its newline\nmuxenab=0x1";

static inline struct rem_span bench_span(const char *text)
{
	return (struct rem_span){(const uint8_t *)text, (uint32_t)strlen(text)};
}

static inline void bench_init(struct bench *b)
{
	static const char text[] =
		"NVRAMRev=$Rev$\nmanfid=0x2d0\nboardrev=0x1101\nboardflags=0x00404201\nmuxenab=0x1";
	struct rem_cyw_images expect;

	memset(b, 0, sizeof(*b));
	for (uint32_t i = 0; i < FIRMWARE_BYTES; i++)
		b->firmware[i] = (uint8_t)(i * 2654435761u >> 13);
	for (uint32_t i = 0; i < CLM_BYTES; i++)
		b->clm[i] = (uint8_t)(i * 40503u >> 7);
	b->images = (struct rem_cyw_images){
		{b->firmware, FIRMWARE_BYTES}, {b->clm, CLM_BYTES}, bench_span(bench_nvram)};
	expect = b->images;
	expect.nvram = bench_span(text);
	model_init(&b->model, &expect);
	rem_cyw_init(&b->cyw, &b->model.bus, &b->images, "DE");
}

/* What an application does, once; the time by which there is something to do again. */
static inline rem_time bench_turn(struct bench *b)
{
	uint8_t *p = b->buffer + b->cyw.nic.headroom;
	const uint32_t room = BENCH_ROOM;
	rem_time due;
	int n;

	do {
		while ((n = b->cyw.nic.ops->receive(&b->cyw.nic, p, room)) != 0) {
			if (n > 0) {
				memcpy(b->last, p, (size_t)n);
				b->last_bytes = n;
				b->frames++;
			}
		}
		due = rem_cyw_poll(&b->cyw, b->model.now);
	} while (due <= b->model.now);
	return due;
}

/* Until `state`, or so many ms. */
static inline void bench_run(struct bench *b, int state, unsigned ms)
{
	const rem_time end = b->model.now + (rem_time)ms * 1000;

	while (b->model.now < end) {
		rem_time next = bench_turn(b);
		if ((int)b->cyw.state == state)
			return;
		const rem_time other = model_next(&b->model);
		next = other < next ? other : next;
		if (b->model.bus.ops->interrupt(&b->model.bus))
			next = b->model.now + 100; /* what wakes the processor */
		next = next < end ? next : end;
		b->model.now = next > b->model.now ? next : b->model.now + 1;
	}
}

static inline void bench_join(struct bench *b)
{
	rem_cyw_start(&b->cyw);
	rem_cyw_join(&b->cyw, bench_span("shark"), bench_span("remora43"));
	bench_run(b, REM_CYW_UP, 5000);
}

#endif
