/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * lwip TAP ADDRESS: lwIP, as Debian builds it, on a TAP: it discards what comes to port 9, sends without end from port
 * 19, and answers port 7 with what it hears. The peer that remora is measured beside.
 */
#include "tap.h"

#include <lwip/etharp.h>
#include <lwip/init.h>
#include <lwip/tcp.h>
#include <lwip/tcpip.h>
#include <lwip/timeouts.h>
#include <netif/ethernet.h>
#include <poll.h>

enum { FRAME = 1514, CHUNK = 32768 };

static const char letters[CHUNK];
static int tap;

static err_t to_tap(struct netif *netif, struct pbuf *p)
{
	static char copy[FRAME];

	(void)netif;
	if (p->tot_len > FRAME)
		return ERR_BUF;
	if (p->len == p->tot_len)
		return write(tap, p->payload, p->len) < 0 ? ERR_BUF : ERR_OK;
	pbuf_copy_partial(p, copy, p->tot_len, 0);
	return write(tap, copy, p->tot_len) < 0 ? ERR_BUF : ERR_OK;
}

static err_t set_up(struct netif *netif)
{
	memcpy(netif->hwaddr, "\2\0\0\0\0\11", 6);
	netif->hwaddr_len = 6;
	netif->mtu = 1500;
	netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET |
		       NETIF_FLAG_LINK_UP;
	netif->output = etharp_output;
	netif->linkoutput = to_tap;
	return ERR_OK;
}

/* One frame of the TAP, into the stack. False: none waits. */
static int from_tap(struct netif *netif)
{
	static char frame[FRAME + 4];
	const ssize_t n = read(tap, frame, sizeof(frame));

	if (n <= 0)
		return 0;
	struct pbuf *p = pbuf_alloc(PBUF_RAW, (u16_t)n,
				    PBUF_RAM); /* the pool of this build is smaller than it says */
	if (p == NULL)
		return 1;
	pbuf_take(p, frame, (u16_t)n);
	if (netif->input(p, netif) != ERR_OK)
		pbuf_free(p);
	return 1;
}

static err_t discard(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
	(void)arg;
	(void)err;
	if (p == NULL)
		return tcp_close(pcb);
	tcp_recved(pcb, p->tot_len);
	pbuf_free(p);
	return ERR_OK;
}

static err_t echo(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
	if (p != NULL) {
		tcp_write(pcb, p->payload, p->len, TCP_WRITE_FLAG_COPY);
		tcp_output(pcb);
	}
	return discard(arg, pcb, p, err);
}

static err_t send_more(void *arg, struct tcp_pcb *pcb, u16_t sent)
{
	u16_t room;

	(void)arg;
	(void)sent;
	while ((room = (u16_t)(tcp_sndbuf(pcb) < CHUNK ? tcp_sndbuf(pcb) : CHUNK)) > 0) {
		if (tcp_write(pcb, letters, room, 0) != ERR_OK)
			break;
	}
	tcp_output(pcb);
	return ERR_OK;
}

/* Which port of a listener was meant is its argument. */
static err_t accepted(void *arg, struct tcp_pcb *pcb, err_t err)
{
	if (err != ERR_OK)
		return err;
	tcp_nagle_disable(pcb);
	tcp_recv(pcb, (size_t)arg == 7 ? echo : discard);
	if ((size_t)arg == 19) {
		tcp_sent(pcb, send_more);
		send_more(NULL, pcb, 0);
	}
	return ERR_OK;
}

static void listen_on(size_t port)
{
	struct tcp_pcb *pcb = tcp_new();

	tcp_bind(pcb, IP_ADDR_ANY, (u16_t)port);
	pcb = tcp_listen(pcb);
	tcp_arg(pcb, (void *)port);
	tcp_accept(pcb, accepted);
}

int main(int argc, char **argv)
{
	struct netif netif;
	ip4_addr_t address, mask, none = {0};

	if (argc != 3 || !ip4addr_aton(argv[2], &address)) {
		fprintf(stderr, "usage: lwip TAP ADDRESS\n");
		return 1;
	}
	tap = tap_open(argv[1]);
	tcpip_init(NULL, NULL);
	LOCK_TCPIP_CORE(); /* for good: lwIP's own thread has nothing to do */
	IP4_ADDR(&mask, 255, 255, 255, 0);
	netif_add(&netif, &address, &mask, &none, NULL, set_up, ethernet_input);
	netif_set_default(&netif);
	netif_set_up(&netif);
	listen_on(7);
	listen_on(9);
	listen_on(19);
	for (;;) {
		struct pollfd wait = {.fd = tap, .events = POLLIN};
		const u32_t sleep = sys_timeouts_sleeptime();

		poll(&wait, 1, sleep > 100 ? 100 : (int)sleep);
		for (int i = 0; i < 64 && from_tap(&netif); i++)
			;
		sys_check_timeouts();
	}
}
