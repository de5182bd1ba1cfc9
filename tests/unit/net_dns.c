/* SPDX-License-Identifier: BSD-3-Clause */
/* DNS asked: what an answer must match, aliases, silence, what is remembered, and hostile messages. */
#include "net_wire.h"

#include <stdio.h>
#include <remora/net_dns.h>

enum { SERVER = 0xc0000235, SECOND_SERVER = 0xc0000236, MESSAGE = 1200 };

static unsigned calls;

static void done(struct rem_dns_client *c)
{
	(void)c;
	calls++;
}

/* ---- messages ---- */

struct message {
	uint8_t p[MESSAGE];
	uint32_t n;
};

static void put16(struct message *m, unsigned v)
{
	m->p[m->n++] = (uint8_t)(v >> 8);
	m->p[m->n++] = (uint8_t)v;
}

/* "a.b", or "@12" for a pointer to offset 12. */
static void put_name(struct message *m, const char *name)
{
	while (*name != '\0' && *name != '@') {
		const size_t n = strcspn(name, ".@");

		m->p[m->n++] = (uint8_t)n;
		memcpy(m->p + m->n, name, n);
		m->n += (uint32_t)n;
		name += n + (name[n] == '.');
	}
	if (*name == '@')
		put16(m, 0xc000 | (unsigned)atoi(name + 1));
	else
		m->p[m->n++] = 0;
}

static void put_record(struct message *m, const char *name, unsigned type, uint32_t ttl,
		       const void *data, unsigned n)
{
	put_name(m, name);
	put16(m, type);
	put16(m, 1);
	put16(m, ttl >> 16);
	put16(m, ttl & 0xffff);
	put16(m, n);
	memcpy(m->p + m->n, data, n);
	m->n += n;
	m->p[7]++; /* an answer, unless the test moves it */
}

static void put_alias(struct message *m, const char *name, const char *to)
{
	struct message data = {.n = 0};

	put_name(&data, to);
	put_record(m, name, REM_DNS_CNAME, 100, data.p, data.n);
}

static void put_address(struct message *m, const char *name, uint32_t ttl, uint8_t last)
{
	const uint8_t a[] = {192, 0, 2, last};

	put_record(m, name, REM_DNS_A, ttl, a, sizeof(a));
}

/* The beginning of an answer to the question in d. */
static struct message reply_to(const struct datagram *d)
{
	struct message m = {.n = d->n};

	memcpy(m.p, d->p, d->n);
	m.p[2] = 0x81;
	m.p[3] = 0x80;
	return m;
}

/* ---- a client, its question, its answer ---- */

static struct rem_dns_client c;
static struct datagram question;

static void ask(const char *name, enum rem_dns_type type)
{
	rem_dns_client_init(&c, a_secret());
	c.done = done;
	c.server[0] = rem_addr4(SERVER);
	c.server[1] = rem_addr4(SECOND_SERVER);
	calls = 0;
	assert_int_equal(rem_dns_ask(&c, name, type, 0), REM_OK);
	assert_true(node_sends(&c.node, &question, 0));
	assert_why(&question, DNS_ASKS);
}

static uint16_t answer_from(const struct message *m, uint32_t server, uint16_t port)
{
	struct datagram d = {.n = m->n};

	memcpy(d.p, m->p, m->n);
	d.f.src = rem_addr4(server);
	d.f.sport = port;
	d.f.dport = c.node.port;
	node_gets(&c.node, &d, 1000);
	return d.f.verdict.why;
}

static uint16_t answer(const struct message *m)
{
	return answer_from(m, SERVER, 53);
}

static void a_question(void **state)
{
	static const uint8_t bytes[] = "\1\0\0\1\0\0\0\0\0\0\3www\7example\3org\0\0\1\0\1";

	(void)state;
	ask("www.example.org", REM_DNS_A);
	assert_int_equal(question.n, 2 + sizeof(bytes) - 1);
	assert_memory_equal(question.p + 2, bytes, sizeof(bytes) - 1);
	assert_int_equal(question.f.dport, 53);
	assert_true(question.f.sport >= 49152);
	ask("www.example.org.", REM_DNS_AAAA);
	assert_int_equal(question.p[question.n - 3], 28);
}

