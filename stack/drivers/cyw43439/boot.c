/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * From the switch to a firmware that takes frames: a list of steps, one for each call of rem_cyw_poll. The times are
 * what silicon was seen to need, several times over.
 */
#include "radio.h"

#include <string.h>

enum {
	POWER,  /* on */
	PUT,
	READ,   /* and look away: a write behind it has arrived then */
	EQUALS, /* read until it is `value`, for `ms`; else it is a fault… */
	HAS,    /* …until all of these bits are 1… */
	LACKS,  /* …or 0 */
	UNLESS, /* leave out 4 steps if these bits are 1 */
	WORDS,  /* from here on the bus carries words of 32 bits */
	LOAD,   /* memory */
	CHECK,  /* what has been loaded */
	END,
};

struct rem_cyw_step {
	uint32_t at, value;
	unsigned op : 4, where : 2, bytes : 3, fault : 4;
	unsigned ms : 10; /* to wait, at most or afterwards */
};

enum {
	CHIPCOMMON = 0x18000000,
	CHIP_ID = 0xa9af, /* 43439 */
	SDIO = 0x18002000,
	SDIO_HOST_MASK = SDIO + 0x24,
	SOCSRAM = 0x18004000,
	BANK_INDEX = SOCSRAM + 0x10,
	BANK_PDA = SOCSRAM + 0x44,

	WRAPPER = 0x100000, /* a core's switches are so far behind it… */
	ARM_SWITCHES = 0x18003000 + WRAPPER,
	SOCSRAM_SWITCHES = SOCSRAM + WRAPPER,
	IO_CONTROL = 0x408, /* …at these places */
	RESET_CONTROL = 0x800,
	CLOCK_ON = 1,
	CLOCK_FORCED = 2,
	RESET = 1,

	/* BUS_CTRL, RESPONSE_DELAY 4, an interrupt with the status, which itself is not asked for. */
	BUS_SETTING = 0x00020400 | REM_GSPI_WORD_32 | REM_GSPI_HIGH_SPEED | REM_GSPI_IRQ_HIGH |
		      REM_GSPI_WAKE,
	STALE_INTERRUPTS = REM_GSPI_DATA_UNAVAILABLE | REM_GSPI_COMMAND_ERROR |
			   REM_GSPI_DATA_ERROR | REM_GSPI_F1_OVERFLOW,
	INTERRUPTS = REM_GSPI_UNDERFLOW | REM_GSPI_OVERFLOW | REM_GSPI_COMMAND_ERROR |
		     REM_GSPI_DATA_ERROR | REM_GSPI_PACKET | REM_GSPI_F1_OVERFLOW,
	PIECES = 16, /* loaded in one call */
	OFF_MS = 40, /* without power: 20 is enough, but what is now may be half as long ago */
};

#define TEST_PATTERN 0x12345678u

/* clang-format off */
#define SET(where, at, bytes, value) {at, value, PUT, where, bytes, 0, 0}
#define SET_WAIT(where, at, bytes, value, ms) {at, value, PUT, where, bytes, 0, ms}
#define GLANCE(where, at, ms) {at, 0, READ, where, 1, 0, ms}
#define EXPECT(where, at, bytes, how, value, ms, fault) {at, value, how, where, bytes, REM_CYW_FAULT_##fault, ms}

#define CORE_OFF(switches) \
	GLANCE(MEMORY, (switches) + RESET_CONTROL, 0), \
	{(switches) + RESET_CONTROL, RESET, UNLESS, MEMORY, 1, 0, 0}, \
	SET(MEMORY, (switches) + IO_CONTROL, 1, 0), \
	GLANCE(MEMORY, (switches) + IO_CONTROL, 1), \
	SET(MEMORY, (switches) + RESET_CONTROL, 1, RESET), \
	GLANCE(MEMORY, (switches) + RESET_CONTROL, 0)
#define CORE_ON(switches) \
	SET(MEMORY, (switches) + IO_CONTROL, 1, CLOCK_FORCED | CLOCK_ON), \
	GLANCE(MEMORY, (switches) + IO_CONTROL, 0), \
	SET_WAIT(MEMORY, (switches) + RESET_CONTROL, 1, 0, 1), \
	SET(MEMORY, (switches) + IO_CONTROL, 1, CLOCK_ON), \
	GLANCE(MEMORY, (switches) + IO_CONTROL, 1)

