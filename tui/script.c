/* SPDX-License-Identifier: BSD-3-Clause */
/* Scripts: one line after the other, all work done in between. */
#include "script.h"

#include "cmd/command.h"
#include "plain_screen.h"
#include "tui.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* So many steps of a virtual millisecond each: a store that waits for a pipe is waited for. */
enum { STEP_US = 1000, SETTLE_STEPS = 1000000 };

struct script {
	struct tui *t;
	const char *path;
	int line;
	int64_t step_us; /* 0: all work is done before the next key */
	int code;
};

static int wrong(struct script *s, const char *format, ...) G_GNUC_PRINTF(2, 3);

static int wrong(struct script *s, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	char *text = g_strdup_vprintf(format, args);
	va_end(args);
	complain("%s:%d: %s", s->path, s->line, text);
	g_free(text);
	return s->code = EXIT_USAGE;
}

/* What would happen between two keys. */
static void settle(struct script *s)
{
	if (s->step_us > 0) {
		tui_work(s->t, s->step_us);
	} else {
		for (int i = 0; i < SETTLE_STEPS && tui_work(s->t, STEP_US); i++)
			;
	}
	tui_tick(s->t);
	tui_draw(s->t);
}

typedef void write_screen(GString *to, const struct tui *t);

static void as_text(GString *to, const struct tui *t)
{
	plain_screen(to, &t->grid, t->ascii);
}

static void as_roles(GString *to, const struct tui *t)
{
	plain_roles(to, &t->grid);
}

static void as_colours(GString *to, const struct tui *t)
{
	plain_ansi(to, &t->grid, t->theme);
}

static int save(struct tui *t, const char *path, write_screen *form)
{
	FILE *file = strcmp(path, "-") == 0 ? stdout : fopen(path, "we");
	GString *text = g_string_new(NULL);

	if (file == NULL) {
		complain("%s: %s", path, strerror(errno));
		g_string_free(text, TRUE);
		return EXIT_CANNOT;
	}
	form(text, t);
	const bool good = fwrite(text->str, 1, text->len, file) == text->len && fflush(file) == 0;
	if (!good)
		complain("%s: %s", path, strerror(errno));
	if (file != stdout)
		fclose(file);
	g_string_free(text, TRUE);
	return good ? EXIT_OK : EXIT_CANNOT;
}

int script_save_screen(struct tui *t, const char *path)
{
	tui_draw(t);
	return save(t, path, as_text);
}

static void wait_for(struct script *s, const char *argument)
{
	const int64_t end = s->t->now + 1000 * strtoll(argument, NULL, 10);

	while (s->t->now < end) {
		s->t->now = MIN(end, s->t->now + 10 * STEP_US);
		settle(s);
	}
}

static void resize(struct script *s, const char *argument)
{
	int w, h;

	if (sscanf(argument, "%dx%d", &w, &h) != 2 || w < 1 || h < 1 || w > 1000 || h > 1000)
		wrong(s, "\"%s\" is no size; 80x24 is", argument);
	else
		tui_resize(s->t, w, h);
}

static void point(struct script *s, enum mouse_act act, const char *argument)
{
	struct mouse m = {.act = act};

	if (sscanf(argument, "%d %d", &m.x, &m.y) != 2)
		wrong(s, "\"%s\" is no place; \"COLUMN ROW\" is", argument);
	else
		tui_mouse(s->t, &m);
}

/* Steps that only scripts have. */
static bool own_step(struct script *s, const char *name, const char *argument)
{
	static const struct {
		const char *name;
		write_screen *form;
	} saves[] = {
		{"save-screen", as_text}, {"save-roles", as_roles}, {"save-colours", as_colours}};
	static const struct {
		const char *name;
		enum mouse_act act;
	} points[] = {{"press", MOUSE_PRESS},
		      {"double", MOUSE_DOUBLE},
		      {"wheel-up", MOUSE_WHEEL_UP},
		      {"wheel-down", MOUSE_WHEEL_DOWN}};

	for (size_t i = 0; i < G_N_ELEMENTS(saves); i++) {
		if (strcmp(saves[i].name, name) == 0) {
			s->code = save(s->t, argument, saves[i].form);
			return true;
		}
	}
	for (size_t i = 0; i < G_N_ELEMENTS(points); i++) {
		if (strcmp(points[i].name, name) == 0) {
			point(s, points[i].act, argument);
			return true;
		}
	}
	if (strcmp(name, "wait") == 0)
		wait_for(s, argument);
	else if (strcmp(name, "resize") == 0)
		resize(s, argument);
	else if (strcmp(name, "steps") == 0)
		s->step_us = strtoll(argument, NULL, 10);
	else
		return false;
	return true;
}

static void command(struct script *s, const char *line)
{
	char *name = g_strndup(line, strcspn(line, " "));
	const char *argument = line + strlen(name);

	if (!own_step(s, name, argument + strspn(argument, " ")))
		tui_command(s->t, line);
	g_free(name);
	settle(s);
}

static void type(struct script *s, const char *text)
{
	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		tui_key(s->t, g_utf8_get_char(text));
		settle(s);
	}
}

static void press(struct script *s, const char *names)
{
	while (s->code == EXIT_OK && !s->t->quit) {
		while (*names == ' ')
			names++;
		if (*names == '\0')
			return;
		const uint32_t key = keyboard_parse(&names);
		if (key == K_NONE) {
			wrong(s, "no key \"%s\"", names);
			return;
		}
		tui_key(s->t, key);
		settle(s);
	}
}

static void run_line(struct script *s, char *line)
{
	line[strcspn(line, "\r\n")] = '\0';
	line = g_strchug(line);
	if (*line != '"')
		g_strchomp(line);
	if (!g_utf8_validate(line, -1, NULL))
		wrong(s, "not UTF-8");
	else if (*line == ':' && line[1] != '\0' && line[1] != ' ')
		command(s, line + 1);
	else if (*line == '"')
		type(s, line + 1);
	else if (*line != '#')
		press(s, line);
}

int script_run(struct tui *t, const char *path)
{
	struct script s = {.t = t, .path = path};
	GError *error = NULL;
	char *text = NULL;

	if (!g_file_get_contents(strcmp(path, "-") == 0 ? "/dev/stdin" : path, &text, NULL,
				 &error)) {
		complain("%s", error->message);
		g_error_free(error);
		return EXIT_CANNOT_READ;
	}
	char **lines = g_strsplit(text, "\n", -1);
	settle(&s);
	for (char **line = lines; *line != NULL && s.code == EXIT_OK && !t->quit; line++) {
		s.line++;
		run_line(&s, *line);
	}
	g_strfreev(lines);
	g_free(text);
	return s.code;
}
