/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of the firmware know of each other. */
#ifndef PICO_W_APP_H
#define PICO_W_APP_H

#include <remora/cyw43439.h>
#include <remora/host.h>
#include <remora/net_dhcp.h>
#include <remora/net_ntp.h>
#include <remora/net_tcp.h>

/* The stack above the radio: set up when the radio has told its address. */
struct app {
	struct rem_cyw radio;
	struct rem_host host;
	struct rem_tcp tcp;
	struct rem_dhcp_client dhcp;
	struct rem_ntp_client ntp;
	struct rem_watch watch;
	uint32_t count[REM_REASONS]; /* of frames, by what became of them and why */
	bool ready;                  /* the stack is there */
	bool linked;                 /* …and was told that there is a link */
};

extern struct app app;

/* network.c */
void network_init(void);
rem_time network_poll(rem_time now); /* when it wants to be called again */

/* console.c */
void console_init(void);
void console_load(void); /* joins the network that was saved */
void console_poll(rem_time now);
void console_say_address(struct rem_addr a);

/* fetch.c: one page of a server, its bytes counted and its head shown. */
void fetch(struct rem_addr from, uint16_t port, const char *host, const char *path, rem_time now);
rem_time fetch_poll(rem_time now);

/* pages.c */
void pages_init(void);
rem_time pages_poll(rem_time now); /* when it wants to be called again */

#endif
