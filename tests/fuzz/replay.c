/* SPDX-License-Identifier: BSD-3-Clause */
/* Runs files, or all files of folders, through a fuzz target once: for compilers that have no libFuzzer. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	if (!file || fseek(file, 0, SEEK_END)) {
		perror(path);
		return -1;
	}
	/* Exactly the file's size on the heap, so that ASan sees a read past its end. */
	size_t size = (size_t)ftell(file);
	uint8_t *data = malloc(size ? size : 1);
	rewind(file);
	if (!data || fread(data, 1, size, file) != size) {
		perror(path);
		return -1;
	}
	fclose(file);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
	return 1;
}

/* The number of inputs run, or -1 if PATH cannot be read. */
static int replay(const char *path)
{
	DIR *dir = opendir(path);
	if (!dir)
		return replay_file(path);
	int count = 0;
	struct dirent *entry;
	while (count >= 0 && (entry = readdir(dir))) {
		char file[4096];
		if (entry->d_name[0] == '.')
			continue;
		snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
		int n = replay_file(file);
		count = n < 0 ? n : count + n;
	}
	closedir(dir);
	return count;
}

int main(int argc, char **argv)
{
	int total = 0;
	for (int i = 1; i < argc; i++) {
		int n = replay(argv[i]);
		if (n < 0)
			return 1;
		total += n;
	}
	printf("%d inputs\n", total);
	return total ? 0 : 1;
}
