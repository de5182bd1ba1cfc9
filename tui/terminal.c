/* SPDX-License-Identifier: BSD-3-Clause */
/* The terminal by ncurses: one window as large as the screen, a row of cells at a time. */
#include "terminal.h"

#include "crash.h"
#include "curses_lib.h"
#include "plain_screen.h"
#include "store/colours.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

/* Keys that ncurses does not know by itself. */
enum { CURSES_PASTE_BEGIN = KEY_MAX + 1, CURSES_PASTE_END };

#define PASTE_ON  "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
/* Whatever kind of mouse was asked for. */
#define MOUSE_OFF "\033[?1000l\033[?1002l\033[?1003l\033[?1006l"

struct terminal {
	SCREEN *screen;
	WINDOW *window;
	FILE *in, *out;
	int w, h;
	bool ascii, direct;
	struct grid shown; /* what the terminal has, to find rows that did not change */
	enum theme theme;
	cchar_t *row;
};

const char *terminal_obstacle(void)
{
	const char *term = getenv("TERM");
	int found = 0;

	if (!isatty(STDOUT_FILENO))
		return "draws on a terminal, and standard output is none";
	if (term == NULL || *term == '\0')
		return "needs to know the terminal, and TERM is not set";
	if (strcmp(term, "dumb") == 0)
		return "needs a terminal that can move its cursor, and TERM is dumb";
	const char *missing = curses_load();
	if (missing != NULL)
		return missing;
	nc.setupterm(NULL, STDOUT_FILENO, &found);
	if (found != 1)
		return "finds no description of this TERM; xterm-256color fits most";
	/* What is not there is NULL, what is no string -1. */
	const char *move = nc.tigetstr("cup");
	const bool moves = move != NULL && move != (const char *)-1;
	nc.del_curterm(nc.set_curterm(NULL));
	return moves ? NULL : "needs a terminal that can move its cursor, as this one cannot";
}

/* Adds a capability without its padding. */
static void add_capability(GString *to, const char *name)
{
	const char *p = nc.tigetstr(name);

	if (p == NULL || p == (const char *)-1)
		return;
	while (*p != '\0') {
		if (p[0] == '$' && p[1] == '<' && strchr(p, '>') != NULL)
			p = strchr(p, '>') + 1;
		else
			g_string_append_c(to, *p++);
	}
}

static void guard(const struct termios *modes)
{
	GString *text = g_string_new(MOUSE_OFF PASTE_OFF);

	add_capability(text, "sgr0");
	add_capability(text, "rmkx");
	add_capability(text, "cnorm");
	add_capability(text, "rmcup");
	crash_guard(STDOUT_FILENO, text->str, text->len, modes);
	g_string_free(text, TRUE);
}

static void say(const char *text, size_t n)
{
	while (n > 0) {
		const ssize_t done = write(STDOUT_FILENO, text, n);

		if (done < 0 && errno != EINTR && errno != EAGAIN)
			return;
		if (done > 0) {
			text += done;
			n -= (size_t)done;
		}
	}
}

static void read_size(struct terminal *t)
{
	struct winsize size = {0};

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0) {
		t->w = size.ws_col;
		t->h = size.ws_row;
	} else {
		t->w = 80;
		t->h = 24;
	}
}

