/* SPDX-License-Identifier: BSD-3-Clause */
/* Two hosts on a cable, from Ethernet to HTTP: a lease, the time, a name, a page; with frames lost. */
#include "net_wire.h"

#include <remora/host.h>
#include <remora/net_dhcp.h>
#include <remora/net_dhcp_server.h>
#include <remora/net_dns.h>
#include <remora/net_http.h>
#include <remora/net_ntp.h>

enum { FRAME = 1600, CONNS = 2, RING = 4096, HEADS = 600, SERVER = 0xc0a80a01 };

/* A host with TCP, and memory for all its tables. */
struct machine {
	struct rem_host host;
	struct rem_tcp tcp;
	struct rem_tcp_conn *bucket[4];
	struct rem_neighbour neighbour[4];
	struct rem_seat udp[4];
	uint32_t count[REM_REASONS];
};

static struct machine a, b; /* a client, a server */
static rem_time now;
static uint32_t dice, lost_of_256;

static bool is_lost(void)
{
	dice = dice * 1664525 + 1013904223;
	return (dice >> 24) < lost_of_256;
}

static void begin_machine(struct machine *m, uint8_t last)
{
	const uint8_t address[6] = {2, 0, 0, 0, 0, last}, seed[16] = {last};
	const struct rem_host_tables tables = {
		.neighbour = m->neighbour, .neighbours = 4, .udp = m->udp, .udps = 4};

	memset(m, 0, sizeof(*m));
	rem_host_init(&m->host, address, 1500, seed, &tables);
	assert_int_equal(rem_tcp_init(&m->tcp, &m->host.ip, m->bucket, 4), REM_OK);
}

/* A frame of one machine's reaches the other, which may answer in the same frame, and so on. */
static void carry(struct machine *from, struct machine *to, struct rem_frame *f)
{
	struct rem_watch watch = {.count = to->count};

	f->head = 0;
	if (!is_lost() && rem_in(&to->host.ether.node, f, now, &watch) > 0) {
		rem_sent(f, true, &watch);
		if (f->head > 0) {
			memmove(f->p, f->p + f->head, f->end - f->head);
			f->end -= f->head;
		}
		carry(to, from, f);
	}
}

static bool sends(struct machine *from, struct machine *to)
{
	struct rem_watch watch = {.count = from->count};
	uint8_t *p = malloc(FRAME);
	struct rem_frame f = {.p = p, .room = FRAME};

	assert_non_null(p);
	const int n = rem_out(&from->host.ether.node, &f, now);
	assert_true(n >= 0);
	if (n > 0) {
		rem_sent(&f, true, &watch);
		memmove(p, p + f.head, (size_t)n);
		f.end = (uint32_t)n;
		carry(from, to, &f);
	}
	free(p);
	return n > 0;
}

/* All that is due now, then on to the next time that somebody wants. */
static void step(rem_time until)
{
	rem_time next;

	while (sends(&a, &b) || sends(&b, &a))
		now += 10;
	next = rem_due(&a.host.ether.node);
	if (rem_due(&b.host.ether.node) < next)
		next = rem_due(&b.host.ether.node);
	if (until < next)
		next = until;
	assert_true(next < REM_NEVER);
	now = next > now ? next : now + 1;
}

/* ---- services ---- */

static struct rem_dhcp_server dhcp_server;
static struct rem_dhcp_place places[8];
static struct rem_ntp_server ntp_server;
static struct rem_dhcp_client dhcp;
static struct rem_ntp_client ntp;
static struct rem_dns_client dns;

static void got_lease(struct rem_dhcp_client *c)
{
	rem_dhcp_apply(c, &a.host.ip);
}

/* A name server that knows one name. */
static int answer_name(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	static const uint8_t record[] = {0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 168, 10, 1};
	uint8_t *p = f->p + off;

	(void)n;
	p[2] |= 0x80;
	p[7] = 1;
	memcpy(f->p + f->end, record, sizeof(record));
	return (int)(f->end - off + sizeof(record));
}

static const struct rem_node_ops name_ops = {answer_name, NULL, NULL};
static struct rem_node name_server;

static void page(struct rem_http_exchange *x)
{
	rem_http_reply(x, 200, "text/plain", (struct rem_span){(const uint8_t *)"hello", 5});
}

static const struct rem_http_route routes[] = {{"GET", "/", page, NULL}};
static const struct rem_http_server server = {
	.route = routes, .routes = 1, .patience = 100 * SECOND, .idle = 100 * SECOND};
static struct rem_http_site site;
static struct rem_http_session sessions[CONNS];
static struct rem_tcp_conn pool[CONNS];
static uint8_t rings[CONNS][2][RING], heads[CONNS][HEADS];

