/* SPDX-License-Identifier: BSD-3-Clause */
/* What is given up before packets are looked at: a child of ours gives it up, and tells. */
#include "cmd/doctor.h"

#include "cmd/finding.h"
#include "guard/guard.h"

#include <glib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct report {
	struct guard guard;
	char why[128]; /* it cannot be entered; empty: it was */
};

static void try_out(int fd)
{
	struct report r = {0};
	const char *why = "";

	if (!guard_enter(GUARD_LIVE, &r.guard, &why))
		g_strlcpy(r.why, why, sizeof(r.why));
	_exit(write(fd, &r, sizeof(r)) == (ssize_t)sizeof(r) ? 0 : 1);
}

static bool ask(struct report *r)
{
	int ends[2];

	if (pipe(ends) != 0)
		return false;
	const pid_t child = fork();
	if (child == 0)
		try_out(ends[1]);
	close(ends[1]);
	const bool told = child > 0 && read(ends[0], r, sizeof(*r)) == (ssize_t)sizeof(*r);
	close(ends[0]);
	if (child > 0)
		waitpid(child, NULL, 0);
	return told;
}

void doctor_sandbox(void)
{
	struct report r = {0};
	char text[128];

	if (!ask(&r) || r.why[0] != '\0') {
		finding(VERDICT_WARN, "sandbox", "cannot be entered: %s",
			r.why[0] != '\0' ? r.why : "this kernel ends who tries");
		return;
	}
	guard_describe(&r.guard, text, sizeof(text));
	const bool whole = r.guard.landlock > 0 && r.guard.calls > 0;
	finding(whole ? VERDICT_OK : VERDICT_WARN, "sandbox", "%s", text);
}
