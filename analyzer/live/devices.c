/* SPDX-License-Identifier: BSD-3-Clause */
/* libpcap's list of interfaces, with a word on each. */
#include "live/devices.h"

#include "live/capture_impl.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static void free_device(void *p)
{
	struct device *d = p;

	g_free(d->name);
	g_free(d->description);
	g_free(d->addresses);
	g_free(d->obstacle);
	g_free(d->mend);
	g_free(d);
}

static void free_linktype(void *p)
{
	struct device_linktype *t = p;

	g_free(t->name);
	g_free(t->description);
	g_free(t);
}

static char *addresses_of(const pcap_if_t *i)
{
	GString *all = g_string_new(NULL);

	for (const struct pcap_addr *a = i->addresses; a != NULL; a = a->next) {
		char text[INET6_ADDRSTRLEN] = "";
		const void *bytes = NULL;

		if (a->addr == NULL)
			continue;
		if (a->addr->sa_family == AF_INET)
			bytes = &((const struct sockaddr_in *)(const void *)a->addr)->sin_addr;
		else if (a->addr->sa_family == AF_INET6)
			bytes = &((const struct sockaddr_in6 *)(const void *)a->addr)->sin6_addr;
		if (bytes != NULL && inet_ntop(a->addr->sa_family, bytes, text, sizeof(text)))
			g_string_append_printf(all, "%s%s", all->len > 0 ? ", " : "", text);
	}
	return g_string_free(all, FALSE);
}

/* Opening these takes something from whoever else looks at them. */
static bool is_to_be_left(const char *name)
{
	return g_str_has_prefix(name, "nfqueue") || g_str_has_prefix(name, "nflog");
}

/* A capture that is opened, and never served. */
static struct capture *open_for_a_look(const char *name, bool monitor, struct capture_hello *hello)
{
	static struct capture_request q;

	q = (struct capture_request){.snaplen = 64, .buffer_mib = 1, .monitor = monitor};
	if (g_strlcpy(q.interface, name, sizeof(q.interface)) >= sizeof(q.interface))
		return NULL;
	return capture_open(&q, hello);
}

/* "NAME: why\n        what mends it: the command" taken apart. */
static void try_device(struct device *d)
{
	struct capture_hello hello = {0};

	if (is_to_be_left(d->name))
		return;
	struct capture *c = open_for_a_look(d->name, false, &hello);
	if (c != NULL) {
		capture_close(c);
		return;
	}
	char **lines = g_strsplit(hello.text, "\n", 3);
	const char *why = lines[0], *mend = lines[0] != NULL ? lines[1] : NULL;
	const size_t n = strlen(d->name);
	if (why != NULL && strncmp(why, d->name, n) == 0 && why[n] == ':')
		why += n + 2;
	d->obstacle = g_strdup(why);
	mend = mend != NULL ? strchr(mend, ':') : NULL;
	d->mend = mend != NULL ? g_strdup(mend + 2) : NULL;
	g_strfreev(lines);
}

static const struct libpcap *load(char **error)
{
	const char *why = NULL;
	const struct libpcap *p = libpcap(&why);

	if (p == NULL)
		*error = g_strdup_printf("libpcap cannot be loaded: %s", why);
	return p;
}

GPtrArray *devices_list(bool try, char **error)
{
	char why[PCAP_ERRBUF_SIZE] = "";
	const struct libpcap *p = load(error);
	pcap_if_t *all = NULL;

	if (p == NULL)
		return NULL;
	if (p->findalldevs(&all, why) != 0) {
		*error = g_strdup(why);
		return NULL;
	}
	GPtrArray *list = g_ptr_array_new_with_free_func(free_device);
	for (const pcap_if_t *i = all; i != NULL; i = i->next) {
		struct device *d = g_new0(struct device, 1);

		d->name = g_strdup(i->name);
		d->description = g_strdup(i->description);
		d->addresses = addresses_of(i);
		d->up = (i->flags & PCAP_IF_UP) != 0;
		d->loopback = (i->flags & PCAP_IF_LOOPBACK) != 0;
		g_ptr_array_add(list, d);
	}
	p->freealldevs(all);
	for (guint i = 0; try && i < list->len; i++)
		try_device(g_ptr_array_index(list, i));
	return list;
}

