/* SPDX-License-Identifier: BSD-3-Clause */
/* A station on Linux: calls that wait, over a stack that never does. */
#include <remora/station.h>

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

static void lease_changed(struct rem_dhcp_client *c)
{
	struct rem_station *s = c->user;

	rem_dhcp_apply(c, &s->host.ip);
	for (unsigned i = 0; i < REM_DNS_SERVERS; i++) {
		const uint32_t server = i < REM_DHCP_LIST ? c->lease.dns[i] : 0;

		s->dns.server[i] = server != 0 ? rem_addr4(server) : (struct rem_addr){.family = 0};
	}
}

int rem_station_init(struct rem_station *s, FILE *lines, FILE *pcapng)
{
	const struct rem_host_tables tables = {
		.neighbour = s->neighbour,
		.neighbours = REM_STATION_NEIGHBOURS,
		.udp = s->udp_seat,
		.udps = REM_STATION_UDPS,
		.ping = s->ping_seat,
		.pings = REM_STATION_PINGS,
	};
	uint8_t seed[16];
	int err = rem_linux_seed(seed);

	if (err != 0)
		return err;
	rem_host_init(&s->host, s->card.nic.address, s->card.nic.mtu, seed, &tables);
	rem_tcp_init(&s->tcp, &s->host.ip, s->bucket, REM_STATION_BUCKETS);
	rem_dhcp_client_init(&s->dhcp, &s->host.secret, s->card.nic.address);
	s->dhcp.changed = lease_changed;
	s->dhcp.user = s;
	rem_dhcp_names_init(&s->names, &s->dhcp);
	rem_dns_client_init(&s->dns, &s->host.secret);
	rem_dns_cache_init(&s->cache, &s->host.secret, s->entry, REM_STATION_NAMES);
	s->dns.memory = &s->cache.memory;
	rem_dns_tcp_init(&s->dns_tcp, &s->tcp, s->dns_rx, sizeof(s->dns_rx), s->dns_tx,
			 sizeof(s->dns_tx));
	s->dns.carrier = &s->dns_tcp.carrier;
	rem_ntp_client_init(&s->ntp, &s->host.secret);
	rem_ping_init(&s->ping, &s->host.icmp, (struct rem_addr){.family = 0});
	rem_sit(&s->host.udp.up, &s->dhcp.node);
	rem_sit(&s->host.udp.up, &s->dns.node);
	rem_sit(&s->host.udp.up, &s->ntp.node);
	err = rem_trace_init(&s->trace, &s->card, lines, pcapng);
	if (err != 0)
		return err;
	s->trace.ether = &s->host.ether;
	s->trace.ip = &s->host.ip;
	err = rem_loop_init(&s->loop, &s->card, &s->host.ether.node, &s->trace);
	if (err != 0)
		rem_trace_end(&s->trace);
	return err;
}

void rem_station_end(struct rem_station *s)
{
	rem_loop_end(&s->loop);
	rem_trace_end(&s->trace);
	rem_linux_close(&s->card);
}

int rem_station_wait(struct rem_station *s, bool (*done)(void *of), void *of, rem_time deadline)
{
	while (!done(of)) {
		if (rem_linux_now() >= deadline)
			return -ETIMEDOUT;
		const int err = rem_loop_step(&s->loop, deadline);
		if (err != 0)
			return err;
	}
	return 0;
}

/* ---- DHCP, ARP, ICMP, DNS, NTP ---- */

static bool has_lease(void *of)
{
	return rem_dhcp_has_address(of);
}

int rem_station_lease(struct rem_station *s, uint32_t wanted, rem_time deadline)
{
	rem_dhcp_begin(&s->dhcp, 0, rem_linux_now());
	s->dhcp.wanted = wanted;
	return rem_station_wait(s, has_lease, &s->dhcp, deadline);
}

struct reaching {
	struct rem_station *s;
	struct rem_path path;
	enum rem_path_state state;
};

