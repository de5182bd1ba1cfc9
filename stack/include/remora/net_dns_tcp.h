/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Questions of the DNS client over the stack's own TCP: RFC 7766. What does not fit into a datagram is
 * asked for again by a connection, one at a time.
 */
#ifndef REMORA_NET_DNS_TCP_H
#define REMORA_NET_DNS_TCP_H

#include <remora/net_dns.h>
#include <remora/net_tcp.h>

enum {
	REM_DNS_TCP_ASKS = 273,
	REM_DNS_TCP_ANSWERS = 2 + 65535
}; /* bytes, at most, with their length */

struct rem_dns_tcp {
	struct rem_dns_carrier carrier; /* for rem_dns_client.carrier */
	struct rem_tcp *tcp;
	struct rem_dns_client *client;  /* who waits; NULL: nobody */
	bool asked;                     /* the question is written */
	struct rem_tcp_conn conn;
};

/*
 * Over two rings of the caller: `tx` of REM_DNS_TCP_ASKS bytes, and `rx` of as many as answers may have;
 * a longer one is as good as none.
 */
void rem_dns_tcp_init(struct rem_dns_tcp *d, struct rem_tcp *tcp, uint8_t *rx, uint32_t rx_size,
		      uint8_t *tx, uint32_t tx_size);

#endif
