/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Layers, parts and rows as items. Where nobody looks at the tree, only rows are added that a
 * filter, a column or a tap refers to, and neither texts nor subtrees are made.
 */
#include "tree.h"

#include "experts.h"
#include "fields.h"
#include "values.h"

#include <remora/text.h>

enum { DEEPEST = 8, WORDS = 4, TEXT = 512 };

static int ett_layer = -1, ett_part = -1, ett_word = -1;

/* Words of flags, each within the one before: their bits become children. */
struct words {
	struct {
		uint32_t end; /* bits */
		proto_tree *tree;
	} word[WORDS];
	unsigned n;
};

struct walk {
	const struct rem_breakdown *b;
	tvbuff_t *tvb;
	packet_info *pinfo;
	bool shown;
	proto_tree *at[DEEPEST + 1]; /* where parts of a depth belong */
};

static void terminate(struct rem_out *o)
{
	*o->p = '\0';
}

/* A text of a bounded length; the last byte is for the NUL. */
#define TEXT_OUT(name, buffer) struct rem_out name = {buffer, buffer + sizeof(buffer) - 1, false}

/* Behind the value: what it means, where Wireshark does not say so by itself; else its unit. */
static void append_meaning(proto_item *item, const struct rem_row *row, const struct rem_value *v)
{
	const struct rem_field *f = row->field;
	char text[TEXT];
	TEXT_OUT(o, text);

	if ((f->flags & REM_F_CONTAINER) != 0 && f->names == NULL)
		rem_out_meaning(&o, row, v);
	terminate(&o);
	if (o.p > text)
		proto_item_append_text(item, " (%s)", text);
	else if (f->unit != NULL && f->show != REM_WORD && f->show != REM_LETTERS)
		proto_item_append_text(item, " %s", f->unit);
}

static void dress(proto_item *item, const struct rem_row *row, const struct rem_value *v)
{
	const unsigned flags = row->field->flags;

	append_meaning(item, row, v);
	if ((flags & (REM_F_ALIAS | REM_F_HIDDEN)) != 0)
		proto_item_set_hidden(item);
	if ((flags & REM_F_DERIVED) != 0)
		proto_item_set_generated(item);
}

/* A row without a key is only something to look at. */
static proto_item *add_keyless(const struct walk *w, proto_tree *tree, const struct rem_row *row,
			       const struct rem_value *v)
{
	char text[TEXT];
	TEXT_OUT(o, text);
	proto_item *item;

	if (!w->shown)
		return NULL;
	rem_out_str(&o, row->field->name);
	rem_out_str(&o, ": ");
	rem_out_value(&o, row->field, row->bits, v);
	terminate(&o);
	proto_tree_add_subtree(tree, w->tvb, row_start(row), row_length(row), ett_word, &item,
			       text);
	return item;
}

/* The tree that a row belongs to: the innermost word that it lies in. */
static proto_tree *home_of(struct words *words, const struct rem_row *row, proto_tree *tree)
{
	while (words->n > 0 && row->bit + row->bits > words->word[words->n - 1].end)
		words->n--;
	return words->n > 0 ? words->word[words->n - 1].tree : tree;
}

static void open_word(struct words *words, const struct rem_row *row, proto_item *item)
{
	if (words->n == WORDS)
		return;
	words->word[words->n].end = row->bit + row->bits;
	words->word[words->n].tree = proto_item_add_subtree(item, ett_word);
	words->n++;
}

static void add_row(const struct walk *w, proto_tree *tree, struct words *words,
		    const struct rem_row *row)
{
	const struct rem_part *part = row->part;
	const struct row_field *field = fields_row(part->proto, part->table, row->index);
	const bool lies = part->err != REM_OK && part->err_row == row->index;
	struct rem_value v;

	if (!w->shown && !lies && (field->hf < 0 || !proto_field_is_referenced(tree, field->hf)))
		return;
	if (!rem_row_value(w->b, row, &v))
		return;
	proto_tree *home = home_of(words, row, tree);
	proto_item *item = field->hf < 0 ? add_keyless(w, home, row, &v)
					 : value_add(home, w->tvb, field, row, &v);
	if (lies)
		experts_raise(w->pinfo, item, part->err);
	if (!w->shown)
		return;
	dress(item, row, &v);
	if ((row->field->flags & REM_F_CONTAINER) != 0)
		open_word(words, row, item);
}

static void add_rows(const struct walk *w, proto_tree *tree, const struct rem_part *part)
{
	struct rem_row_walk rows = {0};
	struct words words = {.n = 0};
	struct rem_row row;

	while (rem_row_next(w->b, part, &rows, &row))
		add_row(w, tree, &words, &row);
}

