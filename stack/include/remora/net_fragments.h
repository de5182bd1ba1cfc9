/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Fragments of IPv4: collected in the caller's buffers until a datagram is whole, and made of
 * datagrams that are larger than the link allows. RFC 791 3.2, RFC 815, RFC 1122 3.3.2, RFC 1858.
 *
 * A fragment that is here already is ignored, one that overlaps another gives the whole datagram up
 * (as RFC 5722 has it for IPv6). What is not whole after 30 seconds is given up; when a datagram
 * begins and every buffer is taken, the oldest is.
 */
#ifndef REMORA_NET_FRAGMENTS_H
#define REMORA_NET_FRAGMENTS_H

#include <remora/net_ip.h>

enum { REM_FRAGMENTS_HEADROOM = 60 }; /* of a buffer: the longest header */

enum rem_fragments_state {
	REM_FRAGMENTS_FREE = 0,
	REM_FRAGMENTS_COLLECTING = 1,
	REM_FRAGMENTS_SENDING = 2,
};

/* One datagram. */
struct rem_fragments_slot {
	struct rem_frame frame; /* frame.p: its buffer */
	struct rem_path path;   /* of one that is being sent */
	rem_time due;           /* when it is given up */
	uint32_t at;            /* where its payload begins; the next piece of one that is being sent */
	uint32_t done;          /* bytes of the payload that are sent */
	uint16_t hole;          /* the first one, RFC 815: an offset in the payload */
	uint16_t ident;
	uint8_t header; /* bytes of the header of the first fragment; 0: it has not come */
	uint8_t state;  /* enum rem_fragments_state */
};

struct rem_fragments {
	struct rem_node node;
	struct rem_ip_pieces pieces;
	struct rem_ip *ip;
	struct rem_fragments_slot *slot;
	uint16_t slots;
};

/*
 * Collects and makes fragments for `ip` from now on, in n slots. `buffer` has n times `bytes` bytes: a
 * datagram's payload has room in `bytes` - 60. REM_LIMIT: there is no seat at ip.
 */
int rem_fragments_init(struct rem_fragments *c, struct rem_ip *ip, struct rem_fragments_slot *slot,
		       uint16_t n, uint8_t *buffer, uint32_t bytes);

#endif
