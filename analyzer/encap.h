/* SPDX-License-Identifier: BSD-3-Clause */
/* Wireshark's numbers for link types. */
#ifndef ENCAP_H
#define ENCAP_H

#include <stdint.h>

/* The number for a LINKTYPE_ value; 0: Wireshark does not know it. */
uint16_t encap_of(uint16_t linktype);

#endif
