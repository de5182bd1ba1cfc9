/* SPDX-License-Identifier: BSD-3-Clause */
/* A network stack put together by hand: Ethernet, ARP, IPv4 and ICMP on a TAP, answering ping. */
#include <remora/linux.h>
#include <remora/net_arp.h>
#include <remora/net_icmp.h>

int main(int argc, char **argv)
{
	static struct rem_linux_nic card;
	static struct rem_loop loop;
	static struct rem_trace trace;

	/* The layers, and their tables: two children on the link, one above IP, four neighbours. */
	static struct rem_ether ether;
	static struct rem_arp arp;
	static struct rem_ip ip;
	static struct rem_icmp icmp;
	static struct rem_secret secret;
	static struct rem_seat link_seat[2], ip_seat[1];
	static struct rem_neighbour neighbour[4];
	static struct rem_ip_address address[1];
	uint8_t seed[16];

	if (argc > 2 || (argc == 2 && argv[1][0] == '-')) {
		fputs("usage: first_stack [TAP]\n", stderr);
		return 2;
	}
	if (rem_linux_open(&card, argc > 1 ? argv[1] : "tap0") != 0 || rem_linux_seed(seed) != 0) {
		perror("first_stack: cannot open the TAP");
		return 1;
	}
	rem_secret_init(&secret, seed);

	rem_ether_init(&ether, card.nic.address, link_seat, 2);
	rem_ip_init(&ip,
		    &(struct rem_ip_tables){.seat = ip_seat,
					    .seats = 1,
					    .address = address,
					    .addresses = 1,
					    .secret = &secret},
		    card.nic.mtu);
	rem_ip_speak_ipv4(&ip);
	rem_sit(&ether.up, &ip.node);
	rem_arp_init(&arp, &ether, &ip, neighbour, 4);
	rem_icmp_init(&icmp, &ip, NULL, 0);
	rem_ip_set_address(&ip, 0, rem_addr4(0xc0a80a02), 24);  /* 192.168.10.2 */

	/* Each frame in a line; then frames up the tree and answers down, for as long as we live. */
	if (rem_trace_init(&trace, &card, stdout, NULL) != 0 ||
	    rem_loop_init(&loop, &card, &ether.node, &trace) != 0) {
		perror("first_stack");
		return 1;
	}
	trace.ether = &ether; /* whose addresses are written as "us" */
	trace.ip = &ip;
	printf("%s: ping 192.168.10.2\n", card.name);
	return rem_loop_run(&loop, REM_NEVER) == 0 ? 0 : 1;
}
