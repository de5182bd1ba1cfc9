/* SPDX-License-Identifier: BSD-3-Clause */
/* remora's plugin exports what every plugin does, and registers a field that no other has. */
#include "machine/plugin.h"

#include "machine/elf.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LIBWIRESHARK "libwireshark.so."

static const char own_field[] = "remora.breakdown"; /* with its zero */

enum { LARGEST = 64 << 20 }; /* bytes: no plugin is that large */

/* What lies at path, if it is a file: a pipe would keep us waiting. */
static GBytes *read_regular(const char *path, char **why)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat about = {0};

	if (fd < 0 || fstat(fd, &about) != 0 || !S_ISREG(about.st_mode) ||
	    about.st_size > LARGEST) {
		*why = fd < 0 ? g_strdup_printf("cannot be read: %s", g_strerror(errno))
			      : g_strdup("is no file of a plugin");
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	const size_t size = (size_t)about.st_size;
	uint8_t *bytes = g_malloc(size + 1);
	size_t len = 0;
	for (ssize_t n = 1; n > 0 && len < size;) {
		n = read(fd, bytes + len, size - len);
		if (n > 0)
			len += (size_t)n;
	}
	close(fd);
	return g_bytes_new_take(bytes, len);
}

static bool take_int(const struct elf *e, const char *name, unsigned *value)
{
	uint64_t len;
	const uint8_t *bytes = elf_export(e, name, &len);
	int v;

	if (bytes == NULL || len != sizeof(v))
		return false;
	memcpy(&v, bytes, sizeof(v));
	*value = (unsigned)v;
	return v >= 0;
}

static char *version_of(const struct elf *e)
{
	uint64_t len;
	const uint8_t *bytes = elf_export(e, "plugin_version", &len);

	return bytes == NULL ? NULL : g_strndup((const char *)bytes, len);
}

static unsigned abi_of(const struct elf *e)
{
	const char *name;
	uint64_t iter = 0;

	while ((name = elf_next_name(e, DT_NEEDED, &iter)) != NULL) {
		if (g_str_has_prefix(name, LIBWIRESHARK))
			return (unsigned)g_ascii_strtoull(name + strlen(LIBWIRESHARK), NULL, 10);
	}
	return 0;
}

static const char *look_into(struct plugin *p)
{
	struct elf e;
	uint64_t len;
	size_t size;
	const uint8_t *bytes = g_bytes_get_data(p->bytes, &size);
	const char *wrong = elf_open(&e, bytes, size);

	if (wrong != NULL)
		return wrong;
	p->version = version_of(&e);
	p->abi = abi_of(&e);
	if (memmem(bytes, size, own_field, sizeof(own_field)) == NULL || p->version == NULL ||
	    elf_export(&e, "plugin_register", &len) == NULL ||
	    !take_int(&e, "plugin_want_major", &p->major) ||
	    !take_int(&e, "plugin_want_minor", &p->minor))
		return "is no plugin of remora";
	return NULL;
}

struct plugin *plugin_load(const char *path, char **why)
{
	GBytes *bytes = read_regular(path, why);

	if (bytes == NULL)
		return NULL;
	struct plugin *p = g_new0(struct plugin, 1);
	p->path = g_strdup(path);
	p->bytes = bytes;
	const char *wrong = look_into(p);
	if (wrong == NULL)
		return p;
	*why = g_strdup(wrong);
	plugin_free(p);
	return NULL;
}

void plugin_free(struct plugin *p)
{
	if (p == NULL)
		return;
	g_bytes_unref(p->bytes);
	g_free(p->path);
	g_free(p->version);
	g_free(p);
}

bool plugin_same(const struct plugin *a, const struct plugin *b)
{
	return g_bytes_equal(a->bytes, b->bytes);
}

/* Returns an errno, 0 if all is written and on the disk. */
static int write_all(int fd, GBytes *all)
{
	size_t len;
	const uint8_t *p = g_bytes_get_data(all, &len);

	while (len > 0) {
		const ssize_t n = write(fd, p, len);

		if (n < 0 && errno != EINTR)
			return errno;
		p += n > 0 ? n : 0;
		len -= n > 0 ? (size_t)n : 0;
	}
	return fchmod(fd, 0644) != 0 || fsync(fd) != 0 ? errno : 0;
}

char *plugin_write(const struct plugin *p, const char *path)
{
	char *folder = g_path_get_dirname(path);
	char *beside = g_strconcat(path, ".XXXXXX", NULL); /* Wireshark loads what ends in .so */
	int error = 0, fd = -1;

	if (g_mkdir_with_parents(folder, 0755) != 0 || (fd = g_mkstemp(beside)) < 0)
		error = errno;
	if (fd >= 0) {
		error = write_all(fd, p->bytes);
		if (close(fd) != 0 && error == 0)
			error = errno;
		if (error == 0 && rename(beside, path) != 0)
			error = errno;
		if (error != 0)
			unlink(beside);
	}
	g_free(beside);
	g_free(folder);
	return error == 0 ? NULL : g_strdup(g_strerror(error));
}

GPtrArray *plugins_in(const char *folder)
{
	GPtrArray *found = g_ptr_array_new_with_free_func((GDestroyNotify)plugin_free);
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		char *path = g_build_filename(folder, name, NULL), *why = NULL;
		struct plugin *p = g_str_has_suffix(name, ".so") ? plugin_load(path, &why) : NULL;

		if (p != NULL)
			g_ptr_array_add(found, p);
		g_free(why);
		g_free(path);
	}
	if (dir != NULL)
		g_dir_close(dir);
	return found;
}

/* Adds what is in folder/<version>/below, for every version that is there. */
static void add_versions(GPtrArray *found, const char *folder, const char *below)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *version;

	while (dir != NULL && (version = g_dir_read_name(dir)) != NULL) {
		char *path = g_build_filename(folder, version, below, NULL);

		g_ptr_array_extend_and_steal(found, plugins_in(path));
		g_free(path);
	}
	if (dir != NULL)
		g_dir_close(dir);
}

GPtrArray *plugins_of_program(void)
{
	static const char *const libraries[] = {("lib/" REMORA_LIBRARY_ARCHITECTURE), "lib",
						"lib64"};
	char *program = g_file_read_link("/proc/self/exe", NULL);
	char *bin = g_path_get_dirname(program != NULL ? program : ".");
	char *prefix = g_path_get_dirname(bin);
	char *built = g_build_filename(prefix, "plugin", NULL);
	GPtrArray *found = plugins_in(built);

	for (size_t i = 0; i < G_N_ELEMENTS(libraries); i++) {
		char *own = g_build_filename(prefix, libraries[i], "remora", NULL);
		char *wireshark = g_build_filename(prefix, libraries[i], "wireshark/plugins", NULL);

		add_versions(found, own, "");
		add_versions(found, wireshark, "epan");
		g_free(own);
		g_free(wireshark);
	}
	g_free(built);
	g_free(prefix);
	g_free(bin);
	g_free(program);
	return found;
}
