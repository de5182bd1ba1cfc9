/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The first embedded target: remora's stack on ARM's MPS2 board, which QEMU is, compiled for a
 * Cortex-M0+. It leases an address, answers ping, serves three pages, and gives and takes as many
 * bytes as one likes.
 *
 *	qemu-system-arm -M mps2-an385 -nic tap,ifname=tap0,… -semihosting-config enable=on,arg=SECONDS \
 *		-kernel board.elf
 *
 * It runs for so many seconds, then says what it counted.
 */
#include <remora/host.h>
#include <remora/mps2.h>
#include <remora/net_dhcp.h>
#include <remora/net_http.h>
#include <remora/text.h>

#include <stdlib.h>
#include <string.h>

enum {
	SECOND = 1000000,
	CONNS = 4,
	RING = 16384,
	HEADS = 1024,
	FRAME = 1600,
};

static struct rem_lan9118 card;
static struct rem_host host;
static struct rem_dhcp_client dhcp;
static struct rem_tcp tcp;
static struct rem_neighbour neighbour[8];
static struct rem_seat udp_seat[2];
static struct rem_tcp_conn *bucket[4];
static struct rem_tcp_conn pool[CONNS];
static uint8_t rings[CONNS][2][RING], heads[CONNS][HEADS];
static struct rem_http_session session[CONNS];
static struct rem_http_site site;
static uint32_t count[REM_REASONS];
static struct rem_watch watch = {.count = count};
static uint8_t in[FRAME], out[FRAME];

/* ---- text ---- */

static char text[CONNS][1024];

static struct rem_out begin(char *p, size_t n)
{
	return (struct rem_out){.p = p, .end = p + n - 1}; /* a NUL follows */
}

static void say_number(const char *what, uint32_t n)
{
	char line[64];
	struct rem_out o = begin(line, sizeof(line));

	rem_out_str(&o, what);
	rem_out_uint(&o, n);
	rem_out_char(&o, '\n');
	*o.p = '\0';
	rem_mps2_print(line);
}

static void say_lease(struct rem_dhcp_client *c)
{
	char line[64];
	struct rem_out o = begin(line, sizeof(line));

	rem_dhcp_apply(c, &host.ip);
	rem_out_str(&o, rem_dhcp_has_address(c) ? "board: leased " : "board: no address ");
	rem_out_ipv4(&o, c->lease.addr);
	rem_out_char(&o, '\n');
	*o.p = '\0';
	rem_mps2_print(line);
}

/* ---- pages ---- */

static struct rem_span span(const char *s)
{
	return (struct rem_span){(const uint8_t *)s, (uint32_t)strlen(s)};
}

static void front_page(struct rem_http_exchange *x)
{
	rem_http_reply(x, 200, "text/html; charset=utf-8",
		       span("<!doctype html>\n<title>remora</title>\n<h1>A board speaks</h1>\n"
			    "<p><a href=\"/status\">what it counts</a></p>\n"));
}

/* How often frames ended for each reason, by its number. */
static void status_page(struct rem_http_exchange *x)
{
	char *page = text[(struct rem_http_session *)x - session];
	bool first = true;
	struct rem_out o = begin(page, sizeof(text[0]));

	rem_out_str(&o, "{\"seconds\": ");
	rem_out_uint(&o, (uint64_t)(x->now / SECOND));
	rem_out_str(&o, ", \"stack\": ");
	rem_out_uint(&o, rem_mps2_stack_used());
	rem_out_str(&o, ", \"reasons\": {");
	for (unsigned code = 0; code < REM_REASONS; code++) {
		if (count[code] == 0)
			continue;
		rem_out_str(&o, first ? "\"" : ", \"");
		rem_out_uint(&o, code);
		rem_out_str(&o, "\": ");
		rem_out_uint(&o, count[code]);
		first = false;
	}
	rem_out_str(&o, "}}\n");
	*o.p = '\0';
	rem_http_reply(x, 200, "application/json", span(page));
}

static int fill_bytes(struct rem_http_exchange *x, uint8_t *p, uint32_t room)
{
	const uint32_t at = (uint32_t)(uintptr_t)x->user;

	for (uint32_t i = 0; i < room; i++)
		p[i] = (uint8_t)((at + i) * 167 >> 3);
	x->user = (void *)(uintptr_t)(at + room);
	return (int)room;
}

static void bytes_page(struct rem_http_exchange *x)
{
	struct rem_out head = rem_http_reply_head(x, 200);
	uint64_t n;

	if (!rem_http_length(rem_http_value(x, "count"), &n)) {
		rem_http_reply(x, 404, "text/plain", span("That is no number.\n"));
		return;
	}
	x->user = NULL;
	rem_http_reply_from(x, &head, "application/octet-stream", n, fill_bytes);
}

