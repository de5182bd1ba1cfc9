/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Dynamic Host Configuration Protocol, spoken by a client: RFC 2131 4.4, options of RFC 2132,
 * split ones of RFC 3396. It finds an address, keeps it, and says when it is lost. Addresses are
 * numbers in host order; times are rem_time.
 */
#ifndef REMORA_NET_DHCP_H
#define REMORA_NET_DHCP_H

#include <remora/dhcp.h>
#include <remora/node.h>
#include <remora/secret.h>

/* What a build may choose: how many of each are kept of a lease. */
#ifndef REM_DHCP_LIST
#define REM_DHCP_LIST 2
#endif

enum { REM_DHCP_NAME = 64 }; /* bytes of a name, its NUL included */

enum rem_dhcp_state {
	REM_DHCP_IS_IDLE,       /* nothing is asked for */
	REM_DHCP_IS_SELECTING,  /* asks who leases addresses: RFC 2131's INIT and SELECTING */
	REM_DHCP_IS_REQUESTING, /* wants what a server has offered */
	REM_DHCP_IS_REBOOTING,  /* wants what it had before: INIT-REBOOT, REBOOTING */
	REM_DHCP_IS_CHECKING,   /* has it; somebody sees whether it is another's: rem_dhcp_checked() */
	REM_DHCP_IS_BOUND,        /* BOUND */
	REM_DHCP_IS_RENEWING,   /* has it, and asks its server to keep it */
	REM_DHCP_IS_REBINDING,  /* has it, and asks every server to */
	REM_DHCP_IS_INFORMING,  /* has an address of other origin, and asks for the rest */
	REM_DHCP_IS_INFORMED,
	REM_DHCP_IS_LEAVING,    /* gives it back */
	REM_DHCP_IS_DECLINING,  /* it is another's: says so, then begins anew */
};

/* What a server has given. What it has not is 0. */
struct rem_dhcp_lease {
	uint32_t addr, mask, server;
	uint32_t router[REM_DHCP_LIST], dns[REM_DHCP_LIST], ntp[REM_DHCP_LIST];
	uint32_t renew, rebind, end; /* T1, T2, and when it is over: seconds; see rem_dhcp_time() */
	rem_time since; /* when it was asked for */
	uint16_t mtu;
};

/* When so many seconds of the lease are over; of all 32 bits: never, it has no end. */
rem_time rem_dhcp_time(const struct rem_dhcp_lease *l, uint32_t seconds);

/* Names that a server tells: the caller's memory, so that who needs none has none. */
struct rem_dhcp_names {
	void (*take)(struct rem_dhcp_names *names, struct rem_view message);
	char domain[REM_DHCP_NAME];   /* RFC 2132 3.17, with a NUL; letters, digits, "-", "." alone */
	char hostname[REM_DHCP_NAME]; /* 3.14 */
};

/* A child of UDP. */
struct rem_dhcp_client {
	struct rem_node node;
	uint16_t state; /* enum rem_dhcp_state */
	uint16_t tries;
	uint16_t secs;
	bool checks; /* the caller sees whether an address is another's before it is used */
	uint32_t xid;
	uint32_t wanted; /* the address that is asked for, or had */
	uint32_t server; /* the one that has been chosen */
	struct rem_secret *secret;
	/* Called when there is news: an address is there, to be probed first if the state is CHECKING;
	 * it is still there (renewed); it is gone, lease.addr is 0; the rest is known (INFORMED). May be
	 * NULL. */
	void (*changed)(struct rem_dhcp_client *c);
	void *user;
	const char *hostname;         /* what we are called: option 12; NULL: nothing is said */
	struct rem_dhcp_names *names; /* NULL: nobody wants to know; rem_dhcp_names_init() */
	rem_time begun; /* when the first message of this exchange went out */
	struct rem_dhcp_lease lease;
	struct rem_path path;
	uint8_t mac[6];
};

void rem_dhcp_client_init(struct rem_dhcp_client *c, struct rem_secret *secret,
			  const uint8_t mac[6]);

/* From now on c knows what its server calls it and its domain. */
void rem_dhcp_names_init(struct rem_dhcp_names *names, struct rem_dhcp_client *c);

/* Begins to look for an address; `before`, if not 0, is one that it had once and would like again.
 * Whoever asks sits at UDP's table. */
void rem_dhcp_begin(struct rem_dhcp_client *c, uint32_t before, rem_time now);

/* Asks for what there is to know besides the address that we have. */
void rem_dhcp_inform(struct rem_dhcp_client *c, uint32_t addr, rem_time now);

/* The address has been probed (RFC 5227 2.1) in state CHECKING; or, `free` false, somebody else has
 * been seen to use it: the server hears so, and after ten seconds another one is looked for. */
void rem_dhcp_checked(struct rem_dhcp_client *c, bool is_free, rem_time now);

/* Gives the address back: it is not to be used from now on. */
void rem_dhcp_release(struct rem_dhcp_client *c, rem_time now);

/* The lease's address, subnet and first router as number 0 of the IP layer's, or none: what `changed`
 * does where a host has but one way to its address. */
struct rem_ip;
void rem_dhcp_apply(const struct rem_dhcp_client *c, struct rem_ip *ip);

static inline bool rem_dhcp_has_address(const struct rem_dhcp_client *c)
{
	return c->state >= REM_DHCP_IS_BOUND && c->state <= REM_DHCP_IS_REBINDING;
}

#endif
