/* SPDX-License-Identifier: BSD-3-Clause */
/* A capture of datagrams that are known, in a file without a name, for the tests of the store. */
#ifndef STORE_MADE_H
#define STORE_MADE_H

#include "capture_bytes.h"
#include "store/store.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static struct bytes made;

/* Packet i goes from 10.0.0.(i % 7) port 1000 + i % 10 to 10.0.0.99 port 53 + i % 3, `len` bytes. */
static inline void datagram(uint32_t i, uint32_t s, uint32_t us, uint32_t len)
{
	uint8_t p[1600] = {2, 0, 0, 0, 0, 2,  2,  0, 0, 0,  0, 1, 8, 0,  0x45, 0, 0,
			   0, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 0, 10, 0,    0, 99};

	store16(p + 16, true, (uint16_t)(len - 14));
	store16(p + 18, true, (uint16_t)i);
	p[29] = (uint8_t)(i % 7);
	store16(p + 34, true, (uint16_t)(1000 + i % 10));
	store16(p + 36, true, (uint16_t)(7000 + i % 3));
	store16(p + 38, true, (uint16_t)(len - 34));
	for (uint32_t at = 42; at < len; at++)
		p[at] = (uint8_t)(at + i);
	put32(&made, s);
	put32(&made, us);
	put32(&made, len);
	put32(&made, len);
	put_bytes(&made, p, len);
}

/* n of them, one each millisecond from 1000 s on. */
static inline void make(uint32_t n)
{
	made.len = 0;
	made.big = false;
	pcap_head(&made, 0xa1b2c3d4, 4, 1);
	for (uint32_t i = 0; i < n; i++)
		datagram(i, 1000 + i / 1000, i % 1000 * 1000, 60 + i % 40);
}

/* All of what was made, looked at. */
static inline struct store *made_store(void)
{
	const int fd = memfd_create("made", MFD_CLOEXEC);
	char name[32], *error = NULL;

	snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	assert_int_equal(write(fd, made.at, made.len), made.len);
	struct store *s = store_open(name, &error);
	if (s == NULL)
		fail_msg("%s", error);
	close(fd);
	while (store_step(s, 1000000) == 1)
		;
	return s;
}

#endif
