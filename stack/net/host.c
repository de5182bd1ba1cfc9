/* SPDX-License-Identifier: BSD-3-Clause */
/* A host, put together from its layers. */
#include "net/net.h"
#include <remora/host.h>

void rem_host_init(struct rem_host *h, const uint8_t address[6], uint16_t mtu,
		   const uint8_t seed[16], const struct rem_host_tables *t)
{
	const struct rem_ip_tables tables = {
		.seat = h->ip_seat,
		.seats = REM_HOST_IP_SEATS,
		.address = h->address,
		.addresses = REM_HOST_ADDRESSES,
		.route = h->route,
		.routes = REM_HOST_ROUTES,
		.secret = &h->secret,
	};

	rem_secret_init(&h->secret, seed);
	rem_ether_init(&h->ether, address, h->link_seat, REM_HOST_LINK_SEATS);
	rem_ip_init(&h->ip, &tables, mtu);
	rem_ip_speak_ipv4(&h->ip);
	rem_sit(&h->ether.up, &h->ip.node);
	rem_arp_init(&h->arp, &h->ether, &h->ip, t->neighbour, t->neighbours);
	rem_icmp_init(&h->icmp, &h->ip, t->ping, t->pings);
	rem_udp_init(&h->udp, &h->ip, t->udp, t->udps);
}

void rem_host_configure(struct rem_host *h, struct rem_addr addr, unsigned prefix,
			struct rem_addr router)
{
	const struct rem_addr all = {.family = router.family};

	rem_ip_set_address(&h->ip, 0, addr, prefix);
	rem_ip_set_route(&h->ip, 0, all, 0, router);
}
