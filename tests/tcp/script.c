/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * script FILE…: plays conversations against the TCP state machine, line by line, in virtual time.
 *
 *   set room 4096 mtu 1480 flags nodelay,nosack,nots,noshift,keepalive,reno,impatient iss 0 \
 *       patience MS keep MS                              before anything else
 *   1.000 call open|listen|send N|receive N|shut|close|abort|urgent|narrow N
 *   1.000 < SYN,ACK seq 0 ack 1 win 1000 len 5 mss 1460 shift 7 sackok ts 100 0 sack 10-20 urg 3 : REASON +EVENT
 *   1.000 > ACK seq 1 ack 1 …  : REASON                   is sent, now and not before
 *   1.000 refuse                                         the driver refuses what would be sent now
 *   1.000 expire                                         time has run out for the connection
 *   1.000 state ESTABLISHED
 *   1.000 expect NAME VALUE                              ready, acked (both since asked), due, srtt, cwnd, rto …
 *
 * Numbers are relative: seq of `>` and ack of `<` to our ISS, the others to theirs. Only what a line
 * names is compared. Nothing may be due to be sent before a line's time that no line has named.
 */
#include <ctype.h>
#include <remora/node.h>
#include <remora/outcome.h>
#include <remora/tcb.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 48 };

static const char *file;
static int line;

static struct rem_tcb_setup setup;
static uint32_t patience, keep_every, irs;
static struct rem_tcb tcb;
static bool begun;
static uint32_t ready, acked;
static rem_time now;

