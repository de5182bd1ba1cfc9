/* SPDX-License-Identifier: BSD-3-Clause */
/* dlopen(3), and dlsym(3) for each function. */
#include "functions.h"

#include <dlfcn.h>
#include <string.h>

const char *functions_load(const char *const *files, const struct function *wanted, size_t n,
			   void *to)
{
	void *library = NULL;

	for (; *files != NULL && library == NULL; files++)
		library = dlopen(*files, RTLD_LAZY);
	for (size_t i = 0; i < n && library != NULL; i++) {
		void *const symbol = dlsym(library, wanted[i].name);

		if (symbol == NULL)
			return dlerror();
		memcpy((char *)to + wanted[i].at, &symbol, sizeof(symbol));
	}
	return library == NULL ? dlerror() : NULL;
}
