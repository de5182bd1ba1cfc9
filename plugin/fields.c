/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From rows to header_field_info. A row's field has the type that Wireshark's own field of that key
 * has, where that is of the same kind: so a filter that works without the prefix works with it.
 */
#include "fields.h"

#include <string.h>

/* Fields with one name may differ in width, but not in the width of the numbers behind them. */
enum kind { KIND_OTHER, KIND_UINT, KIND_UINT64, KIND_INT, KIND_INT64 };

static int protocols[REM_P_COUNT];
static const struct row_field ***rows[REM_P_COUNT]; /* [table][row] */

/* A row that has been registered; another that looks the same to Wireshark shares its field. */
struct shared {
	const struct shared *next;
	const struct rem_field *row;
	unsigned proto;
	struct row_field field;
};

/* What is known of a key while fields are registered. */
struct key {
	enum kind kind;                         /* that all its rows have */
	const header_field_info *native;        /* NULL: Wireshark has no such field */
	const struct shared *shared;
};

static GHashTable *keys;

int fields_protocol(unsigned proto)
{
	return protocols[proto];
}

const struct row_field *fields_row(unsigned proto, unsigned table, unsigned row)
{
	return rows[proto][table][row];
}

static bool is_text(const struct rem_field *f)
{
	return f->type == REM_T_TEXT || f->type == REM_T_NAME || (f->flags & REM_F_AS_TEXT) != 0;
}

static enum kind kind_of(enum ftenum type)
{
	switch (type) {
	case FT_CHAR:
	case FT_UINT8:
	case FT_UINT16:
	case FT_UINT24:
	case FT_UINT32: return KIND_UINT;
	case FT_UINT40:
	case FT_UINT48:
	case FT_UINT56:
	case FT_UINT64: return KIND_UINT64;
	case FT_INT8:
	case FT_INT16:
	case FT_INT24:
	case FT_INT32: return KIND_INT;
	case FT_INT40:
	case FT_INT48:
	case FT_INT56:
	case FT_INT64: return KIND_INT64;
	default: return KIND_OTHER;
	}
}

/* Bytes that a row's bits touch; 0: nobody knows beforehand. */
static unsigned bytes_of(const struct rem_field *f)
{
	const unsigned width = REM_WIDTH(f->bits);

	return width == 0 ? 0 : ((REM_OFF(f->bits) & 7) + width + 7) / 8;
}

static bool is_wide(const struct rem_field *f)
{
	const unsigned n = bytes_of(f);

	return n == 0 || n > 4;
}

static enum kind own_kind(const struct rem_field *f)
{
	if (is_text(f))
		return KIND_OTHER;
	if (f->type == REM_T_UINT)
		return is_wide(f) ? KIND_UINT64 : KIND_UINT;
	if (f->type == REM_T_INT)
		return is_wide(f) ? KIND_INT64 : KIND_INT;
	return KIND_OTHER;
}

static struct key *key_of(const struct rem_field *f)
{
	struct key *key = g_hash_table_lookup(keys, f->key);

	if (key == NULL) {
		key = wmem_new0(wmem_epan_scope(), struct key);
		key->native = proto_registrar_get_byname(f->key);
		g_hash_table_insert(keys, (gpointer)f->key, key);
	}
	return key;
}

/* The kind of a key is Wireshark's own if that is a number, else the widest of its rows. */
static void note_kind(const struct rem_field *f)
{
	struct key *key = key_of(f);
	enum kind kind = own_kind(f);

	if (kind == KIND_OTHER)
		return;
	if (key->native != NULL && kind_of(key->native->type) != KIND_OTHER)
		kind = kind_of(key->native->type);
	key->kind = MAX(key->kind, kind);
}

/* What is computed may need more than its bits. */
static bool is_plain(const struct rem_field *f)
{
	return f->calc == NULL && f->scale <= 1 && f->plus == 0;
}

static enum ftenum integer_type(const struct rem_field *f, const struct key *key)
{
	static const enum ftenum types[][9] = {
		[KIND_UINT] = {FT_UINT32, FT_UINT8, FT_UINT16, FT_UINT24, FT_UINT32, FT_UINT32,
			       FT_UINT32, FT_UINT32, FT_UINT32},
		[KIND_UINT64] = {FT_UINT64, FT_UINT64, FT_UINT64, FT_UINT64, FT_UINT64, FT_UINT40,
				 FT_UINT48, FT_UINT56, FT_UINT64},
		[KIND_INT] = {FT_INT32, FT_INT8, FT_INT16, FT_INT24, FT_INT32, FT_INT32, FT_INT32,
			      FT_INT32, FT_INT32},
		[KIND_INT64] = {FT_INT64, FT_INT64, FT_INT64, FT_INT64, FT_INT64, FT_INT40,
				FT_INT48, FT_INT56, FT_INT64},
	};

