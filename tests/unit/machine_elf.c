/* SPDX-License-Identifier: BSD-3-Clause */
/* Shared objects: what they export and need is found, and nothing is read beside a damaged one. */
#include "machine/elf.h"

#include <link.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

extern const ElfW(Ehdr) __ehdr_start;

enum { ADDRESS = 0x4000, SECTIONS = 4 }; /* where it would be loaded; how many there are */

/* Everything in the order in which the file has it. */
struct image {
	ElfW(Ehdr) head;
	ElfW(Phdr) segment;
	ElfW(Sym) symbols[3];
	ElfW(Dyn) dynamic[4];
	char names[64];
	int want;
	ElfW(Shdr) sections[SECTIONS];
};

#define PLACE(member) offsetof(struct image, member), sizeof(((struct image *)0)->member)

static void set_section(struct image *i, unsigned n, unsigned type, size_t at, size_t len,
			unsigned link)
{
	i->sections[n].sh_type = type;
	i->sections[n].sh_offset = at;
	i->sections[n].sh_size = len;
	i->sections[n].sh_link = link;
}

static struct image whole_image(void)
{
	static const char names[] = "\0want\0absent\0libc.so.6\0libwireshark.so.16";
	struct image i;

	memset(&i, 0, sizeof(i)); /* padding too: the image is taken as bytes */
	i.head = __ehdr_start;
	i.head.e_type = ET_DYN;
	i.head.e_phoff = offsetof(struct image, segment);
	i.head.e_phnum = 1;
	i.head.e_shoff = offsetof(struct image, sections);
	i.head.e_shnum = SECTIONS;
	i.segment.p_type = PT_LOAD;
	i.segment.p_vaddr = ADDRESS;
	i.segment.p_filesz = i.segment.p_memsz = sizeof(i);
	memcpy(i.names, names, sizeof(names));
	i.symbols[1].st_name = 6; /* absent: asked for, not given */
	i.symbols[2].st_name = 1;
	i.symbols[2].st_shndx = 1;
	i.symbols[2].st_value = ADDRESS + offsetof(struct image, want);
	i.symbols[2].st_size = sizeof(i.want);
	i.dynamic[0].d_tag = i.dynamic[2].d_tag = DT_NEEDED;
	i.dynamic[0].d_un.d_val = 13;
	i.dynamic[1].d_tag = DT_FLAGS;
	i.dynamic[2].d_un.d_val = 23;
	i.want = 42;
	set_section(&i, 1, SHT_DYNSYM, PLACE(symbols), 3);
	set_section(&i, 2, SHT_DYNAMIC, PLACE(dynamic), 3);
	set_section(&i, 3, SHT_STRTAB, PLACE(names), 0);
	return i;
}

static void whole(void **state)
{
	const struct image i = whole_image();
	uint64_t iter = 0, len;
	struct elf e;
	int want;

	(void)state;
	assert_null(elf_open(&e, (const uint8_t *)&i, sizeof(i)));
	const uint8_t *bytes = elf_export(&e, "want", &len);
	assert_non_null(bytes);
	assert_int_equal(len, sizeof(want));
	memcpy(&want, bytes, sizeof(want));
	assert_int_equal(want, 42);
	assert_null(elf_export(&e, "absent", &len));
	assert_null(elf_export(&e, "wan", &len));
	assert_null(elf_export(&e, "wanted", &len));
	assert_string_equal(elf_next_name(&e, DT_NEEDED, &iter), "libc.so.6");
	assert_string_equal(elf_next_name(&e, DT_NEEDED, &iter), "libwireshark.so.16");
	assert_null(elf_next_name(&e, DT_NEEDED, &iter));
}

/* Uses everything that a file says, from memory that ends where it ends. */
static const char *use(const struct image *i, size_t size)
{
	uint8_t *bytes = malloc(size > 0 ? size : 1);
	uint64_t iter = 0, len = 0;
	const char *name;
	struct elf e;

	memcpy(bytes, i, size);
	const char *wrong = elf_open(&e, bytes, size);
	if (wrong == NULL) {
		while ((name = elf_next_name(&e, DT_NEEDED, &iter)) != NULL)
			assert_true(strlen(name) < size);
		const uint8_t *at = elf_export(&e, "want", &len);
		assert_true(at == NULL || (at >= bytes && len <= size &&
					   (size_t)(at - bytes) <= size - (size_t)len));
	}
	free(bytes);
	return wrong;
}

static void cut(void **state)
{
	const struct image i = whole_image();

	(void)state;
	for (size_t size = 0; size < sizeof(i); size++)
		assert_string_equal(use(&i, size),
				    size < SELFMAG ? "is no ELF file" : "is cut short");
}

static void changed(void **state)
{
	static const uint8_t values[] = {0, 1, 0x7f, 0x80, 0xff};
	struct image i = whole_image();
	size_t refused = 0;

	(void)state;
	for (size_t at = 0; at < sizeof(i); at++) {
		uint8_t *byte = (uint8_t *)&i + at;
		const uint8_t was = *byte;

		for (size_t v = 0; v < sizeof(values); v++) {
			*byte = values[v];
			refused += use(&i, sizeof(i)) != NULL;
		}
		*byte = was;
	}
	assert_true(refused > 100);
	assert_null(use(&i, sizeof(i)));
}

static void strangers(void **state)
{
	struct image i = whole_image();

	(void)state;
	i.head.e_machine ^= 1;
	assert_string_equal(use(&i, sizeof(i)), "is for another kind of machine");
	i = whole_image();
	i.head.e_type = ET_REL;
	assert_string_equal(use(&i, sizeof(i)), "is no shared object");
	i = whole_image();
	memset(i.names, 'x', sizeof(i.names));
	assert_string_equal(use(&i, sizeof(i)), "has a damaged table of names");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole),
		cmocka_unit_test(cut),
		cmocka_unit_test(changed),
		cmocka_unit_test(strangers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
