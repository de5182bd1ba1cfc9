/* SPDX-License-Identifier: BSD-3-Clause */
/* NTP spoken: four stamps, what is not believed, kisses, 2036, and a server that is not asked too often. */
#include "net_wire.h"

#include <remora/net_ntp.h>

#define UNIX_2026 INT64_C(1767225600000000)

enum { SERVER = 0xc0000201, CLIENT = 0xc0000264 };

static unsigned calls;

static void done(struct rem_ntp_client *c)
{
	(void)c;
	calls++;
}

static struct rem_ntp_client client_that_asks(unsigned samples)
{
	struct rem_ntp_client c;

	rem_ntp_client_init(&c, a_secret());
	c.done = done;
	calls = 0;
	rem_ntp_ask(&c, rem_addr4(SERVER), samples, 0);
	return c;
}

static struct rem_ntp_server server_at(int64_t unix_us)
{
	struct rem_ntp_server s;

	rem_ntp_server_init(&s, a_secret(), NULL, 0);
	s.offset = unix_us;
	s.leap = 0;
	s.stratum = 2;
	s.refid = 0x0a000001;
	s.delay = 1000;
	s.dispersion = 2000;
	s.reference = unix_us - 64 * SECOND;
	return s;
}

/* A question sent at `now` and answered `there` microseconds later. */
static void exchange(struct rem_ntp_client *c, struct rem_ntp_server *s, rem_time now, int there,
		     struct datagram *d)
{
	c->node.path = &c->path;
	assert_true(node_sends(&c->node, d, now));
	assert_why(d, NTP_ASKS);
	assert_int_equal(d->n, 48);
	assert_int_equal(node_answers(&s->node, d, now + there), 48);
	assert_why(d, NTP_ANSWERED);
}

static void one_sample(void **state)
{
	struct rem_ntp_client c = client_that_asks(1);
	struct rem_ntp_server s = server_at(UNIX_2026);
	struct datagram d;

	(void)state;
	exchange(&c, &s, 1000, 300, &d);
	assert_int_equal(rem_get(d.p, REM_NTP_VERSION), 4);
	assert_int_equal(rem_get(d.p, REM_NTP_MODE), 4);
	assert_int_equal(rem_get(d.p, REM_NTP_STRATUM), 2);
	assert_int_equal(rem_get(d.p, REM_NTP_REFID), 0x0a000001);
	assert_int_equal(node_gets(&c.node, &d, 2000), REM_OK);
	assert_why(&d, NTP_TAKEN);
	assert_int_equal(c.state, REM_NTP_KNOWS);
	assert_int_equal(calls, 1);
	assert_int_equal(c.delay, 1000);
	/* there in 300, back in 700: half of the difference is the error */
	assert_true(c.offset == UNIX_2026 - 200);
	assert_true(c.node.due == REM_NEVER);
}

static void the_least_delay_counts(void **state)
{
	static const int ways[][2] = {{900, 100}, {100, 100}, {100, 5000}};
	struct rem_ntp_client c = client_that_asks(3);
	struct rem_ntp_server s = server_at(UNIX_2026);
	struct datagram d;
	rem_time now = 0;

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(c.state, REM_NTP_ASKS);
		exchange(&c, &s, now, ways[i][0], &d);
		assert_int_equal(node_gets(&c.node, &d, now + ways[i][0] + ways[i][1]), REM_OK);
		now = c.node.due;
	}
	assert_int_equal(c.state, REM_NTP_KNOWS);
	assert_int_equal(c.heard, 3);
	assert_int_equal(c.delay, 200);
	assert_true(c.offset == UNIX_2026);
}

static void nobody_answers(void **state)
{
	struct rem_ntp_client c = client_that_asks(1);
	uint64_t seen[8];
	uint16_t port[8];
	struct datagram d;
	unsigned n = 0;

	(void)state;
	c.node.path = &c.path;
	while (c.state == REM_NTP_ASKS && n < 8) {
		if (node_sends(&c.node, &d, c.node.due)) {
			seen[n] = rem_get64(d.p, REM_NTP_TRANSMIT);
			port[n++] = d.f.sport;
		}
	}
	assert_int_equal(n, 5);
	assert_int_equal(c.state, REM_NTP_FAILED);
	assert_int_equal(calls, 1);
	for (unsigned i = 1; i < n; i++) { /* each question is another */
		assert_true(seen[i] != seen[i - 1] && seen[i] != 0);
		assert_true(port[i] != port[i - 1] && port[i] >= 49152);
	}
}

