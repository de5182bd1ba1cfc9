/* SPDX-License-Identifier: BSD-3-Clause */
/* Loads ncurses and finds its functions. */
#include "curses_lib.h"

#include <dlfcn.h>
#include <glib.h>
#include <string.h>

#define CURSES_SYMBOL(f) {#f, offsetof(struct curses_lib, f)},

struct curses_lib nc;

const char *curses_load(void)
{
	static const char *const files[] = {"libncursesw.so.6", "libncursesw.so"};
	static const struct {
		const char *name;
		size_t at;
	} symbols[] = {LIBNCURSES(CURSES_SYMBOL)};
	void *library = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(files) && library == NULL; i++)
		library = dlopen(files[i], RTLD_LAZY);
	for (size_t i = 0; i < G_N_ELEMENTS(symbols) && library != NULL; i++) {
		void *const symbol = dlsym(library, symbols[i].name);

		if (symbol == NULL)
			return dlerror();
		memcpy((char *)&nc + symbols[i].at, &symbol, sizeof(symbol));
	}
	return library == NULL ? dlerror() : NULL;
}
