/* SPDX-License-Identifier: BSD-3-Clause */
/* ICMP in the live stack: echoes, errors sent and believed, what quotes a lie. */
#include "net_pair.h"

static uint8_t *message(uint32_t type, uint32_t code, uint32_t n)
{
	uint8_t *p = ip_to_us(REM_IP_ICMP, n);

	rem_put(p, REM_ICMP_TYPE, type);
	rem_put(p, REM_ICMP_CODE, code);
	return p;
}

static unsigned in(uint8_t *p, uint32_t n)
{
	rem_put(p, REM_ICMP_SUM, 0);
	rem_put(p, REM_ICMP_SUM, 0xffff & ~rem_sum(p, n));
	return ip_in(REM_IPV4_HEADER + n);
}

static void echoes(void **state)
{
	uint8_t *p;

	(void)state;
	pair_init();
	for (uint32_t n = 8; n < 70; n++) {
		p = message(REM_ICMP_ECHO, 0, n);
		memset(p + 8, 0xff, n - 8);
		assert_int_equal(in(p, n), REM_WHY_ICMP_ECHO);
		assert_int_equal(us.last[34], REM_ICMP_ECHO_REPLY);
		assert_int_equal(rem_sum(us.last + 34, n), 0xffff);
		assert_int_equal(rem_get(us.last + 14, REM_IPV4_SRC), OURS);
		assert_int_equal(rem_get(us.last + 14, REM_IPV4_DST), THEIRS);
		assert_memory_equal(us.last, their_mac, 6);
	}
	for (uint32_t n = 0; n < 8; n++) {
		message(REM_ICMP_ECHO, 0, n);
		assert_int_equal(ip_in(20 + n), REM_WHY_ICMP_SHORT);
	}
	message(REM_ICMP_ECHO, 0, 20);
	assert_int_equal(ip_in(40), REM_WHY_ICMP_SUM);
	p = message(REM_ICMP_ECHO, 0, 20);
	memset(wire + 2, 0xff, 6);
	rem_put(p - 20, REM_IPV4_DST, 0xffffffff);
	assert_int_equal(in(p, 20), REM_WHY_ICMP_ECHO_GROUP);
}

static void answers(void **state)
{
	struct rem_ping first, other;
	uint8_t *p;

	(void)state;
	pair_init();
	rem_ping_init(&first, &us.host.icmp, rem_addr4(THEIRS));
	rem_ping_init(&other, &us.host.icmp, rem_addr4(THEIRS));
	assert_int_not_equal(first.node.port, other.node.port);
	rem_ping_ask(&first, 3);
	carry(&us, &them);
	now += 5000;
	run();
	assert_int_equal(first.answers, 1);
	assert_false(first.waiting);
	rem_ping_ask(&first, 3);
	assert_int_equal(take_out(&us), 60);
	assert_int_equal(us.wrote, REM_WHY_ICMP_ASKS);
	now += 1234;
	for (unsigned i = 0; i < 4;
	     i++) { /* another number, other bytes, shorter, then the answer, twice */
		p = message(REM_ICMP_ECHO_REPLY, 0, i == 2 ? 10 : 11);
		rem_put(p, REM_ICMP_ID, first.node.port);
		rem_put(p, REM_ICMP_SEQ, i == 0 ? 7 : 2);
		memcpy(p + 8, i == 1 ? "\x10\x12\x12" : "\x10\x11\x12", i == 2 ? 2 : 3);
		assert_int_equal(in(p, i == 2 ? 10 : 11),
				 i == 3 ? REM_WHY_ICMP_REPLY : REM_WHY_ICMP_REPLY_UNASKED);
	}
	assert_int_equal(first.took, 1234);
	assert_int_equal(first.answers, 2);
	p = message(REM_ICMP_ECHO_REPLY, 0, 11);
	rem_put(p, REM_ICMP_ID, first.node.port);
	rem_put(p, REM_ICMP_SEQ, 2);
	assert_int_equal(in(p, 11), REM_WHY_ICMP_REPLY_UNASKED);
	assert_int_equal(other.answers, 0);
}

/* A ping of ours, as a router would quote it. */
static uint8_t quoted[28];

static void quote(const struct rem_ping *ping)
{
	memset(quoted, 0, sizeof(quoted));
	quoted[0] = 0x45;
	rem_put(quoted, REM_IPV4_TOTAL, 1400);
	rem_put(quoted, REM_IPV4_PROTO, REM_IP_ICMP);
	rem_put(quoted, REM_IPV4_SRC, OURS);
	rem_put(quoted, REM_IPV4_DST, THEIRS);
	quoted[20] = REM_ICMP_ECHO;
	rem_put(quoted + 20, REM_ICMP_ID, ping->node.port);
	rem_put(quoted + 20, REM_ICMP_SEQ, ping->seq);
}