	if (f->type == REM_T_UINT && key->native != NULL && key->native->type == FT_CHAR)
		return FT_CHAR;
	return types[key->kind][is_plain(f) ? MIN(bytes_of(f), 8) : 0];
}

static enum ftenum type_of(const struct rem_field *f, const struct key *key)
{
	static const enum ftenum types[REM_T_TYPES] = {
		[REM_T_NONE] = FT_NONE,
		[REM_T_BOOL] = FT_BOOLEAN,
		[REM_T_IPV4] = FT_IPv4,
		[REM_T_IPV6] = FT_IPv6,
		[REM_T_MAC] = FT_ETHER,
		[REM_T_EUI64] = FT_EUI64,
		[REM_T_BYTES] = FT_BYTES,
		[REM_T_TIME] = FT_ABSOLUTE_TIME,
		[REM_T_SPAN] = FT_RELATIVE_TIME,
		[REM_T_FIXED] = FT_DOUBLE,
	};

	if (is_text(f))
		return FT_STRING;
	if (f->type == REM_T_UINT || f->type == REM_T_INT)
		return integer_type(f, key);
	return types[f->type];
}

/* Does Wireshark show the bits of this row within their bytes? */
static bool is_masked(const struct rem_field *f, const struct row_field *r)
{
	const unsigned width = REM_WIDTH(f->bits), n = bytes_of(f);

	if ((f->type != REM_T_UINT && f->type != REM_T_BOOL) || r->text || r->wide || r->is_signed)
		return false;
	return is_plain(f) && !REM_IS_LE(f->bits) && n > 0 && n <= 4 && width < 8 * n;
}

static int display_of(enum ftenum type, const struct rem_field *f)
{
	switch (kind_of(type)) {
	case KIND_OTHER: break;
	case KIND_INT:
	case KIND_INT64: return BASE_DEC;
	default:
		if (type == FT_CHAR)
			return BASE_HEX;
		return f->show == REM_OCT ? BASE_OCT
		       : f->show == REM_DEC || f->show == REM_WORD || f->show == REM_CHAR
			       ? BASE_DEC
			       : BASE_HEX;
	}
	return type == FT_ABSOLUTE_TIME ? ABSOLUTE_TIME_UTC : BASE_NONE;
}

static value_string *short_names(const struct rem_names *names)
{
	value_string *v = wmem_alloc0_array(wmem_epan_scope(), value_string, names->n + 1);

	for (uint32_t i = 0; i < names->n; i++)
		v[i] = (value_string){names->name[i].value, names->name[i].text};
	return v;
}

static val64_string *long_names(const struct rem_names *names)
{
	val64_string *v = wmem_alloc0_array(wmem_epan_scope(), val64_string, names->n + 1);

	for (uint32_t i = 0; i < names->n; i++)
		v[i] = (val64_string){names->name[i].value, names->name[i].text};
	return v;
}

/* The names of a row's values, in the form that its type wants. A flag without any has Wireshark's. */
static void give_names(header_field_info *hf, const struct rem_field *f,
		       const header_field_info *native)
{
	const enum kind kind = kind_of(hf->type);

	if (f->names == NULL && hf->type == FT_BOOLEAN && native != NULL &&
	    native->type == FT_BOOLEAN)
		hf->strings = native->strings;
	if (f->names == NULL || f->names->n == 0)
		return;
	if (hf->type == FT_BOOLEAN) {
		const char *yes = rem_name_of(f->names, 1), *no = rem_name_of(f->names, 0);
		true_false_string *words = g_new0(true_false_string, 1);

		*words = (true_false_string){yes != NULL ? yes : "True", no != NULL ? no : "False"};
		hf->strings = words;
	} else if (kind == KIND_UINT) {
		hf->strings = VALUE_STRINGS(short_names(f->names), f->names->n + 1,
					    g_strdup(hf->abbrev));
		hf->display |= BASE_EXT_STRING | BASE_SPECIAL_VALS;
	} else if (kind == KIND_UINT64) {
		hf->strings = long_names(f->names);
		hf->display |= BASE_VAL64_STRING | BASE_SPECIAL_VALS;
	}
}

static void fill(hf_register_info *hf, const struct rem_field *f, const struct key *key,
		 struct row_field *r)
{
	const enum ftenum type = type_of(f, key);
	const enum kind kind = kind_of(type);

