/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What goes in and out of a stack, as lines and as pcapng (draft-ietf-opsawg-pcapng), each packet with
 * its outcome.
 */
#define _GNU_SOURCE
#include <remora/linux.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BLOCK_SECTION = 0x0a0d0d0a, BLOCK_INTERFACE = 1, BLOCK_PACKET = 6 };
enum { OPTION_END = 0, OPTION_COMMENT = 1, OPTION_NAME = 2, OPTION_FLAGS = 2, OPTION_VERDICT = 7 };
enum { LINK_ETHERNET = 1, FLAG_IN = 1, FLAG_OUT = 2 };
enum { COPY = 65536 + 64, LINE = 4096, PARTS = 256, ADDRESSES = 4 };

/* A block that is being put together, in this machine's byte order as the format allows. */
struct block {
	uint8_t p[1024];
	uint32_t n;
};

static void put(struct block *b, const void *p, uint32_t n)
{
	memcpy(b->p + b->n, p, n);
	b->n += n;
	while (b->n % 4 != 0)
		b->p[b->n++] = 0;
}

static void put32(struct block *b, uint32_t v)
{
	put(b, &v, sizeof(v));
}

static void put_option(struct block *b, uint16_t code, const void *p, size_t n)
{
	const uint16_t head[2] = {code, (uint16_t)n};

	put(b, head, sizeof(head));
	put(b, p, (uint32_t)n);
}

/* Writes a block of which `head` is known, then n bytes of a packet, then `tail`. */
static void write_block(struct rem_trace *t, uint32_t type, const struct block *head,
			const uint8_t *packet, uint32_t n, const struct block *tail)
{
	static const uint8_t zeros[4];
	const uint32_t pad = -n & 3, all = 12 + head->n + n + pad + tail->n;
	const uint32_t begin[2] = {type, all};

	if (t->pcapng == NULL || t->failed)
		return;
	t->failed = fwrite(begin, 1, sizeof(begin), t->pcapng) != sizeof(begin) ||
		    fwrite(head->p, 1, head->n, t->pcapng) != head->n ||
		    fwrite(packet, 1, n, t->pcapng) != n ||
		    fwrite(zeros, 1, pad, t->pcapng) != pad ||
		    fwrite(tail->p, 1, tail->n, t->pcapng) != tail->n ||
		    fwrite(&all, 1, sizeof(all), t->pcapng) != sizeof(all) ||
		    fflush(t->pcapng) != 0;
}

static void write_section(struct rem_trace *t)
{
	struct block head = {.n = 0};
	const struct block tail = {.n = 0};
	const uint16_t version[2] = {1, 0};

	put32(&head, 0x1a2b3c4d);
	put(&head, version, sizeof(version));
	put32(&head, UINT32_MAX); /* the section's length is not known */
	put32(&head, UINT32_MAX);
	write_block(t, BLOCK_SECTION, &head, head.p, 0, &tail);
}

static void write_interface(struct rem_trace *t, const struct rem_linux_nic *l)
{
	struct block head = {.n = 0};
	const struct block tail = {.n = 0};

	put32(&head, LINK_ETHERNET);
	put32(&head, 0); /* no snapshot length */
	put_option(&head, OPTION_NAME, l->name, strlen(l->name));
	put_option(&head, OPTION_END, "", 0);
	write_block(t, BLOCK_INTERFACE, &head, head.p, 0, &tail);
}

static void write_packet(struct rem_trace *t, const uint8_t *p, uint32_t n,
			 const struct rem_frame *f, bool out)
{
	const unsigned why = f->verdict.why;
	const uint64_t at = (uint64_t)f->now + t->epoch;
	const uint32_t flags = out ? FLAG_OUT : FLAG_IN;
	const uint8_t verdict[3] = {0, (uint8_t)rem_reason_outcome(f->verdict.why),
				    (uint8_t)f->verdict.why};
	struct block head = {.n = 0}, tail = {.n = 0};
	char text[256];

	put32(&head, 0); /* the only interface */
	put32(&head, (uint32_t)(at >> 32));
	put32(&head, (uint32_t)at);
	put32(&head, n);
	put32(&head, n);
	if (rem_reason_name(why) != NULL) {
		char ref[REM_REASON_REF];
		const int len = snprintf(text, sizeof(text), "%s: %s (%s, %s)",
					 rem_outcome_text(rem_reason_outcome(why)),
					 rem_reason_sentence(why), rem_reason_name(why),
					 rem_reason_ref(why, ref));
		put_option(&tail, OPTION_COMMENT, text, (size_t)len);
	}
	put_option(&tail, OPTION_FLAGS, &flags, sizeof(flags));
	put_option(&tail, OPTION_VERDICT, verdict, sizeof(verdict));
	put_option(&tail, OPTION_END, "", 0);
	write_block(t, BLOCK_PACKET, &head, p, n, &tail);
}

