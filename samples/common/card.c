/* SPDX-License-Identifier: BSD-3-Clause */
/* A card for a sample, and why there is none. */
#include "card.h"

#include <errno.h>
#include <string.h>

static const char *advice(int err, bool by_http)
{
	switch (err) {
	case -EPERM:
	case -EACCES: return "It takes root, or CAP_NET_ADMIN and CAP_NET_RAW.";
	case -EBUSY: return "Another program has this TAP.";
	case -ECONNREFUSED: return by_http ? "Is httptap running there?" : NULL;
	case -EPROTO: return by_http ? "Who answers there is no httptap." : NULL;
	default: return NULL;
	}
}

int card_open(struct rem_linux_nic *card, const char *program, const char *interface,
	      const char *http_tap)
{
	const char *name = http_tap != NULL ? http_tap : interface;
	const int err = http_tap != NULL ? rem_linux_open_http(card, http_tap)
					 : rem_linux_open(card, interface);
	const char *help = advice(err, http_tap != NULL);

	if (err != 0)
		fprintf(stderr, "%s cannot open %s: %s\n", program, name, strerror(-err));
	if (help != NULL)
		fprintf(stderr, "%s\n", help);
	return err;
}
