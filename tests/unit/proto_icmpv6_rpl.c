/* SPDX-License-Identifier: BSD-3-Clause */
/* RPL control messages: security sections, base objects, options, metric containers; lies and cuts. */
#include "apart.h"
#include <remora/icmpv6.h>

enum { HEAD = 4, DIO = 24 };

/* clang-format off */
#define DODAG 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
#define OTHER 0x20, 0x01, 0x0d, 0xb8, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 2
/* instance 30, version 240, rank 258, grounded, storing with multicast, preference 2 */
#define DIO_BASE 30, 240, 1, 2, 0x9a, 7, 0, 0, DODAG
#define SECURITY(key_) 0x80, 0, key_, 0, 0, 0, 0, 99
#define KEY_SOURCE 'k', 'e', 'y', 's', 'o', 'u', 'r', 'c'
/* clang-format on */

static struct apart *with(const uint8_t *message, size_t n)
{
	apart_torture(REM_P_ICMPV6, message, n);
	return apart(REM_P_ICMPV6, message, n);
}

/* A DIO of these options. */
static struct apart *with_options(const uint8_t *options, size_t n)
{
	static const uint8_t base[] = {155, 1, 0, 0, DIO_BASE};
	uint8_t message[512];

	assert_true(sizeof(base) + n <= sizeof(message));
	memcpy(message, base, sizeof(base));
	memcpy(message + sizeof(base), options, n);
	return with(message, sizeof(base) + n);
}

/* The part that the row of a key is in. */
static const struct rem_part *part_of(struct apart *a, const char *key)
{
	for (unsigned i = 0; i < a->b.parts; i++) {
		struct rem_row_walk walk = {0};
		struct rem_row row;

		while (rem_row_next(&a->b, &a->part[i], &walk, &row)) {
			if (row.field->key != NULL && strcmp(row.field->key, key) == 0)
				return &a->part[i];
		}
	}
	return NULL;
}

static void solicitation(void **state)
{
	static const uint8_t dis[] = {155, 0, 0, 0, 1, 2, 7, 19, 30, 0xbf, DODAG, 240};
	struct apart *a = with(dis, sizeof(dis));

	(void)state;
	assert_shows(a, "icmpv6.rpl.dis.flags", "1");
	assert_shows(a, "icmpv6.reserved", "02");
	assert_shows(a, "icmpv6.rpl.opt.type", "7");
	assert_shows(a, "icmpv6.rpl.opt.length", "19");
	assert_shows(a, "icmpv6.rpl.opt.solicited.instance", "30");
	assert_shows(a, "icmpv6.rpl.opt.solicited.flag", "0xbf");
	assert_shows(a, "icmpv6.rpl.opt.solicited.flag.v", "1");
	assert_shows(a, "icmpv6.rpl.opt.solicited.flag.i", "0");
	assert_shows(a, "icmpv6.rpl.opt.solicited.flag.d", "1");
	assert_shows(a, "icmpv6.rpl.opt.solicited.flag.rsv", "31");
	assert_shows(a, "icmpv6.rpl.opt.solicited.dodagid", "2001:db8::1");
	assert_shows(a, "icmpv6.rpl.opt.solicited.version", "240");
	assert_string_equal(apart_info(a), "RPL control (DIS)");
	apart_free(a);
}

