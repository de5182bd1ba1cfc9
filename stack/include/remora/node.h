/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The live stack is a tree of nodes: Ethernet, IP, UDP, TCP, and the ends of conversations at its
 * leaves. A frame that came in goes up through demux, one that shall go out is written by encap on
 * the way back down, each layer its header in front of what is there. Nothing is copied between
 * layers, nothing is allocated: nodes, their tables and every buffer are the caller's.
 */
#ifndef REMORA_NODE_H
#define REMORA_NODE_H

#include <remora/config.h>
#include <remora/outcome.h>
#include <remora/types.h>

/* Two halves that small processors make in an instruction or two. */
#define REM_NEVER (INT64_C(1) << 62)

/* An address of the IP layer, in network order. family 0: none. */
struct rem_addr {
	uint8_t family; /* 4, 6 or 0 */
	union {
		uint8_t b[REM_ADDR_BYTES];
		uint32_t word[REM_ADDR_BYTES / 4]; /* the same: what can be compared at one look */
	};
};

/* Of IPv6? Where a build has no room for its addresses it is known that none is. */
static inline bool rem_addr_is_v6(const struct rem_addr *a)
{
	return REM_ADDR_BYTES >= 16 && a->family == 6;
}

static inline uint32_t rem_network_order(uint32_t v)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return __builtin_bswap32(v);
#else
	return v;
#endif
}

static inline struct rem_addr rem_addr4(uint32_t host_order)
{
	return (struct rem_addr){.family = 4, .word = {rem_network_order(host_order)}};
}

/* What a frame turned out to be on its way up. */
enum rem_frame_flag {
	REM_LINK_GROUP = 1, /* the link address is a group's: multicast or broadcast */
	REM_NET_GROUP = 2,        /* the IP address is a multicast group's */
	REM_NET_BROADCAST = 4,    /* the IP address is a broadcast */
	REM_SUMS_VERIFIED = 8,    /* the network card has verified the checksums */
	REM_REASSEMBLED = 16,     /* put together again from fragments, in another buffer */
	REM_LARGER_WAITS = 32,    /* on the way down: who returns REM_LIMIT will be asked again with a
				   * larger buffer; without it he gives up what does not fit */
};

struct rem_node;

/*
 * The live buffer: one for each direction, with the headroom and tailroom that its driver asked
 * for. The frame is p[head] to p[end - 1]. On the way up each layer lowers `end` to what its header
 * says is there, so that a node's own bytes are p[off] to p[end - 1]. An answer is written over the
 * frame. On the way down a parent sets `head` to where its child shall write, and a child that has
 * begun behind that (a shorter header) moves it there.
 */
struct rem_frame {
	/* What is cleared before a frame is looked at, or written, stands together; first what the header on the way
	 * down shall have that is not usual, so that one look tells that there is nothing. */
	union {
		struct {
			uint8_t ttl, tos;  /* ttl 0: the usual one */
			uint16_t options;  /* so many of the bytes are the IPv4 header's options */
			uint16_t fragment; /* MF and offset, as REM_IPV4_FRAGMENT has them */
			uint16_t ident;    /* and of which datagram */
		};
		uint32_t unusual[2];
	};
	uint16_t type; /* on the way down: the number of what is written, if not its node's own */
	uint16_t mtu;  /* on the way down: of its path; REM_FAULT_TOO_BIG: what would have fitted */
	uint32_t net;  /* where the IP header is */
	struct rem_verdict verdict; /* whoever decides about the frame writes it */
	uint8_t flags;              /* enum rem_frame_flag */
	struct rem_addr src, dst; /* of the IP header; on the way down: to be written there */
	uint16_t sport, dport;    /* of UDP or TCP; on the way down: to be written there */
	uint8_t *p;
	uint32_t room; /* bytes at p */
	uint32_t head, end;
	rem_time now;
	const uint8_t *link; /* the link address it goes to; NULL: where it came from */
	/* On the way down, if not NULL: rem_sent() says by it whether the driver has taken the frame. */
	void (*sent)(struct rem_node *sender, const struct rem_frame *f, bool taken);
	struct rem_node *sender;
};

