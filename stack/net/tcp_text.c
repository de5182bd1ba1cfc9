/* SPDX-License-Identifier: BSD-3-Clause */
/* The names of TCP's states, apart from it, so that firmware which prints none drops them. */
#include <remora/tcb.h>

const char *rem_tcp_state_text(enum rem_tcp_state state)
{
	static const char *const names[] = {
		"CLOSED",     "LISTEN",     "SYN-SENT",	  "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1",
		"FIN-WAIT-2", "CLOSE-WAIT", "CLOSING",	  "LAST-ACK",	  "TIME-WAIT",
	};

	return (unsigned)state < sizeof(names) / sizeof(names[0]) ? names[state] : "?";
}
