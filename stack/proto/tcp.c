/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Transmission Control Protocol: RFC 9293; options of RFC 7323 (window scale, timestamps) and
 * RFC 2018 (SACK). The header's diagram and handles stand in remora/tcp.h.
 */
#include "core/decode.h"
#include <remora/numbers.h>
#include <remora/pseudo.h>
#include <remora/tcp.h>
#include <remora/text.h>

enum {
	TABLE_HEADER, TABLE_OPTION, TABLE_BARE, TABLE_MSS, TABLE_WSCALE, TABLE_SACK_OK, TABLE_SACK,
	TABLE_SACK_BLOCK, TABLE_TS,
};

static rem_calc segment_length, sum_status, sum_calculated, wscale_multiplier, sack_count;

/* clang-format off */
static const struct rem_field tcp_fields[] = {
	REM_FIELD(REM_TCP_SRC, "tcp.srcport", "Source port", UINT, DEC, PORT, "RFC 9293 3.1",
		  "Port of the sender.", REM_NAMED(.names = &rem_port_names)),
	REM_FIELD(REM_TCP_SRC, "tcp.port", "Port", UINT, DEC, NONE, "RFC 9293 3.1",
		  "Either port.", .flags = REM_F_ALIAS),
	REM_FIELD(REM_TCP_DST, "tcp.dstport", "Destination port", UINT, DEC, PORT, "RFC 9293 3.1",
		  "Port of the receiver.", REM_NAMED(.names = &rem_port_names)),
	REM_FIELD(REM_TCP_DST, "tcp.port", "Port", UINT, DEC, NONE, "RFC 9293 3.1",
		  "Either port.", .flags = REM_F_ALIAS),
	REM_FIELD(REM_TCP_SEQ, "tcp.seq_raw", "Sequence number", UINT, DEC, SEQUENCE, "RFC 9293 3.1",
		  "Number of the first byte of data, or of the SYN."),
	REM_FIELD(REM_TCP_ACK, "tcp.ack_raw", "Acknowledgment number", UINT, DEC, SEQUENCE, "RFC 9293 3.1",
		  "Number of the next byte that the sender expects."),
	REM_FIELD(REM_TCP_OFFSET, "tcp.hdr_len", "Data offset", UINT, DEC, SIZE, "RFC 9293 3.1",
		  "Length of the header, options included.", .scale = 4, REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_TCP_FLAGS, "tcp.flags", "Flags", UINT, HEX, FLAGS, "RFC 9293 3.1",
		  "What the segment does besides carrying data.", .flags = REM_F_CONTAINER),
	REM_FIELD(REM_TCP_RESERVED, "tcp.flags.res", "reserved", BOOL, DEC, RESERVED, "RFC 9293 3.1",
		  "Must be zero.", .flags = REM_F_FLAG),
	REM_FIELD(REM_TCP_AE, "tcp.flags.ae", "AE", BOOL, DEC, NONE, "RFC 7560 3",
		  "Accurate ECN.", .flags = REM_F_FLAG),
	REM_FIELD(REM_TCP_CWR, "tcp.flags.cwr", "CWR", BOOL, DEC, NONE, "RFC 3168 6.1",
		  "The sender has reduced its congestion window.", .flags = REM_F_FLAG),
	REM_FIELD(REM_TCP_ECE, "tcp.flags.ece", "ECE", BOOL, DEC, NONE, "RFC 3168 6.1",
		  "The sender has seen congestion.", .flags = REM_F_FLAG),
	REM_FIELD(REM_TCP_URG, "tcp.flags.urg", "URG", BOOL, DEC, NONE, "RFC 9293 3.1",
		  "The urgent pointer means something.", .flags = REM_F_FLAG),
	REM_FIELD(REM_TCP_ACK_FLAG, "tcp.flags.ack", "ACK", BOOL, DEC, NONE, "RFC 9293 3.1",
		  "The acknowledgment number means something.", .flags = REM_F_FLAG),
	REM_FIELD(REM_TCP_PSH, "tcp.flags.push", "PSH", BOOL, DEC, NONE, "RFC 9293 3.1",
		  "The receiver is to hand the data on at once.", .flags = REM_F_FLAG),
	REM_FIELD(REM_TCP_RST, "tcp.flags.reset", "RST", BOOL, DEC, NONE, "RFC 9293 3.1",
		  "The connection is at an end, now.", .flags = REM_F_FLAG),
	REM_FIELD(REM_TCP_SYN, "tcp.flags.syn", "SYN", BOOL, DEC, NONE, "RFC 9293 3.1",
		  "Opens a connection.", .flags = REM_F_FLAG),
	REM_FIELD(REM_TCP_FIN, "tcp.flags.fin", "FIN", BOOL, DEC, NONE, "RFC 9293 3.1",
		  "The sender has no more data.", .flags = REM_F_FLAG),
	REM_FIELD(REM_TCP_WINDOW, "tcp.window_size_value", "Window", UINT, DEC, SIZE, "RFC 9293 3.1",
		  "Bytes the sender is ready to take, before scaling.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_TCP_SUM, "tcp.checksum", "Checksum", UINT, HEX, CHECKSUM, "RFC 9293 3.1",
		  "One's complement sum of pseudo header, header and data."),
	REM_FIELD(REM_TCP_SUM, "tcp.checksum.status", "Checksum status", UINT, DEC, NONE, "RFC 9293 3.1",
		  "Whether the checksum matches.", .flags = REM_F_DERIVED, .calc = sum_status,
		  REM_NAMED(.names = &rem_sum_names)),
	REM_FIELD(REM_TCP_SUM, "tcp.checksum_calculated", "Checksum calculated", UINT, HEX, NONE, "RFC 9293 3.1",
		  "What the checksum should be.", .flags = REM_F_DERIVED | REM_F_HIDDEN, .calc = sum_calculated),
	REM_FIELD(REM_TCP_URGENT, "tcp.urgent_pointer", "Urgent pointer", UINT, DEC, SIZE, "RFC 6093 3",
		  "Where urgent data ends, if URG is set.", .flags = REM_F_LEGACY),
	REM_FIELD(REM_BITS(0, 0), "tcp.len", "Segment length", UINT, DEC, SIZE, "RFC 9293 3.3.1",
		  "Bytes of data in the segment.", .flags = REM_F_DERIVED, .calc = segment_length,
		  REM_NAMED(.unit = "bytes")),
};

