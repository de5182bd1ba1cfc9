/* SPDX-License-Identifier: BSD-3-Clause */
/* Multicast DNS: RFC 6762. Its messages are those of DNS, and so are its tables. */
#include "proto/dns_message.h"

static const struct rem_bind mdns_binds[] = {{REM_SPACE_UDP, 5353}};

const struct rem_proto rem_proto_mdns = {
	.table = rem_dns_tables,
	.tables = DNS_TABLES,
	.bind = mdns_binds,
	.binds = REM_COUNT(mdns_binds),
	.decode = rem_dns_decode,
	REM_PROTO_NAMES("mdns", "mDNS", "Multicast DNS", "RFC 6762"),
};

rem_info *const rem_info_mdns = rem_dns_line;
