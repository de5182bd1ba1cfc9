/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The two ways in. As a post-dissector remora looks at each whole frame when Wireshark is done with
 * it; by name one of its protocols takes the place of Wireshark's own (Decode As).
 */
#include "dissect.h"

#include "crosscheck.h"
#include "experts.h"
#include "fields.h"
#include "tree.h"

#include <remora/line.h>
#include <remora/numbers.h>
#include <remora/quic.h>
#include <string.h>

enum { PARTS = 32768, LINE = 2048, SLOTS = 8 * REM_INDEX_SLOTS };

static int proto_remora = -1, hf_breakdown = -1, ett_remora = -1;
static struct rem_slot slots[SLOTS];
static struct rem_part parts[PARTS];
static struct rem_index protocols;
static struct rem_want asked;
static struct rem_quic_known quic;
static struct rem_breakdown breakdown = {
	.index = &protocols, .part = parts, .room = PARTS, .quic = &quic};

wmem_allocator_t *packet_memory;

/* By Wireshark's number of an encapsulation: the protocol that a frame begins with. */
static uint8_t *first_of;
static int encaps;

/* Preferences. */
static WS_BOOL show_tree = TRUE, check = FALSE;
static const char *layer_names = "";
static struct rem_set shown_layers;

static struct rem_view view_of(tvbuff_t *tvb)
{
	const unsigned cap = tvb_captured_length(tvb);

	return (struct rem_view){tvb_get_ptr(tvb, 0, (int)cap), cap, tvb_reported_length(tvb)};
}

/* ---- the post-dissector ---- */

/* "remora: Ethernet, IPv4, TCP, HTTP" */
static void add_names(proto_item *item)
{
	for (int i = rem_layer_next(&breakdown, -1); i >= 0; i = rem_layer_next(&breakdown, i))
		proto_item_append_text(item, "%s %s", i == 0 ? ":" : ",",
				       rem_part_proto(&parts[i])->name);
}

static void add_line(proto_tree *tree, tvbuff_t *tvb)
{
	static const struct rem_line form = {.classes = REM_LINE_CLASSES, .subfields = 2};
	char text[LINE];
	struct rem_out o = {text, text + sizeof(text) - 1, false};

	rem_out_breakdown(&o, &breakdown, tvb_reported_length(tvb), &form);
	*o.p = '\0';
	proto_item_set_generated(proto_tree_add_string(tree, hf_breakdown, tvb, 0, -1, text));
}

/*
 * What is looked for in this frame: all of it where somebody looks at the tree, wants expert items,
 * or asks for what may come from anywhere, else the protocols whose fields a filter, a column or a tap asks for.
 * False: nothing.
 */
static bool find_asked(proto_tree *tree)
{
	struct rem_set set = {0};
	bool any = false;

	breakdown.want = NULL;
	if (proto_field_is_referenced(tree, proto_remora) || experts_are_wanted(tree))
		return true;
	for (unsigned p = 0; p < REM_P_COUNT; p++) {
		if (fields_protocol(p) >= 0 &&
		    proto_field_is_referenced(tree, fields_protocol(p))) {
			rem_set_add(&set, p);
			any = true;
		}
	}
	breakdown.want = &asked;
	if (any && memcmp(&set, &asked.proto, sizeof(set)) != 0) {
		asked.proto = asked.detail = set;
		rem_want_settle(&asked, &protocols);
	}
	return any;
}

/* The layers to add; NULL: all. */
static const struct rem_set *chosen(void)
{
	if (breakdown.want != NULL)
		return &asked.proto;
	return *layer_names != '\0' ? &shown_layers : NULL;
}

/* The tree, if there is somebody to see it. */
static void show(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, bool asked_for, bool differs,
		 const struct rem_set *layers)
{
	experts_begin(tree);
	proto_item *item = proto_tree_add_item(tree, proto_remora, tvb, 0, -1, ENC_NA);
	proto_tree *remora = proto_item_add_subtree(item, ett_remora);

	if (tree_is_shown(tree))
		add_names(item);
	if (differs)
		crosscheck_show(tvb, pinfo, remora);
	if (!asked_for)
		return;
	tree_add(&breakdown, layers, tvb, pinfo, remora);
	if (tree_is_shown(tree) || proto_field_is_referenced(tree, hf_breakdown))
		add_line(remora, tvb);
}

/* When the frame was captured; 0: nobody knows, or in no year that remora can count to. */
static int64_t time_of(const packet_info *pinfo)
{
	const int64_t most = INT64_MAX / 1000000000 - 1;

	if ((pinfo->presence_flags & PINFO_HAS_TS) == 0 || pinfo->abs_ts.secs > most ||
	    pinfo->abs_ts.secs < -most)
		return 0;
	return (int64_t)pinfo->abs_ts.secs * 1000000000 + pinfo->abs_ts.nsecs;
}

