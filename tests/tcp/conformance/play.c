/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * play LIBRARY SCRIPT: plays a script in packetdrill's language against a stack in a shared object, by
 * the interface that packetdrill itself uses. Only what our scripts need of the language is spoken: one
 * connection, segments and calls at absolute (0.1), relative (+.1) or any (*) times, calls that wait
 * (0.1...0.3). What is sent must be what the script says, within four milliseconds of when it says so;
 * bytes and checksums are looked at, too.
 */
#include "play.h"

#include <dlfcn.h>
#include <math.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LINE = 1024, HEADERS = 40, DATAGRAM = 65536, TOLERANCE = 4000 };
enum { FIN = 1, SYN = 2, ACK = 16 };

#define LOCAL  0xc0a80001u
#define REMOTE 0xc0000201u

const char *play_file;
int play_line;

static struct packetdrill_interface table;
static long long start, last; /* microseconds: of the script, and since then of the event before */

_Noreturn void play_fail(const char *format, ...)
{
	va_list args;

	fprintf(stderr, "%s:%d: ", play_file, play_line);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

static long long clock_now(void)
{
	struct timeval tv;

	table.gettimeofday(table.userdata, &tv, NULL);
	return tv.tv_sec * 1000000LL + tv.tv_usec;
}

static void wait_until(long long at)
{
	const long long span = start + at - clock_now();

	if (span > 0)
		table.usleep(table.userdata, (useconds_t)span);
}

static void check_time(const char *what, long long wanted, long long is)
{
	if (llabs(is - wanted) > TOLERANCE)
		play_fail("%s at %.6f, not at %.6f", what, (double)is / 1e6, (double)wanted / 1e6);
}

/* ---- segments ---- */

static struct {
	uint16_t local, remote; /* ports */
	uint32_t isn;           /* of the stack */
	uint32_t stamp;         /* its timestamps are so far ahead of the script's */
	bool has_isn, has_stamp;
} conn = {.local = 8080, .remote = 40000};

static uint32_t get(const uint8_t *p, unsigned bytes)
{
	uint32_t v = 0;

	while (bytes-- > 0)
		v = v << 8 | *p++;
	return v;
}

static void set(uint8_t *p, uint32_t v, unsigned bytes)
{
	while (bytes-- > 0)
		*p++ = (uint8_t)(v >> 8 * bytes);
}

static uint32_t sum(uint32_t s, const uint8_t *p, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		s += i & 1 ? p[i] : (uint32_t)p[i] << 8;
	while (s >> 16 != 0)
		s = (s & 0xffff) + (s >> 16);
	return s;
}

/* Of the TCP header and data of n bytes behind an IP header. */
static uint32_t tcp_sum(const uint8_t *ip, uint32_t n)
{
	return sum(sum(6 + n, ip + 12, 8), ip + 20, n);
}

/* Adds to the numbers of options that count what the stack sends: SACK blocks, or a timestamp. */
static void move_options(uint8_t *p, uint32_t n, uint8_t kind, uint32_t at, uint32_t by)
{
	for (uint32_t i = 0; i < n; i += p[i] < 2 ? 1 : p[i + 1]) {
		if (p[i] != kind)
			continue;
		const uint32_t end = kind == 8 ? at + 4 : p[i + 1];

		for (uint32_t k = at; k < end; k += 4)
			set(p + i + k, get(p + i + k, 4) + by, 4);
	}
}

static void send_segment(struct segment *s)
{
	uint8_t p[DATAGRAM] = {0x45};
	const uint32_t header = 20 + s->options, n = header + s->len;

	set(p + 2, 20 + n, 2);
	set(p + 8, 64 << 8 | 6, 2);
	set(p + 12, REMOTE, 4);
	set(p + 16, LOCAL, 4);
	set(p + 10, 0xffff & ~sum(0, p, 20), 2);
	set(p + 20, conn.remote, 2);
	set(p + 22, conn.local, 2);
	set(p + 24, s->seq, 4);
	set(p + 28, s->flags & ACK ? s->ack + conn.isn : 0, 4);
	set(p + 32, header / 4 << 12 | s->flags, 2);
	set(p + 34, s->win < 0 ? 0 : (uint32_t)s->win, 2);
	move_options(s->option, s->options, 5, 2, conn.isn);
	move_options(s->option, s->options, 8, 6, conn.stamp);
	memcpy(p + HEADERS, s->option, s->options);
	for (uint32_t i = 0; i < s->len; i++)
		p[20 + header + i] = (uint8_t)(s->seq - 1 + i);
	set(p + 36, 0xffff & ~tcp_sum(p, n), 2);
	table.netdev_send(table.userdata, p, 20 + n);
}

/* The next segment of the stack, in the script's numbers. */
static long long receive_segment(struct segment *s)
{
	uint8_t p[DATAGRAM];
	size_t n = sizeof(p);
	long long when;

	if (table.netdev_receive(table.userdata, p, &n, &when) != 0 || n == 0)
		play_fail("nothing is sent, nor will be");
	const uint32_t header = (get(p + 32, 2) >> 12) * 4;

	if (n < HEADERS || p[0] != 0x45 || p[9] != 6 || get(p + 2, 2) != n || header < 20 ||
	    header > n - 20)
		play_fail("what is sent is no segment");
	if (sum(0, p, 20) != 0xffff || tcp_sum(p, (uint32_t)n - 20) != 0xffff)
		play_fail("its checksums are wrong");
	*s = (struct segment){.flags = (uint8_t)(get(p + 32, 2) & 0x3f),
			      .win = (int32_t)get(p + 34, 2),
			      .len = (uint32_t)n - 20 - header,
			      .options = header - 20};
	conn.local = (uint16_t)get(p + 20, 2);
	conn.remote = (uint16_t)get(p + 22, 2);
	if (!conn.has_isn && s->flags & SYN) {
		conn.isn = get(p + 24, 4);
		conn.has_isn = true;
	}
	s->seq = get(p + 24, 4) - conn.isn;
	s->ack = s->flags & ACK ? get(p + 28, 4) : 0;
	memcpy(s->option, p + HEADERS, s->options);
	for (uint32_t i = 0; i < s->len; i++) {
		if (p[20 + header + i] != (uint8_t)(s->seq - 1 + i))
			play_fail("byte %u of the segment is another", i);
	}
	return when - start;
}

static void show(const char *what, const struct segment *s)
{
	fprintf(stderr, "%s: ", what);
	for (unsigned i = 0; i < 6; i++)
		fprintf(stderr, "%s", s->flags >> i & 1 ? (const char[]){"FSRP.U"[i], '\0'} : "");
	fprintf(stderr, " %u:%u(%u) ack %u win %d options", s->seq, s->seq + s->len, s->len, s->ack,
		s->win);
	for (uint32_t i = 0; i < s->options; i++)
		fprintf(stderr, " %02x", s->option[i]);
	fputc('\n', stderr);
}

/* The stack's timestamps begin anywhere, and are counted by its own clock: three in a hundred. */
static void same_stamps(struct segment *is, const struct segment *wanted)
{
	for (uint32_t i = 0;
	     i < wanted->options && i < is->options && wanted->option[i] == is->option[i];
	     i += wanted->option[i] < 2 ? 1 : wanted->option[i + 1]) {
		if (wanted->option[i] != 8)
			continue;
		const uint32_t a = get(is->option + i + 2, 4), b = get(wanted->option + i + 2, 4);

		if (!conn.has_stamp)
			conn.stamp = a - b;
		conn.has_stamp = true;
		if (labs((long)(int32_t)(a - b - conn.stamp)) > 5 + (long)((double)last / 1e6 * 30))
			play_fail("the timestamp is %u", a - conn.stamp);
		set(is->option + i + 2, b, 4);
	}
}

static void expect_segment(struct segment *wanted, bool any_time, long long at)
{
	struct segment is;
	const long long when = receive_segment(&is);

	same_stamps(&is, wanted);
	if (is.flags != wanted->flags || is.seq != wanted->seq || is.len != wanted->len ||
	    is.ack != wanted->ack || (wanted->win >= 0 && is.win != wanted->win) ||
	    (!wanted->any_options && (is.options != wanted->options ||
				      memcmp(is.option, wanted->option, is.options) != 0))) {
		show("sent", &is);
		show("wanted", wanted);
		play_fail("the segment is another");
	}
	if (!any_time)
		check_time("it is sent", at, when);
	last = when;
}

/* ---- calls, and those that wait ---- */

static struct {
	pthread_t thread;
	struct call call;
	char text[LINE];
	long long until, ended;
	_Atomic int id; /* of the thread; -1: it is done */
	bool runs;
} waiting;

static void *run_call(void *of)
{
	(void)of;
	waiting.id = gettid();
	make_call(&table, &waiting.call);
	waiting.ended = clock_now() - start;
	waiting.id = -1;
	return NULL;
}

/* Until the call sleeps, or is done: what comes next must not overtake it. */
static void let_it_wait(void)
{
	const struct timespec span = {.tv_nsec = 1000000};
	char name[64], state = 'R';

	while (waiting.runs && waiting.id >= 0 && state != 'S') {
		nanosleep(&span, NULL);
		snprintf(name, sizeof(name), "/proc/self/task/%d/stat", (int)waiting.id);
		FILE *stat = waiting.id > 0 ? fopen(name, "r") : NULL;
		if (stat != NULL && fscanf(stat, "%*d (%*[^)]) %c", &state) != 1)
			state = 'R';
		if (stat != NULL)
			fclose(stat);
	}
}

static void join(void)
{
	if (!waiting.runs)
		return;
	pthread_join(waiting.thread, NULL);
	waiting.runs = false;
	check_time("the call comes back", waiting.until, waiting.ended);
}

static void begin_call(const char *text, bool waits, long long until)
{
	join();
	snprintf(waiting.text, LINE, "%s", text);
	read_call(waiting.text, &waiting.call);
	if (!waits) {
		make_call(&table, &waiting.call);
		return;
	}
	waiting.until = until;
	waiting.runs = true;
	waiting.id = 0;
	if (pthread_create(&waiting.thread, NULL, run_call, NULL) != 0)
		play_fail("no thread");
	let_it_wait();
}

/* ---- lines ---- */

static long long read_time(const char *text, bool relative)
{
	return (relative ? last : 0) + llround(atof(text) * 1e6);
}

static void play(char *text)
{
	const size_t n = strcspn(text, " \t");
	const bool any = text[0] == '*', relative = text[0] == '+';
	char *until = strstr(text, "...");
	const bool waits = until != NULL && until < text + n;
	const long long at = any ? last : read_time(text + relative, relative);
	const long long end = waits ? read_time(until + 3, relative) : 0;
	struct segment s;

	text += n + strspn(text + n, " \t");
	let_it_wait();
	if (*text == '>') {
		read_segment(text + 1 + strspn(text + 1, " "), &s);
		expect_segment(&s, any, at);
		return;
	}
	wait_until(at);
	last = at;
	if (*text == '<') {
		read_segment(text + 1 + strspn(text + 1, " "), &s);
		send_segment(&s);
	} else {
		begin_call(text, waits, end);
	}
}

int main(int argc, char **argv)
{
	char line[LINE];
	void *library = argc == 3 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
	FILE *script = argc == 3 ? fopen(argv[2], "r") : NULL;

	if (library == NULL || script == NULL) {
		fprintf(stderr, "play LIBRARY SCRIPT: %s\n",
			argc == 3 && library == NULL ? dlerror() : "no script");
		return 2;
	}
	void (*init)(const char *flags, struct packetdrill_interface *);

	*(void **)&init = dlsym(library, "packetdrill_interface_init");
	if (init == NULL)
		return 2;
	init("", &table);
	play_file = argv[2];
	start = clock_now();
	while (fgets(line, sizeof(line), script) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		char *comment = strstr(line, "//"), *text = line + strspn(line, " \t");

		play_line++;
		if (comment != NULL)
			*comment = '\0';
		if (*text != '\0')
			play(text);
	}
	join();
	table.free(table.userdata);
	fclose(script);
	dlclose(library);
	return 0;
}