REM_NAMES(kind_names, {0, "End of options"}, {1, "No operation"}, {2, "MSS"}, {3, "Window scale"},
	  {4, "SACK permitted"}, {5, "SACK"}, {8, "Timestamps"});

#define OPTION_HEAD \
	REM_FIELD(REM_BYTES(0, 1), "tcp.option_kind", "Kind", UINT, DEC, TYPE, "RFC 9293 3.2", \
		  "Which option this is.", .flags = REM_F_LABEL, REM_NAMED(.names = &kind_names)), \
	REM_FIELD(REM_BYTES(1, 1), "tcp.option_len", "Length", UINT, DEC, SIZE, "RFC 9293 3.2", \
		  "Length of the option, kind and length included.", REM_NAMED(.unit = "bytes"))

static const struct rem_field option_fields[] = {
	OPTION_HEAD,
	REM_FIELD(REM_REST(16), "tcp.options.unknown.payload", "Value", BYTES, HEX, OPTION, "RFC 9293 3.2",
		  "Value of an option that remora does not know."),
};
static const struct rem_field bare_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), "tcp.option_kind", "Kind", UINT, DEC, TYPE, "RFC 9293 3.2",
		  "Which option this is.", .flags = REM_F_LABEL, REM_NAMED(.names = &kind_names)),
};
static const struct rem_field mss_fields[] = {
	OPTION_HEAD,
	REM_FIELD(REM_BYTES(2, 2), "tcp.options.mss_val", "MSS", UINT, DEC, OPTION, "RFC 6691 2",
		  "Largest segment that the sender can take, without headers.", REM_NAMED(.unit = "bytes")),
};
static const struct rem_field wscale_fields[] = {
	OPTION_HEAD,
	REM_FIELD(REM_BYTES(2, 1), "tcp.options.wscale.shift", "Shift count", UINT, DEC, OPTION, "RFC 7323 2.2",
		  "By how many bits the sender's windows are to be shifted left."),
	REM_FIELD(REM_BYTES(2, 1), "tcp.options.wscale.multiplier", "Multiplier", UINT, DEC, NONE, "RFC 7323 2.2",
		  "What the sender's windows are to be multiplied with.", .flags = REM_F_DERIVED,
		  .calc = wscale_multiplier),
};
static const struct rem_field sack_ok_fields[] = { OPTION_HEAD };
static const struct rem_field sack_fields[] = {
	OPTION_HEAD,
	REM_FIELD(REM_BITS(0, 0), "tcp.options.sack.count", "Blocks", UINT, DEC, COUNT, "RFC 2018 3",
		  "Blocks that the option reports.", .flags = REM_F_DERIVED, .calc = sack_count),
};
static const struct rem_field sack_block_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "tcp.options.sack_le", "Left edge", UINT, DEC, SEQUENCE, "RFC 2018 3",
		  "First sequence number of a block that has arrived."),
	REM_FIELD(REM_BYTES(4, 4), "tcp.options.sack_re", "Right edge", UINT, DEC, SEQUENCE, "RFC 2018 3",
		  "Sequence number right behind the block."),
};
static const struct rem_field ts_fields[] = {
	OPTION_HEAD,
	REM_FIELD(REM_BYTES(2, 4), "tcp.options.timestamp.tsval", "TSval", UINT, DEC, TIME, "RFC 7323 3.2",
		  "The sender's timestamp clock."),
	REM_FIELD(REM_BYTES(6, 4), "tcp.options.timestamp.tsecr", "TSecr", UINT, DEC, TIME, "RFC 7323 3.2",
		  "The timestamp that is echoed."),
};

