/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Words are read as the loader of this machine would: files for others are told apart by their first
 * bytes. Symbols and names are found by the section table, which strip leaves; where an object lies
 * in the file is said by the segments.
 */
#include "machine/elf.h"

#include <link.h>
#include <stdbool.h>
#include <string.h>

extern const ElfW(Ehdr) __ehdr_start; /* this program's own header: the linker knows it */

static bool is_within(const struct elf *e, uint64_t at, uint64_t len)
{
	return at <= e->len && len <= e->len - at;
}

/* Copies the entry at index; false behind the end of the run. */
static bool entry(const struct elf *e, const struct elf_run *run, uint64_t index, void *to,
		  size_t size)
{
	if (index >= run->len / size)
		return false;
	memcpy(to, e->bytes + run->at + index * size, size);
	return true;
}

/* A string table ends with a zero, so whatever begins in it ends in it. */
static bool is_strings(const struct elf *e, const struct elf_run *run)
{
	return run->len > 0 && e->bytes[run->at + run->len - 1] == '\0';
}

static const char *take_header(struct elf *e, ElfW(Ehdr) *head)
{
	if (e->len < SELFMAG || memcmp(e->bytes, ELFMAG, SELFMAG) != 0)
		return "is no ELF file";
	if (e->len < sizeof(*head))
		return "is cut short";
	memcpy(head, e->bytes, sizeof(*head));
	if (head->e_ident[EI_CLASS] != __ehdr_start.e_ident[EI_CLASS] ||
	    head->e_ident[EI_DATA] != __ehdr_start.e_ident[EI_DATA] ||
	    head->e_machine != __ehdr_start.e_machine)
		return "is for another kind of machine";
	if (head->e_type != ET_DYN)
		return "is no shared object";
	if (head->e_phentsize != sizeof(ElfW(Phdr)) || head->e_shentsize != sizeof(ElfW(Shdr)))
		return "has a damaged header";
	return NULL;
}

/* A section with symbols or dynamic entries, and the strings that it is linked to. */
static const char *take_section(const struct elf *e, const struct elf_run *sections,
				const ElfW(Shdr) *section, struct elf_run *run,
				struct elf_run *names)
{
	ElfW(Shdr) strings;

	if (!entry(e, sections, section->sh_link, &strings, sizeof(strings)))
		return "has a damaged section table";
	if (!is_within(e, section->sh_offset, section->sh_size) ||
	    !is_within(e, strings.sh_offset, strings.sh_size))
		return "is cut short";
	*run = (struct elf_run){section->sh_offset, section->sh_size};
	*names = (struct elf_run){strings.sh_offset, strings.sh_size};
	return is_strings(e, names) ? NULL : "has a damaged table of names";
}

const char *elf_open(struct elf *e, const uint8_t *bytes, size_t len)
{
	ElfW(Ehdr) head;
	ElfW(Shdr) section;

	*e = (struct elf){.bytes = bytes, .len = len};
	const char *wrong = take_header(e, &head);
	if (wrong != NULL)
		return wrong;
	const struct elf_run sections = {head.e_shoff, head.e_shnum * sizeof(section)};
	e->segments = (struct elf_run){head.e_phoff, head.e_phnum * sizeof(ElfW(Phdr))};
	if (!is_within(e, sections.at, sections.len) ||
	    !is_within(e, e->segments.at, e->segments.len))
		return "is cut short";
	for (uint64_t i = 0; wrong == NULL && entry(e, &sections, i, &section, sizeof(section));
	     i++) {
		if (section.sh_type == SHT_DYNSYM)
			wrong = take_section(e, &sections, &section, &e->symbols, &e->symbol_names);
		else if (section.sh_type == SHT_DYNAMIC)
			wrong = take_section(e, &sections, &section, &e->dynamic,
					     &e->dynamic_names);
	}
	return wrong;
}

const char *elf_next_name(const struct elf *e, int64_t tag, uint64_t *iter)
{
	ElfW(Dyn) dyn;

	while (entry(e, &e->dynamic, *iter, &dyn, sizeof(dyn)) && dyn.d_tag != DT_NULL) {
		++*iter;
		if (dyn.d_tag == tag && dyn.d_un.d_val < e->dynamic_names.len)
			return (const char *)e->bytes + e->dynamic_names.at + dyn.d_un.d_val;
	}
	return NULL;
}

static bool is_named(const struct elf *e, const ElfW(Sym) *symbol, const char *name)
{
	const size_t size = strlen(name) + 1;
	const struct elf_run *names = &e->symbol_names;

	return symbol->st_name < names->len && size <= names->len - symbol->st_name &&
	       memcmp(e->bytes + names->at + symbol->st_name, name, size) == 0;
}

/* The segment that is loaded over the address says where in the file its bytes come from. */
static const uint8_t *loaded(const struct elf *e, uint64_t address, uint64_t len)
{
	ElfW(Phdr) segment;

	for (uint64_t i = 0; entry(e, &e->segments, i, &segment, sizeof(segment)); i++) {
		const uint64_t into = address - segment.p_vaddr;

		if (segment.p_type != PT_LOAD || address < segment.p_vaddr ||
		    into > segment.p_filesz || len > segment.p_filesz - into)
			continue;
		if (is_within(e, segment.p_offset, segment.p_filesz))
			return e->bytes + segment.p_offset + into;
	}
	return NULL;
}

const uint8_t *elf_export(const struct elf *e, const char *name, uint64_t *len)
{
	ElfW(Sym) symbol;

	for (uint64_t i = 0; entry(e, &e->symbols, i, &symbol, sizeof(symbol)); i++) {
		if (symbol.st_shndx != SHN_UNDEF && is_named(e, &symbol, name)) {
			*len = symbol.st_size;
			return loaded(e, symbol.st_value, symbol.st_size);
		}
	}
	return NULL;
}
