/* SPDX-License-Identifier: BSD-3-Clause */
/* Registries that several protocols share: EtherTypes, IP protocols, ports. */
#ifndef REMORA_NUMBERS_H
#define REMORA_NUMBERS_H

#include <remora/field.h>

enum {
	REM_IP_HOPOPT = 0,
	REM_IP_ICMP = 1,
	REM_IP_IGMP = 2,
	REM_IP_IPV4 = 4,
	REM_IP_TCP = 6,
	REM_IP_UDP = 17,
	REM_IP_IPV6 = 41,
	REM_IP_ROUTING = 43,
	REM_IP_FRAGMENT = 44,
	REM_IP_GRE = 47,
	REM_IP_ESP = 50,
	REM_IP_AH = 51,
	REM_IP_ICMPV6 = 58,
	REM_IP_NONE = 59,
	REM_IP_DSTOPTS = 60,
	REM_IP_UDPLITE = 136,
};

extern const struct rem_names rem_ethertype_names;      /* IEEE EtherTypes */
extern const struct rem_names rem_ip_proto_names;       /* IANA protocol numbers */
extern const struct rem_names rem_hardware_names;       /* ARP hardware types, and Linux's ARPHRD_ */
extern const struct rem_names rem_port_names;           /* well-known ports remora's users meet */
extern const struct rem_names rem_dscp_names;           /* IANA DSCP registry */
extern const struct rem_names rem_sum_names;            /* enum rem_sum_status */

#endif
