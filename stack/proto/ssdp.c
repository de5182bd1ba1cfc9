/* SPDX-License-Identifier: BSD-3-Clause */
/* The Simple Service Discovery Protocol: HTTP's heads in datagrams, UPnP Device Architecture 2.0 1. */
#include "core/decode.h"
#include "proto/http.h"

static const struct rem_bind ssdp_binds[] = {{REM_SPACE_UDP, 1900}};

static int ssdp_decode(struct rem_breakdown *b, struct rem_view v)
{
	return rem_http_message(b, v, NULL);
}

const struct rem_proto rem_proto_ssdp = {
	.table = rem_http_tables, .tables = REM_HTTP_TABLES,
	.bind = ssdp_binds, .binds = REM_COUNT(ssdp_binds), .decode = ssdp_decode,
	REM_PROTO_NAMES("ssdp", "SSDP", "Simple Service Discovery Protocol", "UPnP DA 2.0 1"),
};

rem_info *const rem_info_ssdp = rem_http_line_of;
