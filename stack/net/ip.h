/* SPDX-License-Identifier: BSD-3-Clause */
/* What the families, ICMP and the fragments use of the IP layer. */
#ifndef REMORA_NET_IP_PARTS_H
#define REMORA_NET_IP_PARTS_H

#include "core/words.h"
#include "net/net.h"
#include <remora/net_ip.h>

/* The child that speaks f->type gets what is behind a header of so many bytes; what it returns, REM_MISS
 * excepted. */
int rem_ip_deliver(struct rem_ip *ip, struct rem_frame *f, uint32_t header);

/* Somebody tells of trouble with a datagram of f->src (us), f->dst and a protocol. */
bool rem_ip_fault(struct rem_ip *ip, uint32_t proto, enum rem_fault why, const struct rem_frame *f,
		  uint32_t off);

/* What f->type says of a whole datagram of IPv4, its header of `header` bytes at f->net: 0, or the
 * bytes of an answer that begins, with its own header, at f->net. */
int rem_ipv4_whole(struct rem_ip *ip, struct rem_frame *f, uint32_t header);

/* The sum of the pseudo header of n bytes of a protocol: RFC 9293 3.1, RFC 8200 8.1. */
rem_words rem_ip_pseudo_sum(const struct rem_frame *f, uint32_t proto, uint32_t n);

/* The sum of n bytes of a protocol at p[off] and of their pseudo header. */
rem_words rem_ip_sum(const struct rem_frame *f, uint32_t proto, uint32_t off, uint32_t n);

/* May ICMP tell somebody of trouble now? False where there is no ICMP. */
bool rem_icmp_may_tell(struct rem_ip *ip, rem_time now);

void rem_icmp_write_sum(uint8_t *p, uint32_t n);

/* Writes the header of an ICMP error at p, in front of `quote` bytes that are there; their sum. */
int rem_icmp_write_error(uint8_t *p, uint32_t type, uint32_t code, uint32_t quote);

/* Nobody is known any more to send to us alone: an address has changed. */
REM_INLINE void rem_ip_forget(struct rem_ip *ip)
{
#if REM_SHORT_CUTS
	rem_fill(ip->known, 0, sizeof(ip->known));
#else
	(void)ip;
#endif
}

/* Is nothing to be asked about the way? */
static inline bool rem_path_is_current(const struct rem_ip *ip, const struct rem_path *path)
{
	return path->state == REM_PATH_READY && path->epoch == ip->epoch && path->narrow == 0;
}

/* A subnet whose prefix has so many bits, 0 to 32, has these to tell its hosts apart. */
REM_INLINE uint32_t rem_host_bits(unsigned prefix)
{
	if (REM_SMALL) /* where a shift of 64 bits is a call */
		return prefix < 32 ? UINT32_MAX >> prefix : 0;
	return (uint32_t)((uint64_t)UINT32_MAX >> prefix);
}

/* The way to path->to is the one that path says now: it will be found again at one look. */
REM_INLINE void rem_ip_found(struct rem_ip *ip, const struct rem_path *path)
{
#if REM_SHORT_CUTS
	if (path->chosen)
		ip->way = *path;
#else
	(void)ip, (void)path;
#endif
}

/* An IPv4 address, host order. */
REM_INLINE uint32_t rem_v4(const struct rem_addr *a)
{
	return rem_network_order(a->word[0]);
}

/* An address of IPv4 that stands like this in a packet. */
REM_INLINE struct rem_addr rem_addr_of(uint32_t word)
{
	return (struct rem_addr){.family = 4, .word = {word}};
}

REM_INLINE struct rem_addr rem_addr_at(const uint8_t *p)
{
	return rem_addr4(rem_be32(p));
}

#endif