static const struct rem_table tcp_tables[] = {
	[TABLE_HEADER] = REM_TABLE("TCP", tcp_fields, .flags = REM_TABLE_ONCE),
	[TABLE_OPTION] = REM_TABLE("Option", option_fields),
	[TABLE_BARE] = REM_TABLE("Option", bare_fields),
	[TABLE_MSS] = REM_TABLE("Option", mss_fields),
	[TABLE_WSCALE] = REM_TABLE("Option", wscale_fields),
	[TABLE_SACK_OK] = REM_TABLE("Option", sack_ok_fields),
	[TABLE_SACK] = REM_TABLE("Option", sack_fields),
	[TABLE_SACK_BLOCK] = REM_TABLE("Block", sack_block_fields, .stride = 64),
	[TABLE_TS] = REM_TABLE("Option", ts_fields),
};

static const struct rem_bind tcp_binds[] = { {REM_SPACE_IP, REM_IP_TCP} };
/* clang-format on */

const struct rem_tlv rem_tcp_option = {
	.tag_bytes = 1, .length_bytes = 1, .unit = 1, .whole = true,
	.pad = REM_TCP_OPT_NOP, .end = REM_TCP_OPT_END,
};

int rem_tcp_check(struct rem_view v, struct rem_head *h)
{
	*h = (struct rem_head){.len = v.cap < REM_TCP_HEADER ? v.cap : REM_TCP_HEADER};
	h->payload = rem_view_skip(v, h->len);
	if (v.cap < REM_TCP_HEADER)
		return rem_lack(v, REM_TCP_HEADER);
	const uint32_t n = 4 * rem_get(v.p, REM_TCP_OFFSET);
	h->bad = REM_TCP_OFFSET;
	if (n < REM_TCP_HEADER)
		return REM_LENGTH;
	h->len = n < v.cap ? n : v.cap;
	h->payload = rem_view_skip(v, h->len);
	if (n > v.cap)
		return rem_lack(v, n);
	h->bad = 0;
	return REM_OK;
}

