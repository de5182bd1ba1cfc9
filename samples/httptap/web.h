/* SPDX-License-Identifier: BSD-3-Clause */
/* The HTTP side of httptap, on a socket of the kernel's. */
#ifndef HTTPTAP_WEB_H
#define HTTPTAP_WEB_H

#include "wire.h"

/* Listens on the loopback address, port `port`. token: what callers must say; NULL: nothing. */
int web_begin(struct wire *w, uint16_t port, const char *token);

/* Serves who waits; returns when it wants to be called again at the latest. */
rem_time web_run(struct wire *w);

#endif
