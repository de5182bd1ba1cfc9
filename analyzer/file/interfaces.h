/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The interfaces of a capture: what its packets refer to, and by which clock they are read. A file's
 * reader has them from the file, a live capture describes its own.
 */
#ifndef FILE_INTERFACES_H
#define FILE_INTERFACES_H

#include "file/packet.h"

enum file_format { FILE_PCAP, FILE_PCAPNG };

/* clang-format off */
/* An interface of pcapng, or what the head of a pcap file says. Lives as long as all of them do. */
struct interface {
	uint32_t index;         /* over the whole file */
	uint32_t id;            /* within its section */
	uint32_t section;
	uint32_t snaplen;       /* 0: no limit */
	uint16_t linktype;
	uint64_t link_offset;   /* where the (unpacked) file says so */
	uint8_t fcs_len;        /* if_fcslen in bits, or what pcap's link type says; 0: not said */
	uint8_t tsresol;        /* if_tsresol, default 6 */
	int64_t tsoffset;       /* seconds */
	uint64_t units;         /* ticks a second, */
	uint64_t finer;         /* times this: more than 1 where their count has more than 64 bits */
	uint32_t ns_per_tick;   /* 0: not a whole number */
	uint32_t max_cap_len;   /* more than that is damage */
	const char *name, *description; /* NULL if not said */
	struct option_bytes options;
};
/* clang-format on */

struct known_interface;

struct interfaces {
	struct known_interface **known;
	uint32_t count, room;
	size_t bytes;            /* of options that are kept */
	enum file_format format; /* FILE_PCAPNG for live captures, too: packets have interfaces */
	bool nano;               /* times are finer than a microsecond, on any of them so far */
};

/* NULL from the number of interfaces met so far on; pcap has one from the start. */
const struct interface *interfaces_at(const struct interfaces *s, uint32_t index);
void interfaces_free(struct interfaces *s);

/* An interface that is captured from. Texts that are not known are NULL. */
struct live_interface {
	const char *name, *description;
	const char *filter;      /* BPF */
	uint16_t linktype;       /* LINKTYPE_ value, as files have it */
	uint32_t snaplen;        /* 0: no limit */
	bool nano;
};
/*
 * Describes one more interface of a live capture; *s starts as zeros. NULL: there are too many, or
 * there is no memory.
 */
const struct interface *interfaces_describe(struct interfaces *s, const struct live_interface *i);
/*
 * The same of an interface that another capture describes, as it does; one that was copied before is
 * not copied again. NULL as above.
 */
const struct interface *interfaces_copy(struct interfaces *s, const struct interface *i);
/* What all packets of an interface begin as. The time, its ticks, lengths and data are to be filled
 * in, and the number. */
void interfaces_blank(const struct interfaces *s, uint32_t index, struct packet *p);

/* The clock of a pcapng interface: what its ticks are in time_ns, and back, held at both ends. */
int64_t interface_time(const struct interface *i, uint64_t ticks);
uint64_t interface_ticks(const struct interface *i, int64_t time_ns);

/*
 * A packet's time to the last digit. A fraction that pcap wrote out of range stays out of range,
 * and wraps to 32 bits as it does in Wireshark; time_ns carries it over into the seconds. False:
 * there is no time.
 */
bool packet_seconds(const struct interfaces *s, const struct packet *p, int64_t *seconds,
		    int32_t *nanoseconds);

#endif