enum rem_path_state {
	REM_PATH_UNKNOWN = 0, /* nobody has asked yet, or what was known is out of date */
	REM_PATH_ASKING = 1,
	REM_PATH_READY = 2,
	REM_PATH_FAILED = 3, /* no route, or the next hop does not answer */
	REM_PATH_GIVEN = 4,  /* always ready: its owner has filled in `from`, `link` and `mtu` */
};

/*
 * The way to somebody: where `to` is, from whom, through whom. The end of a conversation has one and
 * sets `to` (and `from`, family 0: the IP layer chooses); the IP layer keeps the rest current before it lets
 * the node send, so that a node never writes a frame which could not leave, and no packet waits for
 * ARP.
 */
struct rem_path {
	struct rem_addr to, from, hop;
	uint8_t link[6];
	uint8_t state;  /* enum rem_path_state */
	bool chosen;    /* `from` is what the IP layer has chosen, and may choose again */
	uint16_t mtu;   /* bytes of an IP datagram */
	uint16_t narrow; /* what a router has said of it, rem_path_narrow(); 0: nothing */
	uint32_t epoch;          /* of the routes and neighbours that it was made from */
	uint32_t narrow_until;   /* and until when that is believed, in units of 2^20 microseconds */
};

/*
 * A router on the way has no room for more than mtu bytes (RFC 1191): f->mtu of a fault that its
 * node believes. It is tried again after ten minutes, RFC 1191 6.3.
 */
void rem_path_narrow(struct rem_path *path, uint16_t mtu, rem_time now);

/* Why a way is closed, for rem_node_ops.fault. */
enum rem_fault {
	REM_FAULT_NO_ROUTE,   /* no address, no gateway */
	REM_FAULT_NO_ANSWER,  /* the next hop does not answer ARP */
	REM_FAULT_NETWORK,    /* ICMP: network or host unreachable */
	REM_FAULT_PORT,       /* ICMP: port or protocol unreachable */
	REM_FAULT_TOO_BIG,    /* ICMP: fragmentation needed; f->mtu would have fitted */
	REM_FAULT_EXPIRED,    /* ICMP: the TTL or the time for reassembly ran out */
};

struct rem_node_ops {
	/*
	 * A frame comes up; the node's bytes begin at p[off]. Returns 0: it is taken. > 0: an answer
	 * of so many bytes stands at p[off] and shall go back (RST, echo, ARP, SYN cookies: no state,
	 * no queue). REM_MISS: not mine, try the next. < 0: dropped. Whoever returns anything but
	 * REM_MISS has written f->verdict; the node at the end of a conversation finds there already
	 * what its parent would say (UDP_TAKEN) and need not.
	 * An answer goes to f->src, f->sport from f->dst, f->dport, or from our own address where
	 * that was a group's; a node may change them (and set f->link) to send it elsewhere.
	 */
	int (*demux)(struct rem_node *n, struct rem_frame *f, uint32_t off);
	/*
	 * Writes a frame's bytes at p[off], up to p[room - 1]. Returns > 0: so many, and f->verdict
	 * says why; 0: nothing this time; < 0: an error. Called only when `due` has come and `path`,
	 * if there is one, is ready. It sets `due` anew, and as long as that has come it is asked
	 * again: later than now, therefore, if neither it nor a child of its has anything to send.
	 * REM_LIMIT: it does not fit; nothing has changed, and IP may ask again with a larger buffer,
	 * whose bytes it sends in fragments.
	 */
	int (*encap)(struct rem_node *n, struct rem_frame *f, uint32_t off);
	/* The way is closed, or narrower (rem_path_narrow). If f is not NULL, what was sent begins at
	 * p[off]: the quoted bytes behind the IP header, of f->src and f->dst. False: it is not
	 * mine, and nothing happens. May be NULL. */
	bool (*fault)(struct rem_node *n, enum rem_fault why, const struct rem_frame *f,
		      uint32_t off);
};

