/* SPDX-License-Identifier: BSD-3-Clause */
/* libpcap's functions, looked up once. */
#include "libpcap.h"

#include <dlfcn.h>
#include <glib.h>
#include <stdbool.h>
#include <string.h>

enum { LINKTYPE_RAW = 101 };

#define SYMBOL(f) {"pcap_" #f, offsetof(struct libpcap, f)},

static struct libpcap functions;

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
		memcpy((char *)&functions + symbols[i].at, &symbol, sizeof(symbol));
	}
	return library == NULL ? dlerror() : NULL;
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
