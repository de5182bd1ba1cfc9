/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * libpcap, loaded when it is needed: it brings a dozen libraries with it, which take longer to load
 * than a small capture to read.
 */
#ifndef LIBPCAP_H
#define LIBPCAP_H

#include <pcap/pcap.h>
#include <stdint.h>

/* clang-format off */
#define LIBPCAP(F) \
	F(open_dead) F(compile) F(geterr) F(close) F(freecode) F(offline_filter) \
	F(datalink_val_to_description) F(lib_version) \
	F(create) F(activate) F(statustostr) F(set_snaplen) F(set_promisc) F(set_rfmon) \
	F(can_set_rfmon) F(set_timeout) F(set_buffer_size) F(set_tstamp_precision) \
	F(setnonblock) F(get_selectable_fd) F(get_required_select_timeout) F(dispatch) F(stats) \
	F(setfilter) F(datalink) F(snapshot) F(list_datalinks) F(free_datalinks) F(set_datalink) \
	F(datalink_name_to_val) F(datalink_val_to_name) F(findalldevs) F(freealldevs)
#define LIBPCAP_MEMBER(f) __typeof__(pcap_##f) *f;

struct libpcap { LIBPCAP(LIBPCAP_MEMBER) };
/* clang-format on */

/* The library; NULL: it is not there, and *why is what the loader says. */
const struct libpcap *libpcap(const char **why);

/* libpcap's DLT_ numbers are LINKTYPE_ numbers, but for raw IP. */
int libpcap_dlt(uint16_t linktype);
uint16_t libpcap_linktype(int dlt);

#endif
