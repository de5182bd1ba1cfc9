/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Packets as they come. Each interface is captured by a process of its own (live/capture.h); here
 * their rings run together into one stream, in the order of time as far as what is there tells it.
 *
 * No call waits but live_open, live_hold and live_end. Who has nothing else to do polls live_fd.
 */
#ifndef LIVE_LIVE_H
#define LIVE_LIVE_H

#include "file/writer.h"

struct live;
struct broker;

struct live_options {
	char **interfaces;    /* their names, NULL-terminated; "any": all that there are */
	const char *filter;   /* BPF; NULL: everything but our own SSH session */
	const char *linktype; /* libpcap's name for it, NULL: the interface's own */
	uint32_t snaplen;     /* bytes kept of a packet; 0: all */
	uint32_t buffer_mib;  /* that the kernel holds for us, for each interface; 0: a good many */
	bool not_promiscuous, monitor;
	struct broker *broker; /* who opens interfaces */
};

/*
 * Starts capturing. NULL: *error is one line or more, without a prefix, to be freed by g_free; what
 * mends it stands in the lines behind the first.
 */
struct live *live_open(const struct live_options *o, char **error);
void live_close(struct live *l);

/* What is captured from. Alive as long as l. */
const struct interfaces *live_interfaces(const struct live *l);
/* The SSH session that is left out, "192.0.2.7 port 50022", or NULL. */
const char *live_left_out(const struct live *l);

/* To be polled for input once live_next has said that there is nothing. */
int live_fd(const struct live *l);
/*
 * 1: a packet, good until the next call. 0: none has come. -1: none will, as live_end was called or
 * no interface is left.
 */
int live_next(struct live *l, struct packet *p);
/* Why an interface fell silent by itself, once for each of them; NULL: nothing to tell. */
const char *live_trouble(struct live *l);

/* Stops listening, and starts again: meanwhile packets are neither captured nor counted. What came
 * before is still handed out. */
void live_hold(struct live *l);
void live_resume(struct live *l);
bool live_is_held(const struct live *l);
/* Ends the capture: live_next hands out what has come until now, and then -1. */
void live_end(struct live *l);
bool live_is_ended(const struct live *l);

/* clang-format off */
/* captured + unread + dropped_kernel + dropped_here is what passed by and fitted the filter. */
struct live_counts {
	uint64_t captured;       /* handed out by live_next */
	uint64_t unread;         /* waiting for it */
	uint64_t dropped_kernel; /* the process that captures was too slow for these, */
	uint64_t dropped_here;   /* who calls live_next for these */
};
/* clang-format on */

/* By the index of an interface, or for all (LIVE_ALL). Exact once live_next has said -1. */
enum { LIVE_ALL = -1 };
struct live_counts live_counts(const struct live *l, int index);
/* The same of one interface, as it stands at the end of a file. */
struct writer_statistics live_statistics(const struct live *l, int index);

#endif
