/* SPDX-License-Identifier: BSD-3-Clause */
/* A lease becomes the host's address and its default route. */
#include "net/net.h"
#include <remora/net_dhcp.h>
#include <remora/net_ip.h>

void rem_dhcp_apply(const struct rem_dhcp_client *c, struct rem_ip *ip)
{
	struct rem_addr addr = {.family = 0}, router = addr;
	unsigned prefix = 0;

	if (rem_dhcp_has_address(c)) {
		addr = rem_addr4(c->lease.addr);
		while (prefix < 32 && (c->lease.mask << prefix & 0x80000000) != 0)
			prefix++;
		if (c->lease.router[0] != 0)
			router = rem_addr4(c->lease.router[0]);
	}
	rem_ip_set_address(ip, 0, addr, prefix);
	rem_ip_set_route(ip, 0, rem_addr4(0), 0, router);
}