/* Identifiers and ports are as good as random: RFC 5452 9.2. Of 300, few of 16 and 14 bits come twice. */
static void nobody_can_guess(void **state)
{
	static uint8_t ids[65536], ports[65536];
	unsigned again = 0, next_to_another = 0;
	uint16_t id = 0, port = 0;

	(void)state;
	ask("a", REM_DNS_A);
	for (unsigned i = 0; i < 300; i++) {
		rem_dns_stop(&c, 0);
		assert_int_equal(rem_dns_ask(&c, "a", REM_DNS_A, 0), REM_OK);
		assert_true(node_sends(&c.node, &question, 0));
		again += ids[rem_get(question.p, REM_DNS_ID)]++ + ports[question.f.sport]++;
		next_to_another += abs((int)rem_get(question.p, REM_DNS_ID) - id) < 20;
		next_to_another += abs(question.f.sport - port) < 5;
		id = (uint16_t)rem_get(question.p, REM_DNS_ID);
		port = question.f.sport;
	}
	assert_true(again < 20 && next_to_another < 5);
}

static void names_that_are_none(void **state)
{
	char label[80], name[300];

	(void)state;
	rem_dns_client_init(&c, a_secret());
	memset(label, 'x', 64);
	label[64] = '\0';
	assert_int_equal(rem_dns_ask(&c, label, REM_DNS_A, 0), REM_FIELD);
	assert_int_equal(rem_dns_ask(&c, label + 1, REM_DNS_A, 0), REM_OK);
	assert_int_equal(rem_dns_ask(&c, "", REM_DNS_A, 0), REM_FIELD);
	assert_int_equal(rem_dns_ask(&c, ".", REM_DNS_A, 0), REM_FIELD);
	assert_int_equal(rem_dns_ask(&c, "a..b", REM_DNS_A, 0), REM_FIELD);
	assert_int_equal(rem_dns_ask(&c, ".a", REM_DNS_A, 0), REM_FIELD);
	assert_int_equal(rem_dns_ask(&c, "a..", REM_DNS_A, 0), REM_FIELD);
	for (int i = 0; i < 127; i++)
		memcpy(name + 2 * i, "x.", 3);
	assert_int_equal(rem_dns_ask(&c, name, REM_DNS_A, 0), REM_OK); /* 255 bytes on the wire */
	memcpy(name + 254, "y", 2);
	assert_int_equal(rem_dns_ask(&c, name, REM_DNS_A, 0), REM_FIELD);
}

static void an_answer(void **state)
{
	struct message m;

	(void)state;
	ask("www.Example.org", REM_DNS_A);
	m = reply_to(&question);
	m.p[13] ^= 0x20; /* as the server likes to write it */
	put_address(&m, "@12", 300, 1);
	put_address(&m, "WWW.example.ORG", 200, 2);
	assert_int_equal(answer(&m), REM_WHY_DNS_TAKEN);
	assert_int_equal(c.state, REM_DNS_DONE);
	assert_int_equal(c.result, REM_OK);
	assert_int_equal(calls, 1);
	assert_int_equal(c.answer.count, 2);
	assert_int_equal(c.answer.addr[0].b[3], 1);
	assert_int_equal(c.answer.addr[1].b[3], 2);
	assert_int_equal(c.answer.ttl, 200);
	assert_true(c.node.due == REM_NEVER);
	assert_int_equal(answer(&m), REM_WHY_DNS_UNASKED); /* once */
}

