/* SPDX-License-Identifier: BSD-3-Clause */
/* Link-Local Multicast Name Resolution: RFC 4795. Its messages are those of DNS, and so are its tables. */
#include "proto/dns_message.h"

static const struct rem_bind llmnr_binds[] = {{REM_SPACE_UDP, 5355}};

const struct rem_proto rem_proto_llmnr = {
	.table = rem_dns_tables,
	.tables = DNS_TABLES,
	.bind = llmnr_binds,
	.binds = REM_COUNT(llmnr_binds),
	.decode = rem_dns_decode,
	REM_PROTO_NAMES("llmnr", "LLMNR", "Link-Local Multicast Name Resolution", "RFC 4795"),
};

rem_info *const rem_info_llmnr = rem_dns_line;