static void begin(uint32_t loss)
{
	now = 1000;
	dice = 7;
	lost_of_256 = loss;
	begin_machine(&a, 1);
	begin_machine(&b, 2);
	rem_host_configure(&b.host, rem_addr4(SERVER), 24, (struct rem_addr){.family = 0});
	memset(places, 0, sizeof(places));
	rem_dhcp_server_init(&dhcp_server, places, 8);
	dhcp_server.addr = dhcp_server.router = dhcp_server.dns[0] = SERVER;
	dhcp_server.mask = 0xffffff00;
	dhcp_server.first = SERVER + 9;
	dhcp_server.seconds = 600;
	rem_sit(&b.host.udp.up, &dhcp_server.node);
	rem_ntp_server_init(&ntp_server, &b.host.secret, NULL, 0);
	ntp_server.offset = 1767225600000000;
	ntp_server.leap = 0;
	ntp_server.stratum = 1;
	rem_sit(&b.host.udp.up, &ntp_server.node);
	name_server = (struct rem_node){.ops = &name_ops, .due = REM_NEVER, .port = 53};
	rem_sit(&b.host.udp.up, &name_server);
	rem_dhcp_client_init(&dhcp, &a.host.secret, a.host.ether.address);
	dhcp.changed = got_lease;
	rem_dhcp_begin(&dhcp, 0, now);
	rem_sit(&a.host.udp.up, &dhcp.node);
}

static void begin_site(void)
{
	for (unsigned i = 0; i < CONNS; i++)
		rem_tcp_conn_init(&pool[i], rings[i][0], RING, rings[i][1], RING);
	site = (struct rem_http_site){
		.listener = {.pool = pool, .count = CONNS, .backlog = CONNS, .port = 80},
		.server = &server,
		.session = sessions,
		.heads = heads[0],
		.head = HEADS};
	assert_int_equal(rem_http_site_open(&site, &b.tcp), REM_OK);
}

static void get_page(void)
{
	static uint8_t rx[RING], tx[RING];
	const struct rem_addr to = rem_addr4(SERVER);
	struct rem_tcp_conn conn;
	struct rem_http_call call;
	uint8_t head[HEADS];
	int result = REM_OK;

	rem_tcp_conn_init(&conn, rx, RING, tx, RING);
	assert_int_equal(rem_tcp_open(&a.tcp, &conn, &to, 80, now), REM_OK);
	rem_http_call_init(&call, head, HEADS, "GET", "/", "server.example");
	rem_http_call_send(&call, (struct rem_span){head, 0});
	for (int i = 0; i < 100000 && result == REM_OK; i++) {
		const rem_time due = rem_http_site_run(&site, now);

		assert_true(conn.tcb.state != REM_TCP_CLOSED);
		if (rem_tcp_is_open(&conn))
			result = rem_http_call_over(&call, &conn, now);
		step(due);
	}
	assert_int_equal(result, 1);
	assert_int_equal(call.code, 200);
	assert_int_equal(call.received, 5);
	rem_tcp_close(&conn, now);
	for (int i = 0; i < 100000 &&
			(conn.tcp != NULL || sessions[0].conn != NULL || sessions[1].conn != NULL);
	     i++)
		step(rem_http_site_run(&site, now));
	assert_null(conn.tcp);
	assert_null(sessions[0].conn);
}

static void everything(uint32_t loss)
{
	begin(loss);
	while (!rem_dhcp_has_address(&dhcp))
		step(now + 100 * SECOND);
	assert_int_equal(dhcp.lease.addr, SERVER + 9);
	rem_ntp_client_init(&ntp, &a.host.secret);
	rem_ntp_ask(&ntp, rem_addr4(SERVER), 3, now);
	rem_sit(&a.host.udp.up, &ntp.node);
	while (ntp.state == REM_NTP_ASKS)
		step(now + 100 * SECOND);
	assert_int_equal(ntp.state, REM_NTP_KNOWS);
	assert_in_range(ntp.offset, 1767225600000000 - 100, 1767225600000000 + 100);
	rem_dns_client_init(&dns, &a.host.secret);
	dns.server[0] = rem_addr4(dhcp.lease.dns[0]);
	assert_int_equal(rem_dns_ask(&dns, "server.example", REM_DNS_A, now), REM_OK);
	rem_sit(&a.host.udp.up, &dns.node);
	while (dns.state == REM_DNS_ASKING)
		step(now + 100 * SECOND);
	assert_int_equal(dns.result, REM_OK);
	assert_int_equal(rem_be32(dns.answer.addr[0].b), SERVER);
	begin_site();
	for (int i = 0; i < 3; i++)
		get_page();
}

static void on_a_good_cable(void **state)
{
	(void)state;
	everything(0);
	assert_true(a.count[REM_WHY_DHCP_BOUND] >= 1);
	assert_true(a.count[REM_WHY_NTP_TAKEN] == 3);
	assert_true(a.count[REM_WHY_DNS_TAKEN] == 1);
	assert_true(b.count[REM_WHY_DHCP_ANSWERED] >= 2);
}

static void on_a_bad_cable(void **state)
{
	(void)state;
	everything(40); /* one frame in six */
}

/* The lease is kept for a day of ten-minute leases. */
static void for_a_day(void **state)
{
	(void)state;
	begin(10);
	while (now < 86400 * (rem_time)SECOND)
		step(now + 86400 * (rem_time)SECOND);
	assert_true(rem_dhcp_has_address(&dhcp));
	assert_true(b.count[REM_WHY_DHCP_ANSWERED] >= 288);
	assert_true(a.count[REM_WHY_DHCP_ASKS] < 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(on_a_good_cable),
		cmocka_unit_test(on_a_bad_cable),
		cmocka_unit_test(for_a_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