static void write_text(GKeyFile *file, const char *group, const char *key, const char *text)
{
	if (text != NULL)
		g_key_file_set_string(file, group, key, text);
}

char *devices_write(const GPtrArray *list)
{
	GKeyFile *file = g_key_file_new();

	for (guint i = 0; i < list->len; i++) {
		const struct device *d = list->pdata[i];
		char group[16];

		g_snprintf(group, sizeof(group), "%u", i);
		write_text(file, group, "name", d->name);
		write_text(file, group, "description", d->description);
		write_text(file, group, "addresses", d->addresses);
		write_text(file, group, "obstacle", d->obstacle);
		write_text(file, group, "mend", d->mend);
		g_key_file_set_boolean(file, group, "up", d->up);
		g_key_file_set_boolean(file, group, "loopback", d->loopback);
	}
	char *text = g_key_file_to_data(file, NULL, NULL);
	g_key_file_free(file);
	return text;
}

static char *read_text(GKeyFile *file, const char *group, const char *key)
{
	return g_key_file_get_string(file, group, key, NULL);
}

GPtrArray *devices_read(const char *text)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(free_device);
	GKeyFile *file = g_key_file_new();

	g_key_file_load_from_data(file, text, strlen(text), G_KEY_FILE_NONE, NULL);
	char **groups = g_key_file_get_groups(file, NULL);
	for (char **group = groups; *group != NULL; group++) {
		const struct device d = {
			.name = read_text(file, *group, "name"),
			.description = read_text(file, *group, "description"),
			.addresses = read_text(file, *group, "addresses"),
			.obstacle = read_text(file, *group, "obstacle"),
			.mend = read_text(file, *group, "mend"),
			.up = g_key_file_get_boolean(file, *group, "up", NULL),
			.loopback = g_key_file_get_boolean(file, *group, "loopback", NULL),
		};

		g_ptr_array_add(list, g_memdup2(&d, sizeof(d)));
	}
	g_strfreev(groups);
	g_key_file_free(file);
	return list;
}

char *devices_name(const char *given, char **error)
{
	guint64 number = 1;

	if (given != NULL && !g_ascii_string_to_unsigned(given, 10, 1, G_MAXINT, &number, NULL))
		return g_strdup(given);
	GPtrArray *list = devices_list(false, error);
	char *name = NULL;
	if (list == NULL)
		return NULL;
	if (number <= list->len)
		name = g_strdup(((struct device *)g_ptr_array_index(list, number - 1))->name);
	else if (given == NULL)
		*error = g_strdup("there is no interface to capture from");
	else
		*error = g_strdup_printf("%s: there is no such interface; remora live -D lists "
					 "them",
					 given);
	g_ptr_array_free(list, TRUE);
	return name;
}

GPtrArray *devices_linktypes(const char *name, bool monitor, char **error)
{
	struct capture_hello hello = {0};
	const struct libpcap *p = load(error);
	struct capture *c = p != NULL ? open_for_a_look(name, monitor, &hello) : NULL;
	int *types = NULL;

	if (c == NULL) {
		if (p != NULL)
			*error = g_strdup(hello.text);
		return NULL;
	}
	GPtrArray *list = g_ptr_array_new_with_free_func(free_linktype);
	const int n = p->list_datalinks(c->handle, &types);
	for (int i = 0; i < n; i++) {
		struct device_linktype *t = g_new0(struct device_linktype, 1);
		const char *word = p->datalink_val_to_name(types[i]);

		t->name = word != NULL ? g_strdup(word) : g_strdup_printf("%d", types[i]);
		t->description = g_strdup(p->datalink_val_to_description(types[i]));
		g_ptr_array_add(list, t);
	}
	if (n > 0)
		p->free_datalinks(types);
	capture_close(c);
	return list;
}
