/* SPDX-License-Identifier: BSD-3-Clause */
/* The reasons that the state machine gives, on frames: by the whole way from Ethernet, and back. */
#include "tcp_gate.h"

static struct rem_tcp_conn *conn;
static uint32_t iss; /* of ours; theirs is 100 */

/* They have opened a connection, which is ours now. */
static void open_gate(void)
{
	set_up();
	conn = open_by_hand(FROM);
	assert_non_null(conn);
	iss = conn->tcb.snd.iss;
}

/* They send n bytes from the at-th of their stream on. */
static unsigned data_at(uint32_t at, uint32_t n)
{
	static const uint8_t bytes[1460];
	const struct by_hand h = {
		FROM,
		GATE,
		{.seq = 101 + at, .ack = iss + 1, .flags = REM_SEG_ACK, .wnd = 1000, .len = n},
		bytes};

	return tcp_in(&h);
}

static void holes(void **state)
{
	(void)state;
	open_gate();
	assert_int_equal(data_at(10, 10), REM_WHY_TCP_BEHIND_HOLE);
	for (uint32_t i = 1; i < 8; i++)
		assert_int_equal(data_at(10 + 20 * i, 10), REM_WHY_TCP_BEHIND_HOLE);
	assert_int_equal(data_at(400, 10), REM_WHY_TCP_NO_ROOM);
	assert_int_equal(data_at(0, 10), REM_WHY_TCP_ACCEPTED);
	assert_int_equal(conn->rx.used, 20);
	assert_int_equal(data_at(0, 10), REM_WHY_TCP_DUPLICATE);
	assert_int_equal(data_at(20 + RING, 10), REM_WHY_TCP_OUT_OF_WINDOW);
}

static void shut_window(void **state)
{
	(void)state;
	open_gate();
	for (uint32_t at = 0; at < RING; at += 1000)
		assert_int_equal(data_at(at, 1000), REM_WHY_TCP_ACCEPTED);
	while (take_out(&us) > 0)
		;
	assert_int_equal(answer().wnd, 0);
	assert_int_equal(data_at(RING, 1), REM_WHY_TCP_ZERO_WINDOW);
	while (take_out(&us) > 0)
		;
	rem_tcp_drop(conn, RING, now);
	assert_true(take_out(&us) > 0);
	assert_int_equal(us.wrote, REM_WHY_TCP_SENT_WINDOW);
	assert_int_equal(answer().wnd, RING);
}

static void timestamps(void **state)
{
	struct by_hand h = {FROM, GATE,
			    {.seq = 100, .flags = REM_SEG_SYN, .wnd = 1000, .tsval = 500,
			     .options = REM_OPT_TS},
			    NULL};

	(void)state;
	set_up();
	assert_int_equal(tcp_in(&h), REM_WHY_TCP_OPENS);
	const struct rem_segment s = answer();

	h.s = (struct rem_segment){.seq = 101,
				   .ack = s.seq + 1,
				   .flags = REM_SEG_ACK,
				   .wnd = 1000,
				   .tsval = 501,
				   .tsecr = s.tsval,
				   .options = REM_OPT_TS};
	assert_int_equal(tcp_in(&h), REM_WHY_TCP_OPENED);
	h.s.tsval = 499;
	assert_int_equal(tcp_in(&h), REM_WHY_TCP_PAWS);
	h.s.options = 0;
	assert_int_equal(tcp_in(&h), REM_WHY_TCP_NO_TIMESTAMP);
}

/* RFC 5961: who only guesses gets an ACK that tells where we are, and not two at once. */
static void blind(void **state)
{
	(void)state;
	open_gate();
	const uint32_t sent = us.sent;

	assert_int_equal(send_flags(FROM, REM_SEG_RST, 150, 0), REM_WHY_TCP_RST_BLIND);
	assert_int_equal(us.sent, sent + 1);
	assert_int_equal(answer().flags, REM_SEG_ACK);
	assert_int_equal(answer().seq, iss + 1);
	assert_int_equal(answer().ack, 101);
	assert_int_equal(send_flags(FROM, REM_SEG_SYN, 150, 0), REM_WHY_TCP_SYN_BLIND);
	assert_int_equal(send_flags(FROM, REM_SEG_RST, 200 + RING, 0), REM_WHY_TCP_RST_OUTSIDE);
	assert_int_equal(us.sent, sent + 1);
	now += SECOND;
	assert_int_equal(send_flags(FROM, REM_SEG_ACK, 101, iss + 2), REM_WHY_TCP_ACK_UNSENT);
	assert_int_equal(us.sent, sent + 2);
	now += SECOND;
	assert_int_equal(send_flags(FROM, REM_SEG_ACK, 101, iss - 100000), REM_WHY_TCP_ACK_OLD);
	assert_int_equal(us.sent, sent + 3);
	assert_int_equal(send_flags(FROM, 0, 101, 0), REM_WHY_TCP_NO_ACK);
	assert_true(rem_tcp_is_open(conn));
}

static void syn_again(void **state)
{
	(void)state;
	set_up();
	assert_int_equal(send_flags(FROM, REM_SEG_SYN, 100, 0), REM_WHY_TCP_OPENS);
	const uint32_t seq = answer().seq;

	now += SECOND;
	assert_int_equal(send_flags(FROM, REM_SEG_SYN, 100, 0), REM_WHY_TCP_SYN_AGAIN);
	run();
	assert_int_equal(answer().flags, REM_SEG_SYN | REM_SEG_ACK);
	assert_int_equal(answer().seq, seq);
}

static void data_for_nobody(void **state)
{
	(void)state;
	open_gate();
	rem_tcp_close(conn, now);
	assert_true(take_out(&us) > 0);
	assert_int_equal(us.wrote, REM_WHY_TCP_SENT_FIN);
	assert_int_equal(data_at(0, 10), REM_WHY_TCP_UNREAD);
	assert_int_equal(answer().flags & REM_SEG_RST, REM_SEG_RST);
}

/* Our window probe, when theirs is shut. */
static void probe(void **state)
{
	struct by_hand h = {FROM, GATE, {.seq = 101, .flags = REM_SEG_ACK, .wnd = 0}, NULL};

	(void)state;
	open_gate();
	h.s.ack = iss + 1;
	assert_int_equal(tcp_in(&h), REM_WHY_TCP_ACKED);
	assert_int_equal(rem_tcp_write(conn, "later", 5, now), 5);
	assert_int_equal(take_out(&us), 0);
	now += SECOND;
	assert_true(take_out(&us) > 0);
	assert_int_equal(us.wrote, REM_WHY_TCP_SENT_PROBE);
	assert_int_equal(answer().len, 1);
}

static void keepalive(void **state)
{
	(void)state;
	open_gate();
	rem_tcp_wish(conn, REM_TCB_KEEPALIVE);
	conn->tcb.keep_every = 1000;
	assert_int_equal(data_at(0, 1), REM_WHY_TCP_ACCEPTED);
	assert_int_equal(rem_tcp_read(conn, wire, 1, now), 1);
	while (us.wrote != REM_WHY_TCP_SENT_KEEPALIVE) {
		if (take_out(&us) > 0)
			continue;
		now = rem_due(&us.host.ether.node);
		assert_true(now < 5 * SECOND);
	}
	assert_int_equal(answer().seq, iss);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(holes),	   cmocka_unit_test(shut_window),
		cmocka_unit_test(timestamps),	   cmocka_unit_test(blind),
		cmocka_unit_test(syn_again),	   cmocka_unit_test(data_for_nobody),
		cmocka_unit_test(probe),	   cmocka_unit_test(keepalive),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
