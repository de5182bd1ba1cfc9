/* SPDX-License-Identifier: BSD-3-Clause */
/* Columns: which there are, how they are kept, what stands in them. */
#include "store/columns.h"

#include <glib.h>
#include <string.h>

struct column_entry {
	char *title, *field;
	struct wanted_field wanted;
};

struct columns {
	GPtrArray *entries; /* struct column_entry */
	struct print_options options;
};

static const char usual[] = "No.\t_ws.col.number\n"
			    "Time\t_ws.col.time\n"
			    "Source\t_ws.col.source\n"
			    "Destination\t_ws.col.destination\n"
			    "Protocol\t_ws.col.protocol\n"
			    "Length\t_ws.col.length\n"
			    "Info\t_ws.col.info\n";

static void entry_free(void *data)
{
	struct column_entry *e = data;

	g_free(e->title);
	g_free(e->field);
	g_free(e);
}

static const struct column_entry *entry(const struct columns *c, unsigned i)
{
	return g_ptr_array_index(c->entries, i);
}

struct columns *columns_new(void)
{
	struct columns *c = g_new0(struct columns, 1);

	c->entries = g_ptr_array_new_with_free_func(entry_free);
	c->options = (struct print_options){.occurrence = 'a', .aggregator = ','};
	columns_read(c, usual);
	return c;
}

void columns_free(struct columns *c)
{
	if (c == NULL)
		return;
	g_ptr_array_free(c->entries, TRUE);
	g_free(c);
}

unsigned columns_count(const struct columns *c)
{
	return c->entries->len;
}

const char *columns_title(const struct columns *c, unsigned i)
{
	return entry(c, i)->title;
}

const char *columns_field(const struct columns *c, unsigned i)
{
	return entry(c, i)->field;
}

bool columns_is_right(const struct columns *c, unsigned i)
{
	const struct wanted_field *w = &entry(c, i)->wanted;

	if (w->key == NULL)
		return w->column == COLUMN_NUMBER || w->column == COLUMN_TIME ||
		       w->column == COLUMN_LENGTH;
	switch (w->key->type) {
	case REM_T_UINT:
	case REM_T_INT:
	case REM_T_SPAN:
	case REM_T_FIXED: return !w->key->repeats;
	default: return false;
	}
}

void columns_set_time(struct columns *c, enum time_form form)
{
	c->options.time = form;
}

enum time_form columns_time(const struct columns *c)
{
	return c->options.time;
}

/* What a field is called. */
static const char *name_of(const struct wanted_field *w)
{
	return w->key != NULL ? key_field(&w->key->row[0])->name
	       : w->proto >= 0 ? rem_protos[w->proto]->name
			       : w->text;
}

/* NULL: nobody knows the field. */
static struct column_entry *entry_new(const char *title, const char *field)
{
	struct column_entry *e = g_new0(struct column_entry, 1);

	e->field = g_strdup(field);
	if (!wanted_find(e->field, &e->wanted)) {
		entry_free(e);
		return NULL;
	}
	e->title = g_strdup(title != NULL ? title : name_of(&e->wanted));
	return e;
}

bool columns_insert(struct columns *c, unsigned at, const char *title, const char *field,
		    char **error)
{
	struct column_entry *e = entry_new(title, field);

	if (e == NULL) {
		char **like = keys_like(field, 1);

		*error = g_strdup_printf("unknown field \"%s\"%s%s%s", field,
					 like[0] != NULL ? ": did you mean " : "",
					 like[0] != NULL ? like[0] : "",
					 like[0] != NULL ? "?" : "");
		g_strfreev(like);
		return false;
	}
	g_ptr_array_insert(c->entries, (int)MIN(at, c->entries->len), e);
	return true;
}

void columns_remove(struct columns *c, unsigned i)
{
	if (c->entries->len > 1 && i < c->entries->len)
		g_ptr_array_remove_index(c->entries, i);
}

void columns_move(struct columns *c, unsigned from, unsigned to)
{
	if (from >= c->entries->len || to >= c->entries->len)
		return;
	g_ptr_array_insert(c->entries, (int)to, g_ptr_array_steal_index(c->entries, from));
}

char *columns_write(const struct columns *c)
{
	GString *text = g_string_new(NULL);

	for (unsigned i = 0; i < c->entries->len; i++)
		g_string_append_printf(text, "%s\t%s\n", entry(c, i)->title, entry(c, i)->field);
	return g_string_free(text, FALSE);
}

unsigned columns_read(struct columns *c, const char *text)
{
	GPtrArray *entries = g_ptr_array_new_with_free_func(entry_free);
	char **lines = g_strsplit(text, "\n", -1);
	unsigned useless = 0;

	for (char **line = lines; *line != NULL; line++) {
		char *tab = strchr(*line, '\t');
		struct column_entry *e = NULL;

		if (*g_strchug(*line) == '\0' || **line == '#')
			continue;
		if (tab != NULL && g_utf8_validate(*line, -1, NULL)) {
			*tab = '\0';
			e = entry_new(*line, g_strstrip(tab + 1));
		}
		if (e != NULL)
			g_ptr_array_add(entries, e);
		else
			useless++;
	}
	g_strfreev(lines);
	if (entries->len == 0) {
		g_ptr_array_free(entries, TRUE);
		return useless;
	}
	g_ptr_array_free(c->entries, TRUE);
	c->entries = entries;
	return useless;
}

void columns_out(const struct columns *c, unsigned i, struct frame *f, struct rem_out *o)
{
	const struct wanted_field *w = &entry(c, i)->wanted;

	if (w->key != NULL && (rem_protos[w->key->proto]->flags & REM_PROTO_DERIVED) != 0)
		frame_describe(f);
	wanted_out(o, w, f, &c->options);
}
