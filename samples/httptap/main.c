/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * httptap: a TAP that anybody on this machine may use by HTTP, without privileges: `xcurl --http-tap`,
 * lneto's programs, twenty lines of Python. What needs root is done before the first request is read.
 */
#define _GNU_SOURCE
#include "../common/card.h"
#include "../common/flags.h"
#include "rights.h"
#include "web.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/if.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *interface = "tap0", *port = "7070", *address = "192.168.10.1/24", *dns, *token;
static bool nat, no_dhcp;

static const struct flag flags[] = {
	{"i", &interface, NULL, "IFACE", "a TAP, made if there is none, or an interface to share (tap0)"},
	{"port", &port, NULL, "PORT", "of 127.0.0.1 to listen at (7070)"},
	{"addr", &address, NULL, "ADDRESS/N", "the kernel's on the TAP (192.168.10.1/24)"},
	{"dns", &dns, NULL, "ADDRESS", "the name server that leases tell (what /etc/resolv.conf says)"},
	{"no-dhcp", NULL, &no_dhcp, NULL, "leases no addresses"},
	{"nat", NULL, &nat, NULL, "lets clients out through this machine, as long as it runs"},
	{"token", &token, NULL, "TOKEN", "what callers must say: Authorization: Bearer TOKEN"},
	{NULL, NULL, NULL, NULL, NULL},
};

static struct wire wire;
static volatile sig_atomic_t stopped;

static void stop(int number)
{
	(void)number;
	stopped = 1;
}

static int complain(const char *what, int err)
{
	fprintf(stderr, "httptap: %s: %s\n", what, strerror(-err));
	return 1;
}

/* ---- what needs root ---- */

static bool read_address(void)
{
	char text[32];
	struct in_addr a;
	const size_t n = strcspn(address, "/");
	const long bits = address[n] == '/' ? flags_number(address + n + 1, 30) : 24;

	snprintf(text, sizeof(text), "%.*s", (int)n, address);
	if (bits < 1 || inet_pton(AF_INET, text, &a) != 1)
		return false;
	wire.addr = ntohl(a.s_addr);
	wire.mask = UINT32_MAX << (32 - bits);
	return true;
}

static int ask_kernel(int fd, unsigned long request, struct ifreq *r, uint32_t *value)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr = {htonl(*value)}};

	memcpy(&r->ifr_addr, &a, sizeof(a));
	if (ioctl(fd, request, r) != 0)
		return -errno;
	memcpy(&a, &r->ifr_addr, sizeof(a));
	*value = ntohl(a.sin_addr.s_addr);
	return 0;
}

/* The kernel's address on our TAP is set, on an interface of others it is asked for: there may be none. */
static int settle_address(void)
{
	const bool ours = wire.tap.is_tap;
	const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ifreq r;
	int err = fd < 0 ? -errno : 0;

	memset(&r, 0, sizeof(r));
	memcpy(r.ifr_name, wire.tap.name, sizeof(wire.tap.name));
	if (err == 0)
		err = ask_kernel(fd, ours ? SIOCSIFADDR : SIOCGIFADDR, &r, &wire.addr);
	if (err == 0)
		err = ask_kernel(fd, ours ? SIOCSIFNETMASK : SIOCGIFNETMASK, &r, &wire.mask);
	if (err == -EADDRNOTAVAIL && !ours) {
		wire.addr = wire.mask = 0;
		err = 0;
	}
	if (fd >= 0)
		close(fd);
	return err;
}

/* The first name server of this machine that others can reach. */
static uint32_t find_dns(void)
{
	FILE *f = fopen("/etc/resolv.conf", "r");
	char line[256], name[64];
	uint32_t found = 0;
	struct in_addr a;

	while (f != NULL && found == 0 && fgets(line, sizeof(line), f) != NULL) {
		if (sscanf(line, "nameserver %63s", name) == 1 &&
		    inet_pton(AF_INET, name, &a) == 1 && ntohl(a.s_addr) >> 24 != 127)
			found = ntohl(a.s_addr);
	}
	if (f != NULL)
		fclose(f);
	return found != 0 ? found : wire.addr;
}

