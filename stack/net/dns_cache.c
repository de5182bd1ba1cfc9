/* SPDX-License-Identifier: BSD-3-Clause */
/* What has been answered, in the caller's table: RFC 1035 7.4, RFC 2308 5. Entries are found by a keyed
 * hash of 64 bits: nobody can make two names meet. */
#include "net/net.h"
#include <remora/net_dns.h>

enum { SOA = 6, SOA_MINIMUM = 20 };     /* bytes from its serial to the end of SOA's data */

static uint64_t key_of(const struct rem_dns_cache *cache, const struct rem_dns_client *c)
{
	uint8_t name[REM_NAME_TEXT + 1];
	uint32_t n = 0;

	for (; n < sizeof(name) && c->name[n] != '\0'; n++) {
		const char ch = c->name[n];

		name[n] = (uint8_t)(ch >= 'A' && ch <= 'Z' ? ch | 0x20 : ch);
	}
	if (n > 0 && name[n - 1] == '.')
		n--;
	return rem_keyed(cache->secret, REM_FOR_TABLE, name, n) + c->type;
}

static bool find(struct rem_dns_memory *m, struct rem_dns_client *c, rem_time now)
{
	const struct rem_dns_cache *cache = (struct rem_dns_cache *)m;
	const uint64_t key = key_of(cache, c);

	for (unsigned i = 0; i < cache->entries; i++) {
		if (cache->entry[i].key == key && cache->entry[i].until > now) {
			c->answer = cache->entry[i].answer;
			return true;
		}
	}
	return false;
}

/* Says somebody for how long there is nothing? RFC 2308 5: the SOA among the authorities. */
static bool is_absent(struct rem_dns_answer *answer, struct rem_span message)
{
	struct rem_dns_walk walk;
	struct rem_dns_item item;

	rem_dns_begin(&walk, message);
	while (rem_dns_next(&walk, &item) > 0) {
		if (item.section == REM_DNS_AUTHORITIES && item.type == SOA &&
		    item.data.n >= SOA_MINIMUM) {
			rem_dns_lasts(answer, rem_get(item.fixed, REM_DNS_TTL));
			rem_dns_lasts(answer, rem_be32(item.data.p + item.data.n - 4));
			return true;
		}
	}
	return false;
}

/* Over what is remembered of it already, else over what is to be forgotten first. */
static void keep(struct rem_dns_memory *m, struct rem_dns_client *c, struct rem_span message,
		 rem_time now)
{
	const struct rem_dns_cache *cache = (struct rem_dns_cache *)m;
	const uint64_t key = key_of(cache, c);
	struct rem_dns_entry *to = cache->entry;

	if ((c->answer.count == 0 && !is_absent(&c->answer, message)) || c->answer.ttl == 0)
		return;
	for (unsigned i = 0; i < cache->entries; i++) {
		struct rem_dns_entry *entry = &cache->entry[i];

		if (entry->until < to->until)
			to = entry;
		if (entry->key == key && entry->until != 0) {
			to = entry;
			break;
		}
	}
	*to = (struct rem_dns_entry){key, now + rem_seconds(c->answer.ttl), c->answer};
}

void rem_dns_cache_init(struct rem_dns_cache *cache, struct rem_secret *secret,
			struct rem_dns_entry *entry, uint16_t entries)
{
	*cache = (struct rem_dns_cache){{find, keep}, secret, entry, entries};
	rem_fill(entry, 0, entries * sizeof(*entry));
}
