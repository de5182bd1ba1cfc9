/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The IP layer: whose addresses are ours, which way a datagram goes, who gets what comes in. It
 * speaks the families that were given to it (rem_ip_speak); all else is the same for each.
 * RFC 791, RFC 1122 section 3, RFC 1812 5.3.8 for what may not come in.
 */
#ifndef REMORA_NET_IP_H
#define REMORA_NET_IP_H

#include <remora/net_ethernet.h>
#include <remora/secret.h>

struct rem_ip;

/* An address of ours, and how many bits of it are the subnet's. Family 0: a free place. */
struct rem_ip_address {
	struct rem_addr addr;
	uint8_t prefix;
};

/* A way to addresses that are on no subnet of ours. Family of `via` 0: a free place. */
struct rem_ip_route {
	struct rem_addr to, via;
	uint8_t prefix; /* of `to`; 0: the default route */
};

/* Who knows the neighbours' link addresses: ARP, NDP. */
struct rem_resolver {
	/* Fills in path->link of path->hop, or begins to ask for it. */
	enum rem_path_state (*find)(struct rem_resolver *r, struct rem_path *path, rem_time now);
};

/* A family of addresses, with its header. */
struct rem_ip_family {
	/* A datagram of the family; f->net is where it begins. Returns what demux does. */
	int (*demux)(struct rem_ip *ip, struct rem_frame *f, uint32_t off);
	/* Writes the header in front of the n bytes at p[off]: from f->src to f->dst, of f->type, which becomes
	 * that of the datagram. It begins at f->net and f->head then. Returns its bytes. */
	int (*enclose)(const struct rem_ip *ip, struct rem_frame *f, uint32_t off, uint32_t n);
	/* What path->to says by itself becomes the state of the path. REM_PATH_READY: it is a group or a
	 * broadcast, which need no neighbour, and path->link is filled in; REM_PATH_FAILED: it is ours;
	 * REM_PATH_UNKNOWN: it is a host's. Returns our address on whose subnet it is; NULL: on none. */
	const struct rem_ip_address *(*at_once)(const struct rem_ip *ip, struct rem_path *path);
	uint8_t family;  /* of struct rem_addr */
	uint8_t address; /* bytes of an address */
};

/* Who collects fragments, and makes them; see net_fragments.h. */
struct rem_ip_pieces {
	int (*collect)(struct rem_ip_pieces *c, struct rem_frame *f, uint32_t off, uint32_t header);
	/* A larger buffer to write a datagram into; NULL: there is none free. */
	struct rem_frame *(*larger)(struct rem_ip_pieces *c, const struct rem_frame *f);
	/* There are n bytes at p[off] of it now, to be sent piece by piece; 0: there are none. */
	void (*fill)(struct rem_ip_pieces *c, struct rem_frame *larger, uint32_t off, uint32_t n);
};

/* Who tells a sender that nobody takes what he sends; see net_icmp.h. `port`: nobody of this protocol,
 * else nobody speaks the protocol. Writes the ICMP message at p[off], where the payload was, and
 * returns its bytes; 0: it may not be said. */
typedef int rem_complain(struct rem_ip *ip, struct rem_frame *f, uint32_t off, bool port);

/* Are we in a group? See net_igmp.h. */
struct rem_ip_groups {
	bool (*joined)(const struct rem_ip_groups *g, const struct rem_addr *group);
};

struct rem_ip {
	struct rem_node node;
	uint16_t mtu;   /* bytes of a datagram on this link */
	uint8_t addresses; /* places of its table up to the last that has had one */
	uint8_t routes;
	uint8_t header; /* bytes of the longest header of the families spoken */
	bool waiting;   /* some child waits for its way */
	bool news;      /* … and may have one now */
#if REM_SHORT_CUTS
	uint8_t known
		[8]; /* IPv4, as in the header: from whom, who may, the last datagram came to us alone; 0: nobody */
	struct rem_path way; /* the last one that was found by ARP, from where we chose */
#endif
	struct rem_seats up; /* ICMP, UDP, TCP: found by their protocol in node.proto */
	const struct rem_ip_family *four, *six; /* NULL: not spoken */
	struct rem_ip_address *address;
	struct rem_ip_route *route;
	struct rem_resolver *arp, *ndp; /* NULL: there is no link layer to be addressed */
	struct rem_ip_pieces *pieces;   /* NULL: fragments are dropped */
	struct rem_ip_groups *groups;   /* NULL: none but broadcasts */
	rem_complain *complain;         /* NULL: nobody is told */
	struct rem_secret *secret;
	uint32_t epoch; /* changes with routes and neighbours: paths are looked up again */
};

/* What the caller hands in. It stays his, and must live as long as the stack. */
struct rem_ip_tables {
	struct rem_seat *seat;
	struct rem_ip_address *address;
	struct rem_ip_route *route;
	struct rem_secret *secret;
	uint16_t seats;
	uint8_t addresses, routes;
};

/* Becomes a node that speaks no family yet; tables are cleared. mtu: bytes of a datagram, 1500. */
void rem_ip_init(struct rem_ip *ip, const struct rem_ip_tables *tables, uint16_t mtu);

/* Speaks IPv4 from now on. */
void rem_ip_speak_ipv4(struct rem_ip *ip);

/* Address number i is `addr` now, family 0: none; its first `prefix` bits, of IPv4 0 to 32, are the subnet's. Paths
 * are looked up again. */
void rem_ip_set_address(struct rem_ip *ip, unsigned i, struct rem_addr addr, unsigned prefix);

/* Route number i goes to `to`/prefix by `via`; `via` of family 0: it is gone. */
void rem_ip_set_route(struct rem_ip *ip, unsigned i, struct rem_addr to, unsigned prefix,
		      struct rem_addr via);

/* Routes or neighbours have changed: paths are looked up again; who waits for one has a turn. */
void rem_ip_changed(struct rem_ip *ip);

bool rem_ip_is_ours(const struct rem_ip *ip, const struct rem_addr *addr);

/* Our address on the subnet that `addr` is on; NULL: it is on none of ours. */
const struct rem_ip_address *rem_ip_subnet(const struct rem_ip *ip, const struct rem_addr *addr);

/* Brings a path up to date, RFC 1122 3.3.1: the state that it is in now. */
enum rem_path_state rem_ip_way(struct rem_ip *ip, struct rem_path *path, rem_time now);

/* The same for a child, which has a turn again when it may have become another. */
enum rem_path_state rem_ip_wait(struct rem_ip *ip, struct rem_path *path, rem_time now);

/*
 * May this child of UDP, TCP or ICMP send? For rem_seats_turn, `ip` being `by`. A child without a
 * path may not; one whose way has closed is told by its `fault`, once.
 */
bool rem_ip_open(void *ip, struct rem_node *child, rem_time now);

/*
 * f becomes an answer: f->src is where it goes, all if that is nobody, and f->dst an address of ours
 * that it comes from. For who sums a pseudo header; IP itself does it, again, with every answer.
 */
void rem_ip_reply(const struct rem_ip *ip, struct rem_frame *f);

/* The child's path is what f goes by: addresses, link address and ports of a frame to be sent. */
void rem_ip_address_frame(struct rem_frame *f, const struct rem_node *child);

static inline bool rem_addr_is(const struct rem_addr *a, const struct rem_addr *b)
{
	return a->family == b->family && a->word[0] == b->word[0] &&
	       (!rem_addr_is_v6(a) || __builtin_memcmp(a->b, b->b, sizeof(a->b)) == 0);
}

#endif
