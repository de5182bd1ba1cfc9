/* SPDX-License-Identifier: BSD-3-Clause */
/* Holds the place of the library until its first file is here. */
extern int analyzer_placeholder;
int analyzer_placeholder;
