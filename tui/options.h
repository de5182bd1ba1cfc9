/* SPDX-License-Identifier: BSD-3-Clause */
/* What may follow ":set". */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "prompt.h"

void complete_option(const char *text, size_t n, struct candidates *to);

#endif
