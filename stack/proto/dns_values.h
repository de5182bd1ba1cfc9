/* SPDX-License-Identifier: BSD-3-Clause */
/* Values of DNS rows that are not simply their bits. */
#ifndef STACK_PROTO_DNS_VALUES_H
#define STACK_PROTO_DNS_VALUES_H

#include <remora/field.h>

/* Rows that only some messages have; the value stays what the bits say. */
rem_calc rem_dns_in_query, rem_dns_in_update, rem_dns_in_response, rem_dns_authenticated;
rem_calc rem_dns_there_is_a_key, rem_dns_not_zero;

/* Names, and numbers about them. */
rem_calc rem_dns_owner, rem_dns_srv_service, rem_dns_srv_proto, rem_dns_srv_name;
rem_calc rem_dns_name_length, rem_dns_name_labels, rem_dns_text_length;

rem_calc rem_dns_text;        /* up to a NUL, as Wireshark shows texts */
rem_calc rem_dns_part_length; /* bytes of the part */
rem_calc rem_dns_bit;         /* the type that a bit of a bitmap stands for */
rem_calc rem_dns_key_id;      /* RFC 4034 B */
rem_calc rem_dns_key_reserved;
rem_calc rem_dns_prefix;    /* an IPv4 address of which only the first bytes are written */
rem_calc rem_dns_suffix;    /* an IPv6 address, if it is whole */
rem_calc rem_dns_caa_value; /* the text behind the tag */

#endif