static void information(void **state)
{
	/* clang-format off */
	static const uint8_t options[] = {
		0, 1, 0, 1, 3, 0, 0, 0,                                 /* Pad1, PadN */
		4, 14, 0x0d, 8, 12, 10, 7, 0, 1, 0, 0, 1, 0, 30, 0, 60, /* configuration */
		3, 14, 64, 0xef, 0, 0, 0x0e, 0x10, 0x20, 0x01, 0x0d, 0xb8, 0, 1, 0, 2,
		3, 6, 0, 0x10, 0, 0, 0, 1,                              /* the default route has no prefix */
		8, 30, 64, 0xdf, 0, 1, 0x51, 0x80, 0, 0, 0x38, 0x40, 0, 0, 0, 0, OTHER,
		77, 2, 0xaa, 0xbb, 78, 0,                               /* nobody knows these */
	};
	/* clang-format on */
	struct apart *a = with_options(options, sizeof(options));

	(void)state;
	assert_shows(a, "icmpv6.rpl.dio.instance", "30");
	assert_shows(a, "icmpv6.rpl.dio.version", "240");
	assert_shows(a, "icmpv6.rpl.dio.rank", "258");
	assert_shows(a, "icmpv6.rpl.dio.flag.g", "1");
	assert_shows(a, "icmpv6.rpl.dio.flag.0", "0");
	assert_shows(a, "icmpv6.rpl.dio.flag.mop", "0x3");
	assert_shows(a, "icmpv6.rpl.dio.flag.preference", "2");
	assert_shows(a, "icmpv6.rpl.dio.dtsn", "7");
	assert_int_equal(apart_count(a, "icmpv6.rpl.dio.flag"), 2);
	assert_shows(a, "icmpv6.rpl.dio.dagid", "2001:db8::1");
	assert_int_equal(apart_count(a, "icmpv6.opt"), 9);
	assert_int_equal(apart_count(a, "icmpv6.rpl.opt.length"), 8);
	assert_int_equal(apart_count(a, "icmpv6.rpl.opt.padn"), 2);
	assert_shows(a, "icmpv6.rpl.opt.config.auth", "1");
	assert_shows(a, "icmpv6.rpl.opt.config.pcs", "5");
	assert_shows(a, "icmpv6.rpl.opt.config.max_rank_inc", "1792");
	assert_shows(a, "icmpv6.rpl.opt.config.ocp", "1");
	assert_shows(a, "icmpv6.rpl.opt.config.def_lifetime", "30");
	assert_shows(a, "icmpv6.rpl.opt.config.lifetime_unit", "60");
	assert_shows(a, "icmpv6.rpl.opt.route.pref", "1");
	assert_shows(a, "icmpv6.rpl.opt.route.reserved", "231");
	assert_shows(a, "icmpv6.rpl.opt.route.lifetime", "3600");
	assert_shows(a, "icmpv6.rpl.opt.route.prefix", "2001:db8:1:2::");
	assert_int_equal(apart_count(a, "icmpv6.rpl.opt.route.prefix"), 1);
	assert_shows(a, "icmpv6.rpl.opt.prefix.flag.l", "1");
	assert_shows(a, "icmpv6.rpl.opt.config.flag.r", "0");
	assert_shows(a, "icmpv6.rpl.opt.config.flag.rsv", "31");
	assert_shows(a, "icmpv6.rpl.opt.prefix.preferred_lifetime", "14400");
	assert_shows(a, "icmpv6.rpl.opt.prefix", "2001:db8:1:2::2");
	assert_shows(a, "icmpv6.data", "aa:bb");
	assert_int_equal(apart_count(a, "icmpv6.data"), 2);
	assert_absent(a, "icmpv6.unknown_data");
	apart_free(a);
}

static void advertisement(void **state)
{
	/* clang-format off */
	static const uint8_t named[] = {
		155, 2, 0, 0, 30, 0xff, 0, 7, DODAG,
		5, 18, 0, 128, OTHER,
		5, 10, 0, 64, 0x20, 0x01, 0x0d, 0xb8, 0, 1, 0, 2,
		9, 4, 0xde, 0xad, 0xbe, 0xef,
		6, 20, 0x80, 1, 2, 3, DODAG, 6, 4, 0x7f, 1, 2, 0,
	};
	/* clang-format on */
	static const uint8_t unnamed[] = {155, 2, 0, 0, 30, 0x80, 0, 7, 6, 4, 0, 1, 2, 3};
	struct apart *a = with(named, sizeof(named));

	(void)state;
	assert_shows(a, "icmpv6.rpl.dao.flag.k", "1");
	assert_shows(a, "icmpv6.rpl.dao.flag.rsv", "63");
	assert_shows(a, "icmpv6.rpl.dao.sequence", "7");
	assert_shows(a, "icmpv6.rpl.dao.dodagid", "2001:db8::1");
	assert_shows(a, "icmpv6.rpl.opt.target.prefix", "2001:db8:1:2::2");
	assert_string_equal(apart_text(a, "icmpv6.rpl.opt.target.prefix", 1), "2001:db8:1:2::");
	assert_shows(a, "icmpv6.rpl.opt.targetdesc.descriptor", "0xdeadbeef");
	assert_shows(a, "icmpv6.rpl.opt.transit.flag.e", "1");
	assert_shows(a, "icmpv6.rpl.opt.transit.pathlifetime", "3");
	assert_shows(a, "icmpv6.rpl.opt.transit.parent", "2001:db8::1");
	assert_int_equal(apart_count(a, "icmpv6.rpl.opt.transit.pathctl"), 2);
	assert_int_equal(apart_count(a, "icmpv6.rpl.opt.transit.parent"), 1);
	apart_free(a);

	a = with(unnamed, sizeof(unnamed));
	assert_absent(a, "icmpv6.rpl.dao.dodagid");
	assert_shows(a, "icmpv6.rpl.opt.transit.pathseq", "2");
	assert_string_equal(apart_info(a), "RPL control (DAO)");
	apart_free(a);
}

