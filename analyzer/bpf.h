/* SPDX-License-Identifier: BSD-3-Clause */
/* tcpdump's filter language, compiled and run by libpcap: -f. */
#ifndef BPF_H
#define BPF_H

#include "file/reader.h"

struct bpf;

/* Compiles for Ethernet to find mistakes at once; other link types are compiled when they come.
 * NULL: *error is a line to be freed by g_free. */
struct bpf *bpf_compile(const char *expression, char **error);
/* Compiles for all link types that have a name: what the expression names is looked up in files, which
 * cannot be opened any more once a sandbox is entered. */
void bpf_complete(struct bpf *b);
bool bpf_match(struct bpf *b, const struct packet *p);
void bpf_free(struct bpf *b);

/* libpcap's word on which it is; NULL: it is not there, and *why is what the loader says. */
const char *bpf_version(const char **why);

#endif
