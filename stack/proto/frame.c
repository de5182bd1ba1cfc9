/* SPDX-License-Identifier: BSD-3-Clause */
/* What the capture file says of a packet. Its record's handles stand in remora/frame.h. */
#include "core/decode.h"
#include <remora/frame.h>
#include <remora/text.h>

static rem_calc nanoseconds, is_packet, is_given;

/* clang-format off */
REM_NAMES(direction_names, {0, "unknown"}, {1, "inbound"}, {2, "outbound"});
REM_NAMES(reception_names, {0, "not specified"}, {1, "unicast"}, {2, "multicast"}, {3, "broadcast"}, {4, "promiscuous"});

static const struct rem_field base_fields[] = {
	REM_FIELD(REM_FRAME_NUMBER, "frame.number", "Number", UINT, DEC, NONE, NULL,
		  "The packet's number in the file, from 1."),
	REM_FIELD(REM_FRAME_LEN, "frame.len", "Length", UINT, DEC, SIZE, NULL,
		  "Bytes on the wire.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_FRAME_CAP_LEN, "frame.cap_len", "Captured length", UINT, DEC, SIZE, NULL,
		  "Bytes in the file.", REM_NAMED(.unit = "bytes")),
	REM_FIELD(REM_FRAME_LINKTYPE, "frame.link_type", "Link type", UINT, DEC, TYPE, NULL,
		  "The LINKTYPE_ value that the file gives the packet."),
	REM_FIELD(REM_FRAME_ENCAP, "frame.encap_type", "Encapsulation type", UINT, DEC, NONE, NULL,
		  "Wireshark's own number for the link type.", .flags = REM_F_HIDDEN, .calc = is_packet),
	REM_FIELD(REM_FRAME_SECTION, "frame.section_number", "Section", UINT, DEC, NONE, NULL,
		  "Number of the section of the file, from 1.", .flags = REM_F_HIDDEN, .calc = is_given),
};
static const struct rem_field time_fields[] = {
	REM_FIELD(REM_FRAME_TIME_S, "frame.time", "Time", TIME, DEC, TIME, NULL,
		  "When the packet was captured.", .calc = nanoseconds),
	REM_FIELD(REM_FRAME_TIME_S, "frame.time_epoch", "Time since 1970", SPAN, DEC, NONE, NULL,
		  "Seconds since 1970-01-01 UTC.", .flags = REM_F_ALIAS, .calc = nanoseconds),
	REM_FIELD(REM_FRAME_DELTA_S, "frame.time_delta", "Time since previous packet", SPAN, DEC, NONE, NULL,
		  "Seconds since the packet before this one.", .calc = nanoseconds),
	REM_FIELD(REM_FRAME_SHOWN_S, "frame.time_delta_displayed", "Time since previous shown", SPAN, DEC, NONE, NULL,
		  "Seconds since the packet shown before this one.", .calc = nanoseconds),
	REM_FIELD(REM_FRAME_RELATIVE_S, "frame.time_relative", "Time since first packet", SPAN, DEC, NONE, NULL,
		  "Seconds since the first packet.", .calc = nanoseconds),
};
static const struct rem_field interface_fields[] = {
	REM_FIELD(REM_FRAME_INTERFACE, "frame.interface_id", "Interface", UINT, DEC, ID, NULL,
		  "Number of the interface in its section of the file."),
};
/* Bits of epb_flags from the nth on, counted as pcapng does, from the lowest. */
#define FLAGS_AT(n, width) REM_BITS(REM_OFF(REM_FRAME_FLAGS) + 32 - (n) - (width), width)
#define ERROR(n, key_, name_, about_) \
	REM_FIELD(FLAGS_AT(n, 1), "frame.packet_flags_" key_ "_error", name_, BOOL, DEC, NONE, NULL, about_, .flags = REM_F_FLAG)

