/* SPDX-License-Identifier: BSD-3-Clause */
/* Claims are locks by flock(2), among programs that ask for them: all that write captures here do. */
#include "file/claim.h"

#include <errno.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

bool file_claim(int fd)
{
	struct stat about;

	/* Not every file system has locks. */
	if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode) ||
	    flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
		return true;
	errno = ETXTBSY;
	return false;
}

bool file_claim_empty(int fd)
{
	return file_claim(fd) && ftruncate(fd, 0) == 0;
}
