/* SPDX-License-Identifier: BSD-3-Clause */
/* What a link type is called, without asking libpcap, which may not be there to ask. */
#ifndef LINKTYPE_H
#define LINKTYPE_H

#include <stdint.h>

/* "IEEE802_11_RADIO", or NULL. */
const char *linktype_name(uint16_t linktype);

#endif
