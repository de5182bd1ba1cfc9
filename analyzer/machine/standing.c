/* SPDX-License-Identifier: BSD-3-Clause */
/* A plugin that does not fit is told of and not loaded; two that fit are one too many. */
#include "machine/standing.h"

#include <string.h>

/* Moves those that this Wireshark would load as well. */
static void add_copies(struct standing *s, const struct wireshark *w, const char *folder)
{
	GPtrArray *found = plugins_in(folder);

	for (unsigned i = found->len; i-- > 0;) {
		const struct plugin *p = found->pdata[i];

		if (wireshark_fits(w, p) && strcmp(p->path, s->path) != 0)
			g_ptr_array_add(s->copies, g_ptr_array_steal_index(found, i));
	}
	g_ptr_array_free(found, TRUE);
}

struct standing *standing_of(const struct wireshark *w, const GPtrArray *at_hand)
{
	struct standing *s = g_new0(struct standing, 1);
	char *folder = wireshark_folder(w), **common = wireshark_common_folders(w);

	s->path = g_build_filename(folder, PLUGIN_NAME, NULL);
	s->is_there = g_file_test(s->path, G_FILE_TEST_EXISTS) ||
		      g_file_test(s->path, G_FILE_TEST_IS_SYMLINK);
	s->here = s->is_there ? plugin_load(s->path, &s->wrong) : NULL;
	s->fits = s->here != NULL && wireshark_fits(w, s->here);
	s->copies = g_ptr_array_new_with_free_func((GDestroyNotify)plugin_free);
	add_copies(s, w, folder);
	for (char **c = common; *c != NULL; c++)
		add_copies(s, w, *c);
	for (unsigned i = 0; i < at_hand->len && s->ours == NULL; i++) {
		if (wireshark_fits(w, at_hand->pdata[i]))
			s->ours = at_hand->pdata[i];
	}
	g_strfreev(common);
	g_free(folder);
	return s;
}

void standing_free(struct standing *s)
{
	plugin_free(s->here);
	g_ptr_array_free(s->copies, TRUE);
	g_free(s->path);
	g_free(s->wrong);
	g_free(s);
}
