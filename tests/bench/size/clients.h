/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What both firmwares have: Ethernet, ARP with four neighbours, IPv4, ICMP, UDP, and the clients of
 * DHCP, DNS and NTP. The driver is four registers. Whatever stays in memory besides the frame stands in
 * `clients`.
 */
#ifndef SIZE_CLIENTS_H
#define SIZE_CLIENTS_H

#include <remora/host.h>
#include <remora/net_dhcp.h>
#include <remora/net_dns.h>
#include <remora/net_ntp.h>

enum { FRAME = 1514, NEIGHBOURS = 4, CLIENTS = 3 };

extern volatile uint32_t device[4]; /* bytes that came, 256 for none; bytes to go; random; time */
static uint8_t frame[FRAME];

static struct {
	struct rem_dns_client dns;
	struct rem_ntp_client ntp;
	struct rem_dhcp_client dhcp;
	struct rem_seat seat[CLIENTS];
	struct rem_neighbour neighbour[NEIGHBOURS];
	struct rem_host host;
} clients;

static rem_time clock_now(void)
{
	return device[3];
}

static void leased(struct rem_dhcp_client *c)
{
	rem_dhcp_apply(c, &clients.host.ip);
	clients.dns.server[0] = rem_addr4(c->lease.dns[0]);
	if (c->lease.addr != 0)
		rem_dns_ask(&clients.dns, "pool.ntp.org", REM_DNS_A, clock_now());
}

static void resolved(struct rem_dns_client *c)
{
	if (c->result == REM_OK)
		rem_ntp_ask(&clients.ntp, c->answer.addr[0], 4, clock_now());
}

static void begin(void)
{
	static const uint8_t address[6] = {2, 0, 0, 0, 0, 1};
	const struct rem_host_tables tables = {.neighbour = clients.neighbour,
					       .neighbours = NEIGHBOURS,
					       .udp = clients.seat,
					       .udps = CLIENTS};
	uint8_t seed[16];

	for (unsigned i = 0; i < 16; i++)
		seed[i] = (uint8_t)device[2];
	rem_host_init(&clients.host, address, 1500, seed, &tables);
	rem_dhcp_client_init(&clients.dhcp, &clients.host.secret, address);
	rem_dns_client_init(&clients.dns, &clients.host.secret);
	rem_ntp_client_init(&clients.ntp, &clients.host.secret);
	rem_sit(&clients.host.udp.up, &clients.dhcp.node);
	rem_sit(&clients.host.udp.up, &clients.dns.node);
	rem_sit(&clients.host.udp.up, &clients.ntp.node);
	clients.dhcp.changed = leased;
	clients.dns.done = resolved;
	rem_dhcp_begin(&clients.dhcp, 0, clock_now());
}

static void send_frame(struct rem_frame *f)
{
	for (uint32_t i = f->head; i < f->end; i++)
		device[1] = f->p[i];
	rem_sent(f, true, NULL);
}

/* The frame that came, if one did, and the next that is to go. */
static void turn(void)
{
	struct rem_frame f = {.p = frame, .room = FRAME};

	while (f.end < FRAME && device[0] < 256)
		frame[f.end++] = (uint8_t)device[0];
	if (f.end > 0 && rem_in(&clients.host.ether.node, &f, clock_now(), NULL) > 0)
		send_frame(&f);
	f.head = 0;
	if (rem_out(&clients.host.ether.node, &f, clock_now()) > 0)
		send_frame(&f);
}

#endif
