/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of this board tell each other. */
#ifndef BOARD_H
#define BOARD_H

#include <remora/mps2.h>

enum { BOARD_ETHERNET_IRQ = 13 };

_Noreturn void board_reset(void);
void board_tick(void);
void board_ethernet(void);

#endif
