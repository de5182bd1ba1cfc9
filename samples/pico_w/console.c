/* SPDX-License-Identifier: BSD-3-Clause */
/* The console: a line at a time, over UART and USB alike, and what the radio has to report. */
#include "app.h"
#include <remora/pico_w.h>
#include <string.h>

enum {
	LINE = 240, /* a name and a key of which each byte is escaped fit in it, and no more */
	WORDS = 3,
	PING_BYTES = 56,
	PING_PATIENCE = 2000000,
	LOG_PIECES = 512, /* more than a log has, whatever the chip says */
};
enum { CTRL_C = 3, BACKSPACE = 8, CTRL_U = 21, DELETE = 127 };

static struct {
	char line[LINE];
	uint32_t n; /* LINE: it is too long */
	enum rem_cyw_state state;
	enum rem_cyw_why why;
	struct rem_ping ping;
	rem_time pinged; /* 0: nobody is */
} console;

static struct rem_span span(const char *s)
{
	return (struct rem_span){(const uint8_t *)s, (uint32_t)strlen(s)};
}

/* Bytes of the air, as text that cannot move the cursor, and that can stand in quotation marks. */
static void say_escaped(struct rem_span s)
{
	for (uint32_t i = 0; i < s.n; i++) {
		const uint8_t c = s.p[i];
		const bool plain = c >= ' ' && c <= '~' && c != '\\' && c != '"';

		say(plain ? "%c" : "\\x%2x", c);
	}
}

bool console_number(const char **s, unsigned most, unsigned *value)
{
	const char *begin = *s;

	for (*value = 0; is_digit(**s) && *value <= most; (*s)++)
		*value = 10 * *value + (unsigned)(**s - '0');
	return *s > begin && *value <= most;
}

bool console_address(const char **s, struct rem_addr *a)
{
	unsigned part;

	a->family = 4;
	for (unsigned i = 0; i < 4; i++) {
		if ((i > 0 && *(*s)++ != '.') || !console_number(s, 255, &part))
			return false;
		a->b[i] = (uint8_t)part;
	}
	return true;
}

static void found(void *by, const struct rem_cyw_network *n)
{
	(void)by;
	if (n == NULL) {
		say("scan: done\n");
		return;
	}
	say("scan: channel %u, %d dBm, %s, ", n->channel, n->rssi,
	    n->security == 0                    ? "open"
	    : (n->security & REM_CYW_WPA2) != 0 ? "WPA2"
						: "WPA or WEP");
	say_escaped(n->ssid);
	say("\n");
}

static void do_scan(char **word, rem_time now)
{
	(void)word;
	(void)now;
	if (rem_cyw_scan(&app.radio, found, NULL) != REM_OK)
		say("scan: not now\n");
}

static void do_join(char **word, rem_time now)
{
	(void)now;
	if (word[1] == NULL ||
	    rem_cyw_join(&app.radio, span(word[1]), span(word[2] == NULL ? "" : word[2])) != REM_OK)
		say("join NAME [KEY]: a name has 1 to 32 bytes, a key 8 to 63, or 64 hex digits\n");
}

/* Saved are the lengths of name and key, and both. */
static void do_save(char **word, rem_time now)
{
	uint8_t saved[2 + REM_CYW_SSID + REM_CYW_KEY];
	const struct rem_cyw *r = &app.radio;

	(void)word;
	(void)now;
	if (r->want.ssid_bytes == 0) {
		say("save: join a network first\n");
		return;
	}
	saved[0] = r->want.ssid_bytes;
	saved[1] = r->want.key_bytes;
	memcpy(saved + 2, r->want.ssid, saved[0]);
	memcpy(saved + 2 + saved[0], r->want.key, saved[1]);
	say(rem_pico_w_save(saved, 2u + saved[0] + saved[1]) == 0
		    ? "save: done, it is joined at every start\n"
		    : "save: failed\n");
}

static void do_forget(char **word, rem_time now)
{
	(void)word;
	(void)now;
	say(rem_pico_w_save(NULL, 0) == 0 ? "forget: done\n" : "forget: failed\n");
}

void console_load(void)
{
	uint8_t saved[2 + REM_CYW_SSID + REM_CYW_KEY];
	const uint32_t n = rem_pico_w_load(saved, sizeof(saved));

	if (n < 2 || n != 2u + saved[0] + saved[1])
		return;
	const struct rem_span ssid = {saved + 2, saved[0]}, key = {saved + 2 + saved[0], saved[1]};
	if (rem_cyw_join(&app.radio, ssid, key) == REM_OK)
		say("joins the network that was saved\n");
}

