/* SPDX-License-Identifier: BSD-3-Clause */
/* Texts of fields and packets, to be taken away. */
#include "store/copy.h"

#include "out/row_text.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

enum { VALUE_ROOM = 8192, NAME_ROOM = 64 };

const char *copy_form_name(enum copy_form form)
{
	static const char *const names[COPY_FORMS] = {
		[COPY_VALUE] = "value",   [COPY_FILTER] = "key == value", [COPY_HEX] = "hex",
		[COPY_C] = "C array",     [COPY_JSON] = "JSON",           [COPY_ROW] = "row",
	};

	return names[form];
}

static bool is_number(const struct rem_value *v)
{
	return v->type == REM_T_UINT || v->type == REM_T_INT || v->type == REM_T_BOOL;
}

/* A text as a filter has it: between quotes, all that is not plain ASCII as \xHH. */
static void out_quoted(struct rem_out *o, const uint8_t *p, size_t n)
{
	rem_out_char(o, '"');
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '"' || p[i] == '\\')
			rem_out_char(o, '\\');
		if (p[i] >= ' ' && p[i] < 0x7f) {
			rem_out_char(o, (char)p[i]);
			continue;
		}
		rem_out_str(o, "\\x");
		rem_out_hex(o, p[i], 2);
	}
	rem_out_char(o, '"');
}

/* What was written since `start`, as a text in quotes. */
static void quote(struct rem_out *o, char *start)
{
	const size_t n = (size_t)(o->p - start);
	char *text = g_memdup2(start, n + 1);

	o->p = start;
	out_quoted(o, (const uint8_t *)text, n);
	g_free(text);
}

/* A value as a filter compares with it; false: by being there alone. */
static bool out_literal(struct rem_out *o, const struct rem_row *row, const struct rem_value *v)
{
	const struct rem_field *f = row->field;
	const bool text = (f->flags & REM_F_AS_TEXT) != 0 || f->show == REM_BASE32;
	char *start = o->p;

	if (v->type == REM_T_NONE || (v->type == REM_T_BYTES && v->bytes.n == 0) ||
	    (v->type == REM_T_TIME && v->ns == REM_NO_TIME))
		return false;
	if (!text && is_number(v) && f->show != REM_HEX) {
		if (v->type == REM_T_INT)
			rem_out_int(o, v->i);
		else
			rem_out_uint(o, v->u);
		return true;
	}
	if (v->type == REM_T_TEXT && !text) {
		out_quoted(o, v->bytes.p, v->bytes.n);
		return true;
	}
	if (v->type == REM_T_BYTES && !text) {
		rem_out_bytes(o, v->bytes.p, v->bytes.n, ':');
		return true;
	}
	rem_out_value(o, f, row->bits, v);
	if (text || v->type == REM_T_NAME || v->type == REM_T_TIME)
		quote(o, start);
	return true;
}

/* "key == value"; of what is long its beginning; "key" alone where there is nothing to compare. */
static void out_test(struct rem_out *o, const char *key, const struct rem_row *row,
		     const struct rem_value *v)
{
	enum { LONG = 256 };
	const bool bytes = v->type == REM_T_BYTES || v->type == REM_T_TEXT;

	rem_out_str(o, key);
	char *before = o->p;
	if (bytes && v->bytes.n > LONG) {
		rem_out_str(o, "[0:");
		rem_out_uint(o, LONG);
		rem_out_str(o, "] == ");
		rem_out_bytes(o, v->bytes.p, LONG, ':');
		return;
	}
	rem_out_str(o, " == ");
	if (!out_literal(o, row, v))
		o->p = before;
}

/* Bytes that a line covers, whole ones. */
static struct rem_span bytes_of(const struct detail *d, const struct detail_line *line)
{
	const struct rem_view source = detail_source(d, line->source);
	const uint32_t from = line->bit / 8, to = (line->bit + line->bits + 7) / 8;

	if (!line->placed || to > source.cap || from >= to)
		return (struct rem_span){NULL, 0};
	return (struct rem_span){source.p + from, to - from};
}

static char *hex_of(struct rem_span bytes)
{
	if (bytes.p == NULL)
		return NULL;
	char *text = g_malloc(2 * (size_t)bytes.n + 1);
	struct rem_out o = {text, text + 2 * (size_t)bytes.n, false};

	rem_out_bytes(&o, bytes.p, bytes.n, '\0');
	*o.p = '\0';
	return text;
}

