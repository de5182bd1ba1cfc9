/* SPDX-License-Identifier: BSD-3-Clause */
/* Ethernet, VLAN tags, LLC: what follows a payload, lengths that lie, tags in tags. */
#include "apart.h"

#define ADDRESSES 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02, 0x00, 0x00, 0x00, 0x00, 0x01
/* clang-format off */
#define ARP_BODY \
	0x00, 0x01, 0x08, 0x00, 0x06, 0x04, 0x00, 0x01, 0x02, 0x00, 0x00, 0x00, 0x00, 0x01, \
	10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 10, 0, 0, 2
/* clang-format on */

enum { ARP_END = 42, MOST = 128 };

/* An ARP frame of n bytes; what follows the message is filled with `fill`. */
static struct apart *arp_frame(uint8_t fill, size_t n, size_t wire)
{
	static const uint8_t arp[ARP_END] = {ADDRESSES, 0x08, 0x06, ARP_BODY};
	uint8_t p[MOST];

	memset(p, fill, sizeof(p));
	memcpy(p, arp, sizeof(arp));
	return apart_cut(REM_P_ETHERNET, p, n, wire);
}

static void padding(void **state)
{
	struct apart *a = arp_frame(0, 60, 60);

	(void)state;
	assert_shows(a, "eth.type", "0x0806");
	assert_shows(a, "eth.padding", "00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00");
	assert_absent(a, "eth.trailer");
	assert_absent(a, "eth.fcs");
	apart_free(a);

	a = arp_frame(1, 60, 60);       /* not zeros: not padding */
	assert_absent(a, "eth.padding");
	assert_shows(a, "eth.trailer", "01:01:01:01:01:01:01:01:01:01:01:01:01:01:01:01:01:01");
	apart_free(a);

	a = arp_frame(0, 45, 45);       /* the frame is too short to have been padded */
	assert_absent(a, "eth.padding");
	assert_shows(a, "eth.trailer", "00:00:00");
	apart_free(a);

	a = arp_frame(0, 50, 60);       /* cut in its padding */
	assert_absent(a, "eth.padding");
	assert_absent(a, "eth.trailer");
	apart_free(a);
}

static void a_frame_check_sequence(void **state)
{
	struct apart *a = arp_frame(0, 64, 64);

	(void)state;
	assert_shows(a, "eth.fcs", "0x00000000");
	assert_shows(a, "eth.fcs.status", "2");
	assert_absent(a, "eth.trailer");
	apart_free(a);

	a = arp_frame(0, 66, 66);
	assert_shows(a, "eth.trailer", "00:00");
	assert_shows(a, "eth.fcs", "0x00000000");
	apart_free(a);

	a = arp_frame(0, 63, 63);       /* a frame with an FCS has 64 bytes */
	assert_shows(a, "eth.trailer", "00:00:00");
	assert_absent(a, "eth.fcs");
	apart_free(a);

	a = arp_frame(0, 63, 66);       /* the FCS is cut */
	assert_shows(a, "eth.trailer", "00:00");
	assert_absent(a, "eth.fcs");
	apart_free(a);
}

static void lengths(void **state)
{
	uint8_t p[60] = {ADDRESSES, 0, 7, 0x42, 0x42, 0x03, 1, 2, 3, 4};
	struct apart *a = apart(REM_P_ETHERNET, p, sizeof(p));

	(void)state;
	assert_shows(a, "eth.len", "7");
	assert_shows(a, "llc.dsap", "0x42");
	assert_shows(a, "data.data", "01:02:03:04");
	assert_int_equal(strlen(apart_text(a, "eth.padding", 0)), 3 * 39 - 1);
	apart_free(a);

	p[13] = 100;                    /* more than there is */
	a = apart(REM_P_ETHERNET, p, sizeof(p));
	assert_int_equal(a->part[0].err, REM_LENGTH);
	assert_shows(a, "eth.len", "100");
	assert_shows(a, "llc.control", "0x03");
	assert_absent(a, "eth.padding");
	apart_free(a);

	p[12] = 0x05, p[13] = 0xdd;     /* 1501 */
	a = apart(REM_P_ETHERNET, p, sizeof(p));
	assert_int_equal(a->part[0].err, REM_FIELD);
	assert_shows(a, "eth.invalid_lentype", "0x05dd");
	assert_absent(a, "eth.type");
	apart_free(a);

	p[12] = 0, p[13] = 0;
	a = apart(REM_P_ETHERNET, p, sizeof(p));
	assert_shows(a, "eth.type", "0x0000");
	assert_non_null(apart_layer(a, REM_P_DATA));
	apart_free(a);

	p[13] = 10, p[14] = p[15] = 0xff;       /* Novell's way to carry IPX */
	a = apart(REM_P_ETHERNET, p, sizeof(p));
	assert_null(apart_layer(a, REM_P_LLC));
	assert_non_null(apart_layer(a, REM_P_DATA));
	apart_free(a);
}

