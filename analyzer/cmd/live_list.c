/* SPDX-License-Identifier: BSD-3-Clause */
/* `remora live -D` and `-L`: what can be captured from, and as what. */
#include "cmd/command.h"
#include "cmd/live.h"
#include "live/devices.h"
#include "plain.h"

#include <stdio.h>
#include <string.h>

static int cannot(char *error)
{
	complain("%s", error);
	g_free(error);
	return EXIT_CANNOT;
}

static int width_of_names(const GPtrArray *list)
{
	size_t width = 0;

	for (guint i = 0; i < list->len; i++)
		width = MAX(width, strlen(((struct device *)g_ptr_array_index(list, i))->name));
	return (int)width;
}

static void print_device(guint number, const struct device *d, int width)
{
	const char *word = d->obstacle != NULL ? "no" : d->up ? "up" : "down";
	const char *text[] = {d->addresses, d->description, d->obstacle};

	printf("%2u  ", number);
	print_plain(stdout, d->name);
	printf("%*s  %-4s", width - (int)strlen(d->name), "", word);
	for (size_t i = 0; i < G_N_ELEMENTS(text); i++) {
		if (text[i] == NULL || *text[i] == '\0')
			continue;
		fputs("  ", stdout);
		print_plain(stdout, text[i]);
	}
	putchar('\n');
	if (d->mend != NULL) {
		printf("%*s$ ", width + 12, "");
		print_plain(stdout, d->mend);
		putchar('\n');
	}
}

int live_list(bool names_alone)
{
	char *error = NULL;
	GPtrArray *list = devices_list(!names_alone, &error);

	if (list == NULL)
		return cannot(error);
	for (guint i = 0; i < list->len; i++) {
		const struct device *d = g_ptr_array_index(list, i);

		if (names_alone)
			printf("%s\n", d->name);
		else
			print_device(i + 1, d, width_of_names(list));
	}
	g_ptr_array_free(list, TRUE);
	return EXIT_OK;
}

int live_list_linktypes(const struct live_command *given)
{
	for (char **name = given->interfaces; *name != NULL; name++) {
		char *error = NULL;
		GPtrArray *list = devices_linktypes(*name, given->monitor, &error);

		if (list == NULL)
			return cannot(error);
		for (guint i = 0; i < list->len; i++) {
			const struct device_linktype *t = g_ptr_array_index(list, i);

			printf("%s  %-16s  %s\n", *name, t->name,
			       t->description != NULL ? t->description : "");
		}
		g_ptr_array_free(list, TRUE);
	}
	return EXIT_OK;
}
