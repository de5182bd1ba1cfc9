/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One compiled program for each link type that occurs. libpcap brings a dozen libraries with it,
 * which take longer to load than a small capture to read: it is loaded when it is needed.
 */
#include "bpf.h"

#include <dlfcn.h>
#include <glib.h>
#include <pcap/pcap.h>
#include <string.h>

enum { SNAPLEN = 262144 };

/* clang-format off */
#define LIBPCAP(F) \
	F(open_dead) F(compile) F(geterr) F(close) F(freecode) F(offline_filter) \
	F(datalink_val_to_description) F(lib_version)
#define MEMBER(f) __typeof__(pcap_##f) *f;
#define SYMBOL(f) {"pcap_" #f, offsetof(struct libpcap, f)},

static struct libpcap { LIBPCAP(MEMBER) } pcap;
/* clang-format on */

/* Returns why libpcap is not there, or NULL. */
static const char *load(void)
{
	static const char *const files[] = {"libpcap.so.0.8", "libpcap.so.1", "libpcap.so"};
	static const struct {
		const char *name;
		size_t at;
	} symbols[] = {LIBPCAP(SYMBOL)};
	void *library = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(files) && library == NULL; i++)
		library = dlopen(files[i], RTLD_LAZY);
	for (size_t i = 0; i < G_N_ELEMENTS(symbols) && library != NULL; i++) {
		void *const symbol = dlsym(library, symbols[i].name);

		if (symbol == NULL)
			return dlerror();
		memcpy((char *)&pcap + symbols[i].at, &symbol, sizeof(symbol));
	}
	return library == NULL ? dlerror() : NULL;
}

struct program {
	struct bpf_program code;
	bool good; /* the expression makes sense for this link type */
};

struct bpf {
	char *expression;
	GHashTable *programs; /* link type → struct program */
	uint16_t last_type;
	const struct program *last;
};

/* libpcap's DLT_ numbers are LINKTYPE_ numbers, but for raw IP. */
static int dlt_of(uint16_t linktype)
{
	return linktype == 101 ? DLT_RAW : linktype;
}

static struct program *compile(const struct bpf *b, uint16_t linktype, char **error)
{
	struct program *program = g_new0(struct program, 1);
	pcap_t *dead = pcap.open_dead(dlt_of(linktype), SNAPLEN);

	program->good = pcap.compile(dead, &program->code, b->expression, 1,
				     PCAP_NETMASK_UNKNOWN) == 0;
	if (!program->good && error != NULL)
		*error = g_strdup_printf("capture filter \"%s\": %s", b->expression,
					 pcap.geterr(dead));
	pcap.close(dead);
	return program;
}

static void free_program(void *p)
{
	struct program *program = p;

	if (program->good)
		pcap.freecode(&program->code);
	g_free(program);
}

struct bpf *bpf_compile(const char *expression, char **error)
{
	const char *missing = load();

	if (missing != NULL) {
		*error = g_strdup_printf("capture filter \"%s\": libpcap cannot be loaded: %s",
					 expression, missing);
		return NULL;
	}
	struct bpf *b = g_new0(struct bpf, 1);
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
	return b->last->good && pcap.offline_filter(&b->last->code, &h, p->data) != 0;
}

void bpf_free(struct bpf *b)
{
	g_hash_table_destroy(b->programs);
	g_free(b->expression);
	g_free(b);
}

const char *bpf_link_name(uint16_t linktype)
{
	return load() != NULL ? NULL : pcap.datalink_val_to_description(dlt_of(linktype));
}

const char *bpf_version(const char **why)
{
	*why = load();
	return *why != NULL ? NULL : pcap.lib_version();
}