static bool has_way(void *of)
{
	struct reaching *r = of;

	r->state = rem_ip_way(&r->s->host.ip, &r->path, rem_linux_now());
	return r->state == REM_PATH_READY || r->state == REM_PATH_FAILED;
}

int rem_station_reach(struct rem_station *s, struct rem_addr addr, rem_time deadline)
{
	struct reaching r = {.s = s, .path = {.to = addr}};
	const int err = rem_station_wait(s, has_way, &r, deadline);

	return err == 0 && r.state == REM_PATH_FAILED ? -EHOSTUNREACH : err;
}

static bool has_echoed(void *of)
{
	const struct rem_ping *p = of;

	return !p->waiting;
}

int rem_station_ping(struct rem_station *s, struct rem_addr to, uint16_t size, rem_time *took,
		     rem_time deadline)
{
	int err;

	s->ping.path = (struct rem_path){.to = to};
	do {
		const rem_time next = rem_linux_now() + 1000000;

		rem_ping_ask(&s->ping, size);
		err = rem_station_wait(s, has_echoed, &s->ping, next < deadline ? next : deadline);
	} while (err == -ETIMEDOUT && rem_linux_now() < deadline);
	if (err == 0 && s->ping.fault >= 0)
		return s->ping.fault == REM_FAULT_TOO_BIG ? -EMSGSIZE : -EHOSTUNREACH;
	*took = s->ping.took;
	return err;
}

static bool is_answered(void *of)
{
	const struct rem_dns_client *c = of;

	return c->state == REM_DNS_DONE;
}

int rem_station_resolve(struct rem_station *s, const char *name, struct rem_addr *addr,
			rem_time deadline)
{
	struct in_addr number;

	if (inet_pton(AF_INET, name, &number) == 1) {
		*addr = rem_addr4(ntohl(number.s_addr));
		return 0;
	}
	if (rem_dns_ask(&s->dns, name, REM_DNS_A, rem_linux_now()) != REM_OK)
		return -EINVAL;
	const int err = rem_station_wait(s, is_answered, &s->dns, deadline);
	if (err != 0) {
		rem_dns_stop(&s->dns, rem_linux_now());
		return err;
	}
	switch (s->dns.result) {
	case REM_OK: *addr = s->dns.answer.addr[0]; return 0;
	case REM_MISS: return -ENOENT;
	case REM_UNSUP: return -EREMOTEIO;
	default: return -ETIMEDOUT;
	}
}

static bool is_told(void *of)
{
	const struct rem_ntp_client *c = of;

	return c->state != REM_NTP_ASKS;
}

int rem_station_ask_time(struct rem_station *s, struct rem_addr server, unsigned samples,
			 int64_t *offset, rem_time deadline)
{
	rem_ntp_ask(&s->ntp, server, samples, rem_linux_now());
	const int err = rem_station_wait(s, is_told, &s->ntp, deadline);
	if (err != 0)
		return err;
	*offset = s->ntp.offset;
	return s->ntp.state == REM_NTP_KNOWS ? 0 : -ETIMEDOUT;
}

/* ---- TCP ---- */

int rem_station_why(const struct rem_tcp_conn *c)
{
	switch (c->end) {
	case REM_TCP_END_RESET: return -ECONNRESET;
	case REM_TCP_END_TIMEOUT: return -ETIMEDOUT;
	case REM_TCP_END_UNREACHABLE: return -EHOSTUNREACH;
	case REM_TCP_END_ABORTED: return -ECONNABORTED;
	default: return 0;
	}
}

static bool is_dialled(void *of)
{
	const struct rem_tcp_conn *c = of;

	return rem_tcp_is_open(c) || c->tcb.state == REM_TCP_CLOSED;
}

