/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Wireshark's headers, and what differs between its versions 4.0 and 4.6. */
#ifndef COMPAT_H
#define COMPAT_H

/* Names with their own conversions and shadows: they are not ours to mend. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
#include <wireshark.h>

#include <epan/charsets.h>
#include <epan/epan_dissect.h>
#include <epan/expert.h>
#include <epan/packet.h>
#include <epan/prefs.h>
#include <epan/proto_data.h>
#include <epan/proto.h>
#include <epan/stat_tap_ui.h>
#include <epan/tap.h>
#include <epan/tfs.h>
#include <epan/tvbuff.h>
#if WIRESHARK_VERSION_MAJOR == 4 && WIRESHARK_VERSION_MINOR == 0
#include <epan/strutil.h>
#else
#include <wsutil/str_util.h>
#endif
#include <wiretap/pcap-encap.h>
#include <wiretap/wtap.h>
#include <wsutil/report_message.h>
#pragma GCC diagnostic pop

/* A field's value: part of the field_info in 4.0, behind a pointer and functions since 4.2. */
#if WIRESHARK_VERSION_MAJOR == 4 && WIRESHARK_VERSION_MINOR == 0
#define FIELD_VALUE(fi)  ((fvalue_t *)(uintptr_t) & (fi)->value)
#define FIELD_IPV4(fi) ((fi)->value.value.ipv4.addr)
#define FIELD_IPV6(fi) ((fi)->value.value.ipv6.addr.bytes)
#define FIELD_BYTES(fi) ((fi)->value.value.bytes->data)
#define FIELD_LENGTH(fi) ((fi)->value.value.bytes->len)
#else
#define FIELD_VALUE(fi) ((fi)->value)
#define FIELD_IPV4(fi) (fvalue_get_ipv4((fi)->value)->addr)
#define FIELD_IPV6(fi) (fvalue_get_ipv6((fi)->value)->addr.bytes)
#define FIELD_BYTES(fi) ((const uint8_t *)fvalue_get_bytes_data((fi)->value))
#define FIELD_LENGTH(fi) (fvalue_get_bytes_size((fi)->value))
#endif

/* Renamed since 4.0. */
#ifndef IS_FT_UINT32
#define IS_FT_INT32 FT_IS_INT32
#define IS_FT_INT64 FT_IS_INT64
#define IS_FT_UINT32 FT_IS_UINT32
#define IS_FT_UINT64 FT_IS_UINT64
#define IS_FT_TIME FT_IS_TIME
#define IS_FT_STRING FT_IS_STRING
#endif

/* What a heuristic dissector returns and a switch among the preferences is. */
#if WIRESHARK_VERSION_MAJOR == 4 && WIRESHARK_VERSION_MINOR < 4
#define WS_BOOL gboolean
#else
#define WS_BOOL bool
#endif

/* Memory until the packet at hand is done with: since 4.6 it is the packet's own, and dissect.c says which. */
extern wmem_allocator_t *packet_memory;
#if WIRESHARK_VERSION_MAJOR == 4 && WIRESHARK_VERSION_MINOR < 6
#define VALUE_STRINGS(values, n, name) value_string_ext_new(values, n, name)
#define TAP_BEGINS void
#define TAP_BEGUN ((void)0)
#define FIELD_EUI64(fi) fvalue_get_uinteger64(FIELD_VALUE(fi))
#else
#define wmem_packet_scope() packet_memory
#define VALUE_STRINGS(values, n, name) value_string_ext_new(wmem_epan_scope(), values, n, name)
#define TAP_BEGINS bool
#define TAP_BEGUN return true
#define FIELD_EUI64(fi) eui64_of(FIELD_BYTES(fi))

/* It was a number, and is bytes. */
static inline uint64_t eui64_of(const uint8_t *p)
{
	uint64_t v = 0;

	for (unsigned i = 0; i < 8; i++)
		v = v << 8 | p[i];
	return v;
}
#endif

/* What a plugin says to be; Wireshark 4.0 does not ask. */
#ifndef WS_PLUGIN_DESC_DISSECTOR
#define WS_PLUGIN_DESC_DISSECTOR (1U << 0)
#endif

#endif
