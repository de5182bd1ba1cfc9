/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What TLS's presentation language (RFC 8446 3) is made of, as steps: numbers, vectors with their
 * length in front, and lists within vectors. Each extension is a line of steps; one loop takes them.
 */
#ifndef REMORA_PROTO_TLS_H
#define REMORA_PROTO_TLS_H

#include "core/decode.h"

/* clang-format off */
enum rem_tls_table {
	TABLE_RECORD, TABLE_SEALED, TABLE_PARTIAL, TABLE_HANDSHAKE, TABLE_ALERT, TABLE_RANDOM,
	TABLE_EXTENSION, TABLE_FIELD, TABLE_SUITES, TABLE_COMPRESSIONS, TABLE_GROUPS, TABLE_POINTS,
	TABLE_SCHEMES, TABLE_VERSIONS, TABLE_PSK_MODES, TABLE_PACKINGS, TABLE_COUNT,
};

/* Rows of TABLE_FIELD. */
enum rem_tls_row {
	ROW_HELLO_VERSION, ROW_SESSION_ID_LENGTH, ROW_SESSION_ID, ROW_SUITES_LENGTH, ROW_SUITES, ROW_SUITE,
	ROW_COMPRESSIONS_LENGTH, ROW_COMPRESSIONS, ROW_COMPRESSION, ROW_EXTENSIONS_LENGTH,
	ROW_EXTENSION_DATA, ROW_NAMES_LENGTH, ROW_NAME_TYPE, ROW_NAME_LENGTH, ROW_NAME,
	ROW_MAX_FRAGMENT, ROW_STATUS_TYPE, ROW_RESPONDERS_LENGTH, ROW_STATUS_EXTENSIONS_LENGTH,
	ROW_STATUS_LIST_LENGTH, ROW_GROUPS_LENGTH, ROW_GROUPS, ROW_POINTS_LENGTH, ROW_POINTS,
	ROW_SCHEMES_LENGTH, ROW_SCHEMES, ROW_HEARTBEAT, ROW_ALPN_LENGTH, ROW_ALPN, ROW_ALPN_NAME_LENGTH,
	ROW_ALPN_NAME, ROW_CERT_TYPES_LENGTH, ROW_CERT_TYPE, ROW_PADDING, ROW_SRP_LENGTH, ROW_SRP,
	ROW_PACKINGS_LENGTH, ROW_SIZE_LIMIT, ROW_SHARES_LENGTH, ROW_SHARE_GROUP, ROW_SHARE_LENGTH, ROW_SHARE,
	ROW_SELECTED_GROUP, ROW_IDENTITIES_LENGTH, ROW_IDENTITY_LENGTH, ROW_IDENTITY, ROW_TICKET_AGE,
	ROW_BINDERS_LENGTH, ROW_BINDERS, ROW_SELECTED_IDENTITY, ROW_VERSIONS_LENGTH, ROW_VERSION,
	ROW_COOKIE_LENGTH, ROW_COOKIE, ROW_PSK_MODES_LENGTH, ROW_CID_LENGTH, ROW_CID, ROW_RENEGOTIATION_LENGTH,
	ROW_RENEGOTIATION, ROW_NPN_LENGTH, ROW_NPN, ROW_ESNI_SUITE, ROW_ESNI_DIGEST_LENGTH, ROW_ESNI_DIGEST,
	ROW_ESNI_LENGTH, ROW_ESNI, ROW_ALPS_LENGTH, ROW_ALPS, ROW_ALPS_NAME_LENGTH,
	ROW_ALPS_NAME, ROW_SCTS_LENGTH, ROW_AUTHORITIES_LENGTH, ROW_TICKET_LIFETIME, ROW_TICKET_LENGTH,
	ROW_TICKET, ROW_CERTIFICATES_LENGTH, ROW_CERTIFICATES, ROW_CERTIFICATE_LENGTH, ROW_CERTIFICATE,
	ROW_OCSP_LENGTH, ROW_VERIFY_DATA, ROW_APP_DATA, ROW_CHANGE_CIPHER_SPEC, ROW_REST,
};
/* clang-format on */

extern const struct rem_table rem_tls_tables[TABLE_COUNT];

enum rem_tls_op {
	REM_TLS_DONE,
	REM_TLS_FIELD,          /* a number of n bytes */
	REM_TLS_COUNTED,        /* a length byte, and as many bytes: rows row, row + 1 */
	REM_TLS_CASE,           /* go on only if the last byte taken is 1 to row */
	REM_TLS_VECTOR,         /* a length of n bytes; up to END, steps are within what it counts */
	REM_TLS_END,
	REM_TLS_HEADING,        /* the row heads the rest of the vector */
	REM_TLS_LIST,           /* the rest of the vector is a table of equal elements */
	REM_TLS_BYTES,          /* the rest of the vector is one row */
	REM_TLS_WHILE,          /* while it has row bytes at least, take the next n steps */
	REM_TLS_AGAIN,          /* back to the WHILE, n steps back */
};

struct rem_tls_step {
	uint8_t op;
	uint8_t row;            /* of TABLE_FIELD; LIST: the table */
	uint8_t n;
};

/* Where the steps are: `end` bounds the vector that they are in, `limit` all bytes there are. */
struct rem_tls_cursor {
	const uint8_t *p, *end, *limit;
};

extern const struct rem_tls_step rem_tls_client_hello[], rem_tls_server_hello[],
	rem_tls_short_hello[];

/*
 * Takes steps. REM_LENGTH: a vector's length lies, and what it counts was left out; REM_SHORT: a
 * field goes on behind the limit.
 */
int rem_tls_steps(struct rem_breakdown *b, const struct rem_tls_step *step,
		  struct rem_tls_cursor *c);

/* The steps of the body of an extension, or of a handshake message; NULL: bytes without layout. */
const struct rem_tls_step *rem_tls_extension(uint32_t type, bool from_server, bool retry);
const struct rem_tls_step *rem_tls_body(uint32_t message);

#endif
