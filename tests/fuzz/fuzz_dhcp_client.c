/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The DHCP client, and the server, under a schedule of the fuzzer's: datagrams with the right xid and
 * address and anything behind them, time that goes by, calls. Sizes and deadlines are looked at.
 */
#include <stdlib.h>
#include <string.h>
#include <remora/net_dhcp.h>
#include <remora/net_dhcp_server.h>

enum { ROOM = 700, PLACES = 3 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct rem_dhcp_client c;
static struct rem_dhcp_server s;
static uint8_t sent[ROOM];
static uint32_t sent_bytes;

/* Bytes in memory of their own, as long as they are and no longer. */
static void give(struct rem_node *n, const uint8_t *p, uint32_t size, uint32_t room, rem_time now)
{
	uint8_t *copy = malloc(room > 0 ? room : 1);
	struct rem_frame f = {.p = copy, .room = room, .end = size, .now = now};

	if (copy == NULL)
		abort();
	memcpy(copy, p, size);
	const int result = n->ops->demux(n, &f, 0);
	if (result > (int)room || f.verdict.why == REM_WHY_NONE)
		abort();
	free(copy);
}

static void run(rem_time now)
{
	for (int i = 0; i < 8 && c.node.due <= now; i++) {
		struct rem_frame f = {.p = sent, .room = ROOM, .now = now};
		const int n = c.node.ops->encap(&c.node, &f, 0);

		if (n < 0 || (n == 0 && c.node.due <= now) || (n > 0 && n < 300))
			abort();
		sent_bytes = n > 0 ? (uint32_t)n : sent_bytes;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t mac[6] = {2, 0, 0, 0, 0, 1}, seed[16] = {1};
	struct rem_dhcp_place places[PLACES] = {{.until = 0}};
	struct rem_dhcp_names names;
	struct rem_secret secret;
	rem_time now = 0;

	rem_secret_init(&secret, seed);
	rem_dhcp_client_init(&c, &secret, mac);
	rem_dhcp_names_init(&names, &c);
	c.checks = size > 0 && (data[0] & 1) != 0;
	rem_dhcp_begin(&c, 0, now);
	rem_dhcp_server_init(&s, places, PLACES);
	s.addr = 0x0a000001;
	s.mask = 0xffffff00;
	s.first = 0x0a000032;
	s.seconds = 60;
	sent_bytes = 0;
	while (size >= 2) {
		const uint8_t op = data[0] & 7;
		const uint32_t n = data[1] < size - 2 ? data[1] : (uint32_t)(size - 2);
		uint8_t message[ROOM] = {2, 1, 6};

		data += 2;
		size -= 2;
		rem_put(message, REM_DHCP_XID, c.xid);
		rem_put(message, REM_DHCP_YIADDR, 0x0a000032);
		memcpy(message + 28, mac, 6);
		rem_put(message, REM_DHCP_COOKIE, REM_DHCP_MAGIC);
		memcpy(message + (op == 1 ? 0 : REM_DHCP_OPTIONS), data, n);
		switch (op) {
		case 0:
		case 1: give(&c.node, message, (op == 1 ? 0 : REM_DHCP_OPTIONS) + n, REM_DHCP_OPTIONS + n, now); break;
		case 2:
			message[0] = 1;
			give(&s.node, message, REM_DHCP_OPTIONS + n, ROOM, now);
			break;
		case 3: give(&s.node, sent, sent_bytes, ROOM, now); break;
		case 4: now += (rem_time)n * n * 10000; break;
		case 5: rem_dhcp_checked(&c, n % 2 == 0, now); break;
		case 6: rem_dhcp_release(&c, now); break;
		default: n % 2 == 0 ? rem_dhcp_begin(&c, n, now) : rem_dhcp_inform(&c, 0x0a000009, now); break;
		}
		run(now);
		data += n;
		size -= n;
		for (const char *p = names.domain; rem_dhcp_has_address(&c) && *p != '\0'; p++) {
			if (*p < '-' || *p > 'z')
				abort();
		}
	}
	return 0;
}