static int run_nft(const char *text)
{
	const pid_t pid = fork();
	int status = -1;

	if (pid == 0) {
		execlp("nft", "nft", text, (char *)NULL);
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	return status;
}

/* Writes a digit to ip_forward; returns the one that was there. */
static char forward(char digit)
{
	const int fd = open("/proc/sys/net/ipv4/ip_forward", O_RDWR | O_CLOEXEC);
	char before = '1';

	if (fd < 0 || read(fd, &before, 1) != 1 ||
	    (before != digit && pwrite(fd, &digit, 1, 0) != 1))
		fprintf(stderr, "httptap: cannot set ip_forward\n");
	if (fd >= 0)
		close(fd);
	return before;
}

/* What is left behind with root's rights: it waits for our end, whatever that is, and undoes all. */
static _Noreturn void undo_at_the_end(int end, const char *table, char before)
{
	char rule[64];

	setsid(); /* what a terminal says to us is not for it */
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	if (dup2(end, 3) == 3)
		close_range(4, UINT_MAX, 0);
	while (read(3, rule, 1) < 0 && errno == EINTR)
		continue;
	if (before != '1')
		forward(before);
	snprintf(rule, sizeof(rule), "delete table %s", table);
	run_nft(rule);
	_exit(0);
}

/* Lets clients out. *undoer: who undoes it once *end is closed, by us or by our death. */
static int begin_nat(pid_t *undoer, int *end)
{
	char rule[480], table[40];
	const uint32_t net = wire.addr & wire.mask;
	int ends[2];

	snprintf(table, sizeof(table), "ip httptap_%s", port);
	snprintf(rule, sizeof(rule),
		 "add table %s; delete table %s; add table %s; "
		 "add chain %s nat { type nat hook postrouting priority 100 ; }; "
		 "add rule %s nat ip saddr %u.%u.%u.%u/%d oifname != \"%s\" masquerade",
		 table, table, table, table, table, net >> 24, net >> 16 & 255, net >> 8 & 255,
		 net & 255, __builtin_popcount(wire.mask), wire.tap.name);
	if (run_nft(rule) != 0)
		return complain("nft cannot let clients out", -EPERM);
	const char before = forward('1');
	if (pipe2(ends, O_CLOEXEC) != 0 || (*undoer = fork()) < 0)
		return complain("nobody to undo it", -errno);
	if (*undoer == 0)
		undo_at_the_end(ends[0], table, before);
	close(ends[0]);
	*end = ends[1];
	return 0;
}

/* ---- serving ---- */

static int serve(void)
{
	int err = rights_drop();

	if (err != 0)
		return complain("cannot give up what it needs no more", err);
	while (err == 0 && !stopped)
		err = rem_loop_step(&wire.loop, web_run(&wire));
	return err == 0 ? 0 : complain("the loop", err);
}

static int serve_with_nat(void)
{
	pid_t undoer = -1;
	int end = -1, code = begin_nat(&undoer, &end);

	if (code != 0)
		return code;
	code = serve();
	close(end);
	while (waitpid(undoer, NULL, 0) < 0 && errno == EINTR)
		continue;
	return code;
}

int main(int argc, char **argv)
{
	const int left = flags_take(flags, "httptap [options]", argc, argv);
	struct sigaction on = {.sa_handler = stop};
	struct in_addr server = {0};

	if (left != 0)
		return left == -2 ? 0 : 2;
	if (flags_number(port, 65535) < 1 || !read_address() ||
	    (dns != NULL && inet_pton(AF_INET, dns, &server) != 1)) {
		fprintf(stderr,
			"httptap: no port or address that I understand (--help says more)\n");
		return 2;
	}
	sigaction(SIGINT, &on, NULL);
	sigaction(SIGTERM, &on, NULL);
	int err = card_open(&wire.tap, "httptap:", interface, NULL);
	if (err != 0)
		return 1;
	if (nat && !wire.tap.is_tap) {
		fprintf(stderr, "httptap: --nat is for a TAP: who shares %s is out already\n",
			interface);
		return 2;
	}
	if ((err = settle_address()) != 0)
		return complain("the interface's address", err);
	err = wire_begin(&wire, !no_dhcp, dns != NULL ? ntohl(server.s_addr) : find_dns());
	if (err == 0)
		err = web_begin(&wire, (uint16_t)flags_number(port, 65535), token);
	if (err != 0)
		return complain("cannot listen", err);
	fprintf(stderr, "httptap: http://127.0.0.1:%s is %s\n", port, wire.tap.name);
	return nat ? serve_with_nat() : serve();
}
