/* SPDX-License-Identifier: BSD-3-Clause */
/* cost in|out COUNT: so many full frames through the driver over a bus that costs nothing, for who counts instructions. */
#include <remora/cyw43439.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRAME = 1514, FRONT = 18, WAITS = 1 << 8 | (FRAME + FRONT) << 9, READS_STATUS = 0x08 };

static _Alignas(4) uint8_t buffer[REM_CYW_HEADROOM + FRAME + REM_CYW_TAILROOM];
static uint8_t seq;

static void power(struct rem_cyw_bus *bus, bool on)
{
	(void)bus;
	(void)on;
}

static int write(struct rem_cyw_bus *bus, uint32_t command, const uint8_t *p, uint32_t words)
{
	(void)bus;
	(void)command;
	(void)p;
	(void)words;
	return 0;
}

/* A frame always waits; of it only the headers are written. */
static int read(struct rem_cyw_bus *bus, uint32_t command, uint8_t *p, uint32_t words)
{
	static uint8_t head[FRONT] = {(FRAME + FRONT) & 0xff,
				      (FRAME + FRONT) >> 8,
				      ~(FRAME + FRONT) & 0xff,
				      ~(FRAME + FRONT) >> 8 & 0xff,
				      0,
				      2,
				      0,
				      14,
				      0,
				      1,
				      0,
				      0,
				      0,
				      0,
				      0x20};

	(void)bus;
	(void)words;
	if ((command >> 28 & 3) == 0) {
		p[0] = 0;
		p[1] = WAITS >> 8 & 0xff;
		p[2] = WAITS >> 16 & 0xff;
		p[3] = 0;
		return 0;
	}
	head[4] = seq++;
	memcpy(p, head, FRONT);
	return 0;
}

static bool interrupt(struct rem_cyw_bus *bus)
{
	(void)bus;
	return true;
}

int main(int argc, char **argv)
{
	static const struct rem_cyw_bus_ops ops = {
		.power = power, .write = write, .read = read, .interrupt = interrupt};
	static const uint8_t byte[4];
	struct rem_cyw_bus bus = {&ops};
	struct rem_cyw cyw;
	uint8_t *p = buffer + REM_CYW_HEADROOM;
	unsigned done = 0;

	if (argc != 3)
		return 2;
	const unsigned count = (unsigned)atoi(argv[2]);
	rem_cyw_init(&cyw, &bus, &(struct rem_cyw_images){{byte, 4}, {byte, 4}, {byte, 4}}, "XX");
	cyw.state = REM_CYW_UP;
	cyw.listening = cyw.words_32 = true;
	cyw.front = FRONT;
	if (strcmp(argv[1], "in") == 0) {
		for (unsigned i = 0; i < count; i++)
			done += cyw.nic.ops->receive(&cyw.nic, p, FRAME) == FRAME;
	} else {
		for (unsigned i = 0; i < count; i++) {
			cyw.credit = (uint8_t)(cyw.seq + 8);
			done += cyw.nic.ops->send(&cyw.nic, p, FRAME) == REM_OK;
		}
	}
	printf("%u frames %s, %u moved\n", done, argv[1], (unsigned)cyw.count.moved);
	return done == count ? 0 : 1;
}
