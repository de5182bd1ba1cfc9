/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The board under a program for a Raspberry Pi Pico W, on the Pico SDK: the bus to the radio, a clock, a way to sleep,
 * and the bytes that the stack's secret is made of. Link remora_pico_w.
 */
#ifndef REMORA_PICO_W_H
#define REMORA_PICO_W_H

#include <remora/cyw43439.h>

/* The bus, for rem_cyw_init. */
extern struct rem_cyw_bus rem_pico_w_bus;

/* The radio's images, which remora_radio_images() of CMake has put into flash. */
struct rem_cyw_images rem_pico_w_images(void);

/* Takes the radio's pins, a state machine of the PIO and two DMA channels; call it once. The radio is off. */
void rem_pico_w_init(void);

/* The radio's supply. The data line is low from here to the first transfer: the radio looks at it to know its bus. */
void rem_pico_w_power(bool on);

/*
 * One transfer over the bus: selects the radio, sends the command and n words, takes m words in. The most significant
 * bit of a word goes first. 0; REM_STATE: it did not end in the time that it can need.
 */
int rem_pico_w_transfer(uint32_t command, const uint32_t *out, uint32_t n, uint32_t *in,
			uint32_t m);

/* Does the radio want something? Between transfers only. */
bool rem_pico_w_interrupt(void);

/*
 * How the bus is clocked: system clocks for half a bit, and whether a bit is sampled at the rise of the clock, half a
 * bit after the radio gave it, or at its next fall, a whole bit after. At first that is 2, 31 MHz, and the fall.
 */
void rem_pico_w_clock(uint32_t half, bool at_rise);

/* Microseconds since the start. */
rem_time rem_pico_w_now(void);

/* Sleeps until the radio wants something, the console has input, or `until`. */
void rem_pico_w_sleep(rem_time until);

/* 16 bytes that nobody can know, for rem_secret_init: of the ring oscillator, and all else that the SDK can find. */
void rem_pico_w_entropy(uint8_t seed[16]);

/*
 * Two serial interfaces over USB for a program that says remora_usb() to CMake, instead of the SDK's one: for text, and for
 * a trace. poll is to be called after each sleep, and says whether anything happened. opening: 0: nobody has the port open;
 * else how often it has been opened. Writing takes as many bytes as there is room for, and what has not gone when the port
 * closes is lost; reading gives as many as there are.
 */
enum rem_pico_w_port { REM_PICO_W_TEXT, REM_PICO_W_TRACE, REM_PICO_W_PORTS };
void rem_pico_w_usb_init(void);
bool rem_pico_w_usb_poll(void);
unsigned rem_pico_w_usb_opening(enum rem_pico_w_port port);
uint32_t rem_pico_w_usb_write(enum rem_pico_w_port port, const uint8_t *p, uint32_t n);
uint32_t rem_pico_w_usb_read(enum rem_pico_w_port port, uint8_t *p, uint32_t n);

/*
 * A few bytes that outlive the power, in the last page of flash that the program leaves free. Loading writes to p what
 * was saved there and returns its bytes; 0: nothing was, or it is damaged, or n is too small. Saving takes 50 ms, in
 * which interrupts are off. REM_LENGTH: more than REM_PICO_W_SAVED bytes; REM_STATE: the flash does not hold them.
 */
enum { REM_PICO_W_SAVED = 240 };
uint32_t rem_pico_w_load(uint8_t *p, uint32_t n);
int rem_pico_w_save(const uint8_t *p, uint32_t n);

/* The deepest that the call stack has been, in bytes, since rem_pico_w_paint_stack was called. */
void rem_pico_w_paint_stack(void);
uint32_t rem_pico_w_stack_used(void);

#endif