/* The protocol that a frame begins with; REM_P_DATA: none that we know. */
static unsigned first_in(const packet_info *pinfo)
{
	const int encap = pinfo->rec->rec_header.packet_header.pkt_encap;

	if (pinfo->rec->rec_type != REC_TYPE_PACKET || encap < 0 || encap >= encaps)
		return REM_P_DATA;
	return first_of[encap];
}

static int dissect_frame(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
	(void)data;
	packet_memory = pinfo->pool;
	if (tree == NULL && !experts_are_wanted(tree))
		return 0;
	const unsigned first = first_in(pinfo);
	const bool judged = tree != NULL && crosscheck_is_on();
	const bool asked_for = show_tree && find_asked(tree);
	if (first == REM_P_DATA || (!judged && !asked_for))
		return 0;
	const struct rem_set *layers = chosen();
	if (judged)
		breakdown.want = NULL;
	breakdown.time_ns = time_of(pinfo);
	quic.layer = NULL;
	if (rem_break_down(&breakdown, first, view_of(tvb)) == 0)
		return 0;
	const bool differs = judged && crosscheck_judge(&breakdown, tvb, pinfo, tree);
	if (!asked_for && !differs)
		return 0;
	show(tvb, pinfo, tree, asked_for, differs, layers);
	return (int)tvb_captured_length(tvb);
}

/* ---- by name ---- */

/* Is it the packet's own, and more than bytes that nobody knows? */
static bool is_telling(const struct rem_part *layer)
{
	return (layer->flags & REM_PART_QUOTED) == 0 && layer->proto != REM_P_DATA;
}

static const char *name_of_frame(void)
{
	const struct rem_part *layer = rem_layer_last(&breakdown);

	while (layer->layer > 0 && !is_telling(layer))
		layer = rem_layer_above(&breakdown, layer);
	return rem_part_proto(layer)->name;
}

static void give_address(packet_info *pinfo, int column, const struct rem_part *layer,
			 unsigned index)
{
	char text[LINE];
	struct rem_out o = {text, text + sizeof(text) - 1, false};
	struct rem_value v;
	struct rem_row row;

	if (!rem_row_at(&breakdown, layer, index, &row) || !rem_row_value(&breakdown, &row, &v))
		return;
	rem_out_value(&o, row.field, row.bits, &v);
	*o.p = '\0';
	col_add_str(pinfo->cinfo, column, text);
}

/* Of the deepest layer that has addresses; without one, what Wireshark knows stays. */
static void give_addresses(packet_info *pinfo)
{
	const struct rem_part *layer = rem_layer_last(&breakdown);

	for (; layer != NULL; layer = rem_layer_above(&breakdown, layer)) {
		const struct rem_proto *proto = rem_part_proto(layer);

		if (proto->source == proto->destination || !is_telling(layer))
			continue;
		give_address(pinfo, COL_DEF_SRC, layer, proto->source);
		give_address(pinfo, COL_DEF_DST, layer, proto->destination);
		return;
	}
}

static void give_columns(packet_info *pinfo)
{
	char text[LINE];
	struct rem_out o = {text, text + sizeof(text) - 1, false};

	rem_out_info(&o, &breakdown);
	*o.p = '\0';
	col_set_str(pinfo->cinfo, COL_PROTOCOL, name_of_frame());
	col_add_str(pinfo->cinfo, COL_INFO, text);
	give_addresses(pinfo);
}

static int dissect_as(unsigned proto, tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
	packet_memory = pinfo->pool;
	breakdown.want = NULL;
	quic.layer = NULL;
	if (rem_break_down(&breakdown, proto, view_of(tvb)) == 0 || parts[0].proto != proto)
		return 0;
	give_columns(pinfo);
	experts_begin(tree);
	if (tree != NULL)
		tree_add(&breakdown, NULL, tvb, pinfo, tree);
	return (int)tvb_captured_length(tvb);
}

