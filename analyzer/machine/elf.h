/* SPDX-License-Identifier: BSD-3-Clause */
/* A shared object of this kind of machine, looked into and never run: System V ABI, chapters 4, 5. */
#ifndef MACHINE_ELF_H
#define MACHINE_ELF_H

#include <stddef.h>
#include <stdint.h>

/* A run of bytes of the file; it lies within it. */
struct elf_run {
	uint64_t at, len;
};

struct elf {
	const uint8_t *bytes;
	size_t len;
	struct elf_run segments;
	struct elf_run symbols, symbol_names;
	struct elf_run dynamic, dynamic_names;
};

/* Borrows bytes for as long as e is used. Returns NULL, or what is wrong: "is cut short". */
const char *elf_open(struct elf *e, const uint8_t *bytes, size_t len);

/* The next string that the dynamic section holds under tag (DT_NEEDED), or NULL. *iter
 * begins as 0. */
const char *elf_next_name(const struct elf *e, int64_t tag, uint64_t *iter);

/* The bytes of an exported object as the file holds them, and how many; NULL if there are none. */
const uint8_t *elf_export(const struct elf *e, const char *name, uint64_t *len);

#endif
