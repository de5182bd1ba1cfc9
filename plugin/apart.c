/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A layer whose payload is a piece has a field that says so: where the whole is, or which frames it
 * is made of. What is behind that layer Wireshark shows elsewhere, or in other bytes.
 */
#include "apart.h"

#include "keys.h"

#include <epan/prefs-int.h>
#include <string.h>

/* Wireshark's names for such fields, behind the name of the protocol. */
static const char *const pieces[] = {
	"reassembled_in", "reassembled.in", "segment", "segments", "segment_data", "fragment",
	"fragments", "handshake.fragment", "handshake.fragments", "handshake.reassembled_in",
};

/* And of a fragment that is not the last Wireshark shows nothing but data, if it is to put them
 * together: where the whole is, it does not know yet. */
static const struct setting fragments[] = {
	{"ip.flags.mf", "ip", "defragment", true},
	{"ipv6.fraghdr.more", "ipv6", "defragment", true},
};

struct piece {
	unsigned proto;
	GArray *fields;
	const struct setting *setting; /* NULL: any of the fields will do, whatever its value */
};

static GArray *marks; /* struct piece */

static const struct setting settings[] = {
	{"ip.checksum.status", "ip", "check_checksum", true},
	{"ip.checksum_calculated", "ip", "check_checksum", true},
	{"tcp.checksum.status", "tcp", "check_checksum", true},
	{"tcp.checksum_calculated", "tcp", "check_checksum", true},
	{"udp.checksum.status", "udp", "check_checksum", true},
	{"udp.checksum_calculated", "udp", "check_checksum", true},
	{"tcp.options.sack_le", "tcp", "relative_sequence_numbers", false},
	{"tcp.options.sack_re", "tcp", "relative_sequence_numbers", false},
	{"tcp.options.sack.dsack_le", "tcp", "relative_sequence_numbers", false},
	{"tcp.options.sack.dsack_re", "tcp", "relative_sequence_numbers", false},
};

const struct setting *apart_setting(const char *key)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(settings); i++) {
		if (strcmp(settings[i].key, key) == 0)
			return &settings[i];
	}
	return NULL;
}

bool apart_is_set(const struct setting *setting)
{
	module_t *module = prefs_find_module(setting->module);
	pref_t *pref = module != NULL ? prefs_find_preference(module, setting->name) : NULL;

	return pref == NULL || prefs_get_bool_value(pref, pref_current) == setting->wanted;
}

static bool is_true(const field_info *fi)
{
	return fvalue_get_uinteger64(FIELD_VALUE(fi)) != 0;
}

static bool is_marked(proto_tree *tree, const struct piece *piece)
{
	for (unsigned i = 0; i < piece->fields->len; i++) {
		const GPtrArray *items =
			proto_get_finfo_ptr_array(tree, g_array_index(piece->fields, int, i));

		if (items == NULL || items->len == 0)
			continue;
		if (piece->setting == NULL ||
		    (is_true(g_ptr_array_index(items, 0)) && apart_is_set(piece->setting)))
			return true;
	}
	return false;
}

/* Where the payload of the first layer of a protocol begins; without one, the layer itself. */
static int64_t payload_of(const struct rem_breakdown *b, unsigned proto)
{
	for (int i = rem_layer_next(b, -1); i >= 0; i = rem_layer_next(b, i)) {
		if (b->part[i].proto != proto)
			continue;
		const int next = rem_layer_next(b, i);
		return 8 * (int64_t)b->part[next >= 0 ? next : i].off;
	}
	return -1;
}

int64_t apart_from(const struct rem_breakdown *b, proto_tree *tree)
{
	int64_t from = -1;

	for (unsigned i = 0; i < marks->len; i++) {
		const struct piece *piece = &g_array_index(marks, struct piece, i);

		if (!is_marked(tree, piece))
			continue;
		const int64_t payload = payload_of(b, piece->proto);
		if (payload >= 0 && (from < 0 || payload < from))
			from = payload;
	}
	return from;
}

static void note_piece(unsigned proto, const char *key, const struct setting *setting)
{
	const struct piece piece = {proto, keys_fields(key), setting};

	if (piece.fields->len > 0)
		g_array_append_val(marks, piece);
	else
		g_array_free(piece.fields, TRUE);
}

static void note_pieces(unsigned proto)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(pieces); i++) {
		char *key = g_strconcat(rem_protos[proto]->key, ".", pieces[i], NULL);

		note_piece(proto, key, NULL);
		g_free(key);
	}
	for (unsigned i = 0; i < G_N_ELEMENTS(fragments); i++) {
		if (strcmp(rem_protos[proto]->key, fragments[i].module) == 0)
			note_piece(proto, fragments[i].key, &fragments[i]);
	}
}

void apart_prepare(void)
{
	marks = g_array_new(FALSE, FALSE, sizeof(struct piece));
	for (unsigned p = 0; p < REM_P_COUNT; p++)
		note_pieces(p);
}

void apart_want(GArray *wanted)
{
	for (unsigned i = 0; i < marks->len; i++) {
		const GArray *fields = g_array_index(marks, struct piece, i).fields;

		g_array_append_vals(wanted, fields->data, fields->len);
	}
}