static void acknowledgment(void **state)
{
	uint8_t ack[] = {155, 3, 0, 0, 30, 0xff, 7, 130, DODAG, 0};
	struct apart *a = with(ack, sizeof(ack));

	(void)state;
	assert_shows(a, "icmpv6.rpl.daoack.flag.d", "1");
	assert_shows(a, "icmpv6.rpl.daoack.flag.rsv", "127");
	assert_shows(a, "icmpv6.rpl.daoack.sequence", "7");
	assert_shows(a, "icmpv6.rpl.daoack.status", "130");
	assert_shows(a, "icmpv6.rpl.daoack.dodagid", "2001:db8::1");
	assert_int_equal(apart_count(a, "icmpv6.opt"), 1);
	apart_free(a);

	ack[5] = 0x7f;
	a = with(ack, 8);
	assert_absent(a, "icmpv6.rpl.daoack.dodagid");
	assert_int_equal(a->part[a->b.parts - 1].err, REM_OK);
	apart_free(a);
}

/* Where the base object begins is told by the key mode: RFC 6550 6.1. */
static void security(void **state)
{
	static const uint8_t by_index[] = {155, 0x81, 0, 0, SECURITY(0x00), 7, DIO_BASE};
	static const uint8_t pairwise[] = {155, 0x81, 0, 0, SECURITY(0x7d), DIO_BASE};
	static const uint8_t by_source[] = {155, 0x8a, 0,    0,    SECURITY(0x82), KEY_SOURCE,
					    7,   30,   0x81, 0x12, 0x34,           DODAG,
					    0,   0,    0,    77};
	static const uint8_t signed_only[] = {155, 0x80, 0, 0, SECURITY(0xc2), 5, 0};
	static const uint8_t sealed[] = {155, 0x80, 0, 0, SECURITY(0xc3), KEY_SOURCE, 7, 5, 0, 9};
	struct apart *a = with(by_index, sizeof(by_index));

	(void)state;
	assert_shows(a, "icmpv6.rpl.secure.flag.t", "1");
	assert_int_equal(apart_count(a, "icmpv6.rpl.secure.flag"), 3);
	assert_shows(a, "icmpv6.rpl.secure.counter", "99");
	assert_shows(a, "icmpv6.rpl.secure.key.index", "7");
	assert_shows(a, "icmpv6.rpl.dio.rank", "258");
	assert_string_equal(apart_info(a), "RPL control (secure DIO)");
	apart_free(a);

	a = with(pairwise, sizeof(pairwise));
	assert_shows(a, "icmpv6.rpl.secure.kim", "1");
	assert_shows(a, "icmpv6.rpl.secure.rsv", "7");
	assert_shows(a, "icmpv6.rpl.secure.lvl", "5");
	assert_absent(a, "icmpv6.rpl.secure.key.index");
	assert_shows(a, "icmpv6.rpl.dio.rank", "258");
	apart_free(a);

	a = with(by_source, sizeof(by_source));
	assert_shows(a, "icmpv6.rpl.secure.key.source", "6b:65:79:73:6f:75:72:63");
	assert_shows(a, "icmpv6.rpl.secure.key.index", "7");
	assert_shows(a, "icmpv6.rpl.cc.flag.r", "1");
	assert_shows(a, "icmpv6.rpl.cc.nonce", "0x1234");
	assert_shows(a, "icmpv6.rpl.cc.dodagid", "2001:db8::1");
	assert_shows(a, "icmpv6.rpl.cc.destination_counter", "77");
	apart_free(a);

	a = with(signed_only, sizeof(signed_only));
	assert_absent(a, "icmpv6.rpl.secure.key.source");
	assert_shows(a, "icmpv6.rpl.dis.flags", "5");
	apart_free(a);

	a = with(sealed, sizeof(sealed));       /* what is encrypted is not taken apart */
	assert_shows(a, "icmpv6.rpl.secure.key.index", "7");
	assert_absent(a, "icmpv6.rpl.dis.flags");
	assert_int_equal(a->part[a->b.parts - 1].len, 3);
	apart_free(a);
}

