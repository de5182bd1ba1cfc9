/* SPDX-License-Identifier: BSD-3-Clause */
/* The list of printers. */
#include "out/print.h"

const struct printer_ops *const printers[] = {
	&print_line, &print_breakdown, &print_tree, &print_json, &print_ndjson,
	&print_pdml, &print_fields,    &print_none, NULL,
};
