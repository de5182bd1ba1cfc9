/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * httptap: a TAP that anybody on this machine may use by HTTP, without privileges: `xcurl --http-tap`,
 * lneto's programs, twenty lines of Python. What needs root is done before the first request is read.
 */
#define _GNU_SOURCE
#include "../common/flags.h"
#include "web.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/if.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
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

static int set_address(void)
{
	const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr = {htonl(wire.addr)}};
	struct ifreq r;
	int err = fd < 0 ? -errno : 0;

	memset(&r, 0, sizeof(r));
	memcpy(r.ifr_name, wire.tap.name, sizeof(wire.tap.name));
	memcpy(&r.ifr_addr, &a, sizeof(a));
	if (err == 0 && ioctl(fd, SIOCSIFADDR, &r) != 0)
		err = -errno;
	a.sin_addr.s_addr = htonl(wire.mask);
	memcpy(&r.ifr_netmask, &a, sizeof(a));
	if (err == 0 && ioctl(fd, SIOCSIFNETMASK, &r) != 0)
		err = -errno;
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

/* Stays behind with the right to undo it, while the child serves. */
static int serve_with_nat(int (*serve)(void))
{
	char rule[400], table[40];
	const uint32_t net = wire.addr & wire.mask;
	int status = 0;

	snprintf(table, sizeof(table), "ip httptap_%s", port);
	snprintf(rule, sizeof(rule),
		 "add table %s; add chain %s nat { type nat hook postrouting priority 100 ; }; "
		 "add rule %s nat ip saddr %u.%u.%u.%u/%d oifname != \"%s\" masquerade",
		 table, table, table, net >> 24, net >> 16 & 255, net >> 8 & 255, net & 255,
		 __builtin_popcount(wire.mask), wire.tap.name);
	if (run_nft(rule) != 0)
		return complain("nft cannot let clients out", -EPERM);
	const char before = forward('1');
	const pid_t child = fork();
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		_exit(serve());
	}
	while (child > 0 && waitpid(child, &status, 0) < 0) {
		if (stopped)
			kill(child, SIGTERM);
	}
	if (before != '1')
		forward(before);
	snprintf(rule, sizeof(rule), "delete table %s", table);
	run_nft(rule);
	return child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

/* From here on nothing of root's can be had back. */
static int drop_rights(void)
{
	const uid_t nobody = 65534;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return -errno;
	if (geteuid() != 0)
		return 0;
	if (setgroups(0, NULL) != 0 || setresgid(nobody, nobody, nobody) != 0 ||
	    setresuid(nobody, nobody, nobody) != 0)
		return -errno;
	return setuid(0) == 0 ? -EPERM : 0;
}

/* ---- serving ---- */

static int serve(void)
{
	int err = drop_rights();

	if (err != 0)
		return complain("cannot give up what it needs no more", err);
	while (err == 0 && !stopped)
		err = rem_loop_step(&wire.loop, web_run(&wire));
	return err == 0 ? 0 : complain("the loop", err);
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
	int err = rem_linux_open(&wire.tap, interface);
	if (err != 0)
		return complain(interface, err);
	if (wire.tap.is_tap)
		err = set_address();
	else
		wire.addr = wire.mask = 0; /* a network of others: they lease */
	if (err != 0)
		return complain("cannot set the TAP's address", err);
	err = wire_begin(&wire, !no_dhcp, dns != NULL ? ntohl(server.s_addr) : find_dns());
	if (err == 0)
		err = web_begin(&wire, (uint16_t)flags_number(port, 65535), token);
	if (err != 0)
		return complain("cannot listen", err);
	fprintf(stderr, "httptap: http://127.0.0.1:%s is %s\n", port, wire.tap.name);
	return nat && wire.addr != 0 ? serve_with_nat(serve) : serve();
}
