/* SPDX-License-Identifier: BSD-3-Clause */
/* Rows of columns, between commas, tabs or braces. */
#include "store/save_list.h"

#include "out/out.h"

#include <errno.h>
#include <glib.h>
#include <string.h>
#include <unistd.h>

enum { CELL = 8192 };

enum form { FORM_CSV, FORM_TSV, FORM_JSON, FORMS };

struct list_file {
	struct out out;
	enum form form;
	struct columns *columns;
	uint64_t rows;
};

static enum form form_of(const char *path)
{
	static const char *const ends[FORMS] = {".csv", ".tsv", ".json"};
	int form = 0;

	while (form < FORMS && !g_str_has_suffix(path, ends[form]))
		form++;
	return (enum form)form;
}

bool list_file_is(const char *path)
{
	return form_of(path) != FORMS;
}

/* A text has no control characters: it was escaped on its way out of the packet. */
static void put_text(struct list_file *l, const char *text)
{
	struct rem_out *o = out_room(&l->out, 2 * strlen(text) + 2);
	const char quote = l->form == FORM_CSV ? '"' : '\\';

	if (l->form == FORM_TSV) {
		rem_out_str(o, text);
		return;
	}
	rem_out_char(o, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || (*text == '\\' && l->form == FORM_JSON))
			rem_out_char(o, quote);
		rem_out_char(o, *text);
	}
	rem_out_char(o, '"');
}

static void put(struct list_file *l, const char *text)
{
	rem_out_str(out_room(&l->out, strlen(text)), text);
}

/* A line of what each column is: its title, or its text for a frame. */
static void put_row(struct list_file *l, struct frame *f)
{
	static const char *const between[FORMS] = {",", "\t", ", "};
	char text[CELL];

	for (unsigned i = 0; i < columns_count(l->columns); i++) {
		struct rem_out o = {text, text + sizeof(text) - 1, false};

		put(l, i > 0 ? between[l->form] : "");
		if (f == NULL || l->form == FORM_JSON)
			put_text(l, columns_title(l->columns, i));
		if (f == NULL)
			continue;
		columns_out(l->columns, i, f, &o);
		*o.p = '\0';
		put(l, l->form == FORM_JSON ? ": " : "");
		put_text(l, text);
	}
}

static struct columns *copy(const struct columns *c)
{
	struct columns *ours = columns_new();
	char *text = columns_write(c);

	columns_read(ours, text);
	columns_set_time(ours, columns_time(c));
	g_free(text);
	return ours;
}

struct list_file *list_file_begin(int fd, const char *path, const struct columns *c)
{
	struct list_file *l = g_new0(struct list_file, 1);

	out_open(&l->out, fd);
	if (ftruncate(fd, 0) != 0 && errno != EINVAL) /* a pipe has nothing to be emptied of */
		l->out.error = errno;
	l->form = form_of(path);
	l->columns = copy(c);
	if (l->form == FORM_JSON) {
		put(l, "[");
		return l;
	}
	put_row(l, NULL);
	put(l, l->form == FORM_CSV ? "\r\n" : "\n");
	return l;
}

bool list_file_put(struct list_file *l, struct frame *f)
{
	if (l->form == FORM_JSON)
		put(l, l->rows++ > 0 ? ",\n{" : "\n{");
	put_row(l, f);
	put(l, l->form == FORM_JSON ? "}" : l->form == FORM_CSV ? "\r\n" : "\n");
	return l->out.error == 0;
}

int list_file_end(struct list_file *l)
{
	const int fd = l->out.fd;

	if (l->form == FORM_JSON)
		put(l, "\n]\n");
	const int error = out_close(&l->out);
	close(fd);
	columns_free(l->columns);
	g_free(l);
	return error;
}
