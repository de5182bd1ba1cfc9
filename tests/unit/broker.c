/* SPDX-License-Identifier: BSD-3-Clause */
/* What the broker does when it is asked, and what it does not. */
#include "file/relay.h"
#include "guard/broker_impl.h"
#include "live/devices.h"

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
	struct broker *b =
		broker_start(&(struct broker_options){.file = ring, .ring = true, .sandbox = true});
	struct broker_file first, second;
	char path[128];
	struct capture_line l;

	(void)state;
	assert_non_null(b);
	assert_true(broker_next_file(b, &first) && access(first.name, F_OK) == 0);
	assert_int_equal(first.read, -1);
	close(first.write);
	assert_false(broker_forget_file(b)); /* it is the only one */
	assert_true(broker_next_file(b, &second) && strcmp(first.name, second.name) != 0);
	close(second.write);
	assert_true(broker_forget_file(b) && access(first.name, F_OK) != 0);
	unlink(second.name);

	snprintf(path, sizeof(path), "%s/saved.pcap", folder);
	assert_false(broker_wireshark(b)); /* on nothing */
	assert_false(broker_capture(b, &(struct capture_request){.interface = "lo"}, &l));
	assert_int_equal(errno, EINVAL);
	broker_end(b);
}

static int saved(struct broker *b, const char *path, bool replace)
{
	const int fd = broker_save(b, path, replace);

	if (fd >= 0)
		close(fd);
	return fd >= 0 ? 0 : errno;
}

static void put(const char *path, const char *bytes, size_t n)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

/* What is new, and what is a capture, if that is wanted: nothing else is written to. */
static void saving(void **state)
{
	static const struct {
		const char *name, *bytes;
		size_t n;
		int error;
	} there[] = {
		{"empty", "", 0, 0},
		{"a.pcapng", "\x0a\x0d\x0d\x0a....", 8, 0},
		{"swapped", "\xd4\xc3\xb2\xa1....", 8, 0},
		{"b.pcap.gz", "\x1f\x8b..", 4, 0},
		{"b.tar.gz", "\x1f\x8b..", 4, EEXIST},
		{"text", "do not lose this", 16, EEXIST},
		{"short", "\x0a\x0d", 2, EEXIST},
	};
	struct broker *b = broker_start(&(struct broker_options){.sandbox = true});
	char path[128];

	(void)state;
	snprintf(path, sizeof(path), "%s/new", folder);
	assert_int_equal(saved(b, path, true), ENOENT);
	assert_int_equal(saved(b, path, false), 0);
	assert_int_equal(saved(b, path, false), EEXIST);
	unlink(path);
	for (size_t i = 0; i < sizeof(there) / sizeof(there[0]); i++) {
		struct stat about;

		snprintf(path, sizeof(path), "%s/%s", folder, there[i].name);
		put(path, there[i].bytes, there[i].n);
		assert_int_equal(saved(b, path, false), EEXIST);
		assert_int_equal(saved(b, path, true), there[i].error);
		assert_int_equal(stat(path, &about), 0);
		assert_int_equal(about.st_size, there[i].n); /* emptied by who writes */
		unlink(path);
	}
	assert_int_equal(symlink("/nowhere", path), 0);
	assert_int_equal(saved(b, path, false), EEXIST);
	assert_int_equal(saved(b, path, true), ELOOP);
	unlink(path);
	assert_int_equal(saved(b, folder, true), EEXIST);
	broker_end(b);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void empty_folder(void)
{
	DIR *d = opendir(folder);
	const struct dirent *e;

	while ((e = readdir(d)) != NULL) {
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			unlinkat(dirfd(d), e->d_name, e->d_type == DT_DIR ? AT_REMOVEDIR : 0);
	}
	closedir(d);
}

/* A capture, by its first bytes, is opened for reading; nothing else is. */
static void load(void **state)
{
	static const struct {
		const char *name, *bytes;
		size_t n;
		int error;
		bool packed;
	} files[] = {
		{"a", "\x0a\x0d\x0d\x0a more", 9, 0, false},
		{"b", "\xd4\xc3\xb2\xa1", 4, 0, false},
		{"c.pcap.gz", "\x1f\x8b\x08\x00", 4, 0, true},
		{"d.gz", "\x1f\x8b\x08\x00", 4, ENOEXEC, false},
		{"e.pcap", "root:x:0:0", 10, ENOEXEC, false},
		{"f.pcap", "\xd4\xc3\xb2", 3, ENOEXEC, false},
	};
	struct broker *b = broker_start(&(struct broker_options){.sandbox = true});
	char path[128];
	int unpacked = -1;

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, files[i].name);
		put(path, files[i].bytes, files[i].n);
		const int fd = broker_load(b, path, &unpacked);
		assert_int_equal(fd < 0 ? errno : 0, files[i].error);
		assert_int_equal(unpacked >= 0, files[i].packed);
		if (fd >= 0) {
			assert_int_equal(fcntl(fd, F_GETFL) & O_ACCMODE, O_RDONLY);
			close(fd);
		}
		if (unpacked >= 0)
			close(unpacked);
	}
	assert_int_equal(broker_load(b, folder, &unpacked), -1);
	assert_int_equal(errno, ENOEXEC);
	assert_int_equal(broker_load(b, "/dev/zero", &unpacked), -1);
	assert_int_equal(errno, ENOEXEC);
	assert_int_equal(broker_load(b, "", &unpacked), -1);
	assert_int_equal(errno, EINVAL);
	broker_end(b);
	empty_folder();
}

