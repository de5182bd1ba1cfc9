/* SPDX-License-Identifier: BSD-3-Clause */
/* The broker's two sides, and what passes between them. */
#ifndef GUARD_BROKER_IMPL_H
#define GUARD_BROKER_IMPL_H

#include "guard/broker.h"

enum broker_kind {
	BROKER_CAPTURE = 1,
	BROKER_NEXT_FILE,
	BROKER_FORGET_FILE,
	BROKER_SAVE,
	BROKER_REPLACE,
	BROKER_NAMES,
	BROKER_DEVICES,
	BROKER_TEMPORARY,
	BROKER_WIRESHARK,
	BROKER_LOAD,
};

/* Both are sent whole. What a kind does not use is zero. */
struct broker_request {
	uint32_t kind;
	char path[BROKER_PATH];
	struct capture_request capture;
};

enum { BROKER_DESCRIPTORS = 2 };

struct broker_answer {
	int32_t error; /* errno, or 0 */
	char path[BROKER_PATH];
};

enum { BROKER_CAPTURES_MOST = 256, BROKER_FILES_MOST = 1 << 20 };

/* The broker's memory. */
struct broker_state {
	struct broker_options options;
	unsigned captures;    /* that were started */
	uint64_t files;       /* of the capture that were made */
	char **names;         /* of those that are left: a ring of names itself */
	size_t oldest, count, room;
	char *temporary;      /* what Wireshark is to be started on, or NULL */
	const struct broker_deeds *deeds;
};

/* What is done once a request is found good. Each returns 0 or an errno. */
struct broker_deeds {
	int (*capture)(const struct capture_request *q, int fds[BROKER_DESCRIPTORS]);
	int (*make_file)(const char *path, const struct broker_options *o,
			 int fds[BROKER_DESCRIPTORS]);
	int (*remove_file)(const char *path);
	int (*save)(const char *path, bool replace, int *fd);
	int (*load)(const char *path, int fds[BROKER_DESCRIPTORS]);
	int (*names)(const char *path, char names[BROKER_PATH]);
	int (*devices)(int *fd);
	int (*temporary)(char path[BROKER_PATH], int *fd);
	int (*wireshark)(const char *path);
};

extern const struct broker_deeds broker_deeds;
int broker_path_save(const char *path, bool replace, int *fd);
int broker_path_load(const char *path, int fds[BROKER_DESCRIPTORS]);
int broker_path_names(const char *path, char names[BROKER_PATH]);

/*
 * Looks at the bytes of a request, and does what they ask for if they are one. False: they are none,
 * and who sent them is to be left.
 */
bool broker_handle(struct broker_state *s, const void *bytes, size_t n,
		   struct broker_answer *answer, int fds[BROKER_DESCRIPTORS]);
void broker_forget_all(struct broker_state *s);
/* The broker's life, until the other end of the socket closes. */
void broker_serve(struct broker_state *s, int socket);

/* "NAME_00001_20260131235959.pcapng" for NAME.pcapng. False: that is too long. */
bool broker_name(const char *path, uint64_t number, char name[BROKER_PATH]);

#endif
