/* SPDX-License-Identifier: BSD-3-Clause */
/* One compiled program for each link type that occurs. */
#include "bpf.h"

#include "libpcap.h"
#include "linktype.h"

#include <glib.h>

enum { SNAPLEN = 262144, ETHERNET = 1, LINKTYPES = 512 };

struct program {
	const struct libpcap *pcap;
	struct bpf_program code;
	bool good; /* the expression makes sense for this link type */
};

struct bpf {
	const struct libpcap *pcap;
	char *expression;
	GHashTable *programs; /* link type → struct program */
	uint16_t last_type;
	const struct program *last;
};

static struct program *compile(const struct bpf *b, uint16_t linktype, char **error)
{
	struct program *program = g_new0(struct program, 1);
	pcap_t *dead = b->pcap->open_dead(libpcap_dlt(linktype), SNAPLEN);

	program->pcap = b->pcap;
	program->good = b->pcap->compile(dead, &program->code, b->expression, 1,
					 PCAP_NETMASK_UNKNOWN) == 0;
	if (!program->good && error != NULL)
		*error = g_strdup_printf("capture filter \"%s\": %s", b->expression,
					 b->pcap->geterr(dead));
	b->pcap->close(dead);
	return program;
}

static const struct program *program_for(struct bpf *b, uint16_t linktype, char **error)
{
	const void *key = GUINT_TO_POINTER(linktype);
	struct program *program = g_hash_table_lookup(b->programs, key);

	if (program == NULL) {
		program = compile(b, linktype, error);
		g_hash_table_insert(b->programs, (void *)key, program);
	}
	return program;
}

static void free_program(void *p)
{
	struct program *program = p;

	if (program->good)
		program->pcap->freecode(&program->code);
	g_free(program);
}

struct bpf *bpf_compile(const char *expression, char **error)
{
	const char *missing = NULL;
	const struct libpcap *pcap = libpcap(&missing);

	if (pcap == NULL) {
		*error = g_strdup_printf("capture filter \"%s\": libpcap cannot be loaded: %s",
					 expression, missing);
		return NULL;
	}
	struct bpf *b = g_new0(struct bpf, 1);
	b->pcap = pcap;
	b->expression = g_strdup(expression);
	b->programs = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, free_program);
	b->last_type = ETHERNET;
	b->last = program_for(b, ETHERNET, error);
	if (!b->last->good) {
		bpf_free(b);
		return NULL;
	}
	return b;
}

void bpf_complete(struct bpf *b)
{
	for (unsigned type = 0; type < LINKTYPES; type++) {
		if (linktype_name((uint16_t)type) != NULL)
			program_for(b, (uint16_t)type, NULL);
	}
}

bool bpf_match(struct bpf *b, const struct packet *p)
{
	const struct pcap_pkthdr h = {.caplen = p->cap_len, .len = p->len};

	if (p->linktype != b->last_type) {
		b->last_type = p->linktype;
		b->last = program_for(b, p->linktype, NULL);
	}
	return b->last->good && b->pcap->offline_filter(&b->last->code, &h, p->data) != 0;
}

void bpf_free(struct bpf *b)
{
	g_hash_table_destroy(b->programs);
	g_free(b->expression);
	g_free(b);
}

const char *bpf_version(const char **why)
{
	const struct libpcap *pcap = libpcap(why);

	return pcap == NULL ? NULL : pcap->lib_version();
}