/* A dissector is a function without an argument of its own, so that each protocol needs one. */
#define REM_PROTO(name, id) \
	static int dissect_as_##name(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, \
				     void *data) \
	{ \
		(void)data; \
		return dissect_as(REM_P_##id, tvb, pinfo, tree); \
	} \
	static WS_BOOL probe_as_##name(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, \
				       void *data) \
	{ \
		(void)data; \
		return rem_proto_##name.probe(view_of(tvb)) && \
		       dissect_as(REM_P_##id, tvb, pinfo, tree) > 0; \
	}
#include <remora/protos.def>
#undef REM_PROTO

static const struct {
	const char *name;
	dissector_t dissect;
	heur_dissector_t probe;
} functions[REM_P_COUNT] = {
#define REM_PROTO(name, id) [REM_P_##id] = {#name, dissect_as_##name, probe_as_##name},
#include <remora/protos.def>
#undef REM_PROTO
};

/* Wireshark's tables for our number spaces; NULL: it has none that one could choose from. */
static const char *table_of(unsigned space)
{
	static const char *const tables[REM_SPACES] = {
		[REM_SPACE_ETHERTYPE] = "ethertype",
		[REM_SPACE_IP] = "ip.proto",
		[REM_SPACE_UDP] = "udp.port",
		[REM_SPACE_TCP] = "tcp.port",
	};

	return tables[space];
}

static void offer(unsigned p)
{
	const struct rem_proto *proto = rem_protos[p];
	dissector_handle_t handle = create_dissector_handle(functions[p].dissect,
							    fields_protocol(p));
	unsigned offered = 0;

	for (unsigned i = 0; i < proto->binds; i++) {
		const unsigned space = proto->bind[i].space;

		if (table_of(space) == NULL || (offered >> space & 1) != 0)
			continue;
		dissector_add_for_decode_as(table_of(space), handle);
		offered |= 1u << space;
	}
	if (proto->probe == NULL)
		return;
	const char *list = proto->probe_space == REM_SPACE_TCP ? "tcp" : "udp";
	heur_dissector_add(list, functions[p].probe,
			   g_strdup_printf("remora %s", proto->name),
			   g_strdup_printf("remora_%s_%s", proto->key, list), fields_protocol(p),
			   HEURISTIC_DISABLE);
}

/* ---- registration ---- */

/* The names in the preference; what is none of ours is said and left out. */
static void take_preferences(void)
{
	char **words = g_strsplit_set(layer_names, " ,", -1);

	shown_layers = (struct rem_set){0};
	for (char **word = words; *word != NULL; word++) {
		const int p = rem_proto_find(*word, strlen(*word));

		if (p >= 0)
			rem_set_add(&shown_layers, (unsigned)p);
		else if (**word != '\0')
			report_warning("remora.layers: there is no layer \"%s\"", *word);
	}
	g_strfreev(words);
	crosscheck_prefer(check);
}

static void register_preferences(void)
{
	module_t *module = prefs_register_protocol(proto_remora, take_preferences);

	prefs_register_bool_preference(module, "tree", "Show what remora sees of each frame",
				       "A tree of remora's own behind Wireshark's", &show_tree);
	prefs_register_bool_preference(module, "crosscheck", "Compare with Wireshark's own fields",
				       "Each field of remora's against Wireshark's of that name: "
				       "where they differ is remora.disagreement",
				       &check);
	prefs_register_string_preference(module, "layers", "Layers to show",
					 "By their keys, with commas between (ip,tcp); empty: all",
					 &layer_names);
}

/* What a link type means to us, by Wireshark's number for it. */
static void find_links(void)
{
	encaps = wtap_get_num_encap_types();
	first_of = g_new(uint8_t, (gsize)encaps);
	memset(first_of, REM_P_DATA, (size_t)encaps);
	for (unsigned p = 0; p < REM_P_COUNT; p++) {
		for (unsigned i = 0; i < rem_protos[p]->binds; i++) {
			const struct rem_bind *bind = &rem_protos[p]->bind[i];
			const int encap = wtap_pcap_encap_to_wtap_encap((int)bind->value);

			if (bind->space == REM_SPACE_LINKTYPE && encap > 0 && encap < encaps)
				first_of[encap] = (uint8_t)p;
		}
	}
}

/* remora.tcp; the second of two protocols that have one key goes by its file's name: remora.sll2. */
static void register_name(unsigned p)
{
	char *name = g_strconcat("remora.", rem_protos[p]->key, NULL);

	if (find_dissector(name) != NULL) {
		g_free(name);
		name = g_strconcat("remora.", functions[p].name, NULL);
	}
	register_dissector(name, functions[p].dissect, fields_protocol(p));
}

void dissect_register(void)
{
	static hf_register_info fields[] = {
		{&hf_breakdown,
		 {"Breakdown", "remora.breakdown", FT_STRING, BASE_NONE, NULL, 0,
		  "The frame's layers in one line.", HFILL}},
	};
	static int *const trees[] = {&ett_remora};

	proto_remora = proto_register_protocol("remora", "remora", "remora");
	proto_register_field_array(proto_remora, fields, G_N_ELEMENTS(fields));
	proto_register_subtree_array(trees, G_N_ELEMENTS(trees));
	fields_register();
	tree_register();
	experts_register(proto_remora);
	register_preferences();
	for (unsigned p = 0; p < REM_P_COUNT; p++) {
		if (fields_protocol(p) >= 0)
			register_name(p);
	}
	dissector_handle_t post = register_dissector("remora", dissect_frame, proto_remora);
	register_postdissector(post);
	crosscheck_register(proto_remora, post);
}

void dissect_handoff(void)
{
	if (rem_index_init(&protocols, slots, SLOTS) != REM_OK)
		g_error("protos.def has more bindings than there is room for");
	find_links();
	for (unsigned p = 0; p < REM_P_COUNT; p++) {
		if (fields_protocol(p) >= 0)
			offer(p);
	}
}
