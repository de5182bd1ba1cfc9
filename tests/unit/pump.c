/* SPDX-License-Identifier: BSD-3-Clause */
/* The pump between a card and a node: what goes where, how much at once, and the card's room around each frame. */
#include <remora/pump.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

enum { HEAD = 6, TAIL = 4, ROOM = 128, FRAME = 60, DAMAGED = 2 };

static struct {
	unsigned waiting, sent, up, heard;
	uint32_t room; /* of the last receive */
	const uint8_t *at;
	bool full;     /* the card takes no more */
} seen;

static rem_time now;
static uint8_t in[ROOM], out[ROOM];

static int receive(struct rem_nic *nic, uint8_t *p, uint32_t room)
{
	(void)nic;
	seen.room = room;
	seen.at = p;
	if (seen.waiting == 0)
		return 0;
	memset(p, (int)seen.waiting, FRAME);
	return --seen.waiting == DAMAGED ? REM_DROP : FRAME;
}

static int send(struct rem_nic *nic, const uint8_t *p, uint32_t n)
{
	(void)nic;
	assert_true((p == in + HEAD || p == out + HEAD) && n == FRAME);
	seen.sent += !seen.full;
	return seen.full ? REM_LIMIT : REM_OK;
}

/* Answers every second frame. */
static int demux(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	(void)n;
	assert_int_equal(f->now, now);
	assert_true(off == HEAD && f->end == HEAD + FRAME && f->room == ROOM - TAIL);
	return ++seen.up % 2 == 0 ? FRAME : 0;
}

/* A frame each microsecond, until the time is over. */
static int encap(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	assert_true(off == HEAD && f->room == ROOM - TAIL);
	n->due++;
	return FRAME;
}

static struct rem_pump pump;

static void heard(struct rem_pump *by, const uint8_t *p, uint32_t n)
{
	assert_true(by == &pump && p == in + HEAD && n == FRAME);
	seen.heard++;
}

static rem_time clock_of_ours(void)
{
	return now;
}

static const struct rem_nic_ops card = {.receive = receive, .send = send};
static const struct rem_node_ops ops = {.demux = demux, .encap = encap};
static struct rem_nic nic = {.ops = &card, .headroom = HEAD, .tailroom = TAIL};
static struct rem_node node;
static uint32_t count[REM_REASONS];
static struct rem_watch watch = {.count = count};

static void set_up(void)
{
	memset(&seen, 0, sizeof(seen));
	memset(count, 0, sizeof(count));
	now = 1000;
	node = (struct rem_node){.ops = &ops, .due = REM_NEVER};
	pump = (struct rem_pump){&nic, &node, clock_of_ours, in, out, ROOM, &watch, heard};
}

static void frames_go_up(void **state)
{
	(void)state;
	set_up();
	seen.waiting = 7; /* of which one is damaged */
	rem_pump_in(&pump);
	assert_int_equal(seen.heard, 6);
	assert_int_equal(seen.up, 6);
	assert_int_equal(seen.sent, 3);
	assert_true(seen.at == in + HEAD && seen.room == ROOM - HEAD - TAIL);
}

static void a_burst_ends(void **state)
{
	(void)state;
	set_up();
	seen.waiting = 2 * REM_PUMP_BURST;
	rem_pump_in(&pump);
	assert_int_equal(seen.waiting, REM_PUMP_BURST);
	node.due = now - 2 * REM_PUMP_BURST;
	seen.sent = 0;
	assert_int_equal(rem_pump_out(&pump), now - REM_PUMP_BURST);
	assert_int_equal(seen.sent, REM_PUMP_BURST);
}

static void what_is_due_goes_out(void **state)
{
	(void)state;
	set_up();
	assert_int_equal(rem_pump_out(&pump), REM_NEVER);
	node.due = now - 2;
	assert_int_equal(rem_pump_out(&pump), now + 1);
	assert_int_equal(seen.sent, 3);
	seen.full = true;
	node.due = now;
	rem_pump_out(&pump);
	assert_int_equal(seen.sent, 3);
	assert_int_equal(count[REM_WHY_LINK_BUSY], 1);
}

static void nobody_is_there(void **state)
{
	(void)state;
	set_up();
	pump.node = NULL;
	seen.waiting = 3;
	rem_pump_in(&pump);
	assert_int_equal(seen.waiting, 0);
	assert_int_equal(seen.heard, 0);
	assert_int_equal(rem_pump_out(&pump), REM_NEVER);
	pump.node = &node;
	pump.watch = NULL;
	pump.heard = NULL;
	seen.waiting = 2;
	rem_pump_in(&pump);
	assert_int_equal(seen.up, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_go_up),
		cmocka_unit_test(a_burst_ends),
		cmocka_unit_test(what_is_due_goes_out),
		cmocka_unit_test(nobody_is_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