int rem_station_dial(struct rem_station *s, struct rem_tcp_conn *c, struct rem_addr to,
		     uint16_t port, uint16_t from, rem_time deadline)
{
	int err = rem_tcp_open_from(&s->tcp, c, &to, port, from, rem_linux_now());

	if (err != REM_OK)
		return err == REM_MISS ? -EHOSTUNREACH : err == REM_LIMIT ? -EADDRINUSE : -EISCONN;
	err = rem_station_wait(s, is_dialled, c, deadline);
	if (err == 0 && !rem_tcp_is_open(c))
		err = c->end == REM_TCP_END_RESET ? -ECONNREFUSED : rem_station_why(c);
	if (err != 0)
		rem_tcp_abort(c, rem_linux_now());
	return err;
}

static bool can_read(void *of)
{
	const struct rem_tcp_conn *c = of;

	return c->rx.used > 0 || rem_tcp_at_end(c);
}

int rem_station_read(struct rem_station *s, struct rem_tcp_conn *c, void *p, uint32_t n,
		     rem_time deadline)
{
	const int err = rem_station_wait(s, can_read, c, deadline);

	if (err != 0)
		return err;
	const int got = rem_tcp_read(c, p, n, rem_linux_now());
	return got == REM_CLOSED ? rem_station_why(c) : got;
}

static bool can_write(void *of)
{
	const struct rem_tcp_conn *c = of;

	return rem_ring_room(&c->tx) > 0 || c->tcb.state == REM_TCP_CLOSED;
}

int rem_station_write(struct rem_station *s, struct rem_tcp_conn *c, const void *p, uint32_t n,
		      rem_time deadline)
{
	uint32_t sent = 0;

	while (sent < n) {
		const int err = rem_station_wait(s, can_write, c, deadline);
		if (err != 0)
			return err;
		const int more = rem_tcp_write(c, (const uint8_t *)p + sent, n - sent,
					       rem_linux_now());
		if (more < 0)
			return rem_station_why(c) != 0 ? rem_station_why(c) : -EPIPE;
		sent += (uint32_t)more;
	}
	return (int)n;
}

int rem_station_listen(struct rem_station *s, struct rem_tcp_listener *l)
{
	return rem_tcp_listen(&s->tcp, l) == REM_OK ? 0 : -EADDRINUSE;
}

struct accepting {
	struct rem_tcp_listener *l;
	struct rem_tcp_conn *c;
};

static bool has_come(void *of)
{
	struct accepting *a = of;

	a->c = rem_tcp_accept(a->l);
	return a->c != NULL;
}

int rem_station_accept(struct rem_station *s, struct rem_tcp_listener *l, struct rem_tcp_conn **c,
		       rem_time deadline)
{
	struct accepting a = {l, NULL};
	const int err = rem_station_wait(s, has_come, &a, deadline);

	*c = a.c;
	return err;
}

static bool is_over(void *of)
{
	const struct rem_tcp_conn *c = of;

	return c->tcp == NULL || c->held || c->tcb.state == REM_TCP_TIME_WAIT;
}

int rem_station_close(struct rem_station *s, struct rem_tcp_conn *c, rem_time deadline)
{
	rem_tcp_close(c, rem_linux_now());
	const int err = rem_station_wait(s, is_over, c, deadline);

	return err == 0 && c->tcp == NULL ? rem_station_why(c) : err;
}

int rem_station_call(struct rem_station *s, struct rem_tcp_conn *c, struct rem_http_call *call,
		     rem_time patience)
{
	rem_time moved = rem_linux_now();
	uint64_t before = 0;

	for (;;) {
		const rem_time now = rem_linux_now();
		const int result = rem_http_call_over(call, c, now);
		const uint64_t progress = call->received + call->left + call->used + c->tx.used;

		if (result == 1)
			return 0;
		if (result == REM_SHORT)
			return c->end != REM_TCP_END_NONE ? rem_station_why(c) : -ENODATA;
		if (result < 0)
			return result == REM_DROP ? -ECANCELED : -EPROTO;
		if (progress != before)
			moved = now;
		before = progress;
		if (now - moved >= patience)
			return -ETIMEDOUT;
		const int err = rem_loop_step(&s->loop, moved + patience);
		if (err != 0)
			return err;
	}
}
