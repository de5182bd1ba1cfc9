/* SPDX-License-Identifier: BSD-3-Clause */
/* What the broker does with paths that come by message: with the rights of the user who called us. */
#include "file/claim.h"
#include "file/nameless.h"
#include "guard/broker_impl.h"
#include "guard/guard_impl.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whom we were started as, while we are the user who called us. */
struct self {
	uid_t user;
	gid_t group;
};

static struct self lend_rights(void)
{
	const struct self self = {geteuid(), getegid()};

	if (setegid(guard_group(self.group)) != 0 || seteuid(guard_user(self.user)) != 0)
		_exit(1);
	return self;
}

static void take_rights_back(struct self self)
{
	if (seteuid(self.user) != 0 || setegid(self.group) != 0)
		_exit(1);
}

enum { SAVED = O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK };

static bool begins_as(const uint8_t have[4], const char *magic)
{
	return memcmp(have, magic, 4) == 0;
}

/* Much is packed: such a capture is one by its name, too. */
static bool is_packed(const char *path, const uint8_t m[4])
{
	return strstr(path, ".pcap") != NULL &&
	       (begins_as(m, "\x28\xb5\x2f\xfd") || (m[0] == 0x1f && m[1] == 0x8b));
}

static bool is_capture(const char *path, const uint8_t m[4])
{
	static const char *const captures[] = {"\x0a\x0d\x0d\x0a", "\xa1\xb2\xc3\xd4",
					       "\xd4\xc3\xb2\xa1", "\xa1\xb2\x3c\x4d",
					       "\x4d\x3c\xb2\xa1", "\xa1\xb2\xcd\x34",
					       "\x34\xcd\xb2\xa1"};

	for (size_t i = 0; i < sizeof(captures) / sizeof(captures[0]); i++) {
		if (begins_as(m, captures[i]))
			return true;
	}
	return is_packed(path, m);
}

/* Who asks may be up to no good: what is lost is a capture, or nothing. */
static bool may_be_replaced(const char *path, int fd, const struct stat *about)
{
	uint8_t magic[4];
	const ssize_t n = pread(fd, magic, sizeof(magic), 0);

	return S_ISREG(about->st_mode) &&
	       (n == 0 || (n == (ssize_t)sizeof(magic) && is_capture(path, magic)));
}

/* Nobody needs to read it, so that is left out of what is handed on. */
static int replace(const char *path, int *fd)
{
	struct stat read, written;
	const int file = open(path, O_RDONLY | SAVED);
	int error = 0;

	if (file < 0)
		return errno;
	if (fstat(file, &read) != 0 || !may_be_replaced(path, file, &read))
		error = EEXIST;
	else if ((*fd = open(path, O_WRONLY | SAVED)) < 0)
		error = errno;
	else if (fstat(*fd, &written) != 0 || read.st_ino != written.st_ino ||
		 read.st_dev != written.st_dev)
		error = EAGAIN;
	else if (!file_claim(*fd))
		error = errno;
	if (error != 0 && *fd >= 0)
		close(*fd);
	close(file);
	return error;
}

static int make_new(const char *path, int *fd)
{
	*fd = open(path, O_WRONLY | O_CREAT | O_EXCL | SAVED, 0666);
	return *fd >= 0 ? 0 : errno;
}

int broker_path_save(const char *path, bool old, int *fd)
{
	const struct self self = lend_rights();
	const int error = old ? replace(path, fd) : make_new(path, fd);

	take_rights_back(self);
	return error;
}

/* What is read here of the file is what tells a capture. */
static int open_capture(const char *path, int fds[BROKER_DESCRIPTORS])
{
	const int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	uint8_t magic[4];
	struct stat about;
	int error = 0;

	if (file < 0)
		return errno;
	if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode) ||
	    pread(file, magic, sizeof(magic), 0) != (ssize_t)sizeof(magic) ||
	    !is_capture(path, magic))
		error = ENOEXEC;
	else if (is_packed(path, magic) && (fds[1] = nameless_open()) < 0)
		error = errno;
	if (error == 0)
		fds[0] = file;
	else
		close(file);
	return error;
}

int broker_path_load(const char *path, int fds[BROKER_DESCRIPTORS])
{
	const struct self self = lend_rights();
	const int error = open_capture(path, fds);

	take_rights_back(self);
	return error;
}

/* A name of the folder, as a line. */
static void add_name(char names[BROKER_PATH], DIR *folder, const char *name)
{
	const size_t n = strlen(names);
	struct stat about;
	const bool is_folder = fstatat(dirfd(folder), name, &about, 0) == 0 &&
			       S_ISDIR(about.st_mode);

	if (n + strlen(name) + sizeof("/\n") <= BROKER_PATH && strchr(name, '\n') == NULL)
		sprintf(names + n, "%s%s\n", name, is_folder ? "/" : "");
}

static void list(const char *path, char names[BROKER_PATH])
{
	const char *slash = strrchr(path, '/'), *base = slash != NULL ? slash + 1 : path;
	char *before = slash != NULL ? strndup(path, (size_t)(base - path)) : strdup(".");
	DIR *folder = before != NULL ? opendir(before) : NULL;
	const struct dirent *entry;

	free(before);
	if (folder == NULL)
		return;
	while ((entry = readdir(folder)) != NULL) {
		if ((*base == '.' || *entry->d_name != '.') &&
		    strncmp(entry->d_name, base, strlen(base)) == 0)
			add_name(names, folder, entry->d_name);
	}
	closedir(folder);
}

int broker_path_names(const char *path, char names[BROKER_PATH])
{
	const struct self self = lend_rights();

	names[0] = '\0';
	list(path, names);
	take_rights_back(self);
	return 0;
}
