/* SPDX-License-Identifier: BSD-3-Clause */
/* What protocols that speak as HTTP does borrow from it. */
#ifndef REMORA_PROTO_HTTP_H
#define REMORA_PROTO_HTTP_H

#include <remora/breakdown.h>

enum { REM_HTTP_TABLES = 3 };

extern const struct rem_table rem_http_tables[REM_HTTP_TABLES];

/* Takes one message apart. `more`, if not NULL, gets what follows it: nothing, if nobody can say
 * where it ends. REM_MISS: this is no message. */
int rem_http_message(struct rem_breakdown *b, struct rem_view v, struct rem_view *more);

/* The URI that a request is about; the row's bytes are its head. */
rem_calc rem_http_full_uri;

rem_info rem_http_line_of;

#endif