/* "Maximum segment size: 1460": the table's title and what completes it. */
static proto_item *add_heading(const struct walk *w, proto_tree *tree, const struct rem_part *part,
			       proto_tree **subtree)
{
	char text[TEXT];
	TEXT_OUT(o, text);
	struct rem_row row;
	struct rem_value v;
	proto_item *item;

	rem_out_str(&o, rem_part_table(part)->title);
	if (rem_part_label(w->b, part, &row, &v)) {
		rem_out_str(&o, ": ");
		const char *before = o.p;
		rem_out_meaning(&o, &row, &v);
		if (o.p == before)
			rem_out_value(&o, row.field, row.bits, &v);
	}
	terminate(&o);
	*subtree = proto_tree_add_subtree(tree, w->tvb, (int)part->off, (int)part->len, ett_part,
					  &item, text);
	return item;
}

static void add_part(struct walk *w, const struct rem_part *part)
{
	const unsigned depth = MIN(part->depth, DEEPEST - 1u);
	proto_tree *tree = w->at[depth];
	proto_item *item = proto_tree_get_parent(tree);

	if (w->shown && !rem_part_opens(w->b, part) && rem_part_table(part)->title != NULL &&
	    !rem_part_is_row(part))
		item = add_heading(w, tree, part, &tree);
	for (unsigned i = depth + 1; i <= DEEPEST; i++)
		w->at[i] = tree;
	if (part->err != REM_OK && part->err_row == REM_NO_ROW)
		experts_raise(w->pinfo, item, part->err);
	add_rows(w, tree, part);
}

/* Bytes that are marked, but belong to the layer behind: udp.payload. */
static bool is_payload(const struct rem_part *part)
{
	const struct rem_field *f = rem_part_table(part)->row;

	return f->class == REM_C_PAYLOAD && (f->flags & REM_F_HIDDEN) != 0;
}

/* How far a layer's bytes reach: over all its parts, its payload not counted. */
static uint32_t layer_end(const struct rem_breakdown *b, int layer)
{
	uint32_t end = b->part[layer].off;

	for (int i = layer; i >= 0; i = rem_layer_part_next(b, layer, i)) {
		const struct rem_part *part = &b->part[i];

		if ((part->flags & REM_PART_TRAILER) == 0 && !is_payload(part))
			end = MAX(end, part->off + part->len);
	}
	return end;
}

/* "TCP, 51982 → 80 [SYN] seq 0": the protocol, and its own line if it has one. */
static void title_layer(const struct walk *w, proto_item *item, const struct rem_part *layer)
{
	char text[TEXT];
	TEXT_OUT(o, text);
	rem_info *info = *rem_infos[layer->proto];

	if (info != NULL) {
		rem_out_str(&o, ", ");
		info(w->b, layer, &o);
	}
	terminate(&o);
	proto_item_set_text(item, "%s%s%s", rem_part_proto(layer)->title,
			    (layer->flags & REM_PART_QUOTED) != 0 ? ", quoted" : "", text);
}

static void add_layer(struct walk *w, proto_tree *tree, int layer)
{
	const struct rem_part *opener = &w->b->part[layer];
	/* A protocol's value are its bytes and what is behind them: remora.ip[8]. */
	proto_item *item = proto_tree_add_item(tree, fields_protocol(opener->proto),
					       tvb_new_subset_remaining(w->tvb, (int)opener->off),
					       0, (int)(layer_end(w->b, layer) - opener->off),
					       ENC_NA);

	w->at[0] = proto_item_add_subtree(item, ett_layer);
	if (w->shown)
		title_layer(w, item, opener);
	if (rem_layer_sum(w->b, opener) == REM_SUM_BAD)
		experts_raise(w->pinfo, item, REM_SUM);
	for (int i = layer; i >= 0; i = rem_layer_part_next(w->b, layer, i))
		add_part(w, &w->b->part[i]);
}

/* Wireshark's list of protocols has ours, too. */
static bool is_enabled(unsigned proto)
{
	return proto_is_protocol_enabled(find_protocol_by_id(fields_protocol(proto)));
}

void tree_add(const struct rem_breakdown *b, const struct rem_set *layers, tvbuff_t *tvb,
	      packet_info *pinfo, proto_tree *tree)
{
	struct walk w = {.b = b, .tvb = tvb, .pinfo = pinfo, .shown = tree_is_shown(tree)};
	const uint8_t number = pinfo->curr_proto_layer_num;
	uint8_t seen[REM_P_COUNT] = {0};

	for (int i = rem_layer_next(b, -1); i >= 0; i = rem_layer_next(b, i)) {
		const unsigned proto = b->part[i].proto;

		seen[proto]++;
		pinfo->curr_proto_layer_num = seen[proto];      /* remora.ip.ttl#2 */
		if ((layers == NULL || rem_set_has(layers, proto)) && is_enabled(proto))
			add_layer(&w, tree, i);
	}
	pinfo->curr_proto_layer_num = number;
}

void tree_register(void)
{
	static int *const trees[] = {&ett_layer, &ett_part, &ett_word};

	proto_register_subtree_array(trees, G_N_ELEMENTS(trees));
}
