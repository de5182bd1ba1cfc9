/* SPDX-License-Identifier: BSD-3-Clause */
/* The card that a sample was told to use: an interface, or one behind httptap. */
#ifndef SAMPLES_CARD_H
#define SAMPLES_CARD_H

#include <remora/linux.h>

/* Opens it. What fails is said, `program` in front, with what would help; a negative errno. http_tap may
 * be NULL: the interface, then. */
int card_open(struct rem_linux_nic *card, const char *program, const char *interface,
	      const char *http_tap);

#endif
