/* SPDX-License-Identifier: BSD-3-Clause */
/* O_TMPFILE, or a name for a moment where a file system has nothing of the kind. */
#include "file/nameless.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int open_for_a_moment(const char *folder)
{
	char *path = NULL;

	if (asprintf(&path, "%s/remora-XXXXXX", folder) < 0)
		return -1;
	const int fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		unlink(path);
	const int error = errno;
	free(path);
	errno = error;
	return fd;
}

int nameless_open(void)
{
	const char *folder = getenv("TMPDIR");

	if (folder == NULL || *folder == '\0')
		folder = "/var/tmp";
	const int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
		return fd;
	return open_for_a_moment(folder);
}