static void do_leave(char **word, rem_time now)
{
	(void)word;
	(void)now;
	rem_cyw_leave(&app.radio);
}

static void say_address(void)
{
	if (app.host.address[0].addr.family != 0) {
		console_say_address(app.host.address[0].addr);
		say("/%u", app.host.address[0].prefix);
	} else {
		say("none");
	}
}

static void do_status(char **word, rem_time now)
{
	const struct rem_cyw *r = &app.radio;
	const uint8_t *m = r->nic.address;

	(void)word;
	say("radio: %s, %s, %2x:%2x:%2x:%2x:%2x:%2x, %d dBm\n", rem_cyw_state_text(r->state),
	    rem_cyw_why_text(r->why), m[0], m[1], m[2], m[3], m[4], m[5], r->rssi);
	say("radio: %u in, %u out, %u events, %u bus errors, %u damaged, %u restarts, last fault: %s\n",
	    (unsigned)r->count.received, (unsigned)r->count.sent, (unsigned)r->count.events,
	    (unsigned)r->count.bus_errors, (unsigned)r->count.damaged, (unsigned)r->count.restarts,
	    rem_cyw_fault_text(r->fault));
	say("address: ");
	say_address();
	say("\ntime: %u s since 1970\nup %u s, call stack at most %u bytes\n",
	    app.told == REM_NTP_KNOWS ? (unsigned)((now + app.ntp.offset) / 1000000) : 0,
	    (unsigned)(now / 1000000), (unsigned)rem_pico_w_stack_used());
}

static void do_ping(char **word, rem_time now)
{
	const char *s = word[1] == NULL ? "" : word[1];
	struct rem_addr to = {0};

	if (!has_network() || console.pinged != 0 || !console_address(&s, &to) || *s != '\0' ||
	    rem_ping_init(&console.ping, &app.host.icmp, to) != REM_OK) {
		say("ping ADDRESS: one at a time, when there is a network\n");
		return;
	}
	rem_ping_ask(&console.ping, PING_BYTES);
	console.pinged = now;
}

static void do_get(char **word, rem_time now)
{
	fetch(word[1] == NULL ? "" : word[1], now);
}

/* What is asked to be on, or off; false: neither. */
static bool is_switch(char **word, bool *on)
{
	*on = word[1] != NULL && strcmp(word[1], "on") == 0;
	if (*on || (word[1] != NULL && strcmp(word[1], "off") == 0))
		return true;
	say("%s on, or %s off\n", word[0], word[0]);
	return false;
}

static void do_trace(char **word, rem_time now)
{
	bool on;

	(void)now;
	if (is_switch(word, &on))
		trace_set(on);
}

static void do_drops(char **word, rem_time now)
{
	(void)word;
	(void)now;
	for (unsigned code = 1; code < REM_REASONS; code++) {
		char ref[REM_REASON_REF];

		if (app.count[code] != 0 && rem_reason_name(code) != NULL)
			say("%u %s: %s (%s)\n", (unsigned)app.count[code],
			    rem_outcome_text(rem_reason_outcome(code)), rem_reason_name(code),
			    rem_reason_ref(code, ref));
	}
	say("drops: done\n");
}

/* The test word as the bus reads it, with a bit sampled so many system clocks after the radio gives it. */
static void do_bus(char **word, rem_time now)
{
	(void)word;
	(void)now;
	for (uint32_t half = 2; half <= 4; half++)
		for (unsigned fall = 0; fall <= 1; fall++) {
			rem_pico_w_clock(half, fall == 0);
			say("bus: sampled %u clocks after: %8x\n", (unsigned)(half << fall),
			    (unsigned)rem_cyw_test(&app.radio));
		}
	rem_pico_w_clock(2, false);
	say("bus: done\n");
}

static void do_chiplog(char **word, rem_time now)
{
	char text[64];
	int n;

	(void)word;
	(void)now;
	for (unsigned piece = 0; piece < LOG_PIECES; piece++) {
		n = rem_cyw_log(&app.radio, text, sizeof(text));
		for (int i = 0; i < n; i++)
			if (text[i] == '\n')
				say("\n");
			else
				say_escaped((struct rem_span){(const uint8_t *)text + i, 1});
		if (n <= 0)
			break;
	}
	say("chiplog: done\n");
}

static void do_led(char **word, rem_time now)
{
	bool on;

	(void)now;
	if (is_switch(word, &on))
		rem_cyw_pins(&app.radio, 1, on);
}

static void do_help(char **word, rem_time now);

