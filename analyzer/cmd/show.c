/* SPDX-License-Identifier: BSD-3-Clause */
/* Filter, frame and printer, whatever packets come from. */
#include "cmd/show.h"

#include "cmd/command.h"
#include "linktype.h"

#include <errno.h>
#include <inttypes.h>
#include <time.h>
#include <unistd.h>

int show_take(struct show *s, const struct show_options *given)
{
	s->no_sandbox = given->no_sandbox;
	return settings_take(&s->settings, given);
}

/* Lines of text are written from the layers' headers: they need no options, no records, and who
 * asks for none of them gets none. */
static const struct rem_want *want_of(struct show *s)
{
	const struct settings *settings = &s->settings;

	if (s->printer.ops == NULL || settings->details)
		return NULL;
	for (unsigned p = 0; p < REM_P_COUNT; p++)
		rem_set_add(&s->headers.proto, p);
	rem_want_settle(&s->headers, &s->frame->index);
	return &s->headers;
}

/* From here on nothing can be opened that is not. */
static int enter_sandbox(const struct show *s, enum guard_role role)
{
	const char *why = NULL;

	if (s->no_sandbox)
		return EXIT_OK;
	if (s->settings.print.time >= TIME_LOCAL_OF_DAY)
		tzset();
	if (s->settings.bpf != NULL)
		bpf_complete(s->settings.bpf);
	if (guard_enter(role, NULL, &why))
		return EXIT_OK;
	complain("sandbox: %s\n        without it: --no-sandbox", why);
	return EXIT_CANNOT;
}

int show_prepare(struct show *s, enum guard_role role, const struct interfaces *interfaces,
		 const char *source)
{
	s->interfaces = interfaces;
	s->source = source;
	s->frame = frame_new();
	const int code = settings_apply(&s->settings, s->frame);
	if (code != EXIT_OK)
		return code;
	s->printer = (struct printer){.ops = s->settings.printer, .options = &s->settings.print};
	s->want = want_of(s);
	s->searched = s->settings.filter == NULL
			      ? s->want
			      : filter_want(s->settings.filter, &s->frame->index);
	return enter_sandbox(s, role);
}

void show_begin(struct show *s)
{
	out_open(&s->printer.out, STDOUT_FILENO);
	if (s->printer.ops != NULL)
		s->printer.ops->begin(&s->printer);
}

void show_unknown(struct show *s, const struct packet *p)
{
	const struct interface *i = interfaces_at(s->interfaces, p->interface);
	char place[64] = "";

	if (i == NULL || p->linktype == LINKTYPE_RECORD)
		return;
	if (s->told == NULL)
		s->told = g_hash_table_new(NULL, NULL);
	if (!g_hash_table_add(s->told, GUINT_TO_POINTER(p->linktype)))
		return;
	const char *name = linktype_name(p->linktype);
	out_flush(&s->printer.out);
	if (s->progress != NULL)
		progress_end(s->progress);
	if (i->link_offset != 0)
		g_snprintf(place, sizeof(place), " at offset %" PRIu64, i->link_offset);
	complain("%s: link type %u%s%s%s%s is not known here: its packets are shown as data",
		 s->source, p->linktype, name != NULL ? " (" : "", name != NULL ? name : "",
		 name != NULL ? ")" : "", place);
}

int show_end(struct show *s, int code)
{
	if (s->printer.ops != NULL) /* where writing failed too, for what it holds */
		s->printer.ops->end(&s->printer);
	const int failed = out_close(&s->printer.out);

	if (failed == 0 || failed == EPIPE)
		return code;
	complain("standard output: %s", g_strerror(failed));
	return EXIT_CANNOT_READ;
}

void show_free(struct show *s)
{
	if (s->frame != NULL)
		frame_free(s->frame);
	if (s->told != NULL)
		g_hash_table_destroy(s->told);
	settings_free(&s->settings);
}
