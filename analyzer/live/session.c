/* SPDX-License-Identifier: BSD-3-Clause */
/* SSH_CONNECTION: the peer's address and port, then our own, between blanks: ssh(1). */
#include "live/session.h"

#include <arpa/inet.h>
#include <glib.h>
#include <string.h>

enum { ADDRESS, PORT, OWN_ADDRESS, OWN_PORT, WORDS };

/* An address without its zone, or a port, as BPF takes it. */
static bool is_good(char *word, bool address)
{
	uint8_t bytes[16];
	guint64 port;

	if (!address)
		return g_ascii_string_to_unsigned(word, 10, 1, G_MAXUINT16, &port, NULL);
	word[strcspn(word, "%")] = '\0';
	if (inet_pton(AF_INET6, word, bytes) != 1)
		return inet_pton(AF_INET, word, bytes) == 1;
	/* What stands for an address of IPv4 is longer than that. */
	if (IN6_IS_ADDR_V4MAPPED((const struct in6_addr *)(const void *)bytes))
		inet_ntop(AF_INET, bytes + 12, word, (socklen_t)strlen(word) + 1);
	return true;
}

bool session_parse(const char *connection, struct session *s)
{
	char **w = g_strsplit(connection != NULL ? connection : "", " ", -1);
	bool good = g_strv_length(w) == WORDS;

	*s = (struct session){0};
	for (int i = 0; i < WORDS && good; i++)
		good = is_good(w[i], i == ADDRESS || i == OWN_ADDRESS);
	if (good) {
		s->filter =
			g_strdup_printf("not (tcp and host %s and port %s and host %s and port %s)",
					w[ADDRESS], w[PORT], w[OWN_ADDRESS], w[OWN_PORT]);
		s->peer = g_strdup_printf("%s port %s", w[ADDRESS], w[PORT]);
	}
	g_strfreev(w);
	return good;
}