static const struct rem_field flags_fields[] = {
	REM_FIELD(REM_FRAME_FLAGS, "frame.packet_flags", "Flags", UINT, HEX, FLAGS, NULL,
		  "What the interface noticed.", .flags = REM_F_CONTAINER),
	REM_FIELD(FLAGS_AT(0, 2), "frame.packet_flags_direction", "Direction", UINT, HEX, NONE, NULL,
		  "Whether the packet came in or went out.", REM_NAMED(.names = &direction_names)),
	REM_FIELD(FLAGS_AT(2, 3), "frame.packet_flags_reception_type", "Reception", UINT, DEC, NONE, NULL,
		  "Whom the packet was for.", REM_NAMED(.names = &reception_names)),
	REM_FIELD(FLAGS_AT(5, 4), "frame.packet_flags_fcs_length", "FCS length", UINT, DEC, SIZE, NULL,
		  "Bytes of the frame check sequence at the end, 0 if that is not known."),
	REM_FIELD(FLAGS_AT(9, 7), "frame.packet_flags_reserved", "Reserved", UINT, HEX, RESERVED, NULL, "Must be zero."),
	ERROR(24, "crc", "CRC error", "The frame check sequence does not match."),
	ERROR(25, "packet_too", "too long", "The packet was longer than its link allows."),
	ERROR(26, "packet_too_short", "too short", "The packet was shorter than its link allows."),
	ERROR(27, "wrong_inter_frame_gap", "wrong interframe gap", "The packet came too soon after another."),
	ERROR(28, "unaligned_frame", "unaligned", "The packet did not end with a byte."),
	ERROR(29, "start_frame_delimiter", "start frame delimiter", "The frame did not start as it must."),
	ERROR(30, "preamble", "preamble", "What stands in front of the frame was wrong."),
	ERROR(31, "symbol", "symbol", "A symbol on the line was wrong."),
};
static const struct rem_field protocols_fields[] = {
	REM_FIELD(REM_REST(0), "frame.protocols", "Protocols", TEXT, DEC, NONE, NULL,
		  "Keys of the layers, with colons between."),
};
static const struct rem_field comment_fields[] = {
	REM_FIELD(REM_REST(0), "frame.comment", "Comment", TEXT, DEC, TEXT, NULL,
		  "What somebody noted about the packet."),
};
static const struct rem_field interface_name_fields[] = {
	REM_FIELD(REM_REST(0), "frame.interface_name", "Interface name", TEXT, DEC, TEXT, NULL,
		  "Name of the interface."),
};
static const struct rem_field interface_description_fields[] = {
	REM_FIELD(REM_REST(0), "frame.interface_description", "Interface description", TEXT, DEC, TEXT, NULL,
		  "Description of the interface."),
};
static const struct rem_table frame_tables[] = {
	[REM_FRAME_TABLE_BASE] = REM_TABLE("Frame", base_fields, .flags = REM_TABLE_ONCE),
	[REM_FRAME_TABLE_TIME] = REM_TABLE("Time", time_fields, .flags = REM_TABLE_ONCE),
	[REM_FRAME_TABLE_INTERFACE] = REM_TABLE("Interface", interface_fields, .flags = REM_TABLE_ONCE),
	[REM_FRAME_TABLE_FLAGS] = REM_TABLE("Flags", flags_fields, .flags = REM_TABLE_ONCE),
	[REM_FRAME_TABLE_PROTOCOLS] = REM_TABLE("Protocols", protocols_fields, .flags = REM_TABLE_ONCE),
	[REM_FRAME_TABLE_COMMENT] = REM_TABLE("Comment", comment_fields),
	[REM_FRAME_TABLE_INTERFACE_NAME] = REM_TABLE("Interface name", interface_name_fields, .flags = REM_TABLE_ONCE),
	[REM_FRAME_TABLE_INTERFACE_DESCRIPTION] =
		REM_TABLE("Interface description", interface_description_fields, .flags = REM_TABLE_ONCE),
};
/* clang-format on */

/* Each number of seconds in the record is followed by its nanoseconds. */
static bool nanoseconds(const struct rem_breakdown *b, const struct rem_row *row,
			struct rem_value *v)
{
	(void)b;
	v->ns = (int32_t)rem_be32(row->base + REM_OFF(row->field->bits) / 8 + 8);
	return true;
}

static bool is_packet(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b, (void)row;
	return v->u != REM_FRAME_NO_ENCAP;
}

static bool is_given(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b, (void)row;
	return v->u != 0;
}

static int frame_decode(struct rem_breakdown *b, struct rem_view v)
{
	(void)b, (void)v;
	return REM_MISS; /* no frame carries one */
}

const struct rem_proto rem_proto_frame = {
	.table = frame_tables,
	.tables = REM_COUNT(frame_tables),
	.decode = frame_decode,
	.flags = REM_PROTO_DERIVED,
	REM_PROTO_NAMES("frame", "Frame", "Frame", NULL),
};

rem_info *const rem_info_frame = NULL;