static void an_answer_of_ipv6(void **state)
{
	const uint8_t six[16] = {0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7};
	struct message m;

	(void)state;
	ask("a", REM_DNS_AAAA);
	m = reply_to(&question);
	put_address(&m, "a", 300, 1); /* of the other type: not asked for */
	put_record(&m, "a", REM_DNS_AAAA, 60, six, 16);
	put_record(&m, "a", REM_DNS_AAAA, 60, six, 15);
	assert_int_equal(answer(&m), REM_WHY_DNS_TAKEN);
	assert_int_equal(c.answer.count, 1);
	assert_int_equal(c.answer.addr[0].family, 6);
	assert_memory_equal(c.answer.addr[0].b, six, 16);
}

static void aliases(void **state)
{
	struct message m;

	(void)state;
	ask("a", REM_DNS_A);
	m = reply_to(&question);
	put_alias(&m, "a", "b");
	put_alias(&m, "b", "c");
	put_address(&m, "x", 300, 9); /* nobody's */
	put_address(&m, "c", 300, 1);
	assert_int_equal(answer(&m), REM_WHY_DNS_TAKEN);
	assert_int_equal(c.answer.count, 1);
	assert_int_equal(c.answer.addr[0].b[3], 1);
	assert_int_equal(c.answer.ttl, 100);

	ask("a", REM_DNS_A); /* in the wrong order */
	m = reply_to(&question);
	put_address(&m, "c", 300, 1);
	put_alias(&m, "b", "c");
	put_alias(&m, "a", "b");
	assert_int_equal(answer(&m), REM_WHY_DNS_TAKEN);

	ask("a", REM_DNS_A); /* round and round */
	m = reply_to(&question);
	put_alias(&m, "a", "b");
	put_alias(&m, "b", "a");
	assert_int_equal(answer(&m), REM_WHY_DNS_NONE);
	assert_int_equal(c.result, REM_MISS);
}

static void more_addresses_than_room(void **state)
{
	struct message m;

	(void)state;
	ask("a", REM_DNS_A);
	m = reply_to(&question);
	for (uint8_t i = 0; i < 20; i++)
		put_address(&m, "@12", 300, i);
	assert_int_equal(answer(&m), REM_WHY_DNS_TAKEN);
	assert_int_equal(c.answer.count, REM_DNS_ADDRESSES);
}

static void there_is_none(void **state)
{
	struct message m;

	(void)state;
	ask("a", REM_DNS_A);
	m = reply_to(&question);
	m.p[3] |= 3;
	assert_int_equal(answer(&m), REM_WHY_DNS_NONE);
	assert_int_equal(c.result, REM_MISS);
	ask("a", REM_DNS_A); /* the name is, the record is not */
	m = reply_to(&question);
	assert_int_equal(answer(&m), REM_WHY_DNS_NONE);
	assert_int_equal(c.result, REM_MISS);
}

/* What does not answer our question changes nothing: NAME:WRECK's kin, CVE-2020-17439. */
static void answers_to_others(void **state)
{
	struct message m, good;

	(void)state;
	ask("www.example.org", REM_DNS_A);
	good = reply_to(&question);
	put_address(&good, "@12", 300, 1);
	m = good;
	m.p[1] ^= 1;
	assert_int_equal(answer(&m), REM_WHY_DNS_UNASKED); /* the identifier */
	m = good;
	m.p[2] &= 0x7f;
	assert_int_equal(answer(&m), REM_WHY_DNS_UNASKED); /* a question */
	m = good;
	m.p[2] |= 0x28;
	assert_int_equal(answer(&m), REM_WHY_DNS_UNASKED); /* an update */
	assert_int_equal(answer_from(&good, SECOND_SERVER, 53), REM_WHY_DNS_UNASKED);
	assert_int_equal(answer_from(&good, SERVER, 54), REM_WHY_DNS_UNASKED);
	m = good;
	m.p[14] = 'x';
	assert_int_equal(answer(&m), REM_WHY_DNS_QUESTION); /* another name */
	m = good;
	m.p[question.n - 3] = 28;
	assert_int_equal(answer(&m), REM_WHY_DNS_QUESTION); /* another type */
	m = good;
	m.p[question.n - 1] = 3;
	assert_int_equal(answer(&m), REM_WHY_DNS_QUESTION); /* another class */
	m = good;
	m.p[5] = 0;
	assert_int_equal(answer(&m), REM_WHY_DNS_QUESTION); /* none */
	m = good;
	m.p[5] = 2;
	assert_int_equal(answer(&m), REM_WHY_DNS_QUESTION); /* two */
	for (m = good, m.n = 0; m.n < 12; m.n++)
		assert_int_equal(answer(&m), REM_WHY_DNS_SHORT);
	assert_int_equal(c.state, REM_DNS_ASKING);
	assert_int_equal(answer(&good), REM_WHY_DNS_TAKEN);
}