/* What an answer must not be. */
static void bad_answers(void **state)
{
	static const struct {
		uint32_t handle;
		uint64_t value;
		uint16_t why;
	} cases[] = {
		{REM_NTP_ORIGIN, 0, REM_WHY_NTP_UNASKED},
		{REM_NTP_ORIGIN, 12345, REM_WHY_NTP_UNASKED},
		{REM_NTP_MODE, 3, REM_WHY_NTP_UNASKED},
		{REM_NTP_MODE, 5, REM_WHY_NTP_UNASKED},
		{REM_NTP_MODE, 6, REM_WHY_NTP_UNASKED},
		{REM_NTP_VERSION, 5, REM_WHY_NTP_UNASKED},
		{REM_NTP_LEAP, 3, REM_WHY_NTP_INSANE},
		{REM_NTP_STRATUM, 16, REM_WHY_NTP_INSANE},
		{REM_NTP_STRATUM, 255, REM_WHY_NTP_INSANE},
		{REM_NTP_DELAY, 0x80000000, REM_WHY_NTP_INSANE},
		{REM_NTP_DISPERSION, 0x100000, REM_WHY_NTP_INSANE},
		{REM_NTP_RECEIVE, 0, REM_WHY_NTP_INSANE},
		{REM_NTP_TRANSMIT, 0, REM_WHY_NTP_INSANE},
		{REM_NTP_TRANSMIT, 1, REM_WHY_NTP_STAMPS},
		{REM_NTP_RECEIVE, 0x8000000000000000, REM_WHY_NTP_STAMPS}, /* it thought for years */
	};
	struct rem_ntp_client c = client_that_asks(1);
	struct rem_ntp_server s = server_at(UNIX_2026);
	struct datagram d, bad;

	(void)state;
	exchange(&c, &s, 0, 100, &d);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		bad = d;
		rem_put(bad.p, cases[i].handle, cases[i].value);
		assert_true(node_gets(&c.node, &bad, 200) < 0);
		assert_int_equal(bad.f.verdict.why, cases[i].why);
		assert_int_equal(c.state, REM_NTP_ASKS);
	}
	for (bad = d, bad.n = 0; bad.n < 48; bad.n++) {
		assert_true(node_gets(&c.node, &bad, 200) < 0);
		assert_why(&bad, NTP_SHORT);
	}
	bad = d; /* the right one is still taken, and once */
	assert_int_equal(node_gets(&c.node, &bad, 200), REM_OK);
	assert_true(node_gets(&c.node, &d, 200) < 0);
	assert_why(&d, NTP_UNASKED);
}

/* Extension fields, of whatever length, are nobody's here. */
static void extensions_of_no_length(void **state)
{
	struct rem_ntp_client c = client_that_asks(1);
	struct rem_ntp_server s = server_at(UNIX_2026);
	struct datagram d;

	(void)state;
	exchange(&c, &s, 0, 100, &d);
	memset(d.p + 48, 0, 9);
	d.n = 57;
	assert_int_equal(node_gets(&c.node, &d, 200), REM_OK);
	c = client_that_asks(1);
	c.node.path = &c.path;
	assert_true(node_sends(&c.node, &d, 0));
	memset(d.p + 48, 0, 7);
	d.n = 55;
	assert_int_equal(node_answers(&s.node, &d, 0), 48);
}

static void a_kiss_of_death(void **state)
{
	struct rem_ntp_client c = client_that_asks(4);
	struct rem_ntp_server s = server_at(UNIX_2026);
	struct datagram d, kiss;

	(void)state;
	exchange(&c, &s, 0, 100, &d);
	kiss = d;
	rem_put(kiss.p, REM_NTP_STRATUM, 0);
	rem_put(kiss.p, REM_NTP_REFID, 0x44454e59); /* DENY */
	rem_put(kiss.p, REM_NTP_ORIGIN, 1);         /* a forger's */
	assert_true(node_gets(&c.node, &kiss, 200) < 0);
	assert_int_equal(c.state, REM_NTP_ASKS);
	memcpy(kiss.p + 24, d.p + 24, 8);
	assert_int_equal(node_gets(&c.node, &kiss, 200), REM_OK);
	assert_why(&kiss, NTP_KISS);
	assert_int_equal(c.state, REM_NTP_FAILED);
	assert_int_equal(c.kiss, 0x44454e59);
	assert_true(c.node.due == REM_NEVER);
}

static void no_way(void **state)
{
	struct rem_ntp_client c = client_that_asks(1);

	(void)state;
	c.node.path = &c.path;
	assert_true(c.node.ops->fault(&c.node, REM_FAULT_NO_ANSWER, NULL, 0));
	assert_int_equal(c.state, REM_NTP_FAILED);
}

static void stamps_and_eras(void **state)
{
	static const struct {
		int64_t unix_us;
		uint64_t stamp;
	} cases[] = {
		{0, 0x83aa7e8000000000},
		{500000, 0x83aa7e8080000000},
		{UNIX_2026, 0xed00378000000000},
		{INT64_C(2085978495000000), 0xffffffff00000000},
		{INT64_C(2085978496000001), 0x00000000000010c6}, /* 2036-02-07T06:28:16 and a bit */
		{INT64_C(2085978497000000), 0x0000000100000000},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_true(rem_ntp_stamp(cases[i].unix_us) == cases[i].stamp);
		assert_true(rem_ntp_unix(cases[i].stamp) == cases[i].unix_us);
	}
	for (int64_t us = UNIX_2026; us < UNIX_2026 + SECOND; us += 997)
		assert_true(rem_ntp_unix(rem_ntp_stamp(us)) == us);
}

