/* SPDX-License-Identifier: BSD-3-Clause */
/* TCP: flags as letters, headers that lie, options of all layouts. */
#include "apart.h"
#include <remora/tcp.h>

enum { IP = 20, TCP = 20 };

static const uint8_t head[IP + TCP] = {
	0x45, 0, 0, 40, 0, 1, 0, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
	0x04, 0x00, 0x04, 0x01, 0, 0, 0x03, 0xe8, 0, 0, 0x07, 0xd0, 0x50, 0x02, 0, 100, 0, 0, 0, 0,
};

static uint8_t packet[IP + 60 + 64];

/* Builds a SYN with options, which are padded with zeros, and text. */
static size_t build(const void *options, size_t n, const char *text)
{
	const size_t padded = (n + 3) / 4 * 4, length = strlen(text);

	memset(packet, 0, sizeof(packet));
	memcpy(packet, head, sizeof(head));
	memcpy(packet + sizeof(head), options, n);
	memcpy(packet + sizeof(head) + padded, text, length);
	packet[3] = (uint8_t)(sizeof(head) + padded + length);
	packet[IP + 12] = (uint8_t)((5 + padded / 4) << 4);
	return sizeof(head) + padded + length;
}

static struct apart *with(const void *options, size_t n)
{
	return apart(REM_P_IPV4, packet, build(options, n, ""));
}

static void a_segment(void **state)
{
	const size_t n = build("", 0, "text");

	(void)state;
	packet[IP + 13] = 0x18;
	packet[IP + 16] = 0xda;
	packet[IP + 17] = 0xe2;
	struct apart *a = apart(REM_P_IPV4, packet, n);
	assert_shows(a, "tcp.seq_raw", "1000");
	assert_shows(a, "tcp.len", "4");
	assert_shows(a, "tcp.flags.str", "·······AP···");
	assert_shows(a, "tcp.payload", "74:65:78:74");
	assert_shows(a, "tcp.checksum_calculated", "0x9acf");
	assert_shows(a, "tcp.checksum.status", "0");
	apart_free(a);
	packet[IP + 16] = 0x9a;
	packet[IP + 17] = 0xcf;
	a = apart(REM_P_IPV4, packet, n);
	assert_shows(a, "tcp.checksum.status", "1");
	apart_free(a);
	apart_torture(REM_P_IPV4, packet, n);

	packet[IP + 13] = 0x04;         /* what a reset carries is its cause */
	a = apart(REM_P_IPV4, packet, n);
	assert_shows(a, "tcp.reset_cause", "text");
	assert_absent(a, "tcp.payload");
	apart_free(a);
}

static void headers_that_lie(void **state)
{
	const size_t n = build("", 0, "text");

	(void)state;
	packet[IP + 12] = 0x40;
	struct apart *a = apart(REM_P_IPV4, packet, n);
	assert_int_equal(apart_layer(a, REM_P_TCP)->err, REM_LENGTH);
	assert_shows(a, "tcp.hdr_len", "16");
	assert_shows(a, "tcp.len", "8");
	assert_absent(a, "tcp.flags");
	apart_free(a);
	packet[IP + 12] = 0xf0;
	a = apart(REM_P_IPV4, packet, n);
	assert_int_equal(apart_layer(a, REM_P_TCP)->err, REM_LENGTH);
	assert_shows(a, "tcp.hdr_len", "60");
	assert_absent(a, "tcp.len");
	assert_absent(a, "tcp.option_kind");
	apart_free(a);
	a = apart(REM_P_IPV4, head, IP + 13);
	assert_shows(a, "tcp.dstport", "1025");
	assert_absent(a, "tcp.seq_raw");
	apart_free(a);
}

