/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * webserver: pages from a stack of its own, on a TAP or behind httptap. /status shows what the stack
 * counts and who is connected; /bytes/N and /upload are for those who measure.
 */
#define _GNU_SOURCE
#include "common/card.h"
#include "common/flags.h"

#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <remora/station.h>

enum { CONNS = 256, RING = 1 << 18, HEADS = 8192, STATUS = 32768 };

static const char *interface = "tap0", *http_tap, *address = "192.168.10.2/24", *router,
		  *port = "80", *pcap;
static bool by_dhcp, quiet, lneto_tap;

static const struct flag flags[] = {
	{"i", &interface, NULL, "IFACE", "the card: a TAP, made if there is none, or an interface to share (tap0)"},
	{"http-tap", &http_tap, NULL, "URL", "a card behind httptap (http://127.0.0.1:7070)"},
	{"addr", &address, NULL, "ADDRESS/N", "our own (192.168.10.2/24)"},
	{"router", &router, NULL, "ADDRESS", "who knows the way to others"},
	{"dhcp", NULL, &by_dhcp, NULL, "asks for an address instead"},
	{"port", &port, NULL, "PORT", "to listen at (80)"},
	{"pcap", &pcap, NULL, "FILE", "writes all packets, each with its outcome, as pcapng"},
	{"no-breakdown", NULL, &quiet, NULL, "says nothing of each packet"},
	{"ihttp", NULL, &lneto_tap, NULL, NULL},
	{"nopcap", NULL, &quiet, NULL, NULL},
	{NULL, NULL, NULL, NULL, NULL},
};

static struct rem_station station;
static struct rem_tcp_conn pool[CONNS];
static struct rem_http_session session[CONNS];
static struct rem_http_site site;
static uint8_t heads[CONNS][HEADS];
static char status[CONNS][STATUS];
static rem_time begun;

/* ---- pages ---- */

static struct rem_span span(const char *text)
{
	return (struct rem_span){(const uint8_t *)text, (uint32_t)strlen(text)};
}

static void front_page(struct rem_http_exchange *x)
{
	rem_http_reply(
		x, 200, "text/html; charset=utf-8",
		span("<!doctype html>\n<html><head><title>remora</title></head><body>\n"
		     "<h1>This page came over remora's own TCP</h1>\n"
		     "<p><a href=\"/status\">What the stack counts, and who is here.</a></p>\n"
		     "</body></html>\n"));
}

static int put_reasons(char *p, size_t room)
{
	int n = 0;

	for (unsigned code = 0; code < REM_REASONS && (size_t)n < room; code++) {
		if (station.trace.count[code] == 0 || rem_reason_name(code) == NULL)
			continue;
		n += snprintf(p + n, room - (size_t)n,
			      "%s\n  {\"reason\": \"%s\", \"count\": %" PRIu32
			      ", \"means\": \"%s\"}",
			      n > 0 ? "," : "", rem_reason_name(code), station.trace.count[code],
			      rem_reason_sentence(code));
	}
	return n;
}

static int put_sockets(char *p, size_t room)
{
	int n = 0;

	for (unsigned i = 0; i < CONNS && (size_t)n < room; i++) {
		const struct rem_tcp_conn *c = &pool[i];
		const uint8_t *b = c->path.to.b;

		if (c->tcp != NULL)
			n += snprintf(
				p + n, room - (size_t)n,
				"%s\n  {\"peer\": \"%u.%u.%u.%u:%u\", \"state\": \"%s\", \"unsent\": %" PRIu32
				"}",
				n > 0 ? "," : "", b[0], b[1], b[2], b[3], c->node.peer,
				rem_tcp_state_text((enum rem_tcp_state)c->tcb.state), c->tx.used);
	}
	return n;
}

/* Each connection has a text of its own, which must stay until it has gone out. */
static void status_page(struct rem_http_exchange *x)
{
	char *text = status[(struct rem_http_session *)x - session];
	int n = snprintf(text, STATUS, "{\"seconds\": %lld,\n \"outcomes\": [",
			 (long long)(x->now - begun) / 1000000);

	n += put_reasons(text + n, STATUS / 2);
	n += snprintf(text + n, STATUS - (size_t)n, "],\n \"sockets\": [");
	const int sockets = put_sockets(text + n, STATUS - 64 - (size_t)n);
	n += sockets < STATUS - 64 - n ? sockets : STATUS - 65 - n;
	n += snprintf(text + n, STATUS - (size_t)n, "]}\n");
	rem_http_reply(x, 200, "application/json", (struct rem_span){(uint8_t *)text, (uint32_t)n});
}

/* Byte number i of what /bytes sends, so that whoever reads can tell what is missing. */
static int fill_bytes(struct rem_http_exchange *x, uint8_t *p, uint32_t room)
{
	const uint64_t at = (uint64_t)(uintptr_t)x->user;

	for (uint32_t i = 0; i < room; i++)
		p[i] = (uint8_t)((at + i) * 167 >> 3);
	x->user = (void *)(uintptr_t)(at + room);
	return (int)room;
}

