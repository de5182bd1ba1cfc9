/* SPDX-License-Identifier: BSD-3-Clause */
/* Everything of libremora. */
#ifndef REMORA_REMORA_H
#define REMORA_REMORA_H

#include <remora/breakdown.h>
#include <remora/line.h>
#include <remora/name.h>
#include <remora/sum.h>
#include <remora/text.h>
#include <remora/tlv.h>
#include <remora/types.h>

#endif
