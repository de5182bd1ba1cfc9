/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A whole station on Linux: a card, a host with TCP on it, and what one asks of a network, each as a
 * call that comes back when it is done or when its deadline (of rem_linux_now()) is over; what gets
 * lost on the way is asked for again. While a call waits, all else of the stack goes on. Functions
 * return 0 or more, or a negative errno: -ETIMEDOUT, -ECONNREFUSED, -ECONNRESET, -EHOSTUNREACH,
 * -ENOENT (no such name), what system calls failed with.
 */
#ifndef REMORA_STATION_H
#define REMORA_STATION_H

#include <remora/host.h>
#include <remora/linux.h>
#include <remora/net_dhcp.h>
#include <remora/net_dns_tcp.h>
#include <remora/net_http.h>
#include <remora/net_ntp.h>

enum {
	REM_STATION_NEIGHBOURS = 64,
	REM_STATION_UDPS = 8,
	REM_STATION_PINGS = 2,
	REM_STATION_BUCKETS = 256,
	REM_STATION_NAMES = 16,
};

struct rem_station {
	struct rem_linux_nic card;
	struct rem_host host;
	struct rem_tcp tcp;
	struct rem_trace trace;
	struct rem_loop loop;
	struct rem_dhcp_client dhcp;
	struct rem_dhcp_names names; /* what the lease calls us and our domain */
	struct rem_dns_client dns;
	struct rem_dns_cache cache;
	struct rem_dns_tcp dns_tcp; /* for answers that do not fit into a datagram */
	uint8_t dns_rx[REM_DNS_TCP_ANSWERS], dns_tx[REM_DNS_TCP_ASKS];
	struct rem_ntp_client ntp;
	struct rem_ping ping;
	struct rem_neighbour neighbour[REM_STATION_NEIGHBOURS];
	struct rem_seat udp_seat[REM_STATION_UDPS], ping_seat[REM_STATION_PINGS];
	struct rem_tcp_conn *bucket[REM_STATION_BUCKETS];
	struct rem_dns_entry entry[REM_STATION_NAMES];
};

/* The host on a card that is open; lines and pcapng are where all frames are told, NULL: nowhere. */
int rem_station_init(struct rem_station *s, FILE *lines, FILE *pcapng);
void rem_station_end(struct rem_station *s);

/* Lets the stack run until `done` says so, or the deadline. */
int rem_station_wait(struct rem_station *s, bool (*done)(void *of), void *of, rem_time deadline);

/* An address, a router and name servers by DHCP; `wanted`, if not 0, is asked for. The client goes on
 * when the deadline is over. */
int rem_station_lease(struct rem_station *s, uint32_t wanted, rem_time deadline);
/* The first address of a name, or of dotted decimals. */
int rem_station_resolve(struct rem_station *s, const char *name, struct rem_addr *addr,
			rem_time deadline);
/* Whether a neighbour, or the router to it, has said its link address. */
int rem_station_reach(struct rem_station *s, struct rem_addr addr, rem_time deadline);
/* Asks for an echo of `size` bytes, each second until one has come back, and how long it took: microseconds. */
int rem_station_ping(struct rem_station *s, struct rem_addr to, uint16_t size, rem_time *took,
		     rem_time deadline);
/* What is to be added to rem_linux_now() to make it Unix time in microseconds. */
int rem_station_ask_time(struct rem_station *s, struct rem_addr server, unsigned samples,
			 int64_t *offset, rem_time deadline);

/* A connection over rings of the caller (rem_tcp_conn_init); port 0: from a random one. */
int rem_station_dial(struct rem_station *s, struct rem_tcp_conn *c, struct rem_addr to,
		     uint16_t port, uint16_t from, rem_time deadline);
/* Bytes that were read, 0 at their end; bytes that were written, all of them. */
int rem_station_read(struct rem_station *s, struct rem_tcp_conn *c, void *p, uint32_t n,
		     rem_time deadline);
int rem_station_write(struct rem_station *s, struct rem_tcp_conn *c, const void *p, uint32_t n,
		      rem_time deadline);
/* Begins to listen: rem_tcp_listen() says what l is to have; -EADDRINUSE. And who has come. */
int rem_station_listen(struct rem_station *s, struct rem_tcp_listener *l);
int rem_station_accept(struct rem_station *s, struct rem_tcp_listener *l, struct rem_tcp_conn **c,
		       rem_time deadline);
/* Closes a connection, which is the stack's then, and waits until they have closed it, too. */
int rem_station_close(struct rem_station *s, struct rem_tcp_conn *c, rem_time deadline);
/* A whole HTTP call over a connection; patience: microseconds in which something must move. -ENODATA: it
 * ended too early; -EPROTO: the response is malformed; -ECANCELED: receive or provide said REM_DROP. */
int rem_station_call(struct rem_station *s, struct rem_tcp_conn *c, struct rem_http_call *call,
		     rem_time patience);
/* Why a connection is at its end, as an errno; 0: both sides closed it. */
int rem_station_why(const struct rem_tcp_conn *c);

#endif
