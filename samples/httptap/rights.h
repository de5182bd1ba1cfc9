/* SPDX-License-Identifier: BSD-3-Clause */
/* What httptap gives up before it reads the first request. */
#ifndef HTTPTAP_RIGHTS_H
#define HTTPTAP_RIGHTS_H

/* Root's identity, and all system calls but those that serving needs; for good. 0 or -errno. */
int rights_drop(void);

#endif