	r->text = is_text(f);
	r->wide = kind == KIND_UINT64 || kind == KIND_INT64;
	r->is_signed = kind == KIND_INT || kind == KIND_INT64;
	r->masked = is_masked(f, r);
	hf->p_id = &r->hf;
	hf->hfinfo = (header_field_info){
		.name = f->name,
		.abbrev = g_strconcat("remora.", f->key, NULL),
		.type = type,
		.display = display_of(type, f),
		.blurb = f->about,
		.id = -1,
		.ref_type = HF_REF_TYPE_NONE,
		.same_name_prev_id = -1,
	};
	if (r->masked) {
		const unsigned n = bytes_of(f), width = REM_WIDTH(f->bits);

		r->shift = (uint8_t)(8 * n - (REM_OFF(f->bits) & 7) - width);
		hf->hfinfo.bitmask = (((guint64)1 << width) - 1) << r->shift;
		if (type == FT_BOOLEAN)
			hf->hfinfo.display = (int)(8 * n);
	}
	give_names(&hf->hfinfo, f, key->native);
}

/* Are two rows of one key the same to Wireshark, wherever their bytes are? */
static bool looks_same(const struct rem_field *a, const struct rem_field *b)
{
	return a->type == b->type && a->show == b->show && a->names == b->names &&
	       is_text(a) == is_text(b) && is_plain(a) == is_plain(b) &&
	       (REM_OFF(a->bits) & 7) == (REM_OFF(b->bits) & 7) &&
	       REM_WIDTH(a->bits) == REM_WIDTH(b->bits) &&
	       REM_IS_LE(a->bits) == REM_IS_LE(b->bits) && strcmp(a->name, b->name) == 0 &&
	       strcmp(a->about, b->about) == 0;
}

static const struct row_field *shared_field(const struct key *key, unsigned p,
					    const struct rem_field *f)
{
	for (const struct shared *s = key->shared; s != NULL && s->proto == p; s = s->next) {
		if (looks_same(s->row, f))
			return &s->field;
	}
	return NULL;
}

/* The field of a row; what Wireshark has to know of a new one goes to the end of `all`. */
static const struct row_field *field_of(const struct rem_field *f, unsigned p, GArray *all)
{
	static const struct row_field none = {.hf = -1};

	if (f->key == NULL)
		return &none;
	struct key *key = key_of(f);
	const struct row_field *known = shared_field(key, p, f);
	if (known != NULL)
		return known;
	struct shared *s = wmem_new0(wmem_epan_scope(), struct shared);
	hf_register_info hf;

	s->next = key->shared;
	s->row = f;
	s->proto = p;
	s->field.hf = -1;
	key->shared = s;
	fill(&hf, f, key, &s->field);
	g_array_append_val(all, hf);
	return &s->field;
}

static void register_rows(unsigned p)
{
	const struct rem_proto *proto = rem_protos[p];
	GArray *all = g_array_new(FALSE, TRUE, sizeof(hf_register_info));

	rows[p] = g_new0(const struct row_field **, proto->tables);
	for (unsigned t = 0; t < proto->tables; t++) {
		const struct rem_table *table = &proto->table[t];

		rows[p][t] = g_new0(const struct row_field *, table->rows);
		for (unsigned i = 0; i < table->rows; i++)
			rows[p][t][i] = field_of(&table->row[i], p, all);
	}
	/* Wireshark keeps the array. */
	const int n = (int)all->len;
	proto_register_field_array(protocols[p],
				   (hf_register_info *)(void *)g_array_free(all, FALSE), n);
}

/* Two protocols may have one key, as the versions of SLL do; the first names both. */
static int protocol_of(const struct rem_proto *proto)
{
	char *key = g_strconcat("remora.", proto->key, NULL);
	const int known = proto_get_id_by_filter_name(key);

	return known >= 0 ? known
			  : proto_register_protocol(g_strdup_printf("remora: %s", proto->title),
						    g_strdup_printf("remora %s", proto->name), key);
}

static void note_kinds(const struct rem_proto *proto)
{
	for (unsigned t = 0; t < proto->tables; t++) {
		for (unsigned i = 0; i < proto->table[t].rows; i++) {
			if (proto->table[t].row[i].key != NULL)
				note_kind(&proto->table[t].row[i]);
		}
	}
}

void fields_register(void)
{
	keys = g_hash_table_new(g_str_hash, g_str_equal);
	for (unsigned p = 0; p < REM_P_COUNT; p++)
		note_kinds(rem_protos[p]);
	for (unsigned p = 0; p < REM_P_COUNT; p++) {
		const struct rem_proto *proto = rem_protos[p];

		protocols[p] = -1;
		if ((proto->flags & REM_PROTO_DERIVED) != 0)
			continue;
		protocols[p] = protocol_of(proto);
		register_rows(p);
	}
	g_hash_table_destroy(keys);
	keys = NULL;
}
