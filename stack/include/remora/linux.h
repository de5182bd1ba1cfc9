/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The stack on Linux: a TAP or an interface that exists as its card, a loop that sleeps until a
 * frame or a deadline comes, and a trace of all that goes in and out. Functions return 0 or a
 * negative errno.
 */
#ifndef REMORA_LINUX_H
#define REMORA_LINUX_H

#include <remora/net_ip.h>
#include <remora/line.h>
#include <remora/pump.h>
#include <stdio.h>

enum { REM_LINUX_NAME = 16 }; /* bytes of an interface's name, with its NUL */

/* A TAP, or an interface seen through a packet socket. */
struct rem_linux_nic {
	struct rem_nic nic; /* nic.address: of our own, made up at random; mtu: the interface's */
	int fd;
	unsigned index;
	bool is_tap;
	char name[REM_LINUX_NAME];
	struct rem_http_card *http; /* what a card behind httptap has besides; NULL */
};

/*
 * Opens an interface by its name: a TAP, made and set up if there is none; else whatever interface it
 * is, which we then share with the kernel under an address of our own. Needs CAP_NET_ADMIN to make a
 * TAP, CAP_NET_RAW to share an interface; a TAP that its maker gave away needs neither.
 */
int rem_linux_open(struct rem_linux_nic *l, const char *name);
void rem_linux_close(struct rem_linux_nic *l);

/*
 * Opens a card behind an httptap at "http://127.0.0.1:7070": frames come and go by its HTTP, no
 * privilege is needed. -EPROTO: whoever listens there is no httptap.
 */
int rem_linux_open_http(struct rem_linux_nic *l, const char *url);
void rem_linux_close_http(struct rem_linux_nic *l); /* for rem_linux_close() */

/* Frames as httptap's clients write them: base64 (RFC 4648 4). The bytes of the text, which has a NUL; */
uint32_t rem_base64_put(char *to, const uint8_t *p, uint32_t n);
/* … and of what it says, at most `room`; -1: it is no base64, or longer. */
int rem_base64_get(uint8_t *to, uint32_t room, const char *text, uint32_t n);

/* Microseconds of a clock that never goes back. */
rem_time rem_linux_now(void);

/* A link address of our own, made up at random: locally administered, of one host (IEEE 802 8.4). */
int rem_linux_address(uint8_t address[6]);

/* 16 bytes that nobody can guess. */
int rem_linux_seed(uint8_t seed[16]);

/*
 * What goes in and out, as lines of text and as pcapng with the outcome of each packet (its comment,
 * and its verdict: 0, outcome, code). Either file may be NULL. Both are the caller's.
 */
struct rem_trace {
	struct rem_watch watch; /* for rem_in and rem_sent */
	FILE *lines, *pcapng;
	const struct rem_ether *ether; /* whose addresses are written as "us"; NULL: nobody's */
	const struct rem_ip *ip;
	uint64_t epoch;              /* microseconds between rem_linux_now() and 1970 */
	uint32_t count[REM_REASONS];
	uint8_t *copy; /* of the frame that is in the stack: answers are written over it */
	uint32_t copied;
	struct rem_index index;
	struct rem_slot slot[REM_INDEX_SLOTS];
	bool failed; /* to write */
};

/* Begins, and writes the header of the pcapng file. -ENOMEM, or what writing failed with. */
int rem_trace_init(struct rem_trace *t, const struct rem_linux_nic *l, FILE *lines, FILE *pcapng);
void rem_trace_end(struct rem_trace *t);

/* A file descriptor that the loop looks at besides the card. */
struct rem_loop_fd {
	int fd;
	uint32_t events; /* of epoll(7) */
	void (*ready)(struct rem_loop_fd *f, uint32_t events);
};

struct rem_loop {
	struct rem_pump pump;    /* between the card and the lowest node */
	struct rem_trace *trace; /* NULL: none */
	struct rem_loop_fd card_fd, timer_fd;
	rem_time timer; /* when it goes off */
	int epoll;
	bool stop;         /* rem_loop_run is to return */
};

int rem_loop_init(struct rem_loop *l, struct rem_linux_nic *card, struct rem_node *lowest,
		  struct rem_trace *trace);
void rem_loop_end(struct rem_loop *l);

int rem_loop_add(struct rem_loop *l, struct rem_loop_fd *f);
void rem_loop_remove(struct rem_loop *l, struct rem_loop_fd *f);

/* Takes what is there, sends what is due, and sleeps until there is more, or until `until`. */
int rem_loop_step(struct rem_loop *l, rem_time until);

/* Does so until l->stop, or until `until` (REM_NEVER) has come. */
int rem_loop_run(struct rem_loop *l, rem_time until);

#endif
