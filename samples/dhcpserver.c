/* SPDX-License-Identifier: BSD-3-Clause */
/* dhcpserver: leases addresses, from a stack of its own on a TAP or an interface; --leases outlives it. */
#include "common/card.h"
#include "common/flags.h"

#include <inttypes.h>
#include <string.h>
#include <remora/net_dhcp_server.h>
#include <remora/station.h>

enum { PLACES = 200 };

static const char *interface = "tap0", *address = "192.168.10.1", *prefix = "24",
		  *first = "192.168.10.50", *router, *dns, *seconds = "3600", *leases;
static bool quiet;

static const struct flag flags[] = {
	{"i", &interface, NULL, "IFACE", "the card: a TAP, made if there is none, or an interface to share (tap0)"},
	{"addr", &address, NULL, "ADDRESS", "our own (192.168.10.1)"},
	{"prefix", &prefix, NULL, "BITS", "of it that are the network's (24)"},
	{"first", &first, NULL, "ADDRESS", "the first of those that are leased, 200 or to the network's end (192.168.10.50)"},
	{"router", &router, NULL, "ADDRESS", "what clients take as their router (our own)"},
	{"dns", &dns, NULL, "ADDRESS", "and as their name server (none)"},
	{"seconds", &seconds, NULL, "SECONDS", "that a lease lasts (3600)"},
	{"leases", &leases, NULL, "FILE", "where leases are remembered"},
	{"no-breakdown", NULL, &quiet, NULL, "says nothing of each packet"},
	{NULL, NULL, NULL, NULL, NULL},
};

static struct rem_station station;
static struct rem_dhcp_server server;
static struct rem_dhcp_place places[PLACES];

/* A line for each: number, seconds of Unix time at which it ends, identifier. The whole file anew. */
static void write_leases(struct rem_dhcp_server *s, unsigned changed)
{
	FILE *f = leases == NULL ? NULL : fopen(leases, "w");

	(void)changed;
	for (unsigned i = 0; f != NULL && i < s->places; i++) {
		const struct rem_dhcp_place *p = &s->place[i];

		if (p->state != REM_DHCP_LEASED)
			continue;
		fprintf(f, "%u %" PRId64 " %u ", i,
			p->until == REM_NEVER ? 0
					      : (p->until + (int64_t)station.trace.epoch) / 1000000,
			p->id_bytes);
		for (unsigned k = 0; k < REM_DHCP_ID; k++)
			fprintf(f, "%02x", p->id[k]);
		fputc('\n', f);
	}
	if (leases != NULL && (f == NULL || fclose(f) != 0))
		perror("dhcpserver: cannot remember leases");
}

static void read_leases(void)
{
	FILE *f = leases == NULL ? NULL : fopen(leases, "r");
	char id[2 * REM_DHCP_ID + 1];
	unsigned i, bytes;
	int64_t until;

	while (f != NULL && fscanf(f, "%u %" SCNd64 " %u %56s", &i, &until, &bytes, id) == 4) {
		if (i >= PLACES || bytes > 255 || strlen(id) != 2 * REM_DHCP_ID)
			continue;
		places[i] = (struct rem_dhcp_place){
			.until = until == 0 ? REM_NEVER
					    : until * 1000000 - (int64_t)station.trace.epoch,
			.id_bytes = (uint8_t)bytes,
			.state = REM_DHCP_LEASED};
		for (unsigned k = 0; k < REM_DHCP_ID; k++) {
			unsigned byte = 0;

			sscanf(id + 2 * k, "%2x", &byte);
			places[i].id[k] = (uint8_t)byte;
		}
	}
	if (f != NULL)
		fclose(f);
}

static uint32_t number_of(const char *text)
{
	struct rem_addr a = {.family = 0};

	if (text != NULL && rem_station_resolve(&station, text, &a, 0) != 0)
		fprintf(stderr, "dhcpserver: %s is no address\n", text);
	return a.family == 4 ? rem_be32(a.b) : 0;
}

int main(int argc, char **argv)
{
	const int left = flags_take(flags, "dhcpserver [options]", argc, argv);
	const long bits = flags_number(prefix, 30);

	if (left != 0 || bits < 1 || flags_number(seconds, INT32_MAX) < 1)
		return left == -2 ? 0 : 2;
	if (card_open(&station.card, "dhcpserver:", interface, NULL) != 0)
		return 1;
	if (rem_station_init(&station, quiet ? NULL : stdout, NULL) != 0) {
		perror("dhcpserver: cannot begin");
		return 1;
	}
	read_leases();
	rem_dhcp_server_init(&server, places, PLACES);
	server.addr = number_of(address);
	server.mask = UINT32_MAX << (32 - bits);
	server.router = router == NULL ? server.addr : number_of(router);
	server.dns[0] = number_of(dns);
	server.first = number_of(first);
	server.seconds = (uint32_t)flags_number(seconds, INT32_MAX);
	server.changed = write_leases;
	if (server.addr == 0 || ((server.addr ^ server.first) & server.mask) != 0) {
		fprintf(stderr, "dhcpserver: %s is not of the network of %s\n", first, address);
		return 2;
	}
	if (server.places > ~server.mask - (server.first & ~server.mask))
		server.places = (uint16_t)(~server.mask - (server.first & ~server.mask));
	rem_host_configure(&station.host, rem_addr4(server.addr), (unsigned)bits,
			   (struct rem_addr){.family = 0});
	rem_sit(&station.host.udp.up, &server.node);
	fprintf(stderr, "dhcpserver: at %s on %s\n", address, station.card.name);
	return rem_loop_run(&station.loop, REM_NEVER) == 0 ? 0 : 1;
}