/* A layer, or the end of a conversation. A struct that is a node has one as its first member. */
struct rem_node {
	const struct rem_node_ops *ops;
	struct rem_seats *table; /* of its parent, at which it sits; rem_sit() writes it */
	rem_time due;          /* when encap wants to run; 0: now, REM_NEVER: not before something came */
	struct rem_path *path; /* where it sends; NULL: it answers, or its parent knows */
	uint32_t gen;          /* changes when the node leaves its parent: its seat is free then */
	uint16_t proto;        /* EtherType or IP protocol under which it is found */
	uint16_t port, peer;   /* ports, ours and theirs; 0: none */
};

/*
 * encap wants to run at `when`, or before. Who changes `due` anywhere but in encap does it by this,
 * so that its parents know.
 */
void rem_wake(struct rem_node *n, rem_time when);

/* A place at a parent's table. */
struct rem_seat {
	struct rem_node *node;
	uint32_t gen; /* of the node when it sat down */
};

/* The table of a parent, of `count` places that the caller hands in; `turn` is who sends next. */
struct rem_seats {
	struct rem_seat *seat;
	struct rem_node *owner;
	uint16_t count, turn;
#if REM_SHORT_CUTS
	struct rem_seat found; /* who spoke the protocol that was asked for; nobody: the owner */
	struct rem_seat last;  /* whose turn it was; nobody: the owner, */
	rem_time rest;         /* and before when nobody else wants one */
#endif
};

/* An empty table of n seats; all of them are cleared. */
void rem_seats_init(struct rem_seats *s, struct rem_node *owner, struct rem_seat *seat, uint16_t n);

/* Sits a node down, and wakes its parents for when it is due. REM_LIMIT: every seat is taken. */
int rem_sit(struct rem_seats *s, struct rem_node *n);

/* A node gets up: its parent may give the seat away. What it has written goes out all the same. Its
 * memory must stay until then, or for as long as the stack. */
static inline void rem_leave(struct rem_node *n)
{
	n->gen++;
}

/* The next node that sits at the table from `at` on, which is moved behind it; NULL: no more. */
struct rem_node *rem_seats_next(const struct rem_seats *s, unsigned *at);

/* The node that speaks a protocol; NULL: nobody does. */
struct rem_node *rem_seats_find(struct rem_seats *s, uint32_t proto);

/*
 * Whose turn it is to send: the next node, going round, that is due and, if `open` is not NULL, for
 * which it says so; NULL: nobody. The owner is due when the others want to, as far as those are open who
 * are due; what the node itself wants once it has had its turn is for rem_seats_ran.
 */
struct rem_node *rem_seats_turn(struct rem_seats *s, rem_time now,
				bool (*open)(void *by, struct rem_node *n, rem_time now), void *by);

/*
 * The two ways into a stack, by its lowest node (Ethernet, or IP where there is no link layer).
 * rem_in takes the frame p[head] to p[end - 1]; > 0: it has become an answer of so many bytes at
 * p[head], to be sent. rem_out writes the next frame that is due and returns its bytes at p[head];
 * 0: nothing to send before rem_due(). < 0: enum rem_err; the verdict says why.
 * rem_in sends every frame's verdict to the watch, if there is one; what is to be sent gets it from
 * rem_sent, once the driver has had its say, for answers and for frames of rem_out alike.
 * Of f the caller sets p, room, head and, for rem_in, end and flags: REM_SUMS_VERIFIED, or 0. It may
 * use it again as it is; only `head` is moved.
 */
int rem_in(struct rem_node *lowest, struct rem_frame *f, rem_time now, struct rem_watch *w);
int rem_out(struct rem_node *lowest, struct rem_frame *f, rem_time now);
void rem_sent(struct rem_frame *f, bool taken, struct rem_watch *w);

/* When rem_out wants to be called again; true whenever rem_sent has been told of what it wrote. */
static inline rem_time rem_due(const struct rem_node *lowest)
{
	return lowest->due;
}

#endif