static void bytes_page(struct rem_http_exchange *x)
{
	const struct rem_span count = rem_http_value(x, "count");
	struct rem_out head = rem_http_reply_head(x, 200);
	uint64_t n;

	if (!rem_http_length(count, &n)) {
		rem_http_reply(x, 404, "text/plain", span("That is no number.\n"));
		return;
	}
	x->user = NULL;
	rem_http_reply_from(x, &head, "application/octet-stream", n, fill_bytes);
}

/* FNV-1a of 64 bits over what was sent. */
static uint64_t hash[CONNS];

static int take_upload(struct rem_http_exchange *x, struct rem_span piece)
{
	uint64_t *h = &hash[(struct rem_http_session *)x - session];

	if (x->taken == piece.n)
		*h = 0xcbf29ce484222325;
	for (uint32_t i = 0; i < piece.n; i++)
		*h = (*h ^ piece.p[i]) * 0x100000001b3;
	return 0;
}

static void upload_page(struct rem_http_exchange *x)
{
	const unsigned i = (unsigned)((struct rem_http_session *)x - session);
	const int n = snprintf(status[i], STATUS, "%" PRIu64 " bytes, FNV-1a %016" PRIx64 "\n",
			       x->taken, x->taken > 0 ? hash[i] : 0xcbf29ce484222325);

	rem_http_reply(x, 200, "text/plain", (struct rem_span){(uint8_t *)status[i], (uint32_t)n});
}

static const struct rem_http_route routes[] = {
	{"GET", "/", front_page, NULL},
	{"GET", "/status", status_page, NULL},
	{"GET", "/bytes/{count}", bytes_page, NULL},
	{"PUT", "/upload/{name}", upload_page, take_upload},
	{"POST", "/upload", upload_page, take_upload},
};

static const struct rem_http_server server = {
	.route = routes,
	.routes = sizeof(routes) / sizeof(*routes),
	.read = rem_http_read_body,
	.most_body = UINT64_C(1) << 40,
	.patience = 30000000,
	.idle = 60000000,
};

/* ---- the server ---- */

static volatile sig_atomic_t stopped;

static void stop(int signal)
{
	(void)signal;
	stopped = 1;
}

/* "192.168.10.2/24" */
static bool configure(void)
{
	struct rem_addr own, way = {.family = 0};
	char text[32];
	const size_t n = strcspn(address, "/");
	const long prefix = address[n] == '/' ? flags_number(address + n + 1, 32) : 24;

	snprintf(text, sizeof(text), "%.*s", (int)n, address);
	if (rem_station_resolve(&station, text, &own, 0) != 0 || prefix < 0 ||
	    (router != NULL && rem_station_resolve(&station, router, &way, 0) != 0))
		return false;
	rem_host_configure(&station.host, own, (unsigned)prefix, way);
	return true;
}

static int serve(void)
{
	int err = 0;

	for (unsigned i = 0; i < CONNS; i++) {
		uint8_t *rings = malloc(2 * RING);

		if (rings == NULL)
			return 1;
		rem_tcp_conn_init(&pool[i], rings, RING, rings + RING, RING);
	}
	site = (struct rem_http_site){.listener = {.pool = pool,
						   .count = CONNS,
						   .backlog = CONNS,
						   .port = (uint16_t)flags_number(port, 65535)},
				      .server = &server,
				      .session = session,
				      .heads = heads[0],
				      .head = HEADS};
	rem_http_site_open(&site, &station.tcp);
	begun = rem_linux_now();
	fprintf(stderr, "webserver: at port %s of %s\n", port, station.card.name);
	while (err == 0 && !stopped) {
		err = rem_loop_step(&station.loop, rem_http_site_run(&site, rem_linux_now()));
	}
	return err == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
	FILE *trace = NULL;
	const int left = flags_take(flags, "webserver [options]", argc, argv);

	if (left != 0 || flags_number(port, 65535) < 1)
		return left == -2 ? 0 : 2;
	if (lneto_tap && http_tap == NULL)
		http_tap = "http://127.0.0.1:7070";
	if (card_open(&station.card, "webserver:", interface, http_tap) != 0)
		return 1;
	if ((pcap != NULL && (trace = fopen(pcap, "wb")) == NULL) ||
	    rem_station_init(&station, quiet ? NULL : stdout, trace) != 0) {
		perror("webserver: cannot begin");
		return 1;
	}
	if (by_dhcp ? rem_station_lease(&station, 0, rem_linux_now() + 60000000) != 0
		    : !configure()) {
		fprintf(stderr, "webserver: no address\n");
		return 1;
	}
	const struct sigaction on = {.sa_handler = stop};
	sigaction(SIGINT, &on, NULL);
	sigaction(SIGTERM, &on, NULL);
	const int code = serve();
	rem_station_end(&station);
	return trace != NULL && fclose(trace) != 0 ? 1 : code;
}