/* RFC 9267: names and lengths that lie. Each must end, and none may be taken for an answer. */
static void hostile_messages(void **state)
{
	struct message base, m;

	(void)state;
	ask("a", REM_DNS_A);
	base = reply_to(&question);
	for (int i = 0; i < 9; i++) {
		char text[20];

		m = base;
		snprintf(text, sizeof(text), "@%u", (unsigned)m.n);
		switch (i) {
		case 0: put_address(&m, text, 1, 1); break; /* a pointer to itself */
		case 1: put_address(&m, "@14000", 1, 1); break; /* past the end */
		case 2: put_address(&m, "@0", 1, 1); break;     /* into the header */
		case 3: /* a label of a kind that is not */
			put_address(&m, "x", 1, 1);
			m.p[base.n] = 0x80;
			break;
		case 4: /* a label that runs out of the message */
			put_address(&m, "x", 1, 1);
			m.p[base.n] = 63;
			break;
		case 5: /* data past the end */
			put_address(&m, "@12", 1, 1);
			m.p[m.n - 6] = 0xff;
			break;
		case 6: /* more records than there are */
			put_address(&m, "@12", 1, 1);
			m.p[6] = 0xff;
			break;
		case 7: /* a name without an end */
			memset(m.p + m.n, 1, MESSAGE - m.n);
			m.n = MESSAGE;
			m.p[7] = 1;
			break;
		default: /* an alias to a name that loops */
			put_alias(&m, "a", "@40");
			put_address(&m, "a", 1, 1);
			m.p[base.n + 13] = 0xc0;
			m.p[base.n + 14] = (uint8_t)(base.n + 13);
			break;
		}
		const uint16_t why = answer(&m);
		assert_true(why == REM_WHY_DNS_BROKEN || why == REM_WHY_DNS_NONE);
		ask("a", REM_DNS_A);
		base = reply_to(&question);
	}
	m = base; /* cut anywhere */
	put_alias(&m, "a", "bcd");
	put_address(&m, "bcd", 1, 1);
	for (uint32_t n = m.n - 1; n > base.n; n--) {
		m.n = n;
		assert_int_equal(answer(&m), REM_WHY_DNS_BROKEN);
		assert_int_equal(c.state, REM_DNS_ASKING);
	}
}

/* A name of more than 255 bytes by way of pointers is no name; the answer's others still are. */
static void names_too_long(void **state)
{
	struct message m;
	char text[10];

	(void)state;
	ask("a", REM_DNS_A);
	m = reply_to(&question);
	uint32_t at = 12;
	for (int i = 0; i < 10; i++) {
		struct message label = {.n = 0};

		snprintf(text, sizeof(text), "@%u", (unsigned)at);
		put_name(&label, "0123456789012345678901234567890123456789012345678901234567");
		label.n--;
		put16(&label, 0xc000 | at);
		at = m.n;
		memcpy(m.p + m.n, label.p, label.n);
		m.n += label.n;
		put16(&m, REM_DNS_A);
		put16(&m, 1);
		m.n += 6;
		m.p[7]++;
	}
	put_address(&m, "a", 5, 1);
	assert_int_equal(answer(&m), REM_WHY_DNS_TAKEN);
	assert_int_equal(c.answer.count, 1);
}

