/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of the firmware know of each other. */
#ifndef PICO_W_APP_H
#define PICO_W_APP_H

#include <remora/cyw43439.h>
#include <remora/host.h>
#include <remora/net_dhcp.h>
#include <remora/net_dns.h>
#include <remora/net_ntp.h>
#include <remora/net_tcp.h>
#include <remora/pump.h>

/* The stack above the radio: set up when the radio has told its address. */
struct app {
	struct rem_cyw radio;
	struct rem_host host;
	struct rem_tcp tcp;
	struct rem_dhcp_client dhcp;
	struct rem_ntp_client ntp;
	struct rem_dns_client dns;
	struct rem_watch watch;
	uint32_t count[REM_REASONS]; /* of frames, by what became of them and why */
	rem_time ask_time;           /* when the server of the time is asked again */
	unsigned told;               /* enum rem_ntp_state that was told last; 0: nothing was */
	bool ready;                  /* the stack is there */
	bool linked;                 /* …and was told that there is a link */
};

extern struct app app;

/* Is there somebody to talk to? */
static inline bool has_network(void)
{
	return app.linked && app.host.address[0].addr.family != 0;
}

/* network.c */
void network_init(void);
rem_time network_poll(rem_time now); /* when it wants to be called again */

/* The C library's would bring a table along. */
static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* serial.c: lines of text, over UART and USB. A format has %s, %c, %u, %d, and %x, whose width is filled with zeros. */
void serial_init(void);
void serial_poll(void); /* after each sleep */
int serial_get(void); /* a character; -1: none */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* console.c */
void console_load(void); /* joins the network that was saved */
void console_poll(rem_time now);
void console_say_address(struct rem_addr a);
bool console_number(const char **s, unsigned most,
		    unsigned *value); /* they go behind what they have read */
bool console_address(const char **s, struct rem_addr *a);

/* fetch.c: one page of a server, http://HOST[:PORT][/PATH]. */
void fetch(const char *url, rem_time now);
rem_time fetch_poll(rem_time now);

/* trace.c: every frame and what became of it, as pcapng over the second USB interface. */
void trace_set(bool on);
void trace_in(struct rem_pump *pump, const uint8_t *p, uint32_t n); /* before the stack has it */
void trace_poll(void);

/* pages.c */
void pages_init(void);
rem_time pages_poll(rem_time now); /* when it wants to be called again */

#endif
