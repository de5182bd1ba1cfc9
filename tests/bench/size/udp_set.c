/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A firmware that gets an address, resolves a name and asks for the time: Ethernet, ARP with four
 * neighbours, IPv4, ICMP, UDP, and the clients of DHCP, DNS and NTP. Its driver is two registers. All
 * that stays in memory but the frame stands in `state`.
 */
#include <remora/host.h>
#include <remora/net_dhcp.h>
#include <remora/net_dns.h>
#include <remora/net_ntp.h>

enum { FRAME = 1514, NEIGHBOURS = 4, CLIENTS = 3 };

extern volatile uint32_t device[4];
static uint8_t frame[FRAME];

static struct {
	struct rem_host host;
	struct rem_neighbour neighbour[NEIGHBOURS];
	struct rem_seat seat[CLIENTS];
	struct rem_dhcp_client dhcp;
	struct rem_dns_client dns;
	struct rem_ntp_client ntp;
} state;

static rem_time clock_now(void)
{
	return device[3];
}

static unsigned prefix(uint32_t mask)
{
	unsigned n = 0;

	for (; mask != 0; mask <<= 1)
		n++;
	return n;
}

static void leased(struct rem_dhcp_client *c)
{
	const struct rem_dhcp_lease *l = &c->lease;
	const struct rem_addr none = {0};

	rem_host_configure(&state.host, l->addr == 0 ? none : rem_addr4(l->addr), prefix(l->mask),
			   l->router[0] == 0 ? none : rem_addr4(l->router[0]));
	state.dns.server[0] = rem_addr4(l->dns[0]);
	if (l->addr != 0)
		rem_dns_ask(&state.dns, "pool.ntp.org", REM_DNS_A, clock_now());
}

static void resolved(struct rem_dns_client *c)
{
	if (c->result == REM_OK)
		rem_ntp_ask(&state.ntp, c->answer.addr[0], 4, clock_now());
}

static void send_frame(const struct rem_frame *f)
{
	for (uint32_t i = f->head; i < f->end; i++)
		device[1] = f->p[i];
}

int main(void)
{
	static const uint8_t address[6] = {2, 0, 0, 0, 0, 1};
	const struct rem_host_tables tables = {.neighbour = state.neighbour,
					       .neighbours = NEIGHBOURS,
					       .udp = state.seat,
					       .udps = CLIENTS};
	uint8_t seed[16];

	for (unsigned i = 0; i < 16; i++)
		seed[i] = (uint8_t)device[2];
	rem_host_init(&state.host, address, 1500, seed, &tables);
	rem_dhcp_client_init(&state.dhcp, &state.host.secret, address);
	rem_dns_client_init(&state.dns, &state.host.secret);
	rem_ntp_client_init(&state.ntp, &state.host.secret);
	rem_sit(&state.host.udp.up, &state.dhcp.node);
	rem_sit(&state.host.udp.up, &state.dns.node);
	rem_sit(&state.host.udp.up, &state.ntp.node);
	state.dhcp.changed = leased;
	state.dns.done = resolved;
	rem_dhcp_begin(&state.dhcp, 0, clock_now());
	for (;;) {
		struct rem_frame f = {.p = frame, .room = FRAME};

		for (f.end = 0; f.end < FRAME && device[0] < 256; f.end++)
			frame[f.end] = (uint8_t)device[0];
		if (f.end > 0 && rem_in(&state.host.ether.node, &f, clock_now(), NULL) > 0)
			send_frame(&f);
		f.head = 0;
		if (rem_out(&state.host.ether.node, &f, clock_now()) > 0)
			send_frame(&f);
	}
}