/* An error that quotes n bytes of it. */
static unsigned error(uint32_t type, uint32_t code, uint32_t mtu, uint32_t n)
{
	uint8_t *p = message(type, code, 8 + n);

	rem_put(p, REM_ICMP_MTU, mtu);
	memcpy(p + 8, quoted, n);
	return in(p, 8 + n);
}

static struct rem_ping ping;

static void set_up(void)
{
	pair_init();
	rem_ping_init(&ping, &us.host.icmp, rem_addr4(THEIRS));
	rem_ping_ask(&ping, 3);
	take_out(&us);
	quote(&ping);
}

static void errors(void **state)
{
	static const struct {
		uint8_t type, code, fault;
	} cases[] = {
		{3, 0, REM_FAULT_NETWORK}, {3, 1, REM_FAULT_NETWORK}, {3, 13, REM_FAULT_NETWORK},
		{3, 2, REM_FAULT_PORT},    {3, 3, REM_FAULT_PORT},    {3, 4, REM_FAULT_TOO_BIG},
		{11, 0, REM_FAULT_EXPIRED}, {11, 1, REM_FAULT_EXPIRED},
	};

	(void)state;
	set_up();
	for (unsigned i = 0; i < REM_COUNT(cases); i++) {
		assert_int_equal(error(cases[i].type, cases[i].code, 0, 28), REM_WHY_ICMP_ERROR);
		assert_int_equal(ping.fault, cases[i].fault);
	}
}

static void errors_that_lie(void **state)
{
	static const struct {
		uint32_t handle, value;
		unsigned why;
	} lies[] = {
		{REM_IPV4_VERSION, 6, REM_WHY_ICMP_ERROR_QUOTE},
		{REM_IPV4_IHL, 4, REM_WHY_ICMP_ERROR_QUOTE},
		{REM_IPV4_IHL, 15, REM_WHY_ICMP_ERROR_QUOTE},
		{REM_IPV4_TOTAL, 19, REM_WHY_ICMP_ERROR_QUOTE},
		{REM_IPV4_SRC, THEIRS, REM_WHY_ICMP_ERROR_QUOTE},
		{REM_IPV4_OFFSET, 1, REM_WHY_ICMP_ERROR_QUOTE},
		{REM_IPV4_DST, 0x0a000009, REM_WHY_ICMP_ERROR_NOBODY},
		{REM_IPV4_PROTO, REM_IP_TCP, REM_WHY_ICMP_ERROR_NOBODY},
		{REM_IPV4_PROTO, REM_IP_UDP, REM_WHY_ICMP_ERROR_NOBODY},
	};

	(void)state;
	set_up();
	for (uint32_t n = 0; n <= 20; n++)
		assert_int_equal(error(3, 1, 0, n), REM_WHY_ICMP_ERROR_QUOTE);
	for (uint32_t n = 21; n < 28; n++)
		assert_int_equal(error(3, 1, 0, n), REM_WHY_ICMP_ERROR_NOBODY);
	for (unsigned i = 0; i < REM_COUNT(lies); i++) {
		quote(&ping);
		rem_put(quoted, lies[i].handle, lies[i].value);
		assert_int_equal(error(3, 1, 0, 28), lies[i].why);
	}
	quote(&ping);
	rem_put(quoted + 20, REM_ICMP_SEQ, ping.seq + 1);
	assert_int_equal(error(3, 1, 0, 28), REM_WHY_ICMP_ERROR_NOBODY);
	assert_int_equal(ping.fault, -1);
}

static void other_types(void **state)
{
	(void)state;
	pair_init();
	for (uint32_t type = 0; type < 256; type++) {
		const unsigned why = in(message(type, 0, 36), 36);

		if (type == REM_ICMP_ECHO || type == REM_ICMP_UNREACHABLE ||
		    type == REM_ICMP_TIME_EXCEEDED || type == REM_ICMP_ECHO_REPLY)
			continue;
		assert_int_equal(why, type == REM_ICMP_REDIRECT ? REM_WHY_ICMP_REDIRECT
								: REM_WHY_ICMP_TYPE);
	}
}

/* What a router says of the way's width, or what it does not say: RFC 1191 7.1. */
static uint16_t told;

static bool hear(struct rem_node *n, enum rem_fault why, const struct rem_frame *f, uint32_t off)
{
	(void)n;
	(void)off;
	told = why == REM_FAULT_TOO_BIG ? f->mtu : 0;
	return true;
}

static void widths(void **state)
{
	static const struct rem_node_ops ops = {NULL, NULL, hear};

	(void)state;
	set_up();
	ping.node.ops = &ops;
	error(3, 4, 1300, 28);
	assert_int_equal(told, 1300);
	error(3, 4, 0, 28);
	assert_int_equal(told, 1006);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(echoes),
		cmocka_unit_test(answers),
		cmocka_unit_test(errors),
		cmocka_unit_test(errors_that_lie),
		cmocka_unit_test(other_types),
		cmocka_unit_test(widths),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
