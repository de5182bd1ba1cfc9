/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * SDPCM: frames between the chip and the caller's buffers. A received frame is read so that its
 * Ethernet header lands where the caller wants it, on the guess that the headers in front are as
 * long as they use to be; where they are not, the frame is moved.
 */
#include "radio.h"

#include <string.h>

enum {
	FRONT = REM_SDPCM_HEADER + 2 + REM_BDC_HEADER, /* in front of what we send */
	FRONT_MOST = REM_CYW_HEADROOM - 4,             /* so that p may have any alignment */
	ETHERNET = 14,
	LONGEST = ETHERNET + 1500,
	CREDIT_MOST = 0x40, /* more at once is not to be believed */
	TROUBLE_MOST = 8,
	BURST = 64,         /* frames that are not data in one call */
};

void rem_cyw_frames_begin(struct rem_cyw *cyw)
{
	cyw->seq = cyw->flow = cyw->trouble = 0;
	cyw->heard = false;
	cyw->credit = 1;
	cyw->front = FRONT;
	cyw->listening = cyw->more = true;
}

bool rem_cyw_may_send(const struct rem_cyw *cyw)
{
	return cyw->seq != cyw->credit && cyw->flow == 0;
}

/* Writes the header of a frame of `size` bytes whose payload is at `offset`. */
void rem_cyw_sdpcm(struct rem_cyw *cyw, uint8_t *p, uint32_t size, unsigned channel,
		   unsigned offset)
{
	memset(p, 0, offset);
	rem_put(p, REM_SDPCM_SIZE, size);
	rem_put(p, REM_SDPCM_CHECK, ~size);
	rem_put(p, REM_SDPCM_SEQ, cyw->seq++);
	rem_put(p, REM_SDPCM_CHANNEL, channel);
	rem_put(p, REM_SDPCM_OFFSET, offset);
}

static int send(struct rem_nic *nic, const uint8_t *frame, uint32_t n)
{
	struct rem_cyw *cyw = (struct rem_cyw *)nic;
	uint8_t *p = (uint8_t *)(uintptr_t)frame - FRONT; /* the headroom is ours to write */
	const uint32_t size = FRONT + n;

	if (cyw->state != REM_CYW_UP || cyw->broken)
		return REM_CLOSED;
	if (n < ETHERNET || n > LONGEST || ((uintptr_t)p & 3) != 0)
		return REM_LENGTH;
	if (!rem_cyw_may_send(cyw) || cyw->asked == TO_ASK) { /* questions go first */
		cyw->count.stalls++;
		return REM_LIMIT;
	}
	rem_cyw_sdpcm(cyw, p, size, REM_SDPCM_DATA, REM_SDPCM_HEADER + 2);
	rem_put(p + REM_SDPCM_HEADER + 2, REM_BYTES(0, 4), 2u << 28); /* BDC, version 2 */
	if ((size & 3) != 0)
		memset(p + size, 0, -size & 3);
	if (!rem_cyw_write_frame(cyw, p, (size + 3) & ~3u))
		return REM_CLOSED;
	cyw->count.sent++;
	return REM_OK;
}

/* Too many frames in a row that make no sense, and it is the chip that makes none. */
static void trouble(struct rem_cyw *cyw)
{
	if (++cyw->trouble >= TROUBLE_MOST)
		rem_cyw_fail(cyw, REM_CYW_FAULT_FRAMES);
}

/* The frame that waits is not wanted. */
static void drop(struct rem_cyw *cyw)
{
	rem_cyw_put(cyw, DIRECT, REM_GSPI_FRAME_CONTROL, 1, 1);
}

/* The line is high though no frame waits: the chip complains. */
static void complaint(struct rem_cyw *cyw)
{
	const uint32_t bits = rem_cyw_get(cyw, BUS, REM_GSPI_INTERRUPT, 2);

	rem_cyw_put(cyw, BUS, REM_GSPI_INTERRUPT, 2, bits);
	if ((bits & ~(uint32_t)(REM_GSPI_PACKET | REM_GSPI_DATA_UNAVAILABLE)) == 0)
		return;
	cyw->count.bus_errors++;
	trouble(cyw);
}

