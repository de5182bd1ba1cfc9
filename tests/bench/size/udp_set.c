/* SPDX-License-Identifier: BSD-3-Clause */
/* A firmware that gets an address, resolves a name and asks for the time. */
#include "clients.h"

int main(void)
{
	begin();
	for (;;)
		turn();
}
