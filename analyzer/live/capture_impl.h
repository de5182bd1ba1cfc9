/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of the capturing process share and nobody else sees. */
#ifndef LIVE_CAPTURE_IMPL_H
#define LIVE_CAPTURE_IMPL_H

#include "libpcap.h"
#include "live/capture.h"

/* How long the kernel keeps packets back to hand over more of them at once. */
enum { CAPTURE_PATIENCE_MS = 10 };

struct capture {
	const struct libpcap *pcap;
	const struct capture_request *request;
	pcap_t *handle;
	struct bpf_program program;
	bool nanoseconds;
	bool deaf; /* what comes is not wanted, and the kernel does not know */

	struct ring *ring;
	int line;
	uint64_t received, dropped_here, dropped_kernel;
	uint32_t drops_seen; /* libpcap's own count, which wraps */
	int64_t counted_ms;  /* when it was asked for that */
};

#endif
