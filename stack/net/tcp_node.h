/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of the live half of TCP share. */
#ifndef REMORA_NET_TCP_NODE_H
#define REMORA_NET_TCP_NODE_H

#include "net/ip.h"
#include "net/tcp_fsm.h"
#include <remora/net_tcp.h>
#include <remora/numbers.h>
#include <remora/tcp.h>

/* Writes an answer over the frame: from where it was sent to. Its bytes at p[off]. */
int rem_tcp_answer(struct rem_frame *f, uint32_t off, const struct rem_segment *s);

/* The RST that a segment deserves, and the reason for it. */
int rem_tcp_refuse(struct rem_frame *f, uint32_t off, const struct rem_segment *in,
		   enum rem_why why);

/* The connection gets its segment: 0, or the bytes of an answer. */
int rem_tcp_take(struct rem_tcp_conn *c, struct rem_segment *s, struct rem_frame *f, uint32_t off);

/* What is the same each time for two addresses and ports and to nobody but us. */
uint64_t rem_tcp_tuple(const struct rem_tcp *t, const struct rem_addr *ours, uint16_t port,
		       const struct rem_addr *theirs, uint16_t peer);

/* Both ports in one number, as they stand in a segment of theirs backwards: ours first. */
static inline uint32_t rem_tcp_ports(uint16_t ours, uint16_t theirs)
{
	return (uint32_t)ours << 16 | theirs;
}

/* Whose segments go between these two; NULL: nobody's. */
struct rem_tcp_conn *rem_tcp_find(const struct rem_tcp *t, const struct rem_addr *theirs,
				  const struct rem_addr *ours, uint32_t ports);

/* The connection hangs under the node from now on: its path and ports are there, its way is known. */
void rem_tcp_hang(struct rem_tcp *t, struct rem_tcp_conn *c);
void rem_tcp_unhang(struct rem_tcp_conn *c);

/* The connection's path leads there from here, by a way that nobody knows yet. */
static inline void rem_tcp_lead(struct rem_tcp_conn *c, const struct rem_addr *to,
				const struct rem_addr *from)
{
	c->path.to = *to;
	c->path.from = *from;
	rem_fill(&c->path.hop, 0, sizeof(c->path) - offsetof(struct rem_path, hop));
}

/* Begins a TCB between the ends of c->path and c->node; `mss` 0: of the way. */
void rem_tcp_begin(struct rem_tcp *t, struct rem_tcp_conn *c, uint32_t flags, rem_time now);

/* The connection is at its end. */
void rem_tcp_ended(struct rem_tcp_conn *c, enum rem_tcp_end why);

/* It wants to run: there is something to be sent. */
void rem_tcp_enqueue(struct rem_tcp *t, struct rem_tcp_conn *c);

/* Something has changed: when does it want to run? */
void rem_tcp_schedule(struct rem_tcp_conn *c);

/* The IP header in front of TCP. */
static inline uint32_t rem_tcp_ip_header(const struct rem_addr *to)
{
	return rem_addr_is_v6(to) ? 40 : 20;
}

#endif