static void metrics(void **state)
{
	/* clang-format off */
	static const uint8_t options[] = {
		2, 46,
		1, 0x07, 0xff, 8, 0x12, 0x37, 1, 2, 0xaa, 0xbb, 2, 0,   /* node state, two TLVs */
		2, 0x02, 0x10, 4, 0x7b, 0x42, 0x84, 0x21,               /* energy of two nodes */
		3, 0, 0x21, 2, 0xf5, 7,                                 /* hops */
		4, 0, 0, 4, 0, 3, 0xd0, 0x90,                           /* throughput */
		5, 0, 0, 8, 0, 0, 4, 0xd2, 0, 0, 0, 9,                  /* latency */
		2, 37,
		6, 0, 0x80, 3, 7, 0xe3, 0x41,                           /* quality */
		7, 0, 0, 4, 0, 128, 1, 0,                               /* ETX */
		8, 0, 0x80, 3, 0, 0x12, 0x34,                           /* colors that were met */
		8, 2, 0, 3, 3, 0x12, 0x35,                              /* colors that are wanted */
		9, 0, 0, 2, 1, 2,                                       /* nobody knows this */
		3, 0,                                                   /* less than an object */
	};
	/* clang-format on */
	struct apart *a = with_options(options, sizeof(options));

	(void)state;
	assert_int_equal(apart_count(a, "icmpv6.rpl.opt.metric.type"), 10);
	assert_shows(a, "icmpv6.rpl.opt.metric.flags", "0x07ff");
	assert_shows(a, "icmpv6.rpl.opt.metric.reserved", "0x00");
	assert_shows(a, "icmpv6.rpl.opt.metric.flag.p", "1");
	assert_shows(a, "icmpv6.rpl.opt.metric.flag.a", "0x7");
	assert_shows(a, "icmpv6.rpl.opt.metric.prec", "0xf");
	assert_shows(a, "icmpv6.rpl.opt.metric.nsa.object", "0x1237");
	assert_shows(a, "icmpv6.rpl.opt.metric.nsa.object.flags", "0x0d");
	assert_shows(a, "icmpv6.rpl.opt.metric.nsa.object.flag.o", "1");
	assert_shows(a, "icmpv6.rpl.opt.metric.nsa.object.opttlv.object.data", "aa:bb");
	assert_int_equal(apart_count(a, "icmpv6.rpl.opt.metric.nsa.object.opttlv.object.data"), 2);
	assert_shows(a, "icmpv6.rpl.opt.metric.ne.object.type", "0x1");
	assert_string_equal(apart_text(a, "icmpv6.rpl.opt.metric.ne.object.energy", 1), "0x21");
	assert_shows(a, "icmpv6.rpl.opt.metric.hp.object.hp", "7");
	assert_shows(a, "icmpv6.rpl.opt.metric.lt.object.lt", "250000");
	assert_string_equal(apart_text(a, "icmpv6.rpl.opt.metric.ll.object.ll", 1), "9");
	assert_shows(a, "icmpv6.rpl.opt.metric.lql.object.res", "0x07");
	assert_string_equal(apart_text(a, "icmpv6.rpl.opt.metric.lql.object.val", 1), "0x2");
	assert_shows(a, "icmpv6.rpl.opt.metric.lql.object.counter", "3");
	assert_string_equal(apart_text(a, "icmpv6.rpl.opt.metric.etx.object.etx", 1), "256");
	assert_shows(a, "icmpv6.rpl.opt.metric.lc.object.lc", "0x048");
	assert_shows(a, "icmpv6.rpl.opt.metric.lc.object.counter", "52");
	assert_int_equal(apart_count(a, "icmpv6.rpl.opt.metric.lc.object.counter"), 1);
	assert_shows(a, "icmpv6.rpl.opt.metric.lc.object.reserved", "26");
	assert_shows(a, "icmpv6.rpl.opt.metric.lc.object.flag.i", "1");
	assert_shows(a, "icmpv6.unknown_data", "03:00");
	assert_int_equal(apart_count(a, "icmpv6.unknown_data"), 1);
	apart_free(a);
}

