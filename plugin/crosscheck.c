/* SPDX-License-Identifier: GPL-2.0-or-later */
/* When frames are judged, and how what differs is shown. */
#include "crosscheck.h"

#include "apart.h"
#include "judge.h"
#include "keys.h"
#include "summary.h"

#include <remora/text.h>
#include <string.h>

enum { VALUE = 80, LINE = 512 }; /* bytes of a value's text, and of a disagreement's */

static int hf_disagreement = -1;
static expert_field wrong_disagreement = EI_INIT;
static dissector_handle_t dissector;
static bool preferred;
static int protocol;

/* What is said about a frame. */
struct remark {
	struct remark *next;
	int start, n; /* the bytes it is about */
	const char *text;
};

static const struct remark *remarks; /* of the frame at hand */

/* ---- on and off ---- */

/* Wireshark's fields that are compared, or that tell what can be. The caller's. */
static GArray *fields_wanted(void)
{
	GArray *wanted = keys_wanted();

	excuses_want(wanted);
	apart_want(wanted);
	return wanted;
}

bool crosscheck_is_on(void)
{
	return preferred || summary_is_wanted();
}

/* From now on Wireshark builds its own fields of our keys when a frame is dissected first. */
void crosscheck_prefer(bool on)
{
	if (on == preferred)
		return;
	preferred = on;
	if (on)
		judge_prepare();
	set_postdissector_wanted_hfids(dissector, on ? fields_wanted() : NULL);
}

/* ---- texts ---- */

static void out_place(struct rem_out *o, int64_t bit, int64_t bits)
{
	if (bit < 0) {
		rem_out_str(o, " at no bits");
		return;
	}
	rem_out_str(o, bits == 1 ? " at bit " : " at bits ");
	rem_out_uint(o, (uint64_t)bit);
	if (bits != 1) {
		rem_out_char(o, '-');
		rem_out_uint(o, (uint64_t)(bit + bits - 1));
	}
}

static void out_mine(struct rem_out *o, const struct mine *m)
{
	char text[VALUE];
	struct rem_out value = {text, text + sizeof(text), false};

	if (m == NULL) {
		rem_out_str(o, "nothing");
		return;
	}
	if (m->row.field == NULL)
		rem_out_str(&value, "a layer");
	else
		rem_out_value(&value, m->row.field, m->row.bits, &m->v);
	rem_out_mem(o, text, (size_t)(value.p - text));
	rem_out_str(o, value.full ? "…" : "");
}

static void out_theirs(struct rem_out *o, const struct theirs *t)
{
	if (t == NULL) {
		rem_out_str(o, "nothing");
		return;
	}
	const char *text = fvalue_to_string_repr(wmem_packet_scope(), FIELD_VALUE(t->fi),
						 FTREPR_DISPLAY, t->fi->hfinfo->display);
	const size_t n = text != NULL ? strlen(text) : 0;

	rem_out_text(o, (const uint8_t *)text, MIN(n, VALUE));
	rem_out_str(o, n > VALUE ? "…" : "");
}

/* "ip.len: remora 40, Wireshark 0 at bits 128-143" */
static void out_disagreement(struct rem_out *o, const struct disagreement *d)
{
	rem_out_string(o, key_at(d->key)->name);
	rem_out_str(o, ": remora ");
	out_mine(o, d->mine);
	if (d->mine != NULL && (d->theirs == NULL || d->what == DIFFERS_BITS))
		out_place(o, d->mine->bit, d->mine->bits);
	rem_out_str(o, ", Wireshark ");
	out_theirs(o, d->theirs);
	if (d->theirs != NULL)
		out_place(o, d->theirs->bit, d->theirs->bits);
	if (d->what == DIFFERS_ORDER)
		rem_out_str(o, " in another order");
	if (d->count > 1) {
		rem_out_str(o, ", and ");
		rem_out_uint(o, d->count - 1);
		rem_out_str(o, " more");
	}
}

/* ---- frames ---- */

/* The bytes that a disagreement is about. */
static void find_bytes(const struct disagreement *d, struct remark *remark)
{
	const int64_t bit = d->mine != NULL ? d->mine->bit : d->theirs->bit;
	const int64_t bits = d->mine != NULL ? d->mine->bits : d->theirs->bits;

	if (bit < 0)
		return;
	remark->start = (int)(bit / 8);
	remark->n = (int)((bit + bits + 7) / 8 - bit / 8);
}

static struct remark *remark_of(wmem_allocator_t *scope, const struct disagreement *d)
{
	struct remark *remark = wmem_new0(scope, struct remark);
	char text[LINE];
	struct rem_out o = {text, text + sizeof(text) - 1, false};

	out_disagreement(&o, d);
	*o.p = '\0';
	remark->text = wmem_strdup(scope, text);
	find_bytes(d, remark);
	return remark;
}

static const struct remark *remarks_of(wmem_allocator_t *scope, const struct judgement *j)
{
	struct remark *first = NULL, **end = &first;

	for (const struct disagreement *d = j->first; d != NULL; d = d->next) {
		*end = remark_of(scope, d);
		end = &(*end)->next;
	}
	return first;
}

/*
 * Wireshark's fields can be found when a frame is dissected for the first time, or where the tap
 * asks for them. What was found the first time is kept for all others.
 */
bool crosscheck_judge(const struct rem_breakdown *b, tvbuff_t *tvb, packet_info *pinfo,
		      proto_tree *tree)
{
	struct judgement judgement;

	if (!excuses_are_asked_for()) {
		remarks = p_get_proto_data(wmem_file_scope(), pinfo, protocol, 0);
		return remarks != NULL;
	}
	judge_frame(b, tvb, pinfo, tree, &judgement);
	summary_note(pinfo, &judgement);
	const bool keep = !pinfo->fd->visited && judgement.first != NULL;
	remarks = remarks_of(keep ? wmem_file_scope() : wmem_packet_scope(), &judgement);
	if (keep)
		p_add_proto_data(wmem_file_scope(), pinfo, protocol, 0, (void *)(uintptr_t)remarks);
	return remarks != NULL;
}

void crosscheck_show(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
	for (const struct remark *r = remarks; r != NULL; r = r->next) {
		proto_item *item = proto_tree_add_string(tree, hf_disagreement, tvb, r->start, r->n,
							 r->text);

		proto_item_set_generated(item);
		expert_add_info_format(pinfo, item, &wrong_disagreement, "%s", r->text);
	}
}

void crosscheck_register(int proto, dissector_handle_t post)
{
	static hf_register_info fields[] = {
		{&hf_disagreement,
		 {"Disagreement", "remora.disagreement", FT_STRING, BASE_NONE, NULL, 0,
		  "A field of which remora and Wireshark say different things.", HFILL}},
	};
	static ei_register_info wrongs[] = {
		{&wrong_disagreement,
		 {"remora.disagreement.expert", PI_PROTOCOL, PI_WARN,
		  "remora and Wireshark disagree", EXPFILL}},
	};

	dissector = post;
	protocol = proto;
	proto_register_field_array(proto, fields, G_N_ELEMENTS(fields));
	expert_register_field_array(expert_register_protocol(proto), wrongs, G_N_ELEMENTS(wrongs));
	excuses_register();
	summary_register(fields_wanted);
}
