/* SPDX-License-Identifier: BSD-3-Clause */
/* One compiled program for each link type that occurs. */
#include "bpf.h"

#include "libpcap.h"

#include <glib.h>

enum { SNAPLEN = 262144 };

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
	b->last_type = 1;
	b->last = compile(b, b->last_type, error);
	g_hash_table_insert(b->programs, GUINT_TO_POINTER(b->last_type), (void *)b->last);
	if (!b->last->good) {
		bpf_free(b);
		return NULL;
	}
	return b;
}

bool bpf_match(struct bpf *b, const struct packet *p)
{
	const struct pcap_pkthdr h = {.caplen = p->cap_len, .len = p->len};

	if (p->linktype != b->last_type) {
		struct program *program = g_hash_table_lookup(b->programs,
							      GUINT_TO_POINTER(p->linktype));

		if (program == NULL) {
			program = compile(b, p->linktype, NULL);
			g_hash_table_insert(b->programs, GUINT_TO_POINTER(p->linktype), program);
		}
		b->last_type = p->linktype;
		b->last = program;
	}
	return b->last->good && b->pcap->offline_filter(&b->last->code, &h, p->data) != 0;
}

void bpf_free(struct bpf *b)
{
	g_hash_table_destroy(b->programs);
	g_free(b->expression);
	g_free(b);
}

const char *bpf_link_name(uint16_t linktype)
{
	const char *why;
	const struct libpcap *pcap = libpcap(&why);

	return pcap == NULL ? NULL : pcap->datalink_val_to_description(libpcap_dlt(linktype));
}

const char *bpf_version(const char **why)
{
	const struct libpcap *pcap = libpcap(why);

	return pcap == NULL ? NULL : pcap->lib_version();
}
