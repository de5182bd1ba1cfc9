/* SPDX-License-Identifier: BSD-3-Clause */
/* A program of the checks alone: size.sh makes the linker keep every rem_*_check. */
int main(void)
{
	return 0;
}
