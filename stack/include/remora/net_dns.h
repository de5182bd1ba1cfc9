/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Domain Name System, asked: a name's addresses from a recursive server. RFC 1035 4 and 7,
 * RFC 5452 for what an answer must match, RFC 2308 for names that are not, RFC 7766 for answers that
 * need TCP. One question is open at a time; each try has an identifier and a port of its own.
 */
#ifndef REMORA_NET_DNS_H
#define REMORA_NET_DNS_H

#include <remora/dns.h>
#include <remora/name.h>
#include <remora/node.h>
#include <remora/secret.h>

/* What a build may choose: servers that are asked in turn, addresses that are kept of an answer. */
#ifndef REM_DNS_SERVERS
#define REM_DNS_SERVERS 2
#endif
#ifndef REM_DNS_ADDRESSES
#define REM_DNS_ADDRESSES 4
#endif

enum rem_dns_state {
	REM_DNS_IDLE,
	REM_DNS_ASKING, /* by UDP */
	REM_DNS_STREAM, /* by TCP: see below */
	REM_DNS_DONE,
};

/* What an answer says. */
struct rem_dns_answer {
	struct rem_addr addr[REM_DNS_ADDRESSES];
	uint8_t count;
	uint32_t ttl; /* seconds for which it may be remembered */
};

struct rem_dns_client;

/* Who remembers answers; see rem_dns_cache_init(). */
struct rem_dns_memory {
	bool (*find)(struct rem_dns_memory *m, struct rem_dns_client *c, rem_time now);
	/* c->answer is what the message says, but how long it says that there is nothing. */
	void (*keep)(struct rem_dns_memory *m, struct rem_dns_client *c, struct rem_span message,
		     rem_time now);
};

/* Who carries a question by TCP, when an answer is too long for a datagram; see remora/net_dns_tcp.h. */
struct rem_dns_carrier {
	/* Dials c->path.to, port 53, writes rem_dns_stream_question(), gives what comes to
	 * rem_dns_stream_answer(); or ends it with rem_dns_stream_failed(). */
	void (*ask)(struct rem_dns_carrier *k, struct rem_dns_client *c, rem_time now);
	/* Nobody waits any more: ten seconds are over, or rem_dns_stop(). */
	void (*stop)(struct rem_dns_carrier *k, rem_time now);
};

/* A child of UDP. */
struct rem_dns_client {
	struct rem_node node;
	uint16_t type; /* REM_DNS_A or REM_DNS_AAAA */
	uint16_t id;
	uint16_t state; /* enum rem_dns_state */
	uint16_t tries;
	uint8_t at;    /* of server[] */
	int8_t result; /* REM_OK; REM_MISS: there is no such name or record; REM_CLOSED: nobody
			* answers; REM_UNSUP: the servers cannot tell; REM_FIELD: it is no name */
	struct rem_path path; /* to the server that is being asked */
	struct rem_secret *secret;
	struct rem_dns_memory *memory;   /* NULL: nothing is remembered */
	struct rem_dns_carrier *carrier; /* NULL: a cut answer is as good as none */
	/* Called once the state is REM_DNS_DONE. May be NULL. */
	void (*done)(struct rem_dns_client *c);
	void *user;
	const char *name; /* the caller's, which must stay until then */
	struct rem_addr server[REM_DNS_SERVERS]; /* the caller's to set; family 0: none */
	struct rem_dns_answer answer;
};

void rem_dns_client_init(struct rem_dns_client *c, struct rem_secret *secret);

/*
 * Begins to ask for the addresses of a name: labels with dots between, 253 bytes at most, a dot at
 * the end allowed. REM_OK: c->done will be called, or has been, when memory knows it. REM_FIELD: it is
 * no name. REM_STATE: a question is open. Whoever asks sits at UDP's table.
 */
int rem_dns_ask(struct rem_dns_client *c, const char *name, enum rem_dns_type type, rem_time now);

/* Nobody wants to know any more: c->done will not be called. */
void rem_dns_stop(struct rem_dns_client *c, rem_time now);

/* The question as it is written to a stream, its length in front: returns its bytes, at most 273. */
int rem_dns_stream_question(struct rem_dns_client *c, uint8_t *p, uint32_t room);
/* A whole message that came by the stream, without its length. */
void rem_dns_stream_answer(struct rem_dns_client *c, struct rem_span message, rem_time now);
void rem_dns_stream_failed(struct rem_dns_client *c, rem_time now);

/* ---- remembering ---- */

/* The answer is good for no longer than so many seconds. */
void rem_dns_lasts(struct rem_dns_answer *a, uint32_t ttl);

struct rem_dns_entry {
	uint64_t key;   /* keyed hash of name and type */
	rem_time until; /* 0: free */
	struct rem_dns_answer answer; /* count 0: there is no such name or record */
};

struct rem_dns_cache {
	struct rem_dns_memory memory; /* for rem_dns_client.memory */
	struct rem_secret *secret;
	struct rem_dns_entry *entry;
	uint16_t entries;
};

/* A cache in the caller's table. What would be forgotten first makes room. */
void rem_dns_cache_init(struct rem_dns_cache *cache, struct rem_secret *secret,
			struct rem_dns_entry *entry, uint16_t entries);

#endif
