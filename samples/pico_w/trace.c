/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Every frame in and out with what became of it, as pcapng over the second serial interface: draft-ietf-opsawg-pcapng. A block
 * goes whole or not at all. Each opening begins with a section header, and so does what comes after a loss, whose next frame
 * says how many are missing: a reader that has lost bytes can begin anew there.
 */
#include "app.h"
#include <remora/frame.h>
#include <remora/pico_w.h>
#include <remora/ring.h>
#include <remora/text.h>

enum { BLOCK_SECTION = 0x0a0d0d0a, BLOCK_INTERFACE = 1, BLOCK_PACKET = 6 };
enum {
	OPTION_END = 0,
	OPTION_COMMENT = 1,
	OPTION_NAME = 2,
	OPTION_FLAGS = 2,
	OPTION_DROPS = 4,
	OPTION_VERDICT = 7
};
enum { LINK_ETHERNET = 1, FLAG_IN = 1, FLAG_OUT = 2 };
enum {
	RING = 4096,
	COMMENT = 160,
	HEAD = 28,                     /* of a packet's block: its fields before the bytes */
	TAIL = 4 + COMMENT + 8 + 12 + 8 + 4 + 4, /* its options at most, and the length */
	BEGINNING = 28 + 32,           /* section header and interface */
};

static struct {
	bool on, begun;                /* begun: a section has */
	unsigned opening;              /* what the ring is for */
	uint32_t n;                    /* bytes of the block that is being written behind the ring's back */
	uint32_t packet;               /* …of the packet in it; 0: there is none */
	uint64_t missing;              /* frames that found no room since the last that did */
	struct rem_ring ring;
	uint8_t bytes[RING];
} trace; /* all zeros: a value of it would stand in flash, ring and all */

static void put(const void *p, uint32_t n)
{
	rem_ring_put(&trace.ring, trace.n, p, n);
	trace.n += n;
}

static void put_word(uint32_t v)
{
	put(&v, sizeof(v));
}

static void put_padding(void)
{
	static const uint8_t zeros[4];

	put(zeros, -trace.n & 3);
}

static void put_option(uint16_t code, const void *p, uint16_t n)
{
	put_word(code | (uint32_t)n << 16);
	put(p, n);
	put_padding();
}

/* The block is whole: its length goes to both ends. */
static void add_block(void)
{
	const uint32_t all = trace.n + 4;

	put_word(all);
	rem_ring_put(&trace.ring, 4, (const uint8_t *)&all, sizeof(all));
	rem_ring_add(&trace.ring, all);
	trace.n = trace.packet = 0;
}

/* Where a reader can begin. */
static void begin_section(void)
{
	put_word(BLOCK_SECTION);
	put_word(0); /* the length, which add_block() knows */
	put_word(0x1a2b3c4d);
	put_word(1); /* version 1.0 */
	put_word(UINT32_MAX); /* the section's length is not known */
	put_word(UINT32_MAX);
	add_block();
	put_word(BLOCK_INTERFACE);
	put_word(0);
	put_word(LINK_ETHERNET);
	put_word(0); /* no snapshot length */
	put_option(OPTION_NAME, "wifi", 4);
	put_word(OPTION_END);
	add_block();
}

/* A host that sleeps has the port open still: what it misses is counted. */
static bool is_read(void)
{
	return trace.opening == rem_pico_w_usb_opening(REM_PICO_W_TRACE);
}

/* A frame's bytes, of which it is not known yet what will become. */
static void begin_packet(const uint8_t *p, uint32_t n)
{
	trace.n = trace.packet = 0;
	if (!is_read() || rem_ring_room(&trace.ring) < BEGINNING + HEAD + n + 3 + TAIL) {
		trace.missing++;
		return;
	}
	if (trace.missing > 0)
		begin_section();
	const uint64_t at = (uint64_t)(rem_pico_w_now() + app.ntp.offset);
	put_word(BLOCK_PACKET);
	put_word(0);
	put_word(0); /* the only interface */
	put_word((uint32_t)(at >> 32));
	put_word((uint32_t)at);
	put_word(n);
	put_word(n);
	put(p, n);
	put_padding();
	trace.packet = n;
}

static void put_comment(unsigned why)
{
	char text[COMMENT], ref[REM_REASON_REF];
	struct rem_out o = {text, text + sizeof(text), false};

	if (rem_reason_name(why) == NULL)
		return;
	rem_out_str(&o, rem_outcome_text(rem_reason_outcome(why)));
	rem_out_str(&o, ": ");
	rem_out_str(&o, rem_reason_name(why));
	rem_out_str(&o, " (");
	rem_out_str(&o, rem_reason_ref(why, ref));
	rem_out_str(&o, ")");
	put_option(OPTION_COMMENT, text, (uint16_t)(o.p - text));
}

static void end_packet(const struct rem_frame *f, bool out)
{
	const uint32_t flags = out ? FLAG_OUT : FLAG_IN;
	const uint8_t verdict[3] = {0, (uint8_t)rem_reason_outcome(f->verdict.why),
				    (uint8_t)f->verdict.why};

	put_comment(f->verdict.why);
	put_option(OPTION_FLAGS, &flags, sizeof(flags));
	if (trace.missing > 0)
		put_option(OPTION_DROPS, &trace.missing, sizeof(trace.missing));
	put_option(OPTION_VERDICT, verdict, sizeof(verdict));
	put_word(OPTION_END);
	add_block();
	trace.missing = 0;
}

/* What came in is kept as it came: the answer is written over it. */
void trace_in(struct rem_pump *pump, const uint8_t *p, uint32_t n)
{
	(void)pump;
	if (trace.begun)
		begin_packet(p, n);
}

static void saw(struct rem_watch *w, const struct rem_frame *f, bool out)
{
	(void)w;
	if (!trace.begun)
		return;
	if (out)
		begin_packet(f->p + f->head, f->end - f->head);
	if (trace.packet > 0)
		end_packet(f, out);
}

void trace_set(bool on)
{
	trace.on = on;
	trace.begun = trace.begun && on;
	app.watch.saw = on ? saw : NULL;
}

static void drain(void)
{
	for (;;) {
		const struct rem_span some = rem_ring_read(&trace.ring, 0);
		const uint32_t took =
			some.n == 0 ? 0 : rem_pico_w_usb_write(REM_PICO_W_TRACE, some.p, some.n);

		if (took == 0)
			return;
		rem_ring_drop(&trace.ring, took);
	}
}

/* What is in the ring goes out whole, on or off. */
void trace_poll(void)
{
	const unsigned opening = rem_pico_w_usb_opening(REM_PICO_W_TRACE);

	if (opening == 0)
		return;
	if (opening != trace.opening) {
		trace.opening = opening;
		trace.begun = false;
		rem_ring_init(&trace.ring, trace.bytes, RING);
	}
	if (trace.on && !trace.begun && rem_ring_room(&trace.ring) >= BEGINNING) {
		trace.begun = true;
		trace.missing = 0;
		begin_section();
	}
	drain();
}
