/* SPDX-License-Identifier: BSD-3-Clause */
/* Claims are locks by flock(2), among programs that ask for them: all that write captures here do. */
#include "file/claim.h"

#include <errno.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { TRIES = 20, PAUSE_NS = 20000000 };

/* Who has just ended may hold it for a moment more. */
static bool lock(int fd)
{
	const struct timespec pause = {0, PAUSE_NS};

	for (int i = 0; i < TRIES; i++) {
		/* Not every file system has locks. */
		if (flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
			return true;
		nanosleep(&pause, NULL);
	}
	return false;
}

bool file_claim(int fd)
{
	struct stat about;

	if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode) || lock(fd))
		return true;
	errno = ETXTBSY;
	return false;
}

bool file_claim_empty(int fd)
{
	return file_claim(fd) && ftruncate(fd, 0) == 0;
}
