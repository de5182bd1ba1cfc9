/* SPDX-License-Identifier: BSD-3-Clause */
/* The names that a DHCP server tells: RFC 2132 3.14 and 3.17, in pieces of RFC 3396. */
#include "net/net.h"
#include "net/words.h"
#include <remora/net_dhcp.h>

static bool is_name_byte(uint8_t b)
{
	const uint8_t low = b | 0x20;

	return (low >= 'a' && low <= 'z') || (b >= '0' && b <= '9') || b == '-' || b == '.';
}

/* Goes on with a name, which may come in pieces; one with other bytes is no name. */
static void take_name(char name[REM_DHCP_NAME], struct rem_view v)
{
	uint32_t n = rem_word(name).n;

	for (uint32_t i = 0; i < v.cap; i++) {
		if (v.p[i] == '\0' && i + 1 == v.cap)
			break;
		if (!is_name_byte(v.p[i]) || n == REM_DHCP_NAME - 1) {
			name[0] = '\0';
			return;
		}
		name[n++] = (char)v.p[i];
	}
	name[n] = '\0';
}

static void take(struct rem_dhcp_names *names, struct rem_view message)
{
	struct rem_dhcp_walk walk = rem_dhcp_walk(message);
	struct rem_tlv_item item;

	names->domain[0] = names->hostname[0] = '\0';
	while (rem_dhcp_next(&walk, &item)) {
		if (item.tag == REM_DHCP_DOMAIN)
			take_name(names->domain, item.value);
		else if (item.tag == REM_DHCP_HOSTNAME)
			take_name(names->hostname, item.value);
	}
}

void rem_dhcp_names_init(struct rem_dhcp_names *names, struct rem_dhcp_client *c)
{
	*names = (struct rem_dhcp_names){.take = take};
	c->names = names;
}
