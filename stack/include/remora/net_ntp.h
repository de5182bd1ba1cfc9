/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Network Time Protocol, spoken: a client that asks a few times and believes the answer of the
 * least delay, and a server. RFC 5905, RFC 8633 for manners. The stack has no wall clock: what the
 * client finds is an offset, to be added to rem_time; what the server tells is the caller's.
 */
#ifndef REMORA_NET_NTP_H
#define REMORA_NET_NTP_H

#include <remora/node.h>
#include <remora/ntp.h>
#include <remora/secret.h>

/* Microseconds since 1970 of a stamp; of the era that is nearer to our days, see rem_ntp_time(). */
int64_t rem_ntp_unix(uint64_t stamp);
/* The stamp of microseconds since 1970; the era is lost (2036). Exact to a microsecond and back. */
uint64_t rem_ntp_stamp(int64_t unix_us);

enum rem_ntp_state { REM_NTP_IDLE, REM_NTP_ASKS, REM_NTP_KNOWS, REM_NTP_FAILED };

/* A child of UDP. */
struct rem_ntp_client {
	struct rem_node node;
	uint16_t state;   /* enum rem_ntp_state */
	uint16_t samples; /* answers still wanted */
	uint16_t heard;   /* answers that count */
	uint16_t tries;   /* questions without an answer, in a row */
	uint16_t stratum; /* of the server */
	uint16_t waits;   /* a question is out */
	struct rem_secret *secret;
	/* Called once the state is REM_NTP_KNOWS or REM_NTP_FAILED. May be NULL. */
	void (*done)(struct rem_ntp_client *c);
	void *user;
	int64_t offset;    /* Unix time in microseconds is rem_time plus this */
	rem_time sent;     /* when the question went out */
	uint32_t nonce[2]; /* what stands in it */
	uint32_t delay;    /* microseconds there and back, of the answer that is believed */
	uint32_t kiss;     /* REM_NTP_REFID of a server that wants no more of us; 0: none has said so */
	struct rem_path path; /* to the server */
};

void rem_ntp_client_init(struct rem_ntp_client *c, struct rem_secret *secret);

/* Begins to ask; samples: 1 to 8 answers, two seconds apart. Whoever asks sits at UDP's table. */
void rem_ntp_ask(struct rem_ntp_client *c, struct rem_addr server, unsigned samples, rem_time now);

/* A client that asks too often: one entry for each that is remembered. */
struct rem_ntp_guest {
	rem_time quiet; /* when all of its answers will have been earned */
	uint32_t who;   /* hash of its address */
	bool kissed;
};

/* A child of UDP: what it tells is truthful as far as the caller keeps it so. */
struct rem_ntp_server {
	struct rem_node node;
	struct rem_secret *secret;
	struct rem_ntp_guest *guest; /* the caller's; guests 0: nobody is limited */
	uint32_t guests;
	int64_t offset;           /* Unix time in microseconds is rem_time plus this */
	rem_time (*clock)(void *); /* read when the answer leaves; NULL: it leaves as it came */
	void *user;
	int64_t reference;        /* Unix time at which the clock was last set, microseconds */
	uint32_t refid;           /* of what it was set by: "GPS\0", an IPv4 address */
	uint32_t delay, dispersion; /* to the root, seconds x 2^16 */
	int8_t precision;         /* log2 seconds */
	uint8_t leap;             /* 3: the clock is not set, which is what clients hear then */
	uint8_t stratum;          /* 1 to 15 */
};

/* A server whose clock is not set yet. guest: `guests` entries, all zero. */
void rem_ntp_server_init(struct rem_ntp_server *s, struct rem_secret *secret,
			 struct rem_ntp_guest *guest, uint32_t guests);

#endif
