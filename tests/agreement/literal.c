/* SPDX-License-Identifier: BSD-3-Clause */
/* The number that the right side of each expression of standard input is read as, or "-". */
#include "filter/ast.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
	char line[4096];

	while (fgets(line, sizeof(line), stdin) != NULL) {
		struct filter_error e = {0};

		line[strcspn(line, "\n")] = '\0';
		struct node *n = filter_parse(line, &e);
		if (n != NULL && filter_check(n, &e))
			printf("%" PRIu64 "\n", n->b->literal.u);
		else
			puts("-");
		if (n != NULL)
			node_free(n);
		g_free(e.message);
	}
	return 0;
}