/* The table for an option, and the length it must have (0: any). */
static unsigned option_table(uint32_t kind, uint32_t *length)
{
	*length = 0;
	switch (kind) {
	case REM_TCP_OPT_END:
	case REM_TCP_OPT_NOP: return TABLE_BARE;
	case REM_TCP_OPT_MSS: *length = 4; return TABLE_MSS;
	case REM_TCP_OPT_WSCALE: *length = 3; return TABLE_WSCALE;
	case REM_TCP_OPT_SACK_OK: *length = 2; return TABLE_SACK_OK;
	case REM_TCP_OPT_SACK: return TABLE_SACK;
	case REM_TCP_OPT_TS: *length = 10; return TABLE_TS;
	default: return TABLE_OPTION;
	}
}

static void decode_options(struct rem_breakdown *b, struct rem_view options)
{
	struct rem_tlv_item item;

	b->depth = 1;
	while (rem_tlv_next(&rem_tcp_option, &options, &item)) {
		uint32_t length;
		const unsigned table = option_table(item.tag, &length);
		struct rem_part *part = rem_push(b, table, item.whole.p, item.whole.cap);

		if (item.err != REM_OK)
			rem_fault(part, item.err, REM_BYTES(1, 1));
		else if (length != 0 && item.whole.cap != length)
			rem_fault(part, REM_LENGTH, REM_BYTES(1, 1));
		else if (table == TABLE_SACK && item.value.cap % 8 != 0)
			rem_fault(part, REM_LENGTH, REM_BYTES(1, 1));
		if (table == TABLE_SACK && item.value.cap >= 8) {
			b->depth = 2;
			rem_push(b, TABLE_SACK_BLOCK, item.value.p, item.value.cap);
			b->depth = 1;
		}
	}
	b->depth = 0;
}

static int tcp_decode(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_head h;
	const int err = rem_tcp_check(v, &h);
	struct rem_part *part = rem_push(b, TABLE_HEADER, v.p,
					 h.len < REM_TCP_HEADER ? h.len : REM_TCP_HEADER);

	if (err != REM_OK)
		rem_fault(part, err, h.bad);
	if (h.len > REM_TCP_HEADER && b->detail)
		decode_options(b, rem_tcp_options(v, &h));
	if (h.payload.cap > 0 && h.bad == 0 && err == REM_OK)
		rem_next_ports(b, REM_SPACE_TCP, rem_get(v.p, REM_TCP_SRC),
			       rem_get(v.p, REM_TCP_DST), h.payload);
	return (int)v.cap;
}

static enum rem_sum_status tcp_sum(const struct rem_breakdown *b, const struct rem_part *part)
{
	struct rem_view v;

	if (part->len < REM_TCP_HEADER || !rem_segment(b, part, &v))
		return REM_SUM_UNVERIFIED;
	return rem_pseudo_check(b, part, v, REM_IP_TCP, rem_get(v.p, REM_TCP_SUM));
}

static bool sum_status(const struct rem_breakdown *b, const struct rem_row *row,
		       struct rem_value *v)
{
	v->u = rem_sum_key(tcp_sum(b, row->part));
	return true;
}

static bool sum_calculated(const struct rem_breakdown *b, const struct rem_row *row,
			   struct rem_value *v)
{
	struct rem_view segment;
	uint32_t sum;

	if (row->part->len < REM_TCP_HEADER || !rem_segment(b, row->part, &segment) ||
	    !rem_pseudo_sum(b, row->part, segment, REM_IP_TCP, rem_get(segment.p, REM_TCP_SUM),
			    &sum))
		return false;
	v->u = sum;
	return true;
}

static bool segment_length(const struct rem_breakdown *b, const struct rem_row *row,
			   struct rem_value *v)
{
	struct rem_view segment;
	struct rem_head h;

	if (!rem_segment(b, row->part, &segment) || rem_tcp_check(segment, &h) == REM_LENGTH)
		return false;
	v->u = h.payload.wire;
	return true;
}