/* What is uploaded must be what /bytes sends: the board says where it is not. */
static uint64_t wrong[CONNS];

static int take_upload(struct rem_http_exchange *x, struct rem_span piece)
{
	const uint32_t at = (uint32_t)x->taken - piece.n;
	uint64_t *bad = &wrong[(struct rem_http_session *)x - session];

	if (at == 0)
		*bad = 0;
	for (uint32_t i = 0; i < piece.n; i++)
		*bad += piece.p[i] != (uint8_t)((at + i) * 167 >> 3);
	return 0;
}

static void upload_page(struct rem_http_exchange *x)
{
	const size_t i = (size_t)((struct rem_http_session *)x - session);
	struct rem_out o = begin(text[i], sizeof(text[i]));

	rem_out_uint(&o, x->taken);
	rem_out_str(&o, " bytes, ");
	rem_out_uint(&o, wrong[i]);
	rem_out_str(&o, " of them wrong\n");
	*o.p = '\0';
	rem_http_reply(x, 200, "text/plain", span(text[i]));
}

static const struct rem_http_route routes[] = {
	{"GET", "/", front_page, NULL},
	{"GET", "/status", status_page, NULL},
	{"GET", "/bytes/{count}", bytes_page, NULL},
	{"PUT", "/upload/{name}", upload_page, take_upload},
};

static const struct rem_http_server server = {
	.route = routes,
	.routes = sizeof(routes) / sizeof(*routes),
	.read = rem_http_read_body,
	.most_body = 1u << 30,
	.patience = 30 * SECOND,
	.idle = 60 * SECOND,
};

/* ---- the loop ---- */

static void send(struct rem_frame *f)
{
	const int err = card.nic.ops->send(&card.nic, f->p + f->head, f->end - f->head);

	rem_sent(f, err == REM_OK, &watch);
}

static void take_frames(void)
{
	int n;

	while ((n = card.nic.ops->receive(&card.nic, in, sizeof(in))) != 0) {
		struct rem_frame f = {.p = in, .room = sizeof(in), .end = n > 0 ? (uint32_t)n : 0};

		if (n > 0 && rem_in(&host.ether.node, &f, rem_mps2_now(), &watch) > 0)
			send(&f);
	}
}

static void send_due(void)
{
	struct rem_frame f = {.p = out, .room = sizeof(out)};

	while (rem_out(&host.ether.node, &f, rem_mps2_now()) > 0) {
		send(&f);
		f = (struct rem_frame){.p = out, .room = sizeof(out)};
	}
}

static void run(rem_time until)
{
	while (rem_mps2_now() < until) {
		take_frames();
		const rem_time wanted = rem_http_site_run(&site, rem_mps2_now());
		send_due();
		const rem_time due = rem_due(&host.ether.node);
		rem_mps2_sleep(due < wanted ? due : wanted);
	}
}

static void start_services(rem_time now)
{
	const struct rem_host_tables tables = {
		.neighbour = neighbour, .neighbours = 8, .udp = udp_seat, .udps = 2};
	const uint64_t entropy[2] = {rem_mps2_entropy(), 0};
	uint8_t seed[16];

	memcpy(seed, entropy, sizeof(seed));
	rem_host_init(&host, card.nic.address, card.nic.mtu, seed, &tables);
	rem_tcp_init(&tcp, &host.ip, bucket, 4);
	for (unsigned i = 0; i < CONNS; i++)
		rem_tcp_conn_init(&pool[i], rings[i][0], RING, rings[i][1], RING);
	site = (struct rem_http_site){
		.listener = {.pool = pool, .count = CONNS, .backlog = CONNS, .port = 80},
		.server = &server,
		.session = session,
		.heads = heads[0],
		.head = HEADS,
	};
	rem_http_site_open(&site, &tcp);

	rem_dhcp_client_init(&dhcp, &host.secret, card.nic.address);
	dhcp.hostname = "board";
	dhcp.changed = say_lease;
	rem_sit(&host.udp.up, &dhcp.node);
	rem_dhcp_begin(&dhcp, 0, now);
}

int main(void)
{
	static const uint8_t address[6] = {0x02, 0x00, 0x00, 0x00, 0x03, 0x85};
	char arguments[64];
	const int err = rem_mps2_init(&card, address);

	if (err != REM_OK || !rem_mps2_arguments(arguments, sizeof(arguments))) {
		rem_mps2_print(err != REM_OK ? "board: there is no Ethernet controller\n"
					     : "board: for how many seconds?\n");
		return 1;
	}
	start_services(rem_mps2_now());
	run((rem_time)strtoul(arguments, NULL, 10) * SECOND);
	say_number("board: bytes of stack at most ", rem_mps2_stack_used());
	say_number("board: frames lost by the card ", rem_lan9118_dropped(&card));
	return 0;
}
