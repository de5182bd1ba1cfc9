/* SPDX-License-Identifier: BSD-3-Clause */
/* What each Wireshark makes of remora's plugin, and what to do about it. */
#include "cmd/wireshark.h"

#include "cmd/finding.h"

#include <string.h>

static char *folder_to_show(const char *path)
{
	char *folder = g_path_get_dirname(path), *shown = path_to_show(folder);

	g_free(folder);
	return shown;
}

static void mend_by_rm(const char *path)
{
	char *typed = path_to_type(path);

	finding_mend("rm %s", typed);
	g_free(typed);
}

void tell_installed(const struct wireshark *w, const struct plugin *p, const char *done, bool prove)
{
	char subject[WIRESHARK_TITLE], *folder = folder_to_show(p->path), *refusal = NULL;
	const bool proven = prove && w->tshark != NULL && wireshark_looks_at(p->path);

	wireshark_title(subject, w);
	if (proven)
		refusal = wireshark_refuses(w, p->path);
	if (refusal != NULL) {
		finding(VERDICT_FAIL, subject, "remora %s %s, but does not load: %s\n%s",
			p->version, done, refusal, folder);
		mend_by_rm(p->path);
	} else {
		finding(VERDICT_OK, subject, "remora %s %s%s\n%s", p->version, done,
			proven ? ", and tshark loads it" : "", folder);
	}
	g_free(refusal);
	g_free(folder);
}

/* "what is at hand is for Wireshark 4.0 (libwireshark.so.16)" */
static char *what_is_at_hand(const GPtrArray *at_hand)
{
	GString *text = g_string_new("what is at hand is for Wireshark ");

	for (unsigned i = 0; i < at_hand->len; i++) {
		const struct plugin *p = at_hand->pdata[i];

		g_string_append_printf(text, "%s%u.%u", i > 0 ? ", " : "", p->major, p->minor);
		if (p->abi != 0)
			g_string_append_printf(text, " (libwireshark.so.%u)", p->abi);
	}
	if (at_hand->len == 0)
		g_string_assign(text, "this remora was built without it");
	return g_string_free(text, FALSE);
}

void tell_missing(const struct wireshark *w, const GPtrArray *at_hand)
{
	char subject[WIRESHARK_TITLE], *why = what_is_at_hand(at_hand);

	wireshark_title(subject, w);
	finding(VERDICT_WARN, subject, "remora's plugin is not installed: %s", why);
	finding_mend("remora wireshark install --from FILE");
	g_free(why);
}

void tell_stranger(const struct wireshark *w, const struct standing *s)
{
	char subject[WIRESHARK_TITLE], *shown = path_to_show(s->path);

	wireshark_title(subject, w);
	finding(VERDICT_FAIL, subject, "what is called remora.so %s\n%s", s->wrong, shown);
	mend_by_rm(s->path);
	g_free(shown);
}

void tell_copies(const struct wireshark *w, const struct standing *s)
{
	const bool is_here = s->here != NULL && s->fits;
	char subject[WIRESHARK_TITLE];

	wireshark_title(subject, w);
	for (unsigned i = 0; i < s->copies->len; i++) {
		const struct plugin *copy = s->copies->pdata[i];
		char *name = g_path_get_basename(copy->path), *shown = path_to_show(copy->path);

		if (i == 0 && !is_here) {
			tell_installed(w, copy, "is installed", s->copies->len == 1);
		} else if (strcmp(name, PLUGIN_NAME) == 0) {
			finding(VERDICT_WARN, subject,
				"there is a second copy: Wireshark takes that and complains about "
				"yours\n%s",
				shown);
			finding_mend("remora wireshark uninstall");
		} else {
			finding(VERDICT_FAIL, subject,
				"there is a second copy: Wireshark ends when it meets a protocol "
				"for the second time\n%s",
				shown);
			mend_by_rm(copy->path);
		}
		g_free(shown);
		g_free(name);
	}
}

/* What lies where this user's plugin belongs, if it is ours. */
static void tell_here(const struct wireshark *w, const struct standing *s)
{
	char subject[WIRESHARK_TITLE], *folder = folder_to_show(s->path);

	wireshark_title(subject, w);
	if (!s->fits) {
		finding(VERDICT_FAIL, subject,
			"its plugin is for Wireshark %u.%u, so it does not load\n%s",
			s->here->major, s->here->minor, folder);
		finding_mend("remora wireshark %s", s->ours != NULL ? "install" : "uninstall");
	} else if (s->ours != NULL && !plugin_same(s->ours, s->here)) {
		finding(VERDICT_WARN, subject,
			"its plugin is of another build (remora %s) than this program\n%s",
			s->here->version, folder);
		finding_mend("remora wireshark install");
	} else {
		tell_installed(w, s->here, "is installed", s->copies->len == 0);
	}
	g_free(folder);
}

/* Returns whether it is left to a home folder to have the plugin. */
static bool tell(const struct wireshark *w, const GPtrArray *at_hand)
{
	struct standing *s = standing_of(w, at_hand);
	char subject[WIRESHARK_TITLE];

	wireshark_title(subject, w);
	if (s->here != NULL)
		tell_here(w, s);
	else if (s->is_there)
		tell_stranger(w, s);
	tell_copies(w, s);
	if (!s->is_there && s->copies->len == 0 && s->ours == NULL) {
		tell_missing(w, at_hand);
	} else if (!s->is_there && s->copies->len == 0) {
		finding(VERDICT_WARN, subject, "remora's plugin is not installed");
		finding_mend("remora wireshark install");
	}
	const bool is_personal = s->copies->len == 0;
	standing_free(s);
	return is_personal;
}

static void tell_none(void)
{
	finding(VERDICT_WARN, "Wireshark", "is not on this machine");
	finding_mend("sudo apt install wireshark");
}

static void tell_root_trap(void)
{
	const char *user = g_getenv("SUDO_USER");

	finding(VERDICT_WARN, "root",
		"Wireshark ignores the plugins in a home folder when root runs it: install as the "
		"user who runs it");
	finding_mend("sudo -H -u %s remora wireshark install", user != NULL ? user : "USER");
}

void tell_each(bool (*tell_one)(const struct wireshark *, const GPtrArray *),
	       const GPtrArray *at_hand)
{
	GPtrArray *all = wiresharks();
	bool is_personal = false;

	for (unsigned i = 0; i < all->len; i++)
		is_personal |= tell_one(all->pdata[i], at_hand);
	if (all->len == 0)
		tell_none();
	else if (is_personal && wireshark_is_root())
		tell_root_trap();
	g_ptr_array_free(all, TRUE);
}

void tell_all(const GPtrArray *at_hand)
{
	tell_each(tell, at_hand);
}
