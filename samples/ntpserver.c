/* SPDX-License-Identifier: BSD-3-Clause */
/* ntpserver: tells the time of this machine's clock, from a stack of its own on a TAP or an interface. */
#define _GNU_SOURCE
#include "common/card.h"
#include "common/flags.h"

#include <time.h>
#include <remora/station.h>

enum { GUESTS = 1024 };

static const char *interface = "tap0", *address = "192.168.10.3", *prefix = "24";
static bool quiet;

static const struct flag flags[] = {
	{"i", &interface, NULL, "IFACE", "the card: a TAP, made if there is none, or an interface to share (tap0)"},
	{"addr", &address, NULL, "ADDRESS", "our own (192.168.10.3)"},
	{"prefix", &prefix, NULL, "BITS", "of it that are the network's (24)"},
	{"no-breakdown", NULL, &quiet, NULL, "says nothing of each packet"},
	{NULL, NULL, NULL, NULL, NULL},
};

static rem_time moment(void *user)
{
	(void)user;
	return rem_linux_now();
}

int main(int argc, char **argv)
{
	static struct rem_station station;
	static struct rem_ntp_guest guests[GUESTS];
	static struct rem_ntp_server server;
	struct rem_addr own;
	const int left = flags_take(flags, "ntpserver [options]", argc, argv);

	if (left != 0 || flags_number(prefix, 32) < 0)
		return left == -2 ? 0 : 2;
	if (card_open(&station.card, "ntpserver:", interface, NULL) != 0)
		return 1;
	if (rem_station_init(&station, quiet ? NULL : stdout, NULL) != 0) {
		perror("ntpserver: cannot begin");
		return 1;
	}
	if (rem_station_resolve(&station, address, &own, 0) != 0) {
		fprintf(stderr, "ntpserver: %s is no address\n", address);
		return 2;
	}
	rem_host_configure(&station.host, own, (unsigned)flags_number(prefix, 32),
			   (struct rem_addr){.family = 0});

	/* The truth: an undisciplined clock of this machine, as good as whoever sets it. */
	rem_ntp_server_init(&server, &station.host.secret, guests, GUESTS);
	server.offset = (int64_t)station.trace.epoch;
	server.reference = rem_linux_now() + server.offset;
	server.clock = moment;
	server.leap = 0;
	server.stratum = 10;
	server.refid = 0x4c4f434c; /* "LOCL" */
	server.dispersion = 65536 / 100;
	rem_sit(&station.host.udp.up, &server.node);
	fprintf(stderr, "ntpserver: at %s on %s\n", address, station.card.name);

	for (;;) { /* the wall clock may be set meanwhile */
		struct timespec wall;

		if (rem_loop_run(&station.loop, rem_linux_now() + 1000000) != 0)
			return 1;
		clock_gettime(CLOCK_REALTIME, &wall);
		server.offset = (int64_t)wall.tv_sec * 1000000 + wall.tv_nsec / 1000 -
				rem_linux_now();
		server.reference = rem_linux_now() + server.offset;
	}
}