static void from_point_to_point(void **state)
{
	static const uint8_t reply[] = {155,   4,  0,  0,    30,   0,     0xf5,  0x67,
					DODAG, 10, 50, 0xe0, 0x45, OTHER, DODAG, OTHER};
	static const uint8_t ack[] = {155, 5, 0, 0, 30, 0, 0xf5, 0x67, DODAG, 0};
	static const uint8_t elided[] = {10, 4, 0x8f, 0x85, 1, 2};
	struct apart *a = with(reply, sizeof(reply));

	(void)state;
	assert_shows(a, "icmpv6.rpl.p2p.dro.flag.seq", "3");
	assert_shows(a, "icmpv6.rpl.p2p.dro.flag.reserved", "1383");
	assert_shows(a, "icmpv6.rpl.opt.routediscovery.flag.numofroutes", "2");
	assert_shows(a, "icmpv6.rpl.opt.routediscovery.lifetime", "1");
	assert_shows(a, "icmpv6.rpl.opt.routediscovery.nh", "5");
	assert_absent(a, "icmpv6.rpl.opt.routediscovery.maxrank");
	assert_shows(a, "icmpv6.rpl.opt.routediscovery.targetaddr", "2001:db8:1:2::2");
	assert_int_equal(apart_count(a, "icmpv6.rpl.opt.routediscovery.addr_vec"), 1);
	assert_int_equal(apart_count(a, "icmpv6.rpl.opt.routediscovery.addrvec.addr"), 2);
	apart_free(a);

	a = with(ack, sizeof(ack));
	assert_shows(a, "icmpv6.rpl.p2p.droack.flag.seq", "3");
	assert_shows(a, "icmpv6.rpl.p2p.droack.flag.reserved", "13671");
	assert_shows(a, "icmpv6.rpl.p2p.dro.dagid", "2001:db8::1");
	assert_absent(a, "icmpv6.opt");
	apart_free(a);

	a = with_options(elided, sizeof(elided)); /* the first 15 bytes are not here */
	assert_shows(a, "icmpv6.rpl.opt.routediscovery.maxrank", "5");
	assert_shows(a, "icmpv6.rpl.opt.routediscovery.flag.compr", "15");
	assert_absent(a, "icmpv6.rpl.opt.routediscovery.targetaddr");
	apart_free(a);
}

static void unknown_codes(void **state)
{
	static const uint8_t plain[] = {155, 6, 0, 0, 1, 2, 3};
	static const uint8_t secure[] = {155, 0xff, 0, 0, SECURITY(0x40), 1, 2, 3};
	static const uint8_t empty[] = {155, 6, 0, 0};
	struct apart *a = with(plain, sizeof(plain));

	(void)state;
	assert_int_equal(a->b.parts, 2);
	assert_string_equal(apart_info(a), "RPL control");
	apart_free(a);
	a = with(secure, sizeof(secure));
	assert_shows(a, "icmpv6.rpl.secure.counter", "99");
	assert_int_equal(a->b.parts, 3);
	apart_free(a);
	a = with(empty, sizeof(empty));
	assert_int_equal(a->b.parts, 1);
	apart_free(a);
}