static void silence(void **state)
{
	uint32_t ids[8], ports[8], servers[8];
	struct datagram d;
	rem_time now = 0;
	unsigned n = 0;

	(void)state;
	ask("a", REM_DNS_A);
	for (d = question; n < 8; n++) {
		ids[n] = rem_get(d.p, REM_DNS_ID);
		ports[n] = d.f.sport;
		servers[n] = rem_be32(d.f.dst.b);
		if (c.state != REM_DNS_ASKING)
			break;
		do
			now = c.node.due;
		while (!node_sends(&c.node, &d, now) && c.state == REM_DNS_ASKING);
	}
	assert_int_equal(n, 6); /* three times each of two servers */
	assert_int_equal(c.result, REM_CLOSED);
	assert_int_equal(calls, 1);
	assert_in_range(now, 10 * SECOND, 20 * SECOND);
	for (unsigned i = 1; i < n; i++) {
		assert_true(ids[i] != ids[i - 1]);
		assert_true(ports[i] != ports[i - 1]);
		assert_int_equal(servers[i], i % 2 == 0 ? SERVER : SECOND_SERVER);
	}
}

static void a_server_that_cannot(void **state)
{
	struct datagram d;
	struct message m;

	(void)state;
	ask("a", REM_DNS_A);
	m = reply_to(&question);
	m.p[3] |= 2;
	assert_int_equal(answer(&m), REM_WHY_DNS_SERVER);
	assert_true(node_sends(&c.node, &d, 1000)); /* at once */
	assert_int_equal(rem_be32(d.f.dst.b), SECOND_SERVER);
	question = d;
	m = reply_to(&question);
	put_address(&m, "a", 5, 1);
	assert_int_equal(answer_from(&m, SECOND_SERVER, 53), REM_WHY_DNS_TAKEN);

	ask("a", REM_DNS_A); /* nobody listens */
	c.node.ops->fault(&c.node, REM_FAULT_PORT, NULL, 0);
	assert_true(node_sends(&c.node, &d, c.node.due));
	assert_int_equal(rem_be32(d.f.dst.b), SECOND_SERVER);

	rem_dns_client_init(&c, a_secret()); /* there are no servers */
	assert_int_equal(rem_dns_ask(&c, "a", REM_DNS_A, 0), REM_OK);
	assert_int_equal(c.result, REM_CLOSED);
}

/* ---- by TCP ---- */

static unsigned carried;

static void carry(struct rem_dns_carrier *k, struct rem_dns_client *client, rem_time now)
{
	(void)k, (void)client, (void)now;
	carried++;
}

static void a_cut_answer(void **state)
{
	struct rem_dns_carrier carrier = {.ask = carry};
	struct message m;
	uint8_t stream[300];

	(void)state;
	ask("a", REM_DNS_A); /* nobody carries: the next server is asked */
	m = reply_to(&question);
	m.p[2] |= 2;
	assert_int_equal(answer(&m), REM_WHY_DNS_SERVER);
	assert_int_equal(c.state, REM_DNS_ASKING);

	ask("a", REM_DNS_A);
	c.carrier = &carrier;
	carried = 0;
	m = reply_to(&question);
	m.p[2] |= 2;
	assert_int_equal(answer(&m), REM_WHY_DNS_CUT);
	assert_int_equal(c.state, REM_DNS_STREAM);
	assert_int_equal(carried, 1);
	assert_true(c.node.due == 10 * SECOND + 1000);
	assert_int_equal(rem_dns_stream_question(&c, stream, 10), REM_LIMIT);
	const int n = rem_dns_stream_question(&c, stream, sizeof(stream));
	assert_int_equal(n, 2 + question.n);
	assert_int_equal(rem_be16(stream), question.n);
	memcpy(question.p, stream + 2, question.n);
	m = reply_to(&question);
	put_address(&m, "a", 5, 1);
	rem_dns_stream_answer(&c, (struct rem_span){m.p, m.n}, 0);
	assert_int_equal(c.state, REM_DNS_DONE);
	assert_int_equal(c.answer.count, 1);

	ask("a", REM_DNS_A); /* the stream brings nothing */
	c.carrier = &carrier;
	m = reply_to(&question);
	m.p[2] |= 2;
	answer(&m);
	rem_dns_stream_answer(&c, (struct rem_span){m.p, 5}, 0);
	assert_int_equal(c.state, REM_DNS_ASKING);
	assert_int_equal(rem_be32(c.path.to.b), SECOND_SERVER);
}

