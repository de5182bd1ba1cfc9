/* SPDX-License-Identifier: BSD-3-Clause */
/* The way into the sandbox. */
#include "guard/guard_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED 1
#endif
#endif

/*
 * AddressSanitizer and valgrind look around at the end, by means that no sandbox leaves. What they
 * watch enters only where the first was told not to look for leaks; the second is known by its preload.
 */
static bool may_enter(void)
{
	const char *preload = getenv("LD_PRELOAD");

	if (preload != NULL && strstr(preload, "vgpreload") != NULL)
		return false;
#ifdef WATCHED
	const char *options = getenv("ASAN_OPTIONS");

	return options != NULL && strstr(options, "detect_leaks=0") != NULL;
#else
	return true;
#endif
}

bool guard_enter(enum guard_role role, struct guard *g, const char **why)
{
	struct guard here = {0};

	if (g != NULL)
		*g = here;
	if (!may_enter())
		return true;
	if (!guard_drop_privileges(why))
		return false;
	here = (struct guard){.entered = true, .user = geteuid(), .no_capabilities = true};
	here.landlock = guard_landlock();
	if (here.landlock < 0) {
		*why = "Landlock refuses its rules";
		return false;
	}
	here.calls = guard_seccomp(role);
	if (here.calls < 0) {
		*why = "seccomp refuses its filter";
		return false;
	}
	if (g != NULL)
		*g = here;
	return true;
}

void guard_describe(const struct guard *g, char *text, size_t size)
{
	char landlock[32] = "no Landlock", calls[48] = "all system calls";

	if (!g->entered) {
		snprintf(text, size, "off");
		return;
	}
	if (g->landlock > 0)
		snprintf(landlock, sizeof(landlock), "Landlock %d", g->landlock);
	if (g->calls > 0)
		snprintf(calls, sizeof(calls), "%d system calls", g->calls);
	snprintf(text, size, "user %u, no capabilities, %s, %s", g->user, landlock, calls);
}