static const struct rem_cyw_step steps[] = {
	{.op = POWER, .ms = 250},
	/* The first reads after power-up give junk. */
	EXPECT(BUS, REM_GSPI_TEST_RO, 4, EQUALS, REM_GSPI_TEST_WORD, 128, BUS),
	SET(BUS, REM_GSPI_TEST_RW, 4, TEST_PATTERN),
	EXPECT(BUS, REM_GSPI_TEST_RW, 4, EQUALS, TEST_PATTERN, 0, BUS),
	SET(BUS, REM_GSPI_BUS_CTRL, 4, BUS_SETTING),
	{.op = WORDS},
	EXPECT(BUS, REM_GSPI_TEST_RO, 4, EQUALS, REM_GSPI_TEST_WORD, 0, BUS),
	SET(BUS, REM_GSPI_RESPONSE_DELAY_F1, 1, 4),
	SET(BUS, REM_GSPI_INTERRUPT, 2, STALE_INTERRUPTS),
	SET(BUS, REM_GSPI_INTERRUPT_ENABLE, 2, INTERRUPTS),

	/* The slow clock suffices for what the host does to the chip. */
	SET(DIRECT, REM_GSPI_CLOCK, 1, REM_GSPI_ALP_REQUEST),
	EXPECT(DIRECT, REM_GSPI_CLOCK, 1, HAS, REM_GSPI_ALP_AVAILABLE, 100, CLOCK),
	SET(DIRECT, REM_GSPI_CLOCK, 1, 0),
	EXPECT(MEMORY, CHIPCOMMON, 2, EQUALS, CHIP_ID, 0, CHIP),

	/* The processor stops, its memory comes on, and takes the image. */
	CORE_OFF(ARM_SWITCHES),
	CORE_OFF(SOCSRAM_SWITCHES),
	CORE_ON(SOCSRAM_SWITCHES),
	SET(MEMORY, BANK_INDEX, 4, 3),
	SET(MEMORY, BANK_PDA, 4, 0),
	{.op = LOAD},
	{.op = CHECK},

	/* The firmware runs; it wants the fast clock, then opens its ear. */
	CORE_ON(ARM_SWITCHES),
	EXPECT(MEMORY, ARM_SWITCHES + IO_CONTROL, 1, HAS, CLOCK_ON, 0, CORE),
	EXPECT(MEMORY, ARM_SWITCHES + IO_CONTROL, 1, LACKS, CLOCK_FORCED, 0, CORE),
	EXPECT(MEMORY, ARM_SWITCHES + RESET_CONTROL, 1, LACKS, RESET, 0, CORE),
	EXPECT(DIRECT, REM_GSPI_CLOCK, 1, HAS, REM_GSPI_HT_AVAILABLE, 250, CLOCK),
	SET(MEMORY, SDIO_HOST_MASK, 4, 0xf0),
	SET(DIRECT, REM_GSPI_F2_WATERMARK, 1, 32),
	EXPECT(BUS, REM_GSPI_STATUS, 4, HAS, REM_GSPI_STATUS_READY, 1000, START),
	SET(DIRECT, REM_GSPI_PULL_UPS, 1, 0),
	GLANCE(DIRECT, REM_GSPI_PULL_UPS, 0),
	SET(BUS, REM_GSPI_INTERRUPT, 2, REM_GSPI_DATA_UNAVAILABLE), /* it always is, once */
	{.op = END},
};
/* clang-format on */

void rem_cyw_boot_begin(struct rem_cyw *cyw, rem_time wait)
{
	cyw->bus->ops->power(cyw->bus, false);
	cyw->state = REM_CYW_STARTING;
	cyw->listening = cyw->more = cyw->broken = false;
	cyw->request = NULL;
	cyw->step = steps;
	cyw->until = 0;
	cyw->due = cyw->now + (wait > MS(OFF_MS) ? wait : MS(OFF_MS));
	rem_cyw_bus_begin(cyw);
}

static void next(struct rem_cyw *cyw, unsigned by, unsigned ms)
{
	cyw->due = cyw->now + MS(ms);
	cyw->step += by;
	cyw->until = 0;
	rem_cyw_image_begin(cyw);
}

/* Reads a register until it is as it should be. */
static void expect(struct rem_cyw *cyw, const struct rem_cyw_step *s)
{
	const uint32_t v = rem_cyw_get(cyw, s->where, s->at, s->bytes);
	const uint32_t wrong = s->op == EQUALS ? v ^ s->value
			       : s->op == HAS  ? ~v & s->value
					       : v & s->value;

	if (cyw->until == 0)
		cyw->until = cyw->now + MS(s->ms);
	if (wrong == 0)
		next(cyw, 1, 0);
	else if (cyw->now >= cyw->until)
		rem_cyw_fail(cyw, (enum rem_cyw_fault)s->fault);
	else
		cyw->due = cyw->now + MS(1);
}

/* Some more of the image: written, or compared with what is there. */
static void load(struct rem_cyw *cyw, bool check)
{
	uint8_t *piece = cyw->work + 2 * PIECE; /* behind what is read from the chip */

	for (unsigned i = 0; i < PIECES && !cyw->broken; i++) {
		uint32_t at;
		const uint32_t n = rem_cyw_image_piece(cyw, &at, piece);
		if (n == 0) {
			next(cyw, 1, 0);
			return;
		}
		if (!check)
			rem_cyw_write_memory(cyw, at, piece, n);
		else if (memcmp(rem_cyw_read_memory(cyw, at, n), piece, n) != 0)
			rem_cyw_fail(cyw, REM_CYW_FAULT_MEMORY);
	}
}

void rem_cyw_boot(struct rem_cyw *cyw)
{
	const struct rem_cyw_step *s = cyw->step;
	unsigned by = 1;

	switch (s->op) {
	case EQUALS:
	case HAS:
	case LACKS: expect(cyw, s); return;
	case LOAD: load(cyw, false); return;
	case CHECK: load(cyw, true); return;
	case END:
		cyw->step = NULL;
		rem_cyw_frames_begin(cyw);
		rem_cyw_setup(cyw);
		return;
	case POWER: cyw->bus->ops->power(cyw->bus, true); break;
	case PUT: rem_cyw_put(cyw, s->where, s->at, s->bytes, s->value); break;
	case WORDS: cyw->words_32 = true; break;
	default: /* READ, UNLESS */
		if ((rem_cyw_get(cyw, s->where, s->at, s->bytes) & s->value) != 0)
			by += 4;
		break;
	}
	next(cyw, by, s->ms);
}