static void lies(void **state)
{
	static const uint8_t beyond[] = {6, 20, 1, 2, 3, 4};
	static const uint8_t brief[] = {9, 2, 0xde, 0xad, 0, 0, 0};
	static const uint8_t surplus[] = {9, 5, 0xde, 0xad, 0xbe, 0xef, 1};
	static const uint8_t odd_prefix[] = {5, 8, 0, 48, 0x20, 0x01, 0x0d, 0xb8, 0, 1, 0};
	static const uint8_t unknown[] = {77, 9, 1, 2};
	static const uint8_t metric[] = {2, 6, 7, 0, 0, 9, 1, 2, 0};
	static const uint8_t half[] = {2, 6, 8, 0, 0, 2, 0, 9};
	struct apart *a = with_options(beyond, sizeof(beyond));

	(void)state;
	assert_int_equal(part_of(a, "icmpv6.rpl.opt.transit.pathctl")->err, REM_LENGTH);
	assert_absent(a, "icmpv6.rpl.opt.transit.parent");
	apart_free(a);
	a = with_options(brief, sizeof(brief)); /* what follows is where the length says */
	assert_int_equal(part_of(a, "icmpv6.rpl.opt.targetdesc.descriptor")->err, REM_LENGTH);
	assert_int_equal(apart_count(a, "icmpv6.opt"), 4);
	apart_free(a);
	a = with_options(surplus, sizeof(surplus));
	assert_shows(a, "icmpv6.unknown_data", "01");
	apart_free(a);
	a = with_options(odd_prefix, sizeof(odd_prefix));
	assert_absent(a, "icmpv6.rpl.opt.target.prefix");
	assert_shows(a, "icmpv6.unknown_data", "20:01:0d:b8:00:01");
	assert_int_equal(apart_count(a, "icmpv6.opt"), 2);
	apart_free(a);
	a = with_options(unknown, sizeof(unknown));
	assert_absent(a, "icmpv6.data");
	apart_free(a);
	a = with_options(metric, sizeof(metric));
	assert_int_equal(part_of(a, "icmpv6.rpl.opt.metric.type")->err, REM_LENGTH);
	assert_shows(a, "icmpv6.rpl.opt.metric.etx.object.etx", "258");
	assert_int_equal(apart_count(a, "icmpv6.opt"), 2);
	apart_free(a);
	a = with_options(half, sizeof(half));   /* a color has two bytes */
	assert_shows(a, "icmpv6.unknown_data", "09");
	assert_absent(a, "icmpv6.rpl.opt.metric.lc.object");
	apart_free(a);
}

static void cuts(void **state)
{
	static const uint8_t dio[] = {155, 1, 0, 0, DIO_BASE, 2, 8, 7, 0, 0, 4, 0, 128, 1, 0};
	struct apart *a = apart_cut(REM_P_ICMPV6, dio, HEAD + 5, sizeof(dio));

	(void)state;
	assert_shows(a, "icmpv6.rpl.dio.rank", "258");
	assert_shows(a, "icmpv6.rpl.dio.flag.preference", "2");
	assert_absent(a, "icmpv6.rpl.dio.dagid");
	assert_int_equal(part_of(a, "icmpv6.rpl.dio.rank")->err, REM_SHORT);
	apart_free(a);

	a = apart_cut(REM_P_ICMPV6, dio, HEAD + DIO + 5, sizeof(dio));
	assert_shows(a, "icmpv6.rpl.opt.metric.flags", "0x0000");
	assert_absent(a, "icmpv6.rpl.opt.metric.length");
	assert_int_equal(part_of(a, "icmpv6.rpl.opt.length")->err, REM_SHORT);
	assert_int_equal(part_of(a, "icmpv6.rpl.opt.metric.type")->err, REM_SHORT);
	apart_free(a);

	a = apart_cut(REM_P_ICMPV6, dio, sizeof(dio) - 2, sizeof(dio));
	assert_int_equal(apart_count(a, "icmpv6.rpl.opt.metric.etx.object.etx"), 1);
	assert_int_equal(part_of(a, "icmpv6.rpl.opt.metric.type")->err, REM_SHORT);
	apart_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(solicitation), cmocka_unit_test(information),
		cmocka_unit_test(advertisement), cmocka_unit_test(acknowledgment),
		cmocka_unit_test(security), cmocka_unit_test(metrics),
		cmocka_unit_test(from_point_to_point), cmocka_unit_test(unknown_codes),
		cmocka_unit_test(lies), cmocka_unit_test(cuts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
