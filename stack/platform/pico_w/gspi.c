/* SPDX-License-Identifier: BSD-3-Clause */
/* gSPI by the PIO and DMA: RP2040 datasheet, sections 3.2 to 3.4 and 2.5. */
#include <hardware/dma.h>
#include <hardware/gpio.h>
#include <hardware/irq.h>
#include <hardware/pio.h>
#include <hardware/pio_instructions.h>
#include <hardware/sync.h>
#include <hardware/timer.h>
#include <remora/pico_w.h>

enum {
	POWER = 23,  /* WL_REG_ON */
	DATA = 24,   /* out and in, and between transfers the radio's interrupt */
	SELECT = 25, /* active low */
	CLOCK = 29,
};

enum {
	HALF = 2,            /* system clocks for half a bit: 31 MHz at 125 MHz */
	LENGTH = 9,          /* instructions */
	US_PER_WORD = 10,    /* at most, by far */
	SLACK = 8,           /* words */
};

/* Instructions: RP2040 datasheet, 3.4. The side-set bit is the clock. Jumps are relative to the program. */
enum {
	CLOCK_LOW = 0,
	CLOCK_HIGH = 1 << 12,
	OUT_BIT = 0x6001,   /* out pins, 1 */
	IN_BIT = 0x4001,    /* in pins, 1 */
	LET_GO = 0xe080,    /* set pindirs, 0 */
	JMP_X_DEC = 0x0040, /* and the address */
	JMP_NOT_Y = 0x0060,
	JMP_Y_DEC = 0x0080,
	JMP = 0x0000,
	SAY_END = 0xc000,   /* irq set 0 */
};

/*
 * The radio takes a bit when the clock rises, and gives its next one when the clock falls. That takes two to four system
 * clocks to come through its output and our pads and synchroniser, so it is sampled when the clock falls for the bit after
 * it, four clocks later. Sampling at the rise leaves two, which loses a bit on some boards: rem_pico_w_clock can try that out.
 *
 * X counts the bits that go out, Y those that come in: one less than their number, and no bits come in where Y is 0.
 */
static const uint16_t sample_at_fall[LENGTH] = {
	OUT_BIT | CLOCK_LOW,
	JMP_X_DEC | 0 | CLOCK_HIGH,
	LET_GO | CLOCK_LOW,
	JMP_NOT_Y | 8 | CLOCK_LOW,
	JMP | 6 | CLOCK_LOW,
	IN_BIT | CLOCK_LOW,
	JMP_Y_DEC | 5 | CLOCK_HIGH,
	IN_BIT | CLOCK_LOW,
	SAY_END | CLOCK_LOW,
};

static const uint16_t sample_at_rise[LENGTH] = {
	OUT_BIT | CLOCK_LOW,
	JMP_X_DEC | 0 | CLOCK_HIGH,
	LET_GO | CLOCK_LOW,
	JMP_NOT_Y | 8 | CLOCK_LOW,
	IN_BIT | CLOCK_HIGH,
	JMP_Y_DEC | 4 | CLOCK_LOW,
	JMP | 8 | CLOCK_LOW,
	JMP | 8 | CLOCK_LOW,
	SAY_END | CLOCK_LOW,
};

static const struct pio_program programs[] = {
	{.instructions = sample_at_fall, .length = LENGTH, .origin = -1},
	{.instructions = sample_at_rise, .length = LENGTH, .origin = -1},
};

static struct {
	PIO pio;
	uint machine, offset;
	uint to_radio, from_radio; /* DMA channels */
	const struct pio_program *program;
	bool listening; /* the data line is the PIO's: the radio may drive it */
} gspi;

static void channels_init(void)
{
	gspi.to_radio = (uint)dma_claim_unused_channel(true);
	gspi.from_radio = (uint)dma_claim_unused_channel(true);

	dma_channel_config c = dma_channel_get_default_config(gspi.to_radio);
	channel_config_set_dreq(&c, pio_get_dreq(gspi.pio, gspi.machine, true));
	dma_channel_configure(gspi.to_radio, &c, &gspi.pio->txf[gspi.machine], NULL, 0, false);

	c = dma_channel_get_default_config(gspi.from_radio);
	channel_config_set_dreq(&c, pio_get_dreq(gspi.pio, gspi.machine, false));
	channel_config_set_read_increment(&c, false);
	channel_config_set_write_increment(&c, true);
	dma_channel_configure(gspi.from_radio, &c, NULL, &gspi.pio->rxf[gspi.machine], 0, false);
}

static void pins_init(void)
{
	gpio_init(POWER);
	gpio_set_dir(POWER, GPIO_OUT);
	gpio_init(SELECT);
	gpio_put(SELECT, true);
	gpio_set_dir(SELECT, GPIO_OUT);
	gpio_init(DATA);
	gpio_set_dir(DATA, GPIO_OUT);
	gpio_pull_down(DATA);
	gpio_set_input_hysteresis_enabled(DATA, true);
	gpio_set_drive_strength(CLOCK, GPIO_DRIVE_STRENGTH_12MA);
	gpio_set_slew_rate(CLOCK, GPIO_SLEW_RATE_FAST);
}

