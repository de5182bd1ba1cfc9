/* SPDX-License-Identifier: BSD-3-Clause */
/* The bodies of TLS's handshake messages and extensions: RFC 8446 4, RFC 5246 7.4, RFC 6066. */
#include "proto/tls.h"
#include <remora/sorted.h>

enum { DEEPEST = 4 };

/* clang-format off */
#define FIELD(row, n)    {REM_TLS_FIELD, ROW_##row, n}
#define COUNTED(row)     {REM_TLS_COUNTED, ROW_##row, 1}
#define VECTOR(row, n)   {REM_TLS_VECTOR, ROW_##row, n}
#define CASE(most)       {REM_TLS_CASE, most, 0}
#define END              {REM_TLS_END, 0, 0}
#define HEADING(row)     {REM_TLS_HEADING, ROW_##row, 0}
#define LIST(table)      {REM_TLS_LIST, TABLE_##table, 0}
#define BYTES(row)       {REM_TLS_BYTES, ROW_##row, 0}
#define WHILE(least, n)  {REM_TLS_WHILE, least, n}
#define AGAIN(n)         {REM_TLS_AGAIN, 0, n}
#define DONE             {REM_TLS_DONE, 0, 0}
#define STEPS(name, ...) static const struct rem_tls_step name[] = {__VA_ARGS__, DONE}

const struct rem_tls_step rem_tls_client_hello[] = {    /* behind version and random */
	COUNTED(SESSION_ID_LENGTH),
	VECTOR(SUITES_LENGTH, 2), HEADING(SUITES), LIST(SUITES), END,
	VECTOR(COMPRESSIONS_LENGTH, 1), HEADING(COMPRESSIONS), LIST(COMPRESSIONS), END, DONE,
};
const struct rem_tls_step rem_tls_server_hello[] = {
	COUNTED(SESSION_ID_LENGTH), FIELD(SUITE, 2), FIELD(COMPRESSION, 1), DONE,
};
const struct rem_tls_step rem_tls_short_hello[] = {FIELD(SUITE, 2), DONE};

STEPS(server_name, VECTOR(NAMES_LENGTH, 2), WHILE(3, 5), FIELD(NAME_TYPE, 1), VECTOR(NAME_LENGTH, 2),
	BYTES(NAME), END, AGAIN(5), END);
STEPS(max_fragment, FIELD(MAX_FRAGMENT, 1));
STEPS(status_request, FIELD(STATUS_TYPE, 1), CASE(2), VECTOR(RESPONDERS_LENGTH, 2), END,
	VECTOR(STATUS_EXTENSIONS_LENGTH, 2), END);
STEPS(status_requests, VECTOR(STATUS_LIST_LENGTH, 2), END);
STEPS(cert_types, VECTOR(CERT_TYPES_LENGTH, 1), END);
STEPS(cert_type, FIELD(CERT_TYPE, 1));
STEPS(groups, VECTOR(GROUPS_LENGTH, 2), HEADING(GROUPS), LIST(GROUPS), END);
STEPS(points, VECTOR(POINTS_LENGTH, 1), HEADING(POINTS), LIST(POINTS), END);
STEPS(srp, VECTOR(SRP_LENGTH, 1), BYTES(SRP), END);
STEPS(schemes, VECTOR(SCHEMES_LENGTH, 2), HEADING(SCHEMES), LIST(SCHEMES), END);
STEPS(heartbeat, FIELD(HEARTBEAT, 1));
STEPS(alpn, VECTOR(ALPN_LENGTH, 2), HEADING(ALPN), WHILE(1, 4), VECTOR(ALPN_NAME_LENGTH, 1),
	BYTES(ALPN_NAME), END, AGAIN(4), END);
STEPS(scts, VECTOR(SCTS_LENGTH, 2), END);
STEPS(padding, BYTES(PADDING));
STEPS(packings, VECTOR(PACKINGS_LENGTH, 1), LIST(PACKINGS), END);
STEPS(size_limit, FIELD(SIZE_LIMIT, 2));
STEPS(data, BYTES(EXTENSION_DATA));
STEPS(shares, VECTOR(SHARES_LENGTH, 2), WHILE(4, 5), FIELD(SHARE_GROUP, 2), VECTOR(SHARE_LENGTH, 2),
	BYTES(SHARE), END, AGAIN(5), END);