/* The bytes of the frame that waits; 0: none does. */
static uint32_t waiting(struct rem_cyw *cyw)
{
	const bool line = cyw->bus->ops->interrupt(cyw->bus);

	if (!line && !cyw->more)
		return 0;
	const uint32_t status = rem_cyw_get(cyw, BUS, REM_GSPI_STATUS, 4);
	cyw->more = (status & REM_GSPI_STATUS_PACKET) != 0;
	if (cyw->more)
		return status >> REM_GSPI_STATUS_LENGTH_SHIFT & REM_GSPI_STATUS_LENGTH_MASK;
	if (line)
		complaint(cyw);
	return 0;
}

/* Checks the headers of n bytes at p, takes the credit; the offset of the payload, or 0. */
static uint32_t open_frame(struct rem_cyw *cyw, const uint8_t *p, uint32_t n, uint32_t *size)
{
	*size = rem_get(p, REM_SDPCM_SIZE);
	if (*size < REM_SDPCM_HEADER || *size > n ||
	    (*size ^ rem_get(p, REM_SDPCM_CHECK)) != 0xffff)
		return 0;
	/* Where nothing follows, nothing is said about where. */
	const uint32_t offset = *size == REM_SDPCM_HEADER ? *size : rem_get(p, REM_SDPCM_OFFSET);
	if (offset < REM_SDPCM_HEADER || offset > *size)
		return 0;

	const uint8_t seq = (uint8_t)rem_get(p, REM_SDPCM_SEQ);
	const uint8_t credit = (uint8_t)rem_get(p, REM_SDPCM_CREDIT);
	cyw->count.gaps += cyw->heard ? (uint8_t)(seq - cyw->chip_seq) : 0;
	cyw->heard = true;
	cyw->chip_seq = (uint8_t)(seq + 1);
	cyw->flow = (uint8_t)rem_get(p, REM_SDPCM_FLOW);
	if ((uint8_t)(credit - cyw->seq) <= CREDIT_MOST)
		cyw->credit = credit;
	cyw->trouble = 0;
	return offset;
}

/* The offset of the Ethernet frame behind the BDC header at p[at]; 0: there is none for us. */
static uint32_t open_bdc(struct rem_cyw *cyw, const uint8_t *p, uint32_t at, uint32_t size)
{
	if (size - at >= REM_BDC_HEADER && rem_get(p + at, REM_BDC_VERSION) == 2) {
		const uint32_t inside = at + REM_BDC_HEADER + 4 * rem_get(p + at, REM_BDC_OFFSET);
		if (inside + ETHERNET <= size && rem_get(p + at, REM_BDC_INTERFACE) == 0)
			return inside;
		if (inside + ETHERNET <= size) {
			cyw->count.foreign++;
			return 0;
		}
	}
	cyw->count.damaged++;
	return 0;
}

static void event(struct rem_cyw *cyw, const uint8_t *p, uint32_t n)
{
	/* When the firmware starts it sends something of another type. */
	if (n < REM_BRCM_HEADER || rem_be16(p + 12) != REM_BRCM_ETHERTYPE ||
	    rem_cyw_field(p, REM_BRCM_OUI) != REM_BRCM_OUI_VALUE ||
	    rem_cyw_field(p, REM_BRCM_KIND) != 1 ||
	    rem_cyw_field(p, REM_BRCM_LENGTH) > n - REM_BRCM_HEADER) {
		cyw->count.foreign++;
		return;
	}
	cyw->count.events++;
	if (rem_cyw_field(p, REM_BRCM_TYPE) == REM_CYW_EVENT_ESCAN_RESULT)
		rem_cyw_scan_event(cyw, p, rem_cyw_field(p, REM_BRCM_LENGTH));
	else
		rem_cyw_join_event(cyw, p);
}

