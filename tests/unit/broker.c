/* SPDX-License-Identifier: BSD-3-Clause */
/* What the broker does when it is asked, and what it does not. */
#include "guard/broker_impl.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static char folder[] = "/tmp/remora-broker-XXXXXX";
static char ring[64];

static int make_folder(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/remora-broker-XXXXXX");
	snprintf(ring, sizeof(ring), "%s/r.pcapng", mkdtemp(folder) != NULL ? folder : "");
	return 0;
}

static int remove_folder(void **state)
{
	(void)state;
	return rmdir(folder); /* every file is gone by then */
}

/* A real one, from its start to its end. */
static void asked(void **state)
{
	struct broker *b = broker_start(&(struct broker_options){.ring = ring, .sandbox = true});
	char first[BROKER_PATH], second[BROKER_PATH], path[128];
	struct capture_line l;

	(void)state;
	assert_non_null(b);
	int fd = broker_next_file(b, first);
	assert_true(fd >= 0 && write(fd, "x", 1) == 1 && access(first, F_OK) == 0);
	close(fd);
	assert_false(broker_forget_file(b)); /* it is the only one */
	fd = broker_next_file(b, second);
	assert_true(fd >= 0 && strcmp(first, second) != 0);
	close(fd);
	assert_true(broker_forget_file(b) && access(first, F_OK) != 0);
	unlink(second);

	snprintf(path, sizeof(path), "%s/saved.pcap", folder);
	fd = broker_save(b, path);
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(broker_save(b, path), -1); /* it is there already */
	assert_int_equal(errno, EEXIST);
	unlink(path);
	assert_int_equal(symlink("/nowhere", path), 0);
	assert_int_equal(broker_save(b, path), -1);
	unlink(path);

	assert_false(broker_wireshark(b)); /* on nothing */
	assert_false(broker_capture(b, &(struct capture_request){.interface = "lo"}, &l));
	assert_int_equal(errno, EINVAL);
	broker_end(b);
}

/* Wireshark is a script here, which keeps what it was started on. */
static void put_script(void)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/wireshark", folder);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "#!/bin/sh\n/bin/cp \"$1\" %s/part && /bin/mv %s/part %s/seen\n", folder, folder,
		folder);
	fclose(f);
	assert_int_equal(chmod(path, 0755), 0);
	setenv("PATH", folder, 1);
	setenv("TMPDIR", folder, 1);
}

/* Waits until a file of the folder is there, or all but so many have gone. */
static bool comes_true(const char *name, int files)
{
	char path[128];

	for (int i = 0; i < 500; i++) {
		struct dirent **list;
		const int n = scandir(folder, &list, NULL, NULL);

		for (int k = 0; k < n; k++)
			free(list[k]);
		free(list);
		snprintf(path, sizeof(path), "%s/%s", folder, name);
		if (access(path, F_OK) == 0 && n - 2 == files)
			return true;
		usleep(10000);
	}
	return false;
}

static void wireshark(void **state)
{
	char path[128];

	(void)state;
	put_script();
	struct broker *b = broker_start(&(struct broker_options){.sandbox = true});
	assert_non_null(b);
	int fd = broker_temporary(b);
	assert_true(fd >= 0);
	close(fd);
	fd = broker_temporary(b); /* the one before it is not wanted any more */
	assert_true(fd >= 0 && write(fd, "packets", 7) == 7);
	close(fd);
	assert_true(broker_wireshark(b));
	assert_true(comes_true("seen", 2)); /* it, and Wireshark; the temporary file is gone */
	assert_false(broker_wireshark(b));
	fd = broker_temporary(b);
	close(fd);
	broker_end(b);
	assert_true(comes_true("seen", 2)); /* with the broker, what nobody looked at */
	snprintf(path, sizeof(path), "%s/seen", folder);
	unlink(path);
	snprintf(path, sizeof(path), "%s/wireshark", folder);
	unlink(path);
}

static int refuse_capture(const struct capture_request *q, int fds[BROKER_DESCRIPTORS])
{
	(void)fds;
	assert_true(q->sandbox); /* whatever was asked for */
	return EPERM;
}

static bool handle(struct broker_state *s, const void *bytes, size_t n, int *error)
{
	int fds[BROKER_DESCRIPTORS];
	struct broker_answer answer;
	const bool good = broker_handle(s, bytes, n, &answer, fds);

	*error = answer.error;
	return good;
}

static void nonsense(void **state)
{
	const struct broker_deeds deeds = {.capture = refuse_capture};
	struct broker_state s = {.options = {.sandbox = true}, .deeds = &deeds};
	static struct broker_request q;
	int error;

	(void)state;
	assert_false(handle(&s, &q, sizeof(q), &error)); /* of no kind */
	q.kind = BROKER_WIRESHARK + 1;
	assert_false(handle(&s, &q, sizeof(q), &error));
	q.kind = BROKER_SAVE;
	assert_false(handle(&s, &q, sizeof(q) - 1, &error));
	assert_true(handle(&s, &q, sizeof(q), &error) && error == EINVAL); /* no name */
	memset(q.path, 'a', sizeof(q.path));
	assert_true(handle(&s, &q, sizeof(q), &error) && error == EINVAL); /* no end of it */
	q.kind = BROKER_NEXT_FILE;
	assert_true(handle(&s, &q, sizeof(q), &error) && error == EINVAL); /* no ring */
	q.kind = BROKER_CAPTURE;
	assert_true(handle(&s, &q, sizeof(q), &error) && error == EINVAL);
	q.capture = (struct capture_request){.interface = "lo", .snaplen = 9, .buffer_mib = 1};
	assert_true(handle(&s, &q, sizeof(q), &error) && error == EPERM);
	q.capture.promiscuous = 2;
	assert_true(handle(&s, &q, sizeof(q), &error) && error == EINVAL);
	broker_forget_all(&s);
}

static void names(void **state)
{
	static const struct {
		const char *path, *before, *after;
	} all[] = {
		{"r.pcapng", "r_00007_", ".pcapng"},     {"/a.b/r", "/a.b/r_00007_", ""},
		{"/a/r.pcap.gz", "/a/r_00007_", ".pcap.gz"}, {"r.zst", "r_00007_", ".zst"},
		{".r", ".r_00007_", ""},                 {"a/.gz", "a/.gz_00007_", ""},
		{"..gz", "._00007_", ".gz"},
	};
	char name[BROKER_PATH], longest[BROKER_PATH];

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const size_t n = strlen(all[i].before);

		assert_true(broker_name(all[i].path, 7, name));
		assert_memory_equal(name, all[i].before, n);
		assert_string_equal(name + n + 14, all[i].after);
	}
	memset(longest, 'n', sizeof(longest));
	longest[sizeof(longest) - 1] = '\0';
	assert_false(broker_name(longest, 1, name));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(asked, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(wireshark, make_folder, remove_folder),
		cmocka_unit_test(nonsense),
		cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