STEPS(share, FIELD(SHARE_GROUP, 2), VECTOR(SHARE_LENGTH, 2), BYTES(SHARE), END);
STEPS(selected_group, FIELD(SELECTED_GROUP, 2));
STEPS(identities, VECTOR(IDENTITIES_LENGTH, 2), WHILE(1, 5), VECTOR(IDENTITY_LENGTH, 2), BYTES(IDENTITY),
	END, FIELD(TICKET_AGE, 4), AGAIN(5), END, VECTOR(BINDERS_LENGTH, 2), HEADING(BINDERS), END);
STEPS(identity, FIELD(SELECTED_IDENTITY, 2));
STEPS(versions, VECTOR(VERSIONS_LENGTH, 1), LIST(VERSIONS), END);
STEPS(version, FIELD(VERSION, 2));
STEPS(cookie, VECTOR(COOKIE_LENGTH, 2), BYTES(COOKIE), END);
STEPS(psk_modes, VECTOR(PSK_MODES_LENGTH, 1), LIST(PSK_MODES), END);
STEPS(authorities, VECTOR(AUTHORITIES_LENGTH, 2), END);
STEPS(connection_id, VECTOR(CID_LENGTH, 1), BYTES(CID), END);
STEPS(npn, WHILE(1, 4), VECTOR(NPN_LENGTH, 1), BYTES(NPN), END, AGAIN(4));
STEPS(alps, VECTOR(ALPS_LENGTH, 2), HEADING(ALPS), WHILE(1, 4), VECTOR(ALPS_NAME_LENGTH, 1),
	BYTES(ALPS_NAME), END, AGAIN(4), END);
STEPS(esni, FIELD(ESNI_SUITE, 2), FIELD(SHARE_GROUP, 2), VECTOR(SHARE_LENGTH, 2), BYTES(SHARE), END,
	VECTOR(ESNI_DIGEST_LENGTH, 2), BYTES(ESNI_DIGEST), END, VECTOR(ESNI_LENGTH, 2), BYTES(ESNI), END);
STEPS(renegotiation, VECTOR(RENEGOTIATION_LENGTH, 1), WHILE(1, 2), BYTES(RENEGOTIATION), AGAIN(2), END);
STEPS(nothing, DONE);

STEPS(ticket, FIELD(TICKET_LIFETIME, 4), VECTOR(TICKET_LENGTH, 2), BYTES(TICKET), END);
STEPS(certificates, VECTOR(CERTIFICATES_LENGTH, 3), WHILE(1, 6), HEADING(CERTIFICATES), WHILE(1, 4),
	VECTOR(CERTIFICATE_LENGTH, 3), BYTES(CERTIFICATE), END, AGAIN(4), END);
STEPS(certificate_status, FIELD(STATUS_TYPE, 1), VECTOR(OCSP_LENGTH, 3), END);
STEPS(finished, BYTES(VERIFY_DATA));

static const struct layout {
	uint16_t type;
	const struct rem_tls_step *client, *server;
} layouts[] = {
	{0, server_name, server_name}, {1, max_fragment, max_fragment}, {5, status_request, nothing},
	{9, cert_types, cert_type}, {10, groups, groups}, {11, points, points}, {12, srp, srp},
	{13, schemes, schemes}, {14, nothing, nothing}, {15, heartbeat, heartbeat}, {16, alpn, alpn},
	{17, status_requests, nothing}, {18, nothing, scts}, {19, cert_types, cert_type},
	{20, cert_types, cert_type}, {21, padding, padding}, {22, nothing, nothing}, {23, nothing, nothing},
	{27, packings, nothing}, {28, size_limit, size_limit}, {34, schemes, nothing}, {35, data, data},
	{40, shares, share}, {41, identities, identity}, {42, nothing, nothing}, {43, versions, version},
	{44, cookie, cookie}, {45, psk_modes, psk_modes}, {46, nothing, nothing},
	{47, authorities, authorities}, {48, nothing, nothing}, {49, nothing, nothing},
	{50, schemes, schemes}, {51, shares, share}, {53, connection_id, connection_id},
	{54, connection_id, connection_id}, {57, nothing, nothing}, {13172, npn, npn},
	{17513, alps, nothing}, {65281, renegotiation, renegotiation}, {65445, nothing, nothing}, {65486, esni, data},
};
/* clang-format on */

