/* SPDX-License-Identifier: BSD-3-Clause */
/* The TAP that every stack under test is driven by, in the same way: one thread, poll, one read or write a frame. */
#ifndef PEER_TAP_H
#define PEER_TAP_H

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* The TAP `name`, which exists or is made; ends the program if it cannot be had. */
static int tap_open(const char *name)
{
	struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI};
	const int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	if (fd < 0 || ioctl(fd, TUNSETIFF, &request) < 0) {
		perror(name);
		exit(2);
	}
	return fd;
}

#endif