/* ---- remembering ---- */

static void what_is_remembered(void **state)
{
	struct rem_dns_entry entries[2];
	struct rem_dns_cache cache;
	struct message m;
	uint8_t soa[22] = {0};

	(void)state;
	rem_dns_cache_init(&cache, a_secret(), entries, 2);
	ask("A.example", REM_DNS_A);
	c.memory = &cache.memory;
	m = reply_to(&question);
	put_address(&m, "@12", 60, 1);
	assert_int_equal(answer(&m), REM_WHY_DNS_TAKEN);
	c.answer.count = 0;
	assert_int_equal(rem_dns_ask(&c, "a.EXAMPLE.", REM_DNS_A, 59 * SECOND), REM_OK);
	assert_int_equal(c.state, REM_DNS_DONE);
	assert_int_equal(c.answer.count, 1);
	assert_int_equal(calls, 2);
	assert_int_equal(rem_dns_ask(&c, "a.example", REM_DNS_AAAA, 59 * SECOND), REM_OK);
	assert_int_equal(c.state, REM_DNS_ASKING);
	assert_int_equal(rem_dns_ask(&c, "b", REM_DNS_A, 59 * SECOND), REM_STATE);
	c.state = REM_DNS_IDLE;
	assert_int_equal(rem_dns_ask(&c, "a.example", REM_DNS_A, 61 * SECOND), REM_OK);
	assert_int_equal(c.state, REM_DNS_ASKING);

	ask("none", REM_DNS_A); /* that there is nothing, as long as the zone's authority says */
	c.memory = &cache.memory;
	m = reply_to(&question);
	m.p[3] |= 3;
	soa[21] = 30;
	put_record(&m, "", 6, 3600, soa, sizeof(soa));
	m.p[7]--;
	m.p[9]++;
	assert_int_equal(answer(&m), REM_WHY_DNS_NONE);
	assert_int_equal(c.answer.ttl, 30);
	assert_int_equal(rem_dns_ask(&c, "none", REM_DNS_A, 29 * SECOND), REM_OK);
	assert_int_equal(c.state, REM_DNS_DONE);
	assert_int_equal(c.result, REM_MISS);

	for (int i = 0; i < 5; i++) { /* more than there is room for */
		char name[2] = {(char)('a' + i), '\0'};

		ask(name, REM_DNS_A);
		c.memory = &cache.memory;
		m = reply_to(&question);
		put_address(&m, "@12", (uint32_t)(1000 - i), 1);
		answer(&m);
		assert_int_equal(rem_dns_ask(&c, name, REM_DNS_A, SECOND), REM_OK);
		assert_int_equal(c.state, REM_DNS_DONE);
	}
	ask("z", REM_DNS_A); /* a TTL with its sign set is none: RFC 2181 8 */
	c.memory = &cache.memory;
	m = reply_to(&question);
	put_address(&m, "@12", 0x80000000, 1);
	assert_int_equal(answer(&m), REM_WHY_DNS_TAKEN);
	assert_int_equal(c.answer.ttl, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_question),
		cmocka_unit_test(nobody_can_guess),
		cmocka_unit_test(names_that_are_none),
		cmocka_unit_test(an_answer),
		cmocka_unit_test(an_answer_of_ipv6),
		cmocka_unit_test(aliases),
		cmocka_unit_test(more_addresses_than_room),
		cmocka_unit_test(there_is_none),
		cmocka_unit_test(answers_to_others),
		cmocka_unit_test(hostile_messages),
		cmocka_unit_test(names_too_long),
		cmocka_unit_test(silence),
		cmocka_unit_test(a_server_that_cannot),
		cmocka_unit_test(a_cut_answer),
		cmocka_unit_test(what_is_remembered),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