/* Widths of characters come from a locale of UTF-8, whatever the terminal's own is. */
static bool is_ascii_locale(void)
{
	setlocale(LC_CTYPE, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
		return false;
	setlocale(LC_CTYPE, "C.UTF-8");
	return true;
}

static void set_modes(struct terminal *t)
{
	nc.raw();
	nc.noecho();
	nc.nonl();
	nc.set_escdelay(25);
	nc.typeahead(-1);
	nc.keypad(t->window, true);
	nc.nodelay(t->window, true);
	nc.meta(t->window, true);
	nc.define_key("\033[200~", CURSES_PASTE_BEGIN);
	nc.define_key("\033[201~", CURSES_PASTE_END);
	nc.mouseinterval(0);
	nc.mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
	if (nc.tigetnum("colors") > 0) {
		nc.start_color();
		nc.use_default_colors();
	}
	say(PASTE_ON, sizeof(PASTE_ON) - 1);
}

struct terminal *terminal_open(char **error)
{
	struct terminal *t = g_new0(struct terminal, 1);
	struct termios modes;

	t->ascii = is_ascii_locale();
	t->out = fdopen(dup(STDOUT_FILENO), "w");
	t->in = isatty(STDIN_FILENO) ? fdopen(dup(STDIN_FILENO), "r") : fopen("/dev/tty", "re");
	if (t->in == NULL || t->out == NULL || tcgetattr(fileno(t->in), &modes) != 0) {
		*error = g_strdup_printf("the keyboard cannot be opened: %s", strerror(errno));
		terminal_close(t);
		return NULL;
	}
	t->screen = nc.newterm(NULL, t->out, t->in);
	if (t->screen == NULL) {
		*error = g_strdup_printf("ncurses cannot use this terminal (%s)", getenv("TERM"));
		terminal_close(t);
		return NULL;
	}
	guard(&modes);
	read_size(t);
	t->direct = nc.tigetnum("colors") > 256;
	nc.resizeterm(t->h, t->w);
	t->window = nc.newwin(t->h, t->w, 0, 0);
	set_modes(t);
	grid_init(&t->shown, t->w, t->h);
	t->row = g_new0(cchar_t, (size_t)t->w + 1);
	terminal_redraw(t);
	return t;
}

void terminal_close(struct terminal *t)
{
	if (t->window != NULL) {
		say(MOUSE_OFF PASTE_OFF, sizeof(MOUSE_OFF PASTE_OFF) - 1);
		nc.endwin();
		crash_unguard();
		nc.delwin(t->window);
	}
	if (t->screen != NULL)
		nc.delscreen(t->screen);
	if (t->in != NULL)
		fclose(t->in);
	if (t->out != NULL)
		fclose(t->out);
	grid_free(&t->shown);
	g_free(t->row);
	g_free(t);
}

int terminal_fd(const struct terminal *t)
{
	return fileno(t->in);
}

void terminal_size(const struct terminal *t, int *w, int *h)
{
	*w = t->w;
	*h = t->h;
}

void terminal_resized(struct terminal *t)
{
	read_size(t);
	nc.resizeterm(t->h, t->w);
	nc.wresize(t->window, t->h, t->w);
	grid_free(&t->shown);
	grid_init(&t->shown, t->w, t->h);
	g_free(t->row);
	t->row = g_new0(cchar_t, (size_t)t->w + 1);
	terminal_redraw(t);
}

bool terminal_is_ascii(const struct terminal *t)
{
	return t->ascii;
}

/* "15;0": the number of the ground stands last; 7 and 9 to 15 are light. */
static bool ground_is_light(void)
{
	const char *says = getenv("COLORFGBG");
	const char *last = says == NULL ? NULL : strrchr(says, ';');
	const int ground = last == NULL ? 0 : atoi(last + 1);

	return ground == 7 || (ground >= 9 && ground <= 15);
}

enum theme terminal_theme(const struct terminal *t)
{
	const int colours = nc.tigetnum("colors");
	const char *no = getenv("NO_COLOR");

	(void)t;
	if ((no != NULL && *no != '\0') || colours < 8)
		return THEME_MONO;
	if (colours < 256)
		return THEME_16;
	return ground_is_light() ? THEME_LIGHT : THEME_DARK;
}

static attr_t attributes(uint8_t flags)
{
	return ((flags & LOOK_BOLD) != 0 ? A_BOLD : 0) | ((flags & LOOK_DIM) != 0 ? A_DIM : 0) |
	       ((flags & LOOK_REVERSE) != 0 ? A_REVERSE : 0) |
	       ((flags & LOOK_UNDERLINE) != 0 ? A_UNDERLINE : 0);
}

/* Where colours have no numbers but are red, green and blue, the first eight still have. */
static int colour_of(const struct terminal *t, int16_t number)
{
	return t->direct && number >= 8 ? (int)colour_24((unsigned)number) : number;
}

static void set_cell(const struct terminal *t, cchar_t *to, const struct cell *cell,
		     enum theme theme, bool ascii)
{
	const struct look look = theme_look(theme, cell);
	const bool plain = look.fg < 0 && look.bg < 0;
	int pair = plain ? 0 : nc.alloc_pair(colour_of(t, look.fg), colour_of(t, look.bg));
	wchar_t text[3] = {(wchar_t)cell->c, (wchar_t)cell->mark, 0};

	if (ascii) {
		text[0] = (wchar_t)(cell->c == 0 ? '?' : ascii_for(cell->c));
		text[1] = 0;
	}
	pair = MAX(pair, 0);
	nc.setcchar(to, text, attributes(look.flags), 0, &pair);
}

static void show_row(struct terminal *t, const struct grid *g, int y, enum theme theme, bool ascii)
{
	int n = 0;

	for (int x = 0; x < g->w; x++) {
		const struct cell *cell = grid_at(g, x, y);

		if (cell->c != 0 || ascii)
			set_cell(t, &t->row[n++], cell, theme, ascii);
	}
	nc.wmove(t->window, y, 0);
	nc.wadd_wchnstr(t->window, t->row, n);
}

void terminal_show(struct terminal *t, const struct grid *g, enum theme theme, bool ascii)
{
	const size_t row = sizeof(*g->cell) * (size_t)g->w;

	if (g->w != t->w || g->h != t->h)
		return; /* the window has just changed, and so will the grid */
	for (int y = 0; y < g->h; y++) {
		struct cell *had = &t->shown.cell[y * g->w];
		const struct cell *has = &g->cell[y * g->w];

		if (theme == t->theme && memcmp(had, has, row) == 0)
			continue;
		memcpy(had, has, row);
		show_row(t, g, y, theme, ascii);
	}
	t->theme = theme;
	nc.curs_set(g->cursor_x >= 0);
	nc.leaveok(t->window, g->cursor_x < 0);
	if (g->cursor_x >= 0)
		nc.wmove(t->window, g->cursor_y, g->cursor_x);
	nc.wnoutrefresh(t->window);
	nc.doupdate();
}

void terminal_redraw(struct terminal *t)
{
	memset(t->shown.cell, 0xff, sizeof(*t->shown.cell) * (size_t)t->w * (size_t)t->h);
	nc.clearok(t->window, true);
}

void terminal_copy(struct terminal *t, const char *text, size_t n)
{
	char *coded = g_base64_encode((const unsigned char *)text, n);
	char *plain = g_strdup_printf("\033]52;c;%s\a", coded);

	(void)t;
	say(plain, strlen(plain));
	if (getenv("TMUX") != NULL) {
		/* tmux passes on what is wrapped for it, whoever is outside. */
		char *wrapped = g_strdup_printf("\033Ptmux;\033%s\033\\", plain);

		say(wrapped, strlen(wrapped));
		g_free(wrapped);
	}
	g_free(plain);
	g_free(coded);
}

void terminal_suspend(struct terminal *t)
{
	sigset_t stop, before;

	say(MOUSE_OFF PASTE_OFF, sizeof(MOUSE_OFF PASTE_OFF) - 1);
	nc.def_prog_mode();
	nc.endwin();
	crash_unguard();
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	signal(SIGTSTP, SIG_DFL);
	raise(SIGTSTP);
	pthread_sigmask(SIG_UNBLOCK, &stop, &before); /* here it stops, until it is continued */
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	crash_reguard();
	nc.reset_prog_mode();
	nc.mousemask(0, NULL);
	set_modes(t);
	terminal_resized(t);
}

static uint32_t key_of(wint_t c)
{
	static const struct {
		wint_t curses;
		uint32_t key;
	} known[] = {
		{KEY_UP, K_UP},           {KEY_DOWN, K_DOWN},
		{KEY_LEFT, K_LEFT},       {KEY_RIGHT, K_RIGHT},
		{KEY_PPAGE, K_PAGE_UP},   {KEY_NPAGE, K_PAGE_DOWN},
		{KEY_HOME, K_HOME},       {KEY_END, K_END},
		{KEY_IC, K_INSERT},       {KEY_DC, K_DELETE},
		{KEY_BACKSPACE, K_BACKSPACE}, {KEY_BTAB, K_BACK_TAB},
		{KEY_SR, K_SHIFT_UP},     {KEY_SF, K_SHIFT_DOWN},
		{KEY_SLEFT, K_SHIFT_LEFT}, {KEY_SRIGHT, K_SHIFT_RIGHT},
		{KEY_ENTER, K_ENTER},     {CURSES_PASTE_BEGIN, K_PASTE_BEGIN},
		{CURSES_PASTE_END, K_PASTE_END},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
		if (known[i].curses == c)
			return known[i].key;
	}
	if (c >= (wint_t)KEY_F(1) && c <= (wint_t)KEY_F(12))
		return K_F1 + c - (wint_t)KEY_F(1);
	return K_NONE;
}

static uint32_t key_of_character(wint_t c)
{
	if (c == '\n')
		return K_ENTER;
	return c == 0x7f || c == '\b' ? K_BACKSPACE : c;
}

static struct event mouse_event(void)
{
	MEVENT m;
	struct event e = {.kind = EVENT_MOUSE};

	if (nc.getmouse(&m) != OK)
		return (struct event){.kind = EVENT_KEY};
	e.mouse = (struct mouse){MOUSE_PRESS, m.x, m.y};
	if ((m.bstate & BUTTON4_PRESSED) != 0)
		e.mouse.act = MOUSE_WHEEL_UP;
	else if ((m.bstate & BUTTON5_PRESSED) != 0)
		e.mouse.act = MOUSE_WHEEL_DOWN;
	return e;
}

struct event terminal_event(struct terminal *t)
{
	wint_t c, next;
	const int got = nc.wget_wch(t->window, &c);

	if (got == ERR)
		return (struct event){.kind = EVENT_NONE};
	if (got == KEY_CODE_YES && c == KEY_MOUSE)
		return mouse_event();
	if (got == KEY_CODE_YES)
		return (struct event){.kind = EVENT_KEY, .key = key_of(c)};
	/* Alt sends an escape in front of its key. */
	if (c == K_ESC && nc.wget_wch(t->window, &next) == OK)
		return (struct event){.kind = EVENT_KEY, .key = key_of_character(next) | K_ALT};
	return (struct event){.kind = EVENT_KEY, .key = key_of_character(c)};
}