void rem_pico_w_clock(uint32_t half, bool at_rise)
{
	if (gspi.program != NULL)
		pio_remove_program(gspi.pio, gspi.program, gspi.offset);
	gspi.program = &programs[at_rise];
	gspi.offset = (uint)pio_add_program(gspi.pio, gspi.program);

	pio_sm_config c = pio_get_default_sm_config();
	sm_config_set_wrap(&c, gspi.offset, gspi.offset + LENGTH - 1);
	sm_config_set_sideset(&c, 1, false, false);
	sm_config_set_sideset_pins(&c, CLOCK);
	sm_config_set_out_pins(&c, DATA, 1);
	sm_config_set_set_pins(&c, DATA, 1);
	sm_config_set_in_pins(&c, DATA);
	sm_config_set_out_shift(&c, false, true, 32);
	sm_config_set_in_shift(&c, false, true, 32);
	sm_config_set_clkdiv_int_frac8(&c, half, 0);
	pio_sm_init(gspi.pio, gspi.machine, gspi.offset, &c);
}

/* The end of a transfer wakes the processor, and interrupts it no more until the next. */
static void ended(void)
{
	gspi.pio->inte0 = 0;
}

void rem_pico_w_init(void)
{
	gspi.pio = pio0;
	gspi.machine = (uint)pio_claim_unused_sm(gspi.pio, true);
	pins_init();
	channels_init();
	irq_set_exclusive_handler(PIO0_IRQ_0, ended);
	irq_set_enabled(PIO0_IRQ_0, true);
	rem_pico_w_clock(HALF, false);
	pio_gpio_init(gspi.pio, CLOCK);
	pio_sm_set_consecutive_pindirs(gspi.pio, gspi.machine, CLOCK, 1, true);
	/* The radio's clock is ours, so its bits cannot come at a moment that the synchroniser must guard. */
	hw_set_bits(&gspi.pio->input_sync_bypass, 1u << DATA);
}

void rem_pico_w_power(bool on)
{
	gpio_set_function(DATA, GPIO_FUNC_SIO); /* an output, and low */
	gspi.listening = false;
	gpio_put(POWER, on);
}

/* X and Y are loaded by way of the queue, since an instruction has room for five bits only. */
static void counts(uint32_t bits_out, uint32_t bits_in)
{
	pio_sm_put(gspi.pio, gspi.machine, bits_out - 1);
	pio_sm_exec(gspi.pio, gspi.machine, pio_encode_out(pio_x, 32));
	pio_sm_put(gspi.pio, gspi.machine, bits_in == 0 ? 0 : bits_in - 1);
	pio_sm_exec(gspi.pio, gspi.machine, pio_encode_out(pio_y, 32));
}

/* Waits for the machine's last word, asleep. */
static bool wait(uint32_t words)
{
	const uint32_t since = time_us_32(), limit = (words + SLACK) * US_PER_WORD;
	const uint32_t end = 1u << 0; /* the flag that SAY_END sets */

	gspi.pio->inte0 = PIO_IRQ0_INTE_SM0_BITS;
	while ((gspi.pio->irq & end) == 0 || dma_channel_is_busy(gspi.from_radio)) {
		if (time_us_32() - since > limit)
			return false;
		__wfe();
	}
	gspi.pio->irq = end;
	return true;
}

int rem_pico_w_transfer(uint32_t command, const uint32_t *out, uint32_t n, uint32_t *in, uint32_t m)
{
	const uint machine = gspi.machine;
	PIO pio = gspi.pio;

	if (!gspi.listening)
		pio_gpio_init(pio, DATA);
	gspi.listening = true;
	gpio_put(SELECT, false);
	pio_sm_clear_fifos(pio, machine);
	pio_sm_restart(pio, machine);
	counts((n + 1) * 32, m * 32);
	pio_sm_exec(pio, machine, pio_encode_set(pio_pindirs, 1));
	pio_sm_exec(pio, machine, pio_encode_jmp(gspi.offset));
	pio_sm_put(pio, machine, command);
	if (n > 0)
		dma_channel_transfer_from_buffer_now(gspi.to_radio, out, n);
	if (m > 0)
		dma_channel_transfer_to_buffer_now(gspi.from_radio, in, m);

	pio_sm_set_enabled(pio, machine, true);
	const bool done = wait(1 + n + m);
	if (!done) {
		dma_channel_abort(gspi.to_radio);
		dma_channel_abort(gspi.from_radio);
	}
	pio_sm_set_enabled(pio, machine, false);
	gpio_put(SELECT, true);
	return done ? 0 : REM_STATE;
}

bool rem_pico_w_interrupt(void)
{
	return gspi.listening && gpio_get(DATA);
}
