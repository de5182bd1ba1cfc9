/* SPDX-License-Identifier: BSD-3-Clause */
/* Interfaces are tried by the broker, which may, and from whose words the menu is made. */
#include "interfaces_menu.h"

#include "feed.h"
#include "packets.h"
#include "tui.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LIST_MOST = 1 << 20 };

char *device_words(const struct device *d)
{
	GString *text = g_string_new(d->description);

	if (d->addresses != NULL && *d->addresses != '\0')
		g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", d->addresses);
	if (d->obstacle != NULL)
		g_string_append_printf(text, "%s%s", text->len > 0 ? ": " : "", d->obstacle);
	else if (!d->up)
		g_string_append_printf(text, "%sdown", text->len > 0 ? ", " : "");
	return g_string_free(text, FALSE);
}

/* What the broker found out; NULL: nothing. */
static GPtrArray *ask_for_devices(struct broker *broker)
{
	const int fd = broker_devices(broker);
	struct stat about;

	if (fd < 0 || fstat(fd, &about) != 0 || about.st_size == 0 || about.st_size > LIST_MOST) {
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	char *text = g_malloc0((gsize)about.st_size + 1);
	const ssize_t n = pread(fd, text, (size_t)about.st_size, 0);
	GPtrArray *list = n > 0 ? devices_read(text) : NULL;

	close(fd);
	g_free(text);
	return list;
}

void tell_left_out(struct tui *t)
{
	const struct live *live = t->packets->feed != NULL ? feed_live(t->packets->feed) : NULL;

	if (live != NULL && live_left_out(live) != NULL)
		tui_say(t, "your SSH session with %s is left out; -f '' shows it too",
			live_left_out(live));
}

static void capture(struct tui *t, char **names)
{
	char *error = NULL;

	if (feed_start(t->packets->feed, names, &error)) {
		tui_go(t, screens[0]);
		tell_left_out(t);
	} else {
		tui_complain(t, "%s", error);
	}
	g_free(error);
}

static void choose(struct tui *t, struct menu *m, const struct menu_row *row)
{
	char *names[] = {row->key, NULL};

	(void)m;
	capture(t, names);
}

static const struct menu_ops ops = {
	.choose = choose,
	.hint = " Enter capture on it   Esc close   :capture NAME NAME on several",
};

static void open_menu(struct tui *t)
{
	const GPtrArray *devices = t->packets->devices;
	struct menu *m = menu_new(&ops, "Capture on");

	for (guint i = 0; i < devices->len; i++) {
		const struct device *d = devices->pdata[i];
		char *words = device_words(d), *plain = plain_text(words);

		menu_add(m, d->name, plain, NULL);
		g_free(plain);
		g_free(words);
	}
	menu_open(t, m);
}

void do_interfaces(struct tui *t, const char *argument)
{
	GPtrArray *devices = ask_for_devices(t->sandbox.broker);

	(void)argument;
	t->dirty = true;
	if (devices == NULL) {
		tui_complain(t, "no interface is to be seen; remora live -D says why");
		return;
	}
	if (t->packets->devices != NULL)
		g_ptr_array_free(t->packets->devices, TRUE);
	t->packets->devices = devices;
	t->screen = &screen_capture;
	if (is_waiting(t->packets))
		open_menu(t);
}

void do_capture(struct tui *t, const char *argument)
{
	const struct packets *p = t->packets;
	char **names = g_strsplit_set(argument, " ,", -1);

	if (p->feed == NULL)
		tui_complain(t, "this is a file; remora tui %s captures",
			     *argument != '\0' ? argument : "eth0");
	else if (!is_waiting(p))
		tui_complain(t, "%s is being captured", feed_names(p->feed));
	else if (*argument == '\0')
		do_interfaces(t, "");
	else
		capture(t, names);
	g_strfreev(names);
}
