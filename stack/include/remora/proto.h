/* SPDX-License-Identifier: BSD-3-Clause */
/* What a protocol is to the rest of remora, the list of all of them, and how one finds the next. */
#ifndef REMORA_PROTO_H
#define REMORA_PROTO_H

#include <remora/field.h>
#include <remora/sum.h>

/* A number for each protocol: REM_P_ETHERNET, REM_P_IPV4 … in the order of protos.def. */
enum rem_proto_id {
#define REM_PROTO(name, id) REM_P_##id,
#include <remora/protos.def>
#undef REM_PROTO
	REM_P_COUNT
};

/* Number spaces in which parents name their children. */
enum rem_space {
	REM_SPACE_NONE,
	REM_SPACE_LINKTYPE,     /* LINKTYPE_ values of pcap */
	REM_SPACE_ETHERTYPE,
	REM_SPACE_SAP,          /* LLC destination service access point */
	REM_SPACE_SNAP,         /* OUI << 16 | protocol, where the OUI is not 0 */
	REM_SPACE_PPP,          /* PPP protocol numbers */
	REM_SPACE_FAMILY,       /* 4: IPv4, 6: IPv6; who has only that to go by */
	REM_SPACE_IP,           /* IP protocol numbers */
	REM_SPACE_UDP,          /* ports */
	REM_SPACE_TCP,          /* ports */
	REM_SPACE_PROTO,        /* enum rem_proto_id: nobody is bound here, the parent knows who */
	REM_SPACES
};

struct rem_bind {
	uint8_t space;          /* enum rem_space */
	uint32_t value;         /* at most 24 bits, SNAP at most 40 folded by rem_snap() */
};

/* The 24-bit value of an organisation's protocol in REM_SPACE_SNAP. */
static inline uint32_t rem_snap(uint32_t oui, uint32_t pid)
{
	return (oui * 31 + pid) & 0xffffff;
}

/*
 * Decodes the view: pushes parts, says where the walk goes next, returns the bytes of the view
 * that belong to it (its own and its payload's). REM_MISS before the first push: not mine.
 * The view holds at least one byte that is here, or is empty by right.
 */
typedef int rem_decode(struct rem_breakdown *b, struct rem_view v);

enum rem_proto_flag {
	REM_PROTO_TUNNEL = 1,   /* may stand inside itself by encapsulation: counts as a tunnel */
	REM_PROTO_DERIVED = 2,  /* has no bytes in frames: frame, verdicts, trackers */
};

struct rem_proto {
	const struct rem_table *table;          /* table[0] is the header */
	const struct rem_bind *bind;            /* where its parents find it */
	rem_decode *decode;
	/* Does this look like mine? For payload that no binding claims. */
	bool (*probe)(struct rem_view v);
	/* The state of the checksum in the header `part`; NULL: it has none. */
	enum rem_sum_status (*sum)(const struct rem_breakdown *b, const struct rem_part *part);
	/* Takes bytes that are left behind its payload; NULL: it has no trailer. */
	void (*trailer)(struct rem_breakdown *b, struct rem_view v);
	uint16_t spaces;                        /* 1 << enum rem_space of each it looks children up in */
	uint8_t tables;
	uint8_t binds;
	uint8_t flags;                          /* enum rem_proto_flag */
	uint8_t probe_space;                    /* enum rem_space whose payload it probes */
	bool named;                             /* the strings below are here */
	uint8_t source, destination;            /* rows of the header with addresses; equal: none */
#ifndef REM_NO_NAMES
	const char *key;                        /* Wireshark's filter name: "ip" */
	const char *name;                       /* short: "IPv4" */
	const char *title;                      /* long: "Internet Protocol, version 4" */
	const char *ref;                        /* "RFC 791" */
#endif
};

#ifndef REM_NO_NAMES
#define REM_PROTO_NAMES(key_, name_, title_, ref_) \
	.named = true, .key = key_, .name = name_, .title = title_, .ref = ref_
#else
#define REM_PROTO_NAMES(key_, name_, title_, ref_) .named = false
#endif
#define REM_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define REM_PROTO(name, id) extern const struct rem_proto rem_proto_##name;
#include <remora/protos.def>
#undef REM_PROTO

/* All of them, by enum rem_proto_id. */
extern const struct rem_proto *const rem_protos[REM_P_COUNT];

/*
 * The line of text that sums a layer up, written from its own handles. It stands apart from the
 * protocol so that firmware, which never refers to rem_infos, drops it.
 */
struct rem_out;
typedef void rem_info(const struct rem_breakdown *b, const struct rem_part *layer,
		      struct rem_out *out);
#define REM_PROTO(name, id) extern rem_info *const rem_info_##name;
#include <remora/protos.def>
#undef REM_PROTO
extern rem_info *const *const rem_infos[REM_P_COUNT];   /* *rem_infos[id] is NULL: no line */

/* Who is found where: the bindings of all protocols, hashed into the caller's memory. */
struct rem_slot {
	uint32_t key;           /* space << 24 | value; 0: free */
	uint32_t proto;
};

#define REM_INDEX_SLOTS 512     /* enough for all bindings of protos.def and some of the user's */

struct rem_index {
	struct rem_slot *slot;
	uint32_t mask;
	uint16_t used;
	uint8_t probes;
	uint8_t probe[16];      /* protocols with a probe */
};

/* Fills `slot`, n of them (a power of two), with all bindings. REM_LIMIT when n is too small. */
int rem_index_init(struct rem_index *x, struct rem_slot *slot, size_t n);

/* Decode As: from now on `value` of `space` is `proto`; what is bound to data is nobody's, without
 * asking any further. REM_LIMIT when the table is full. */
int rem_index_bind(struct rem_index *x, enum rem_space space, uint32_t value, unsigned proto);

/* The protocol bound to a value, or REM_P_DATA. */
unsigned rem_index_find(const struct rem_index *x, enum rem_space space, uint32_t value);

/* A protocol by its key ("ip", "tcp"), or -1. */
int rem_proto_find(const char *key, size_t n);

#endif
