/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Transport Layer Security: records and handshake heads of RFC 8446 and RFC 5246.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+-------------------------------+---------------+
 * | Content Type  |            Version            |     Length    |
 * +---------------+---------------+---------------+---------------+
 * |   … Length    |    Message    |                Length         |
 * +---------------+---------------+-------------------------------+
 * |   … Length    |  what the message is made of …
 */
#ifndef REMORA_TLS_H
#define REMORA_TLS_H

#include <remora/field.h>

enum {
	REM_TLS_CONTENT = REM_BYTES(0, 1),
	REM_TLS_VERSION = REM_BYTES(1, 2),
	REM_TLS_LENGTH = REM_BYTES(3, 2),
	REM_TLS_RECORD = 5,                     /* bytes in front of a record's content */

	REM_TLS_MESSAGE = REM_BYTES(0, 1),
	REM_TLS_MESSAGE_LENGTH = REM_BYTES(1, 3),
	REM_TLS_HANDSHAKE = 4,                  /* bytes in front of a handshake message */
};

/* Content types: IANA, TLS ContentType. */
enum {
	REM_TLS_CHANGE_CIPHER_SPEC = 20, REM_TLS_ALERT = 21, REM_TLS_IS_HANDSHAKE = 22,
	REM_TLS_APPLICATION_DATA = 23, REM_TLS_HEARTBEAT = 24, REM_TLS_CONNECTION_ID = 25,
};

/*
 * Checks the head of a record; the payload is its content. REM_FIELD: neither content type nor
 * version of TLS, REM_SHORT: the record goes on behind the view.
 */
int rem_tls_check(struct rem_view v, struct rem_head *h);

extern const struct rem_names rem_tls_alert_names;      /* alerts */
extern const struct rem_names rem_tls_message_names;    /* handshake messages */
extern const struct rem_names rem_tls_suite_names;      /* cipher suites */
extern const struct rem_names rem_tls_group_names;      /* supported groups */
extern const struct rem_names rem_tls_scheme_names;     /* signature schemes */
extern const struct rem_names rem_tls_extension_names;

#endif