static _Noreturn void fail(const char *format, ...)
{
	va_list args;

	fprintf(stderr, "%s:%d: ", file, line);
	va_start(args, format);
	vfprintf(stderr, format, args); /* NOLINT(clang-analyzer-valist.Uninitialized) */
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

struct words {
	char *word[WORDS];
	int n, at;
};

static const char *next(struct words *w)
{
	if (w->at == w->n)
		fail("the line ends too early");
	return w->word[w->at++];
}

static uint32_t number(struct words *w)
{
	const char *word = next(w);
	char *end;
	const long long v = strtoll(word, &end, 0);

	if (end == word || *end != '\0')
		fail("\"%s\" is no number", word);
	return (uint32_t)v;
}

struct name {
	const char *name;
	uint32_t value;
};

static const struct name segment_flags[] = {
	{"FIN", REM_SEG_FIN}, {"SYN", REM_SEG_SYN}, {"RST", REM_SEG_RST}, {"PSH", REM_SEG_PSH},
	{"ACK", REM_SEG_ACK}, {"URG", REM_SEG_URG}, {"-", 0},		  {NULL, 0},
};
static const struct name wishes[] = {
	{"nodelay", REM_TCB_NODELAY}, {"nosack", REM_TCB_NO_SACK},	 {"nots", REM_TCB_NO_TS},
	{"reno", REM_TCB_RENO},	      {"noshift", REM_TCB_NO_SHIFT},	 {"plain", REM_TCB_NO_SACK | REM_TCB_NO_TS | REM_TCB_NO_SHIFT},
	{"keep", REM_TCB_KEEPALIVE},  {"impatient", REM_TCB_IMPATIENT}, {NULL, 0},
};
static const struct name events[] = {
	{"rst", REM_ACT_ANSWER_RST}, {"opened", REM_ACT_OPENED}, {"closed", REM_ACT_CLOSED},
	{"reset", REM_ACT_RESET},    {"fin", REM_ACT_FIN},	 {"reuse", REM_ACT_REUSE},
	{NULL, 0},
};

static uint32_t value_of(const struct name *names, const char *word, size_t n)
{
	for (; names->name != NULL; names++) {
		if (strlen(names->name) == n && memcmp(names->name, word, n) == 0)
			return names->value;
	}
	fail("what is \"%.*s\"?", (int)n, word);
}

static uint32_t list(const struct name *names, const char *word)
{
	uint32_t all = 0;

	for (;;) {
		const size_t n = strcspn(word, ",");

		all |= value_of(names, word, n);
		if (word[n] == '\0')
			return all;
		word += n + 1;
	}
}

/* What a line says of a segment; `named`: the attributes that it names. */
enum {
	SEQ = 1, ACK = 2, WIN = 4, LEN = 8, URG = 16, TS = 32, SACK = 64, MSS = 128, SHIFT = 256,
	SACKOK = 512, TSECR = 1024, PLAIN = 2048,
};

static unsigned read_segment(struct words *w, struct rem_segment *s)
{
	unsigned named = 0;

	*s = (struct rem_segment){0};
	s->flags = (uint8_t)list(segment_flags, next(w));
	while (w->at < w->n && strcmp(w->word[w->at], ":") != 0) {
		const char *word = next(w);

		if (strcmp(word, "seq") == 0) {
			s->seq = number(w), named |= SEQ;
		} else if (strcmp(word, "ack") == 0) {
			s->ack = number(w), named |= ACK;
		} else if (strcmp(word, "win") == 0) {
			s->wnd = (uint16_t)number(w), named |= WIN;
		} else if (strcmp(word, "len") == 0) {
			s->len = number(w), named |= LEN;
		} else if (strcmp(word, "urg") == 0) {
			s->urgent = (uint16_t)number(w), named |= URG;
		} else if (strcmp(word, "mss") == 0) {
			s->mss = (uint16_t)number(w), named |= MSS;
			s->options |= REM_OPT_MSS;
		} else if (strcmp(word, "shift") == 0) {
			s->shift = (uint8_t)number(w), named |= SHIFT;
			s->options |= REM_OPT_SHIFT;
		} else if (strcmp(word, "sackok") == 0) {
			s->options |= REM_OPT_SACK_OK;
			named |= SACKOK;
		} else if (strcmp(word, "plain") == 0) {
			named |= PLAIN;
		} else if (strcmp(word, "ts") == 0) {
			s->tsval = number(w);
			s->tsecr = number(w);
			s->options |= REM_OPT_TS;
			named |= TS;
		} else if (strcmp(word, "ecr") == 0) {
			s->tsecr = number(w);
			named |= TSECR;
		} else if (strcmp(word, "sack") == 0) {
			named |= SACK;
			while (w->at < w->n && isdigit((unsigned char)w->word[w->at][0])) {
				unsigned from, to;

				if (sscanf(next(w), "%u-%u", &from, &to) != 2)
					fail("a SACK block is FROM-TO");
				s->sack[s->sacks++] = (struct rem_range){from, to};
			}
		} else {
			fail("what is \"%s\"?", word);
		}
	}
	return named;
}

static void move(struct rem_segment *s, uint32_t seq, uint32_t ack)
{
	s->seq += seq;
	s->ack += ack;
}

static const char *flags_text(unsigned flags)
{
	static char text[32];
	int at = 0;

	for (const struct name *n = segment_flags; n->name != NULL; n++) {
		if (n->value & flags)
			at += snprintf(text + at, sizeof(text) - (size_t)at, ",%s", n->name);
	}
	return at == 0 ? "-" : text + 1;
}

static void show(const struct rem_segment *s)
{
	fprintf(stderr, "\tit is: %s seq %u ack %u win %u len %u", flags_text(s->flags),
		s->seq - setup.iss, s->flags & REM_SEG_ACK ? s->ack - irs : 0, s->wnd, s->len);
	for (unsigned i = 0; i < s->sacks; i++)
		fprintf(stderr, " sack %u-%u", s->sack[i].from - irs, s->sack[i].to - irs);
	fprintf(stderr, " options %u : %s\n", s->options, rem_reason_name(s->why));
}

static void check_reason(struct words *w, unsigned why)
{
	const char *name = rem_reason_name(why);

	if (w->at < w->n && strcmp(w->word[w->at], ":") == 0) {
		next(w);
		const char *wanted = next(w);

		if (strcmp(wanted, name) != 0)
			fail("the reason is %s, not %s", name, wanted);
	}
}

static void need(const char *what, uint32_t have, uint32_t want)
{
	if (have != want)
		fail("%s is %u, not %u", what, have, want);
}

/* Times that pass without a line must have nothing to send. */
static void pass_to(rem_time when)
{
	struct rem_segment s;

	if (!begun || when <= now)
		return;
	if (rem_tcb_plan(&tcb, now, &s)) {
		show(&s);
		fail("at %.6f something is sent that no line names", (double)now / 1e6);
	}
	const rem_time due = rem_tcb_due(&tcb);

	if (due < when) {
		if (rem_tcb_plan(&tcb, due, &s))
			show(&s);
		fail("at %.6f something is due that no line names", (double)due / 1e6);
	}
	now = when;
}

static void begin(void)
{
	if (begun)
		return;
	rem_tcb_init(&tcb, &setup);
	tcb.patience = patience;
	tcb.keep_every = keep_every;
	begun = true;
}

static void set(struct words *w)
{
	while (w->at < w->n) {
		const char *word = next(w);

		if (strcmp(word, "room") == 0)
			setup.room = number(w);
		else if (strcmp(word, "mtu") == 0)
			setup.mtu = (uint16_t)number(w);
		else if (strcmp(word, "iss") == 0)
			setup.iss = number(w);
		else if (strcmp(word, "irs") == 0)
			irs = number(w);
		else if (strcmp(word, "patience") == 0)
			patience = number(w);
		else if (strcmp(word, "every") == 0)
			keep_every = number(w);
		else if (strcmp(word, "flags") == 0)
			setup.flags = list(wishes, next(w));
		else
			fail("what is \"%s\"?", word);
	}
}

static void call(struct words *w)
{
	static const struct name calls[] = {
		{"open", REM_CALL_OPEN},	  {"listen", REM_CALL_LISTEN}, {"send", REM_CALL_SEND},
		{"receive", REM_CALL_RECEIVE}, {"shut", REM_CALL_SHUT},	       {"close", REM_CALL_CLOSE},
		{"abort", REM_CALL_ABORT},	  {"urgent", REM_CALL_URGENT}, {"narrow", 100},
		{NULL, 0},
	};
	const char *word = next(w);
	const uint32_t what = value_of(calls, word, strlen(word));
	uint32_t n = 0;

	if (what == REM_CALL_SEND || what == REM_CALL_RECEIVE || what == 100)
		n = number(w);
	if (what == 100) {
		rem_tcb_narrow(&tcb, (uint16_t)n);
		return;
	}
	const int err = rem_tcb_call(&tcb, (enum rem_tcb_call)what, n, now);
	const char *wanted = "ok";

	if (w->at < w->n && strcmp(w->word[w->at], ":") == 0) {
		next(w);
		wanted = next(w);
	}
	if (strcmp(wanted, err == REM_OK ? "ok" : rem_err_text(err)) != 0)
		fail("the call says \"%s\"", rem_err_text(err));
}

/* A line says of a segment that is sent what must be so. */
static void compare(const struct rem_segment *s, const struct rem_segment *want, unsigned named)
{
	const unsigned flags = s->flags & ~(want->flags & REM_SEG_PSH ? 0u : REM_SEG_PSH);

	if (flags != want->flags) {
		show(s);
		fail("it is not %s", flags_text(want->flags));
	}
	if (named & SEQ)
		need("seq", s->seq - setup.iss, want->seq);
	if (named & ACK)
		need("ack", s->ack - irs, want->ack);
	if (named & WIN)
		need("win", s->wnd, want->wnd);
	need("len", s->len, want->len);
	if (named & URG)
		need("urg", s->urgent, want->urgent);
	if (named & MSS)
		need("mss", s->options & REM_OPT_MSS ? s->mss : 0u, want->mss);
	if (named & SHIFT)
		need("shift", s->options & REM_OPT_SHIFT ? s->shift : 99u, want->shift);
	if (named & SACKOK)
		need("sackok", s->options & REM_OPT_SACK_OK, REM_OPT_SACK_OK);
	if (named & PLAIN)
		need("options", s->options & ~(unsigned)REM_OPT_MSS, 0);
	if (named & TS) {
		need("ts", s->options & REM_OPT_TS, REM_OPT_TS);
		need("tsecr", s->tsecr, want->tsecr);
	}
	if (named & TSECR)
		need("ecr", s->tsecr, want->tsecr);
	if (named & SACK) {
		need("SACK blocks", s->sacks, want->sacks);
		for (unsigned i = 0; i < s->sacks; i++) {
			need("SACK from", s->sack[i].from - irs, want->sack[i].from);
			need("SACK to", s->sack[i].to - irs, want->sack[i].to);
		}
	}
}

/* What is on the wire is what the state machine is given: written and read back. */
static void over_the_wire(struct rem_segment *s)
{
	uint8_t bytes[REM_SEG_HEADER_MAX + 1] = {0};
	const uint32_t len = s->len;
	const uint8_t why = s->why;
	const uint32_t n = rem_segment_write(s, bytes);

	need("the header's length", n, rem_segment_header(s));
	if (rem_segment_read(s, (struct rem_view){bytes, n, n + len}) != (int)n || s->len != len)
		fail("what is written cannot be read");
	s->why = why;
}

static void take_out(struct words *w)
{
	struct rem_segment s, want;
	const unsigned named = read_segment(w, &want);

	if (!rem_tcb_plan(&tcb, now, &s))
		fail("nothing is sent");
	const struct rem_segment planned = s;

	over_the_wire(&s);
	compare(&s, &want, named);
	check_reason(w, s.why);
	rem_tcb_sent(&tcb, &planned, now);
}

static void answer(const struct rem_segment *s)
{
	struct rem_segment rst;

	rem_tcb_reset(s, &rst);
	if (!(rst.flags & REM_SEG_RST) || s->flags & REM_SEG_RST)
		fail("a RST is answered, or not by one");
}

static void put_in(struct words *w)
{
	struct rem_tcb_act act;
	struct rem_segment s;

	read_segment(w, &s);
	move(&s, irs, setup.iss);
	for (unsigned i = 0; i < s.sacks; i++)
		s.sack[i] = (struct rem_range){s.sack[i].from + setup.iss,
					       s.sack[i].to + setup.iss};
	over_the_wire(&s);
	rem_tcb_arrive(&tcb, &s, now, &act);
	if (act.take > s.len || act.skip > s.len - act.take)
		fail("more data is taken than there is");
	if (act.take > 0 && act.at + act.take > tcb.rcv.room)
		fail("data is put where there is no room");
	if (act.flags & REM_ACT_ANSWER_RST)
		answer(&s);
	ready += act.ready;
	acked += act.acked;
	check_reason(w, act.why);
	uint32_t happened = act.flags, wanted = 0;

	for (; w->at < w->n; w->at++)
		wanted |= list(events, w->word[w->at] + 1);
	if (happened != wanted)
		fail("events are %x, not %x", happened, wanted);
}

static uint32_t property(const char *name)
{
	const struct {
		const char *name;
		uint32_t value;
	} all[] = {
		{"ready", ready},
		{"acked", acked},
		{"used", tcb.rcv.used},
		{"cwnd", tcb.cc.wnd},
		{"ssthresh", tcb.cc.ssthresh},
		{"srtt", tcb.rtt.smooth},
		{"rttvar", tcb.rtt.var},
		{"rto", tcb.rtt.rto},
		{"mss", tcb.snd.mss},
		{"wnd", tcb.snd.wnd},
		{"phase", tcb.phase},
		{"urgent", tcb.flags & REM_TCB_URGENT ? tcb.rcv.up - irs : 0},
		{"due", (uint32_t)((rem_tcb_due(&tcb) - now) / 1000)},
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (strcmp(all[i].name, name) == 0)
			return all[i].value;
	}
	fail("what is \"%s\"?", name);
}

static void expect(struct words *w)
{
	while (w->at < w->n) {
		const char *name = next(w);

		need(name, property(name), number(w));
		if (strcmp(name, "ready") == 0)
			ready = 0;
		if (strcmp(name, "acked") == 0)
			acked = 0;
	}
}

static void step(struct words *w)
{
	const char *first = next(w), *what;
	struct rem_segment s;

	if (strcmp(first, "set") == 0) {
		set(w);
		return;
	}
	begin();
	const rem_time when = (rem_time)(strtod(first, NULL) * 1e6 + 0.5);

	if (when < now)
		fail("time runs backwards");
	what = next(w);
	if (strcmp(what, "expire") != 0)
		pass_to(when);
	if (strcmp(what, "call") == 0) {
		call(w);
	} else if (strcmp(what, "<") == 0) {
		put_in(w);
	} else if (strcmp(what, ">") == 0) {
		take_out(w);
	} else if (strcmp(what, "refuse") == 0) {
		if (!rem_tcb_plan(&tcb, now, &s))
			fail("there is nothing to be refused");
	} else if (strcmp(what, "expire") == 0) {
		if (rem_tcb_expire(&tcb, when - 1) || !rem_tcb_expire(&tcb, when))
			fail("it is not now that it expires");
		now = when;
	} else if (strcmp(what, "state") == 0) {
		const char *wanted = next(w),
			   *name = rem_tcp_state_text((enum rem_tcp_state)tcb.state);

		if (strcmp(name, wanted) != 0)
			fail("the state is %s", name);
	} else if (strcmp(what, "expect") == 0) {
		expect(w);
	} else {
		fail("what is \"%s\"?", what);
	}
	if (w->at != w->n)
		fail("what is \"%s\"?", w->word[w->at]);
}

static void play(void)
{
	char text[512];
	FILE *in = fopen(file, "r");

	if (in == NULL) {
		perror(file);
		exit(1);
	}
	setup = (struct rem_tcb_setup){.room = 8192, .mtu = 1480, .mss = 536, .iss = 4294967000u};
	patience = keep_every = 0;
	irs = 4294966000u;
	begun = false;
	ready = acked = 0;
	now = 0;
	for (line = 1; fgets(text, sizeof(text), in) != NULL; line++) {
		struct words w = {.n = 0};

		text[strcspn(text, "#\n")] = '\0';
		for (char *word = strtok(text, " \t"); word != NULL; word = strtok(NULL, " \t")) {
			if (w.n == WORDS)
				fail("too many words");
			w.word[w.n++] = word;
		}
		if (w.n > 0)
			step(&w);
	}
	fclose(in);
	struct rem_segment s;

	if (begun && rem_tcb_plan(&tcb, now, &s)) {
		show(&s);
		fail("something is to be sent at the end that no line names");
	}
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "usage: script FILE...\n");
		return 1;
	}
	for (int i = 1; i < argc; i++) {
		file = argv[i];
		play();
	}
	return 0;
}