/* A name for an array: of letters, digits and underscores. */
static char *c_name(const char *key)
{
	char *name = g_strdup_printf("%s%s", g_ascii_isdigit(*key) ? "_" : "", key);

	return g_strcanon(name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_", '_');
}

static char *c_array_of(struct rem_span bytes, const char *key)
{
	enum { A_LINE = 12 };

	if (bytes.p == NULL)
		return NULL;
	GString *text = g_string_new("static const uint8_t ");
	char *name = c_name(key);
	g_string_append(text, name);
	g_string_append(text, "[] = {");
	for (size_t i = 0; i < bytes.n; i++) {
		if (bytes.n > A_LINE && i % A_LINE == 0)
			g_string_append(text, "\n\t");
		else if (i > 0)
			g_string_append_c(text, ' ');
		g_string_append_printf(text, "0x%02x", bytes.p[i]);
		if (i + 1 < bytes.n || bytes.n > A_LINE)
			g_string_append_c(text, ',');
	}
	g_string_append(text, bytes.n > A_LINE ? "\n};\n" : "};\n");
	g_free(name);
	return g_string_free(text, FALSE);
}

/* Room for whatever a value can be made into: escapes take four characters for a byte, quotes more. */
static size_t room_for(const struct detail *d, const struct detail_line *line)
{
	return 2 * (size_t)line->bits + 16 * (size_t)detail_source(d, 0).cap + VALUE_ROOM;
}

static char *row_text(struct detail *d, unsigned i, enum copy_form form)
{
	const struct detail_line line = detail_line(d, i);
	struct rem_row row;
	struct rem_value v;

	if (!detail_field(d, i, &row) || !rem_row_value(&detail_frame(d)->b, &row, &v))
		return NULL;
	if (form != COPY_VALUE && line.key == NULL)
		return NULL;
	const size_t room = room_for(d, &line);
	char *text = g_malloc(room + 1);
	struct rem_out o = {text, text + room, false};
	if (form == COPY_FILTER) {
		out_test(&o, line.key, &row, &v);
	} else if (form == COPY_JSON) {
		rem_out_str(&o, "{\"");
		rem_out_str(&o, line.key);
		rem_out_str(&o, "\":");
		json_value_out(&o, &row, &v);
		rem_out_char(&o, '}');
	} else {
		rem_out_value(&o, row.field, row.bits, &v);
	}
	*o.p = '\0';
	return text;
}

/* "Time to live  64  hops": what is seen of the line, and where it stands. */
static char *seen_line(struct detail *d, unsigned i)
{
	struct detail_text t;

	detail_text(d, i, &t);
	char *text = g_strjoin("\t", t.place, t.width, t.name, t.value, t.meaning, NULL);
	return g_strchomp(text);
}

char *copy_line(struct detail *d, unsigned i, enum copy_form form)
{
	const struct detail_line line = detail_line(d, i);
	struct detail_text t;

	switch (form) {
	case COPY_HEX: return hex_of(bytes_of(d, &line));
	case COPY_C:
		return c_array_of(bytes_of(d, &line), line.key != NULL ? line.key : "bytes");
	case COPY_ROW: return seen_line(d, i);
	case COPY_FILTER:
		if (line.kind == DETAIL_LAYER)
			return g_strdup(line.key);
		break;
	case COPY_VALUE:
		if (line.kind == DETAIL_ROW)
			break;
		detail_text(d, i, &t);
		return g_strchomp(g_strjoin(" ", t.name, t.value, NULL));
	default: break;
	}
	return line.kind == DETAIL_ROW ? row_text(d, i, form) : NULL;
}

static char *json_of(struct frame *f)
{
	static const struct print_options options = {0};
	struct printer p = {.ops = &print_ndjson, .options = &options};

	out_open_memory(&p.out);
	p.ops->begin(&p);
	p.ops->frame(&p, f);
	p.ops->end(&p);
	return out_take(&p.out);
}

static char *columns_of(struct frame *f, const struct columns *columns)
{
	char cell[VALUE_ROOM];
	GString *text = g_string_new(NULL);

	for (unsigned i = 0; i < columns_count(columns); i++) {
		struct rem_out o = {cell, cell + sizeof(cell), false};

		columns_out(columns, i, f, &o);
		if (i > 0)
			g_string_append_c(text, '\t');
		g_string_append_len(text, cell, o.p - cell);
	}
	return g_string_free(text, FALSE);
}

char *copy_packet(struct cursor *c, struct frame *f, uint64_t row, const struct since *since,
		  const struct columns *columns, enum copy_form form)
{
	char name[NAME_ROOM], info[VALUE_ROOM];
	struct rem_out o = {info, info + sizeof(info) - 1, false};

	if (cursor_take(c, row, f, NULL, since) != 1)
		return NULL;
	const struct rem_span bytes = {f->packet->data, f->packet->cap_len};
	switch (form) {
	case COPY_HEX: return hex_of(bytes);
	case COPY_C:
		snprintf(name, sizeof(name), "packet_%" G_GUINT64_FORMAT, f->packet->number);
		return c_array_of(bytes, name);
	case COPY_JSON: return json_of(f);
	case COPY_ROW: return columns_of(f, columns);
	case COPY_FILTER:
		return g_strdup_printf("frame.number == %" G_GUINT64_FORMAT, f->packet->number);
	default: break;
	}
	rem_out_info(&o, &f->b);
	*o.p = '\0';
	return g_strdup(info);
}

char *filter_of_bytes(const struct detail *d, uint32_t from, uint32_t n)
{
	enum { MOST = 256 };
	const struct rem_view source = detail_source(d, 0);
	GString *text = g_string_new(NULL);

	if (source.p == NULL || n == 0 || n > MOST || from >= source.cap || n > source.cap - from) {
		g_string_free(text, TRUE);
		return NULL;
	}
	g_string_append_printf(text, "frame[%u:%u] == ", from, n);
	for (uint32_t i = 0; i < n; i++)
		g_string_append_printf(text, "%s%02x", i > 0 ? ":" : "", source.p[from + i]);
	return g_string_free(text, FALSE);
}

char *filter_joined(const char *filter, enum filter_join how, const char *more)
{
	const bool none = filter[strspn(filter, " \t\r\n")] == '\0';
	const bool not = how == FILTER_NOT || how == FILTER_AND_NOT || how == FILTER_OR_NOT;
	char *test = not ? g_strdup_printf("!(%s)", more) : g_strdup(more);
	char *joined;

	if (none || how == FILTER_REPLACE || how == FILTER_NOT)
		return test;
	const bool and = how == FILTER_AND || how == FILTER_AND_NOT;
	joined = g_strdup_printf("(%s) %s (%s)", filter, and? "&&" : "||", test);
	g_free(test);
	return joined;
}