static void options(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *key, *value;
	} row[] = {
		{"\2\4\5\xb4", 4, "tcp.options.mss_val", "1460"},
		{"\3\3\7", 3, "tcp.options.wscale.multiplier", "128"},
		{"\4\2", 2, "tcp.options.sack_perm", ""},
		{"\5\12\0\0\13\270\0\0\17\240", 10, "tcp.options.sack_re", "4000"},
		{"\10\12\0\0\0\1\0\0\0\2", 10, "tcp.options.timestamp.tsecr", "2"},
		{"\42\2", 2, "tcp.options.tfo.request", ""},
		{"\42\6abcd", 6, "tcp.options.tfo.cookie", "61:62:63:64"},
		{"\376\6\371\211ab", 6, "tcp.options.tfo.cookie", "61:62"},
		{"\376\4\371\211", 4, "tcp.options.experimental.exid", "0xf989"},
		{"\375\6\0\13ab", 6, "tcp.options.experimental.data", "61:62"},
		{"\34\4\200\5", 4, "tcp.options.user_to_val", "5"},
		{"\35\6\1\2ab", 6, "tcp.options.ao.mac", "61:62"},
		{"\254\5\0\0\1", 5, "tcp.options.acc_ecn.ee0b", "1"},
		{"\256\5\0\0\1", 5, "tcp.options.acc_ecn.ee1b", "1"},
		{"\376\7\254\300\0\0\2", 7, "tcp.options.acc_ecn.ee0b", "2"},
		{"\36\4\40\5", 4, "tcp.options.mptcp.subtype", "2"},
		{"\143\5abc", 5, "tcp.options.unknown.payload", "61:62:63"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct apart *a = with(row[i].bytes, row[i].n);

		assert_shows(a, row[i].key, row[i].value);
		apart_free(a);
		apart_torture(REM_P_IPV4, packet, sizeof(head) + (row[i].n + 3) / 4 * 4);
	}
}

static void runs_and_ends(void **state)
{
	struct apart *a = with("\1\1\10\12\0\0\0\1\0\0\0\2", 12);

	(void)state;
	assert_int_equal(apart_count(a, "tcp.options.nop"), 2);
	assert_int_equal(apart_count(a, "tcp.option_kind"), 3);
	apart_free(a);
	a = with("\1\0\0\0", 4);
	assert_int_equal(apart_count(a, "tcp.options.eol"), 3);
	apart_free(a);
	a = with("\0\1\2\3", 4);        /* nothing may follow the end */
	assert_int_equal(apart_count(a, "tcp.option_kind"), 1);
	apart_free(a);
}

static void options_that_lie(void **state)
{
	struct apart *a = with("\2\3\5\0", 4);

	(void)state;
	assert_shows(a, "tcp.option_len", "3");
	assert_absent(a, "tcp.options.mss_val");
	apart_free(a);
	a = with("\2\50\5\0", 4);       /* past the end: nobody knows where the next begins */
	assert_absent(a, "tcp.option_kind");
	apart_free(a);
	a = with("\2\0\5\0", 4);
	assert_absent(a, "tcp.option_kind");
	apart_free(a);
}

static void duplicates(void **state)
{
	struct apart *a = with("\5\12\0\0\5\334\0\0\6\100", 10);

	(void)state;
	assert_shows(a, "tcp.options.sack.dsack_le", "1500");
	apart_free(a);
	a = with("\5\12\0\0\13\270\0\0\17\240", 10);
	assert_absent(a, "tcp.options.sack.dsack_le");
	apart_free(a);
	a = with("\5\22\0\0\14\34\0\0\14\200\0\0\13\270\0\0\17\240", 18);
	assert_shows(a, "tcp.options.sack.dsack_re", "3200");
	assert_shows(a, "tcp.options.sack.count", "2");
	apart_free(a);
}

/* The longest line of a segment, with as much room as it takes, and with less. */
static void a_line(void **state)
{
	static const char line[] = "1024 → 1025 [FIN, SYN, RST, PSH, ACK, URG, ECE, CWR, AE] "
				   "seq 4294967295 ack 4000000000 win 65535 len 4";
	static const uint8_t behind_ports[] = {0xff, 0xff, 0xff, 0xff, 0xee, 0x6b,
					       0x28, 0x00, 0x51, 0xff, 0xff, 0xff};
	const size_t n = build("", 0, "text");

	(void)state;
	memcpy(packet + IP + 4, behind_ports, sizeof(behind_ports));
	struct apart *a = apart(REM_P_IPV4, packet, n);
	for (size_t room = 0; room <= strlen(line); room++) {
		char *text = malloc(room + 1);
		assert_non_null(text);
		struct rem_out o = {text, text + room, false};

		rem_out_info(&o, &a->b);
		assert_memory_equal(text, line, (size_t)(o.p - text));
		assert_int_equal(o.full, room < strlen(line));
		free(text);
	}
	apart_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_segment), cmocka_unit_test(headers_that_lie),
		cmocka_unit_test(a_line),
		cmocka_unit_test(options), cmocka_unit_test(runs_and_ends),
		cmocka_unit_test(options_that_lie), cmocka_unit_test(duplicates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
