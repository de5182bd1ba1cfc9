/* SPDX-License-Identifier: BSD-3-Clause */
/* The stack on the radio: frames up and down, an address by DHCP, the time by NTP. */
#include "app.h"
#include <remora/pico_w.h>

enum {
	NEIGHBOURS = 8,
	UDP_SEATS = 4,
	PINGS = 1,
	NTP_SAMPLES = 2,
};
/* RFC 5905 7.2: MAXPOLL is 2^17 s, what is usual 2^10; RFC 8633 3.1 wants nobody to ask more often than each 2^6. */
#define TIME_KEEPS (1024 * (rem_time)1000000)
#define TIME_AGAIN (64 * (rem_time)1000000)

struct app app;

static _Alignas(4) uint8_t in[REM_CYW_FRAME], out[REM_CYW_FRAME];

static struct rem_pump pump;

void console_say_address(struct rem_addr a)
{
	say("%u.%u.%u.%u", a.b[0], a.b[1], a.b[2], a.b[3]);
}

static void ask_time(rem_time now)
{
	const uint32_t server = app.dhcp.lease.ntp[0];

	app.ask_time = REM_NEVER;
	if (server != 0)
		rem_ntp_ask(&app.ntp, rem_addr4(server), NTP_SAMPLES, now);
}

/* A server that wants no more of us is left alone. */
static void time_known(struct rem_ntp_client *ntp)
{
	const rem_time now = rem_pico_w_now();

	if (ntp->kiss == 0)
		app.ask_time = now + (ntp->state == REM_NTP_KNOWS ? TIME_KEEPS : TIME_AGAIN);
	if (ntp->state == app.told)
		return;
	app.told = ntp->state;
	if (ntp->state == REM_NTP_KNOWS)
		say("time: %u s since 1970, from a server of stratum %u\n",
		    (unsigned)((now + ntp->offset) / 1000000), ntp->stratum);
	else
		say("time: no server answers\n");
}

static void lease_changed(struct rem_dhcp_client *dhcp)
{
	const struct rem_dhcp_lease *l = &dhcp->lease;
	const struct rem_addr none = {0}, address = rem_addr4(l->addr),
			      router = rem_addr4(l->router[0]);

	if (l->addr == 0) {
		rem_host_configure(&app.host, none, 0, none);
		say("address: none\n");
		return;
	}
	const bool is_new = app.host.address[0].addr.family == 0 ||
			    !rem_addr_is(&app.host.address[0].addr, &address);
	rem_host_configure(&app.host, address, (unsigned)__builtin_popcount(l->mask),
			   l->router[0] == 0 ? none : router);
	for (unsigned i = 0; i < REM_DNS_SERVERS; i++)
		app.dns.server[i] = l->dns[i] == 0 ? none : rem_addr4(l->dns[i]);
	if (!is_new)
		return;
	say("address: ");
	console_say_address(address);
	say(", router ");
	console_say_address(router);
	say("\n");
	app.told = 0;
	ask_time(rem_pico_w_now());
}

/* The radio's address is known: a host can be made of it. */
static void begin(void)
{
	static struct rem_neighbour neighbour[NEIGHBOURS];
	static struct rem_seat udp[UDP_SEATS], ping[PINGS];
	static struct rem_tcp_conn *bucket[1];
	uint8_t seed[16];

	rem_pico_w_entropy(seed);
	rem_host_init(&app.host, app.radio.nic.address, app.radio.nic.mtu, seed,
		      &(struct rem_host_tables){.neighbour = neighbour,
						.udp = udp,
						.ping = ping,
						.neighbours = NEIGHBOURS,
						.udps = UDP_SEATS,
						.pings = PINGS});
	rem_tcp_init(&app.tcp, &app.host.ip, bucket, 1);
	rem_dhcp_client_init(&app.dhcp, &app.host.secret, app.radio.nic.address);
	app.dhcp.hostname = "remora";
	app.dhcp.changed = lease_changed;
	rem_sit(&app.host.udp.up, &app.dhcp.node);
	rem_ntp_client_init(&app.ntp, &app.host.secret);
	app.ntp.done = time_known;
	rem_sit(&app.host.udp.up, &app.ntp.node);
	rem_dns_client_init(&app.dns, &app.host.secret);
	rem_sit(&app.host.udp.up, &app.dns.node);
	pages_init();
	pump.node = &app.host.ether.node;
	app.ready = true;
}

static void follow_link(rem_time now)
{
	const bool up = app.radio.state == REM_CYW_UP;

	if (up == app.linked)
		return;
	app.linked = up;
	if (up)
		rem_dhcp_begin(&app.dhcp, app.dhcp.lease.addr, now);
}

void network_init(void)
{
	app.watch.count = app.count;
	app.ask_time = REM_NEVER;
	pump = (struct rem_pump){
		.nic = &app.radio.nic,
		.clock = rem_pico_w_now,
		.in = in,
		.out = out,
		.room = REM_CYW_FRAME,
		.watch = &app.watch,
		.heard = trace_in,
	};
}

static rem_time earlier(rem_time a, rem_time b)
{
	return a < b ? a : b;
}

rem_time network_poll(rem_time now)
{
	rem_pump_in(&pump); /* the radio's own events come this way, too */
	rem_time due = rem_cyw_poll(&app.radio, now);

	if (!app.ready && app.radio.state >= REM_CYW_READY)
		begin();
	if (!app.ready)
		return due;
	follow_link(now);
	due = earlier(due, pages_poll(now));
	due = earlier(due, fetch_poll(now));
	if (app.linked) {
		if (now >= app.ask_time)
			ask_time(now);
		due = earlier(due, app.ask_time);
		due = earlier(due, rem_pump_out(&pump));
	}
	return due;
}