static void tags(void **state)
{
	static const uint8_t p[] = {
		ADDRESSES, 0x88, 0xa8, 0xb0, 0x64, 0x81, 0x00, 0x20, 0xc8, 0x91, 0x00, 0x00, 0x05,
		0x08, 0x06, ARP_BODY, 1, 2, 3,
	};
	struct apart *a = apart(REM_P_ETHERNET, p, sizeof(p));

	(void)state;
	assert_shows(a, "ieee8021ad.priority", "5");
	assert_shows(a, "ieee8021ad.dei", "1");
	assert_shows(a, "ieee8021ad.id", "100");
	assert_shows(a, "ieee8021ah.etype", "0x8100");
	assert_int_equal(apart_count(a, "vlan.id"), 2);
	assert_string_equal(apart_text(a, "vlan.id", 0), "200");
	assert_string_equal(apart_text(a, "vlan.id", 1), "5");
	assert_shows(a, "arp.opcode", "1");
	assert_shows(a, "vlan.trailer", "01:02:03");
	apart_free(a);
	apart_torture(REM_P_ETHERNET, p, sizeof(p));
}

static void a_tagged_length(void **state)
{
	static const uint8_t p[] = {
		ADDRESSES, 0x81, 0x00, 0x00, 0x07, 0x00, 0x04, 0xfe, 0xfe, 0x03, 0x99, 0x55, 0x55,
	};
	struct apart *a = apart(REM_P_ETHERNET, p, sizeof(p));

	(void)state;
	assert_shows(a, "vlan.len", "4");
	assert_absent(a, "vlan.etype");
	assert_shows(a, "llc.ssap", "0xfe");
	assert_shows(a, "data.data", "99");
	assert_shows(a, "vlan.trailer", "55:55");
	apart_free(a);
	apart_torture(REM_P_ETHERNET, p, sizeof(p));
}

/* An LLC frame in an 802.3 frame. */
static struct apart *llc(const uint8_t *p, size_t n)
{
	uint8_t frame[MOST] = {ADDRESSES, 0, (uint8_t)n};

	memcpy(frame + 14, p, n);
	return apart(REM_P_ETHERNET, frame, 14 + n);
}

static void control_fields(void **state)
{
	struct apart *a = llc((const uint8_t[]){0x42, 0x43, 0xbf}, 3);

	(void)state;
	assert_shows(a, "llc.control", "0xbf");
	assert_shows(a, "llc.control.u_modifier_resp", "0x2b");
	assert_shows(a, "llc.control.f", "1");
	assert_absent(a, "llc.control.p");
	assert_shows(a, "llc.control.ftype", "0x3");
	apart_free(a);

	a = llc((const uint8_t[]){0x42, 0x42, 0x06, 0x09}, 4);
	assert_shows(a, "llc.control", "0x0906");
	assert_shows(a, "llc.control.n_s", "3");
	assert_shows(a, "llc.control.n_r", "4");
	assert_shows(a, "llc.control.p", "1");
	assert_shows(a, "llc.control.ftype", "0x0");
	apart_free(a);

	a = llc((const uint8_t[]){0x42, 0x42, 0x09, 0x10}, 4);
	assert_shows(a, "llc.control.s_ftype", "0x2");
	assert_shows(a, "llc.control.n_r", "8");
	assert_absent(a, "llc.control.p");
	apart_free(a);
}

static void snap(void **state)
{
	static const uint8_t arp[] = {0xaa, 0xaa, 0x03, 0, 0, 0, 0x08, 0x06, ARP_BODY};
	static const uint8_t cdp[] = {0xaa, 0xaa, 0x03, 0, 0, 0x0c, 0x20, 0x00, 1};
	struct apart *a = llc(arp, sizeof(arp));

	(void)state;
	assert_shows(a, "llc.oui", "0");
	assert_shows(a, "llc.type", "0x0806");
	assert_shows(a, "arp.src.proto_ipv4", "10.0.0.1");
	apart_free(a);

	a = llc(cdp, sizeof(cdp));
	assert_shows(a, "llc.oui", "12");
	assert_shows(a, "llc.cisco_pid", "0x2000");
	assert_absent(a, "llc.type");
	assert_shows(a, "data.data", "01");
	apart_free(a);
	apart_torture(REM_P_LLC, arp, sizeof(arp));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(padding), cmocka_unit_test(a_frame_check_sequence),
		cmocka_unit_test(lengths), cmocka_unit_test(tags), cmocka_unit_test(a_tagged_length),
		cmocka_unit_test(control_fields), cmocka_unit_test(snap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
