/* SPDX-License-Identifier: BSD-3-Clause */
/* The list of printers, and what several of them need. */
#include "out/print.h"

#include <string.h>

const struct printer_ops *const printers[] = {
	&print_line, &print_tree,   &print_json, &print_ndjson,
	&print_pdml, &print_fields, &print_none, NULL,
};

bool is_us(const struct print_options *options, const struct rem_value *v)
{
	for (unsigned i = 0; i < options->n_us; i++) {
		const struct us *us = &options->us[i];

		if (us->type != v->type)
			continue;
		if (us->type == REM_T_IPV6 ? memcmp(us->ipv6, v->bytes.p, 16) == 0 : us->u == v->u)
			return true;
	}
	return false;
}