const struct rem_sorted rem_sorted_tls_extensions = REM_SORTED(layouts, type);

const struct rem_tls_step *rem_tls_extension(uint32_t type, bool from_server, bool retry)
{
	const struct layout *layout = rem_sorted_find(&rem_sorted_tls_extensions, type);

	if (retry && type == 51)
		return selected_group;
	if (layout == NULL)
		return data;
	return from_server ? layout->server : layout->client;
}

const struct rem_tls_step *rem_tls_body(uint32_t message)
{
	switch (message) {
	case 4: return ticket;
	case 11: return certificates;
	case 20: return finished;
	case 22: return certificate_status;
	default: return nothing;
	}
}

static void push(struct rem_breakdown *b, unsigned row, const uint8_t *p, const uint8_t *end)
{
	rem_push_row(b, TABLE_FIELD, row, p, (uint32_t)(end - p));
}

static int counted(struct rem_breakdown *b, unsigned row, struct rem_tls_cursor *c)
{
	if (c->limit == c->p || c->limit - c->p - 1 < *c->p)
		return REM_SHORT;
	const uint8_t *bytes = c->p + 1, *end = bytes + *c->p;
	push(b, row, c->p, bytes);
	if (end > bytes)
		push(b, row + 1, bytes, end);
	c->p = end;
	return REM_OK;
}

/* Narrows the cursor to what the length in front counts. */
static int vector(struct rem_breakdown *b, const struct rem_tls_step *step,
		  struct rem_tls_cursor *c)
{
	if (c->end - c->p < step->n)
		return REM_LENGTH;
	const uint32_t n = (uint32_t)rem_be(c->p, step->n);
	struct rem_part *part = rem_push_row(b, TABLE_FIELD, step->row, c->p, step->n);

	c->p += step->n;
	if (c->end - c->p < (ptrdiff_t)n) {
		rem_fault(part, REM_LENGTH, 0);
		return REM_LENGTH;
	}
	c->end = c->p + n;
	b->depth++;
	return REM_OK;
}

int rem_tls_steps(struct rem_breakdown *b, const struct rem_tls_step *step,
		  struct rem_tls_cursor *c)
{
	const uint8_t *outer[DEEPEST];
	const uint8_t depth = b->depth;
	unsigned level = 0;
	int err = REM_OK;

	for (; err == REM_OK && step->op != REM_TLS_DONE; step++) {
		switch (step->op) {
		case REM_TLS_FIELD:
			if (c->limit - c->p < step->n) {
				err = REM_SHORT;
				break;
			}
			push(b, step->row, c->p, c->p + step->n);
			c->p += step->n;
			break;
		case REM_TLS_COUNTED:
			err = counted(b, step->row, c);
			break;
		case REM_TLS_VECTOR:
			outer[level++] = c->end;
			err = vector(b, step, c);
			break;
		case REM_TLS_CASE:
			if (c->p[-1] == 0 || c->p[-1] > step->row)
				return REM_OK;
			break;
		case REM_TLS_END:
			c->p = c->p > c->end ? c->p : c->end;
			c->end = outer[--level];
			b->depth--;
			break;
		case REM_TLS_HEADING:
			push(b, step->row, c->p, c->p < c->end ? c->end : c->p);
			break;
		case REM_TLS_LIST:
			if (c->p < c->end)
				rem_push(b, step->row, c->p, (uint32_t)(c->end - c->p));
			c->p = c->end;
			break;
		case REM_TLS_BYTES:
			push(b, step->row, c->p, c->p < c->end ? c->end : c->p);
			c->p = c->end;
			break;
		case REM_TLS_WHILE:
			if (c->end - c->p < step->row)
				step += step->n;
			break;
		default:
			step -= step->n + 1;
			break;
		}
	}
	b->depth = depth;
	return err;
}
