/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * gSPI, the serial bus between a host and a CYW43439: one data line in both directions, words of
 * 32 bits, the most significant bit first. A transfer is a command, then words that one side writes.
 * Names are those of the chip's data sheet.
 */
#ifndef REMORA_GSPI_H
#define REMORA_GSPI_H

#include <remora/bits.h>

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+---+---------------------------------+---------------------+
 * |W|I|Fun|             Address             |    Length, bytes    |
 * +-+-+---+---------------------------------+---------------------+
 * The command as it is on the line.
 */
enum {
	REM_GSPI_WRITE = REM_BITS(0, 1),     /* the host writes what follows */
	REM_GSPI_INCREMENT = REM_BITS(1, 1), /* always 1 */
	REM_GSPI_FUNCTION = REM_BITS(2, 2),  /* enum rem_gspi_function */
	REM_GSPI_ADDRESS = REM_BITS(4, 17),
	REM_GSPI_LENGTH = REM_BITS(21, 11),  /* the line carries whole words */
	REM_GSPI_COMMAND = 4,                /* bytes */
};

enum rem_gspi_function {
	REM_GSPI_BUS = 0,       /* registers of the bus itself */
	REM_GSPI_BACKPLANE = 1, /* memory and registers of the chip; reads come after a delay */
	REM_GSPI_WLAN = 2,      /* SDPCM frames */
};

enum { REM_GSPI_LONGEST = 2047, REM_GSPI_BACKPLANE_LONGEST = 64 };

/* Before a host has written BUS_CTRL, each half of a word goes where the other should be. */
static inline uint32_t rem_gspi_halves(uint32_t word)
{
	return word << 16 | word >> 16;
}

/* Registers of function 0. */
enum rem_gspi_register {
	REM_GSPI_BUS_CTRL = 0x00, /* and RESPONSE_DELAY, STATUS_ENABLE, RESET_BP behind it */
	REM_GSPI_INTERRUPT = 0x04,        /* 16 bits; writing ones clears them */
	REM_GSPI_INTERRUPT_ENABLE = 0x06, /* 16 bits */
	REM_GSPI_STATUS = 0x08,
	REM_GSPI_TEST_RO = 0x14,
	REM_GSPI_TEST_RW = 0x18,
	REM_GSPI_RESPONSE_DELAY_F1 = 0x1d,
};

#define REM_GSPI_TEST_WORD 0xfeedbeadu /* what TEST_RO holds */

enum rem_gspi_bus_ctrl {
	REM_GSPI_WORD_32 = 1 << 0,
	REM_GSPI_BIG_ENDIAN = 1 << 1, /* bytes go in the order of memory */
	REM_GSPI_HIGH_SPEED = 1 << 4,
	REM_GSPI_IRQ_HIGH = 1 << 5,
	REM_GSPI_WAKE = 1 << 7,
};

enum rem_gspi_interrupt {
	REM_GSPI_DATA_UNAVAILABLE = 1 << 0,
	REM_GSPI_UNDERFLOW = 1 << 1,
	REM_GSPI_OVERFLOW = 1 << 2,
	REM_GSPI_COMMAND_ERROR = 1 << 3,
	REM_GSPI_DATA_ERROR = 1 << 4,
	REM_GSPI_PACKET = 1 << 5,
	REM_GSPI_F1_OVERFLOW = 1 << 7,
};

/* STATUS, as a number of 32 bits. */
enum rem_gspi_status {
	REM_GSPI_STATUS_READY = 1 << 5,     /* function 2 takes frames */
	REM_GSPI_STATUS_PACKET = 1 << 8,    /* a frame waits… */
	REM_GSPI_STATUS_LENGTH_SHIFT = 9,   /* …of so many bytes */
	REM_GSPI_STATUS_LENGTH_MASK = 0x7ff,
};

/* Function 1, registers that are always in sight: */
enum rem_gspi_direct {
	REM_GSPI_F2_WATERMARK = 0x10008,
	REM_GSPI_WINDOW_LOW = 0x1000a,  /* bits 15, 23:16 and 31:24 of the address… */
	REM_GSPI_WINDOW_MID = 0x1000b,
	REM_GSPI_WINDOW_HIGH = 0x1000c,
	REM_GSPI_FRAME_CONTROL = 0x1000d, /* 1: the frame being read is not wanted */
	REM_GSPI_CLOCK = 0x1000e,
	REM_GSPI_PULL_UPS = 0x1000f,
};

/* …of which the rest goes into the command, in a window of 32 KiB. */
enum { REM_GSPI_WINDOW = 0x8000, REM_GSPI_IN_WINDOW = 0x8000 };

enum rem_gspi_clock {
	REM_GSPI_ALP_REQUEST = 1 << 3,
	REM_GSPI_ALP_AVAILABLE = 1 << 6,
	REM_GSPI_HT_AVAILABLE = 1 << 7,
};

#endif
