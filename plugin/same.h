/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Is a row's value the value of one of Wireshark's fields, and are its bits? */
#ifndef SAME_H
#define SAME_H

#include "values.h"

/* Whatever the types of the two: where these are of no common kind, the texts are compared. */
bool same_value(const struct rem_row *row, const struct rem_value *v, const field_info *fi);

/* An integer or a boolean as a number. False: it is neither. */
bool same_number(const field_info *fi, uint64_t *number);

#endif
