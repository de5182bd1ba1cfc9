/* SPDX-License-Identifier: BSD-3-Clause */
/* The DNS client gets any answer behind the question that it has asked, and any bytes at all. */
#include <stdlib.h>
#include <string.h>
#include <remora/net_dns.h>

enum { ROOM = 600 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct rem_dns_client c;

static void give(const uint8_t *p, size_t n)
{
	uint8_t *copy = malloc(n > 0 ? n : 1);
	struct rem_frame f = {.p = copy, .room = (uint32_t)n, .end = (uint32_t)n, .src = rem_addr4(0xc0000235),
			      .sport = 53};

	if (copy == NULL)
		abort();
	memcpy(copy, p, n);
	c.node.ops->demux(&c.node, &f, 0);
	if (f.verdict.why == REM_WHY_NONE || c.answer.count > REM_DNS_ADDRESSES)
		abort();
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t seed[16] = {1};
	struct rem_dns_entry entries[2];
	struct rem_dns_cache cache;
	struct rem_secret secret;
	uint8_t question[ROOM], *message = malloc(ROOM + size);
	struct rem_frame f = {.p = question, .room = ROOM};

	if (message == NULL)
		abort();
	rem_secret_init(&secret, seed);
	rem_dns_cache_init(&cache, &secret, entries, 2);
	rem_dns_client_init(&c, &secret);
	c.memory = &cache.memory;
	c.server[0] = rem_addr4(0xc0000235);
	rem_dns_ask(&c, "www.example.org", size > 0 && data[0] % 2 == 0 ? REM_DNS_A : REM_DNS_AAAA,
		    0);
	const int n = c.node.ops->encap(&c.node, &f, 0);
	if (n <= 0)
		abort();
	memcpy(message, question, (size_t)n);
	if (size > 4) { /* flags and counts, then records behind the question */
		message[2] = 0x80 | data[0];
		message[3] = data[1];
		message[7] = data[2];
		message[9] = data[3];
		memcpy(message + n, data + 4, size - 4);
		give(message, (size_t)n + size - 4);
	}
	give(data, size);
	free(message);
	return 0;
}