/* The clock turns over between the question and the answer. */
static void the_year_2036(void **state)
{
	const int64_t turn = INT64_C(2085978496000000);
	struct rem_ntp_client c = client_that_asks(1);
	struct rem_ntp_server s = server_at(turn - 50);
	struct datagram d;

	(void)state;
	exchange(&c, &s, 0, 100, &d);
	assert_true(rem_get64(d.p, REM_NTP_RECEIVE) < (uint64_t)1 << 32);
	assert_int_equal(node_gets(&c.node, &d, 200), REM_OK);
	assert_true(c.offset == turn - 50);
}

/* ---- the server ---- */

static void question(struct datagram *d, unsigned version, unsigned mode, uint32_t from)
{
	memset(d, 0, sizeof(*d));
	d->n = 48;
	d->p[0] = (uint8_t)(version << 3 | mode);
	rem_put(d->p, REM_NTP_TRANSMIT, 42);
	d->f.src = rem_addr4(from);
	d->f.dst = rem_addr4(SERVER);
}

static rem_time later(void *user)
{
	return *(rem_time *)user;
}

static void a_server(void **state)
{
	struct rem_ntp_server s = server_at(UNIX_2026);
	rem_time leaves = 1007;
	struct datagram d;

	(void)state;
	s.clock = later;
	s.user = &leaves;
	for (unsigned version = 1; version <= 4; version++) {
		question(&d, version, 3, CLIENT);
		assert_int_equal(node_answers(&s.node, &d, 1000), 48);
		assert_int_equal(rem_get(d.p, REM_NTP_VERSION), version);
		assert_true(rem_get64(d.p, REM_NTP_ORIGIN) == 42);
		assert_true(rem_ntp_unix(rem_get64(d.p, REM_NTP_RECEIVE)) == UNIX_2026 + 1000);
		assert_true(rem_ntp_unix(rem_get64(d.p, REM_NTP_TRANSMIT)) == UNIX_2026 + 1007);
		assert_true(rem_ntp_unix(rem_get64(d.p, REM_NTP_REFERENCE)) ==
			    UNIX_2026 - 64 * SECOND);
	}
	question(&d, 4, 3, CLIENT); /* a clock that is not set says so */
	s.leap = 3;
	assert_int_equal(node_answers(&s.node, &d, 1000), 48);
	assert_int_equal(rem_get(d.p, REM_NTP_LEAP), 3);
	assert_int_equal(rem_get(d.p, REM_NTP_STRATUM), 0);
	for (unsigned mode = 0; mode < 8; mode++) {
		question(&d, 4, mode, CLIENT);
		if (mode == 3)
			continue;
		assert_true(node_answers(&s.node, &d, 0) < 0);
		assert_why(&d, NTP_MODE);
	}
	question(&d, 5, 3, CLIENT);
	assert_true(node_answers(&s.node, &d, 0) < 0);
	question(&d, 4, 3, CLIENT);
	d.n = 47;
	assert_true(node_answers(&s.node, &d, 0) < 0);
	assert_why(&d, NTP_SHORT);
}

static void who_asks_too_often(void **state)
{
	struct rem_ntp_guest guests[4] = {{0}};
	struct rem_ntp_server s = server_at(UNIX_2026);
	struct datagram d;
	unsigned answers = 0, kisses = 0, silence = 0;

	(void)state;
	s.guest = guests;
	s.guests = 4;
	for (int i = 0; i < 100; i++) {
		question(&d, 4, 3, CLIENT);
		node_answers(&s.node, &d, i);
		answers += d.f.verdict.why == REM_WHY_NTP_ANSWERED;
		kisses += d.f.verdict.why == REM_WHY_NTP_KISSED;
		silence += d.f.verdict.why == REM_WHY_NTP_RATE;
		if (d.f.verdict.why == REM_WHY_NTP_KISSED) {
			assert_int_equal(rem_get(d.p, REM_NTP_STRATUM), 0);
			assert_int_equal(rem_get(d.p, REM_NTP_REFID), 0x52415445);
		}
	}
	assert_int_equal(answers, 8);
	assert_int_equal(kisses, 1);
	assert_int_equal(silence, 91);
	question(&d, 4, 3, CLIENT); /* patience is rewarded */
	assert_int_equal(node_answers(&s.node, &d, 20 * SECOND), 48);
	assert_why(&d, NTP_ANSWERED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_sample),
		cmocka_unit_test(the_least_delay_counts),
		cmocka_unit_test(nobody_answers),
		cmocka_unit_test(bad_answers),
		cmocka_unit_test(extensions_of_no_length),
		cmocka_unit_test(a_kiss_of_death),
		cmocka_unit_test(no_way),
		cmocka_unit_test(stamps_and_eras),
		cmocka_unit_test(the_year_2036),
		cmocka_unit_test(a_server),
		cmocka_unit_test(who_asks_too_often),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