/* An Ethernet frame of n bytes, read to `at` behind `front` bytes of headers, gets to p. */
static int deliver(struct rem_cyw *cyw, const uint8_t *at, uint32_t n, uint32_t front, uint8_t *p,
		   uint32_t room)
{
	if (front == cyw->other_front) /* once may be chance */
		cyw->front = (uint8_t)(front < FRONT_MOST ? front : FRONT_MOST);
	cyw->other_front = (uint8_t)front;
	if (n > room) {
		cyw->count.too_long++;
		return REM_LENGTH;
	}
	if (at != p) {
		memmove(p, at, n);
		cyw->count.moved++;
	}
	cyw->count.received++;
	return (int)n;
}

/* What is in the n bytes at `start`: > 0: an Ethernet frame of so many bytes, which is now at p. */
static int take(struct rem_cyw *cyw, uint8_t *start, uint32_t n, uint8_t *p, uint32_t room)
{
	uint32_t size, at = open_frame(cyw, start, n, &size);

	if (at == 0) {
		cyw->count.damaged++;
		trouble(cyw);
		return 0;
	}
	if (at == size) /* nothing but the credit */
		return 0;
	const uint32_t channel = rem_get(start, REM_SDPCM_CHANNEL);
	if (channel == REM_SDPCM_CONTROL) {
		rem_cyw_answered(cyw, start + at, size - at);
		return 0;
	}
	if (channel != REM_SDPCM_EVENT && (channel != REM_SDPCM_DATA || cyw->state != REM_CYW_UP)) {
		cyw->count.foreign++;
		return 0;
	}
	at = open_bdc(cyw, start, at, size);
	if (at == 0)
		return 0;
	if (channel == REM_SDPCM_EVENT) {
		event(cyw, start + at, size - at);
		return 0;
	}
	return deliver(cyw, start + at, size - at, at, p, room);
}

static int receive(struct rem_nic *nic, uint8_t *p, uint32_t room)
{
	struct rem_cyw *cyw = (struct rem_cyw *)nic;
	uint8_t *start = p - cyw->front;
	int result = 0;

	start -= (uintptr_t)start & 3;
	for (unsigned i = 0; i < BURST && cyw->listening && !cyw->broken && result == 0; i++) {
		const uint32_t n = waiting(cyw);
		if (n == 0 && !cyw->more)
			return 0;
		if (((n + 3) & ~3u) > (uint32_t)(p - start) + room) {
			cyw->count.too_long++;
			drop(cyw);
			if (n > LONGEST + FRONT_MOST) /* nobody can have sent it */
				trouble(cyw);
			result = REM_LENGTH;
		} else if (n < REM_SDPCM_HEADER) {
			cyw->count.damaged++;
			drop(cyw);
			trouble(cyw);
		} else if (rem_cyw_read_frame(cyw, start, n)) {
			result = take(cyw, start, n, p, room);
		}
		if (result == 0 || cyw->asked != NOT_ASKED)
			cyw->due = cyw->now; /* it may have been what poll waits for */
	}
	return result;
}

static int groups(struct rem_nic *nic, const uint8_t *addresses, uint32_t n)
{
	struct rem_cyw *cyw = (struct rem_cyw *)nic;

	if (n > REM_CYW_GROUPS)
		return REM_LIMIT;
	memcpy(cyw->want.group, addresses, (size_t)6 * n);
	cyw->want.groups = (uint8_t)n;
	rem_cyw_do(cyw, DO_GROUPS);
	return REM_OK;
}

static bool has_link(struct rem_nic *nic)
{
	return ((struct rem_cyw *)nic)->state == REM_CYW_UP;
}

const struct rem_nic_ops rem_cyw_nic_ops = {
	.receive = receive, .send = send, .groups = groups, .link = has_link};