/* Our own addresses, as they are now. */
static unsigned own(const struct rem_trace *t, struct rem_us us[1 + ADDRESSES])
{
	unsigned n = 0;

	if (t->ether != NULL)
		us[n++] = (struct rem_us){.type = REM_T_MAC, .u = rem_be(t->ether->address, 6)};
	for (unsigned i = 0; t->ip != NULL && i < t->ip->addresses && i < ADDRESSES; i++) {
		if (t->ip->address[i].addr.family == 4)
			us[n++] = (struct rem_us){.type = REM_T_IPV4,
						  .u = rem_be32(t->ip->address[i].addr.b)};
	}
	return n;
}

static void write_line(struct rem_trace *t, const uint8_t *p, uint32_t n, const struct rem_frame *f,
		       bool out)
{
	const enum rem_outcome outcome = rem_reason_outcome(f->verdict.why);
	struct rem_part part[PARTS];
	struct rem_breakdown b = {.index = &t->index, .part = part, .room = PARTS};
	struct rem_us us[1 + ADDRESSES];
	const struct rem_line line = {
		.classes = REM_LINE_CLASSES,
		.us = us,
		.us_count = own(t, us),
		.direction = out ? REM_DIRECTION_OUT : REM_DIRECTION_IN,
	};
	char text[LINE];
	struct rem_out o = {text, text + sizeof(text), false};

	if (t->lines == NULL || t->failed)
		return;
	rem_break_down(&b, REM_P_ETHERNET, (struct rem_view){p, n, n});
	rem_out_breakdown(&o, &b, n, &line);
	if (outcome >= REM_OUTCOME_DROPPED) {
		rem_out_str(&o, " ");
		rem_out_str(&o, rem_outcome_text(outcome));
		rem_out_str(&o, ": ");
		rem_out_str(&o, rem_reason_sentence(f->verdict.why));
	}
	t->failed = fprintf(t->lines, "%.*s\n", (int)(o.p - text), text) < 0 ||
		    fflush(t->lines) != 0;
}

static void saw(struct rem_watch *w, const struct rem_frame *f, bool out)
{
	struct rem_trace *t = (struct rem_trace *)((char *)w - offsetof(struct rem_trace, watch));
	const uint8_t *p = out ? f->p + f->head : t->copy;
	const uint32_t n = out ? f->end - f->head : t->copied;

	write_packet(t, p, n, f, out);
	write_line(t, p, n, f, out);
}

int rem_trace_init(struct rem_trace *t, const struct rem_linux_nic *l, FILE *lines, FILE *pcapng)
{
	struct timespec wall;

	memset(t, 0, sizeof(*t));
	t->watch = (struct rem_watch){saw, t->count};
	t->lines = lines;
	t->pcapng = pcapng;
	clock_gettime(CLOCK_REALTIME, &wall);
	t->epoch = (uint64_t)wall.tv_sec * 1000000 + (uint64_t)wall.tv_nsec / 1000 -
		   (uint64_t)rem_linux_now();
	if ((t->copy = malloc(COPY)) == NULL)
		return -ENOMEM;
	rem_index_init(&t->index, t->slot, REM_INDEX_SLOTS);
	write_section(t);
	write_interface(t, l);
	if (t->failed)
		rem_trace_end(t);
	return t->failed ? -EIO : 0;
}

void rem_trace_end(struct rem_trace *t)
{
	free(t->copy);
	t->copy = NULL;
}