static const struct {
	const char *name, *about;
	void (*run)(char **word, rem_time now);
} commands[] = {
	{"help", "this", do_help},
	{"scan", "the networks that are heard", do_scan},
	{"join", "NAME [KEY]: join it, and stay", do_join},
	{"save", "join this network at every start: it is kept in flash", do_save},
	{"forget", "keep nothing in flash", do_forget},
	{"leave", "leave the network", do_leave},
	{"status", "radio, address, memory", do_status},
	{"ping", "ADDRESS", do_ping},
	{"get", "http://HOST[:PORT][/PATH]", do_get},
	{"drops", "what became of the frames, and why", do_drops},
	{"trace", "on or off: every frame as pcapng, over the second USB interface", do_trace},
	{"bus", "the test word over a sweep of sampling delays", do_bus},
	{"chiplog", "what the radio's firmware has logged", do_chiplog},
	{"led", "on or off", do_led},
};

static void do_help(char **word, rem_time now)
{
	(void)word;
	(void)now;
	for (unsigned i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		say("%s %s\n", commands[i].name, commands[i].about);
}

static int hex_value(char c)
{
	return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The next byte: as it stands there, or as scan writes those that one cannot type. */
static char next_byte(char **s)
{
	const char *p = *s;

	if (p[0] == '\\' && p[1] == 'x' && hex_value(p[2]) >= 0 && hex_value(p[3]) >= 0) {
		*s += 4;
		return (char)(hex_value(p[2]) << 4 | hex_value(p[3]));
	}
	*s += 1;
	return *p;
}

/* Cuts a line into words; one that holds blanks stands in quotation marks. false: there are more, or a mark is missing. */
static bool cut(char *s, char *word[WORDS])
{
	memset(word, 0, WORDS * sizeof(*word));
	for (unsigned n = 0;; n++) {
		while (*s == ' ')
			s++;
		if (*s == '\0' || n == WORDS)
			return *s == '\0';
		const char end = *s == '"' ? *s++ : ' ';
		char *to = word[n] = s;
		while (*s != '\0' && *s != end)
			*to++ = next_byte(&s);
		if (*s != '\0')
			s++;
		else if (end == '"')
			return false;
		*to = '\0';
	}
}

static void run(rem_time now)
{
	char *word[WORDS];

	if (!cut(console.line, word)) {
		say("what is this? A word with blanks stands in \"quotation marks\"\n");
		return;
	}
	if (word[0] == NULL)
		return;
	for (unsigned i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (strcmp(word[0], commands[i].name) == 0) {
			commands[i].run(word, now);
			return;
		}
	say("help says what there is\n");
}

static void end_line(rem_time now)
{
	const bool whole = console.n < LINE;

	console.line[whole ? console.n : 0] = '\0';
	console.n = 0;
	if (whole)
		run(now);
	else
		say("that line is too long\n");
}

static void take(char c, rem_time now)
{
	switch (c) {
	case '\r':
	case '\n': end_line(now); break;
	case CTRL_C:
	case CTRL_U: console.n = 0; break;
	case BACKSPACE:
	case DELETE:
		if (console.n > 0 && console.n < LINE)
			console.n--;
		break;
	case '\t': c = ' '; /* fallthrough */
	default:
		if ((uint8_t)c >= ' ' && console.n < LINE)
			console.line[console.n++] = c;
	}
}

static void watch_ping(rem_time now)
{
	const struct rem_ping *p = &console.ping;

	if (console.pinged == 0 ||
	    (p->waiting && p->fault < 0 && now - console.pinged < PING_PATIENCE) ||
	    (!p->waiting && p->answers == 0 && p->fault < 0 &&
	     now - console.pinged < PING_PATIENCE))
		return;
	if (p->answers > 0)
		say("ping: answered in %u us\n", (unsigned)p->took);
	else
		say(p->fault >= 0 ? "ping: there is no way there\n" : "ping: no answer\n");
	rem_leave(&console.ping.node);
	console.pinged = 0;
}

static void watch_radio(void)
{
	const struct rem_cyw *r = &app.radio;

	if (r->state == console.state && r->why == console.why)
		return;
	console.state = r->state;
	console.why = r->why;
	say("radio: %s", rem_cyw_state_text(r->state));
	if (r->why != REM_CYW_WHY_NONE)
		say(" (%s)", rem_cyw_why_text(r->why));
	if (r->why == REM_CYW_RESTARTED)
		say(": %s", rem_cyw_fault_text(r->fault));
	say("\n");
}

void console_poll(rem_time now)
{
	int c;

	watch_radio();
	watch_ping(now);
	while ((c = serial_get()) >= 0)
		take((char)c, now);
}
