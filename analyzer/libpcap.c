/* SPDX-License-Identifier: BSD-3-Clause */
/* libpcap's functions, looked up once. */
#include "libpcap.h"

#include "functions.h"

#include <glib.h>
#include <stdbool.h>

enum { LINKTYPE_RAW = 101 };

#define SYMBOL(f) {"pcap_" #f, offsetof(struct libpcap, f)},

static struct libpcap functions;

static const char *load(void)
{
	static const char *const files[] = {"libpcap.so.0.8", "libpcap.so.1", "libpcap.so", NULL};
	static const struct function wanted[] = {LIBPCAP(SYMBOL)};

	return functions_load(files, wanted, G_N_ELEMENTS(wanted), &functions);
}

const struct libpcap *libpcap(const char **why)
{
	static bool loaded;

	if (!loaded)
		*why = load();
	loaded = loaded || *why == NULL;
	return loaded ? &functions : NULL;
}

int libpcap_dlt(uint16_t linktype)
{
	return linktype == LINKTYPE_RAW ? DLT_RAW : linktype;
}

uint16_t libpcap_linktype(int dlt)
{
	return dlt == DLT_RAW ? LINKTYPE_RAW : (uint16_t)dlt;
}