/* Of names that begin so, lines; as many as there is room for. */
static void names_of_files(void **state)
{
	struct broker *b = broker_start(&(struct broker_options){.sandbox = true});
	char path[128], found[BROKER_PATH], *lines[4];

	(void)state;
	for (int i = 0; i < 300; i++) {
		snprintf(path, sizeof(path), "%s/a-rather-long-name-%03d", folder, i);
		put(path, "", 0);
	}
	snprintf(path, sizeof(path), "%s/b", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/bc", folder);
	put(path, "", 0);
	snprintf(path, sizeof(path), "%s/.b", folder);
	put(path, "", 0);
	snprintf(path, sizeof(path), "%s/b", folder);
	assert_true(broker_names(b, path, found));
	lines[0] = strtok(found, "\n");
	lines[1] = strtok(NULL, "\n");
	assert_null(strtok(NULL, "\n"));
	qsort(lines, 2, sizeof(lines[0]), by_text);
	assert_string_equal(lines[0], "b/");
	assert_string_equal(lines[1], "bc");
	snprintf(path, sizeof(path), "%s/", folder);
	assert_true(broker_names(b, path, found));
	assert_in_range(strlen(found), BROKER_PATH - 40, BROKER_PATH - 1);
	assert_null(strstr(found, "\n.b\n"));
	snprintf(path, sizeof(path), "%s/none/", folder);
	assert_true(broker_names(b, path, found));
	assert_string_equal(found, "");
	broker_end(b);
	empty_folder();
}

static void devices(void **state)
{
	struct broker *b = broker_start(&(struct broker_options){.sandbox = true});
	char text[65536] = "";

	(void)state;
	const int fd = broker_devices(b);
	assert_true(fd >= 0);
	assert_true(pread(fd, text, sizeof(text) - 1, 0) > 0);
	close(fd);
	broker_end(b);
	GPtrArray *list = devices_read(text);
	assert_true(list->len > 0);
	char *again = devices_write(list);
	assert_string_equal(again, text);
	g_free(again);
	g_ptr_array_free(list, TRUE);
}

/* The one file of a capture: what is written by way of the relay can be read, and there is no other. */
static void one_file(void **state)
{
	char folders[2][64] = {"", ""};
	struct broker_file f;

	(void)state;
	snprintf(folders[1], sizeof(folders[1]), "%s/one.pcapng", folder);
	for (int named = 0; named < 2; named++) {
		struct broker *b = broker_start(&(struct broker_options){
			.file = named ? folders[1] : NULL, .read_back = true, .sandbox = true});
		char bytes[4] = "";

		assert_non_null(b);
		assert_true(broker_next_file(b, &f));
		assert_string_equal(f.name, folders[named]);
		assert_int_equal(relay_send(f.write, "abc", 3, true), 0);
		assert_int_equal(relay_end(f.write), 0);
		assert_int_equal(pread(f.read, bytes, 3, 0), 3);
		assert_string_equal(bytes, "abc");
		close(f.write);
		close(f.read);
		assert_false(broker_next_file(b, &f));
		broker_end(b);
	}
	unlink(folders[1]);
	struct broker *b = broker_start(&(struct broker_options){.file = "/dev/null"});
	assert_false(broker_next_file(b, &f)); /* no plain file */
	assert_int_equal(errno, ENOTSUP);
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
	q.kind = BROKER_LOAD + 1;
	assert_false(handle(&s, &q, sizeof(q), &error));
	q.kind = BROKER_SAVE;
	assert_false(handle(&s, &q, sizeof(q) - 1, &error));
	assert_true(handle(&s, &q, sizeof(q), &error) && error == EINVAL); /* no name */
	memset(q.path, 'a', sizeof(q.path));
	assert_true(handle(&s, &q, sizeof(q), &error) && error == EINVAL); /* no end of it */
	q.kind = BROKER_NEXT_FILE;
	s.files = 1;
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
		cmocka_unit_test_setup_teardown(one_file, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(saving, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(load, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(names_of_files, make_folder, remove_folder),
		cmocka_unit_test(devices),
		cmocka_unit_test_setup_teardown(wireshark, make_folder, remove_folder),
		cmocka_unit_test(nonsense),
		cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
