/* SPDX-License-Identifier: BSD-3-Clause */
/* The card that a sample was told to use: an interface, or one behind httptap. */
#ifndef SAMPLES_CARD_H
#define SAMPLES_CARD_H

#include <remora/linux.h>

static inline int card_open(struct rem_linux_nic *card, const char *interface, const char *http_tap)
{
	return http_tap != NULL ? rem_linux_open_http(card, http_tap)
				: rem_linux_open(card, interface);
}

#endif
