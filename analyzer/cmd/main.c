/* SPDX-License-Identifier: BSD-3-Clause */
/* Holds the place of the command until its first file is here. */
int main(void)
{
	return 0;
}
