/* SPDX-License-Identifier: BSD-3-Clause */
/* What the capture file says of a packet. Its record's handles stand in remora/frame.h. */
#include "core/decode.h"
#include <remora/frame.h>
#include <remora/text.h>

static rem_calc nanoseconds, is_packet, is_given;

/* clang-format off */
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