static bool wscale_multiplier(const struct rem_breakdown *b, const struct rem_row *row,
			      struct rem_value *v)
{
	(void)b, (void)row;
	v->u = (uint64_t)1 << (v->u > 14 ? 14 : v->u);  /* RFC 7323 2.3: 14 is the most */
	return true;
}

static bool sack_count(const struct rem_breakdown *b, const struct rem_row *row,
		       struct rem_value *v)
{
	(void)b;
	v->u = row->part->len < 2 ? 0 : (row->part->len - 2) / 8;
	return true;
}

const struct rem_proto rem_proto_tcp = {
	.table = tcp_tables, .tables = REM_COUNT(tcp_tables),
	.bind = tcp_binds, .binds = REM_COUNT(tcp_binds),
	.decode = tcp_decode, .sum = tcp_sum, .spaces = 1 << REM_SPACE_TCP,
	REM_PROTO_NAMES("tcp", "TCP", "Transmission Control Protocol", "RFC 9293"),
};

static void out_tcp_flags(struct rem_out *out, const uint8_t *p)
{
	static const struct {
		uint32_t bit;
		char text[6];
	} flags[] = {
		{REM_TCP_FIN, "FIN, "}, {REM_TCP_SYN, "SYN, "}, {REM_TCP_RST, "RST, "},
		{REM_TCP_PSH, "PSH, "}, {REM_TCP_ACK_FLAG, "ACK, "}, {REM_TCP_URG, "URG, "},
		{REM_TCP_ECE, "ECE, "}, {REM_TCP_CWR, "CWR, "}, {REM_TCP_AE, "AE, "},
	};
	char *start = out->p;

	for (size_t i = 0; i < REM_COUNT(flags); i++) {
		if (rem_get(p, flags[i].bit))
			rem_out_str(out, flags[i].text);
	}
	if (out->p - start >= 2)
		out->p -= 2;            /* the last comma */
	else
		rem_out_str(out, "none");
}

/* "51982 → 80 [SYN] seq 1508 win 2920 mss 1460" */
static void tcp_line(const struct rem_breakdown *b, const struct rem_part *layer,
		     struct rem_out *out)
{
	const struct rem_view v = rem_view_skip(b->source[layer->source], layer->off);
	const uint8_t *p = v.p;
	struct rem_head h;

	if (layer->len < REM_TCP_HEADER) {
		rem_out_str(out, "TCP header cut short");
		return;
	}
	rem_out_uint(out, rem_get(p, REM_TCP_SRC));
	rem_out_str(out, " → ");
	rem_out_uint(out, rem_get(p, REM_TCP_DST));
	rem_out_str(out, " [");
	out_tcp_flags(out, p);
	rem_out_str(out, "] seq ");
	rem_out_uint(out, rem_get(p, REM_TCP_SEQ));
	if (rem_get(p, REM_TCP_ACK_FLAG)) {
		rem_out_str(out, " ack ");
		rem_out_uint(out, rem_get(p, REM_TCP_ACK));
	}
	rem_out_str(out, " win ");
	rem_out_uint(out, rem_get(p, REM_TCP_WINDOW));
	if (rem_tcp_check(v, &h) != REM_OK)
		return;
	struct rem_view segment;
	if (rem_segment(b, layer, &segment) && rem_tcp_check(segment, &h) == REM_OK &&
	    h.payload.wire > 0) {
		rem_out_str(out, " len ");
		rem_out_uint(out, h.payload.wire);
	}
	struct rem_view options = rem_tcp_options(v, &h);
	struct rem_tlv_item item;
	while (rem_tlv_next(&rem_tcp_option, &options, &item)) {
		if (item.tag == REM_TCP_OPT_MSS && item.value.cap == 2) {
			rem_out_str(out, " mss ");
			rem_out_uint(out, rem_be16(item.value.p));
		}
	}
}

rem_info *const rem_info_tcp = tcp_line;
