/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * xcurl: fetches pages with nothing of the operating system but a card: DHCP, ARP, NTP if asked for,
 * DNS, TCP, HTTP. The page goes to standard output, all else to standard error; exit codes are curl's.
 */
#define _GNU_SOURCE
#include "common/card.h"
#include "common/flags.h"

#include <errno.h>
#include <string.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <remora/station.h>

enum { RING = 1 << 20, HEAD = 16384, NAME = 254, TARGET = 4096 };
enum {
	OK = 0, UNSUPPORTED = 1, USAGE = 2, BAD_URL = 3, RESOLVE = 6, CONNECT = 7, STRANGE = 8, PARTIAL = 18,
	HTTP_ERROR = 22, WRITE = 23, READ = 26, TIMEOUT = 28, INTERFACE = 45, EMPTY = 52, SEND = 55,
	RECEIVE = 56,
};

static const char *interface = "tap0", *http_tap, *host_flag, *wanted, *local_port, *pcap, *upload,
		  *max_time = "30";
static bool wants_time, quiet, lneto_tap, fail, shows_head;

static const struct flag flags[] = {
	{"i", &interface, NULL, "IFACE", "the card: a TAP, made if there is none, or an interface to share (tap0)"},
	{"http-tap", &http_tap, NULL, "URL", "a card behind httptap (http://127.0.0.1:7070)"},
	{"ntp", NULL, &wants_time, NULL, "asks for the time, too"},
	{"addr", &wanted, NULL, "ADDRESS", "the address to ask for"},
	{"port", &local_port, NULL, "PORT", "the local TCP port"},
	{"pcap", &pcap, NULL, "FILE", "writes all packets, each with its outcome, as pcapng"},
	{"no-breakdown", NULL, &quiet, NULL, "says nothing of each packet"},
	{"T", &upload, NULL, "FILE", "sends FILE by PUT"},
	{"I", NULL, &shows_head, NULL, "asks for the head alone, and shows it"},
	{"f", NULL, &fail, NULL, "fails on a status of 400 and above"},
	{"m", &max_time, NULL, "SECONDS", "how long nothing may happen (30; 0: for ever)"},
	{"host", &host_flag, NULL, NULL, NULL},
	{"ihttp", NULL, &lneto_tap, NULL, NULL},
	{"nopcap", NULL, &quiet, NULL, NULL},
	{NULL, NULL, NULL, NULL, NULL},
};

struct url {
	char host[NAME], authority[NAME + 8], target[TARGET];
	uint16_t port;
};

static struct rem_station station;
static struct rem_tcp_conn conn;
static uint8_t rx[RING], tx[RING], head[HEAD];
static FILE *upload_file;

/* Says how it went, or how long it took. */
static int failed(int code, const char *what, const char *of, int err)
{
	fprintf(stderr, "xcurl: (%d) %s %s: %s\n", code, what, of, strerror(-err));
	return code;
}

static rem_time lap(const char *what, const char *of, rem_time since)
{
	const rem_time now = rem_linux_now();

	fprintf(stderr, "[%lld.%03lld ms] %s %s\n", (long long)(now - since) / 1000,
		(long long)(now - since) % 1000, what, of);
	return now;
}

/* What -m says, in microseconds; -1: it is no time. */
static rem_time patience(void)
{
	char *end;
	const double seconds = strtod(max_time, &end);

	if (end == max_time || *end != '\0' || !(seconds >= 0 && seconds <= 86400))
		return -1;
	return seconds == 0 ? INT64_C(100000000000000) : (rem_time)(seconds * 1e6);
}

static rem_time deadline(void)
{
	return rem_linux_now() + patience();
}

/* "[http://]host[:port][/target]" */
static int read_url(const char *text, struct url *u)
{
	const size_t https = strlen("https://"), http = strlen("http://");

	const char *whole = text;

	if (strncmp(text, "https://", https) == 0) {
		fprintf(stderr, "xcurl: (1) https: TLS is not spoken here\n");
		return UNSUPPORTED;
	}
	if (strncmp(text, "http://", http) == 0) {
		text += http;
	} else if (strstr(text, "://") != NULL) {
		fprintf(stderr, "xcurl: (1) %s: only http is spoken here\n", text);
		return UNSUPPORTED;
	}
	const size_t n = strcspn(text, "/?#"), name = strcspn(text, ":/?#"),
		     rest = strcspn(text + n, "#");
	const long port = text[name] == ':' && n - name > 1 && n - name < 7
				  ? strtol(text + name + 1, NULL, 10)
				  : 80;
	if (name == 0 || name >= NAME || n >= sizeof(u->authority) || rest + 2 > TARGET ||
	    port < 1 || port > 65535 || memchr(text, '@', n) != NULL) {
		fprintf(stderr, "xcurl: (3) %s: no URL that I understand\n", whole);
		return BAD_URL;
	}
	snprintf(u->host, sizeof(u->host), "%.*s", (int)name, text);
	snprintf(u->authority, sizeof(u->authority), "%.*s", (int)n, text);
	snprintf(u->target, sizeof(u->target), "%s%.*s", text[n] == '/' ? "" : "/", (int)rest,
		 text + n);
	u->port = (uint16_t)port;
	return OK;
}

static void address_text(struct rem_addr a, char text[16])
{
	snprintf(text, 16, "%u.%u.%u.%u", a.b[0], a.b[1], a.b[2], a.b[3]);
}

/* ---- the steps ---- */

static int lease(void)
{
	struct rem_addr ask = {.family = 0};
	const rem_time start = rem_linux_now();
	char text[16];

	if (wanted != NULL && rem_station_resolve(&station, wanted, &ask, start) != 0)
		return failed(USAGE, "no address:", wanted, -EINVAL);
	int err = rem_station_lease(&station, rem_be32(ask.b), deadline());
	if (err != 0)
		return failed(TIMEOUT, "no lease on", station.card.name, err);
	address_text(rem_addr4(station.dhcp.lease.addr), text);
	if (ask.family != 0 && station.dhcp.lease.addr != rem_be32(ask.b))
		return failed(CONNECT, "not the address that was asked for, but", text,
			      -EADDRNOTAVAIL);
	const rem_time next = lap("leased", text, start);
	if (station.dhcp.lease.router[0] == 0)
		return OK;
	const struct rem_addr router = rem_addr4(station.dhcp.lease.router[0]);
	address_text(router, text);
	err = rem_station_reach(&station, router, deadline());
	if (err != 0)
		fprintf(stderr, "xcurl: the router %s does not answer\n", text);
	else
		lap("found the router", text, next);
	return OK;
}

static int ask_time(void)
{
	const rem_time start = rem_linux_now();
	struct rem_addr server = rem_addr4(station.dhcp.lease.ntp[0]);
	int64_t offset;

	int err = station.dhcp.lease.ntp[0] != 0
			  ? 0
			  : rem_station_resolve(&station, "pool.ntp.org", &server, deadline());
	if (err != 0)
		return failed(RESOLVE, "no address of", "pool.ntp.org", err);
	err = rem_station_ask_time(&station, server, 1, &offset, deadline());
	if (err != 0)
		return failed(TIMEOUT, "no time from", "the NTP server", err);
	lap("asked for the time", "", start);
	const int64_t ahead = (int64_t)station.trace.epoch - offset,
		      size = ahead < 0 ? -ahead : ahead;
	fprintf(stderr, "The clock of this machine is %lld.%06lld s %s, give or take %u us.\n",
		(long long)(size / 1000000), (long long)(size % 1000000),
		ahead < 0 ? "behind" : "ahead", station.ntp.delay / 2);
	return OK;
}

static int dial(const struct url *u)
{
	rem_time start = rem_linux_now();
	struct rem_addr addr;
	char text[16];

	int err = rem_station_resolve(&station, u->host, &addr, deadline());
	if (err != 0)
		return failed(RESOLVE, "no address of", u->host, err);
	address_text(addr, text);
	start = lap("resolved to", text, start);
	rem_tcp_conn_init(&conn, rx, RING, tx, RING);
	const long from = local_port == NULL ? 0 : flags_number(local_port, 65535);
	err = rem_station_dial(&station, &conn, addr, u->port, (uint16_t)from, deadline());
	if (err != 0)
		return failed(err == -ETIMEDOUT ? TIMEOUT : CONNECT, "no connection to",
			      u->authority, err);
	lap("connected to", u->authority, start);
	return OK;
}

static int to_stdout(struct rem_http_call *c, struct rem_span piece)
{
	(void)c;
	return fwrite(piece.p, 1, piece.n, stdout) == piece.n ? REM_OK : REM_DROP;
}

static int from_file(struct rem_http_call *c, uint8_t *p, uint32_t room)
{
	const size_t n = fread(p, 1, room, upload_file);

	(void)c;
	return n == 0 && ferror(upload_file) ? REM_DROP : (int)n;
}

static int exit_code(const struct rem_http_call *call, const struct url *u, int err)
{
	switch (err) {
	case 0: break;
	case -ETIMEDOUT: return failed(TIMEOUT, "nothing more from", u->authority, err);
	case -EPROTO: return failed(STRANGE, "strange words from", u->authority, err);
	case -ECANCELED: return failed(upload_file != NULL ? READ : WRITE, "a file at this side of", u->authority, -EIO);
	case -ENODATA:
		return failed(call->code == 0 ? EMPTY : PARTIAL,
			      call->code == 0 ? "no answer from" : "not all from", u->authority,
			      err);
	default: return failed(RECEIVE, "lost", u->authority, err);
	}
	if (fail && call->code >= 400) {
		fprintf(stderr, "xcurl: (22) %s answers %u\n", u->authority, call->code);
		return HTTP_ERROR;
	}
	return fflush(stdout) == 0 ? OK : failed(WRITE, "cannot write", "the page", -errno);
}

static int begin_call(struct rem_http_call *call, const struct url *u)
{
	struct stat st = {.st_size = 0};

	rem_http_call_init(call, head, HEAD,
			   upload != NULL ? "PUT"
			   : shows_head   ? "HEAD"
					  : "GET",
			   u->target, u->authority);
	rem_http_put_word(&call->out, "User-Agent", "xcurl (remora)");
	rem_http_put_word(&call->out, "Accept", "*/*");
	call->receive = to_stdout;
	if (upload == NULL)
		return rem_http_call_send(call, (struct rem_span){head, 0});
	upload_file = fopen(upload, "rb");
	if (upload_file == NULL || fstat(fileno(upload_file), &st) != 0)
		return REM_DROP;
	return rem_http_call_provide(
		call, S_ISREG(st.st_mode) ? (rem_http_size)st.st_size : REM_HTTP_ENDLESS,
		from_file);
}

/* Fetches one; *open: the connection to the one before can be used. */
static int fetch(const struct url *u, const struct url *before, bool *open)
{
	struct rem_http_call call;
	const bool reuse = *open && strcmp(before->authority, u->authority) == 0 &&
			   !rem_tcp_at_end(&conn);

	if (*open && !reuse)
		rem_tcp_close(&conn, rem_linux_now());
	*open = false;
	const int code = reuse ? OK : dial(u);
	if (code != OK)
		return code;
	const rem_time start = rem_linux_now();
	if (begin_call(&call, u) != REM_OK)
		return failed(upload != NULL && upload_file == NULL ? READ : SEND, "cannot ask for",
			      u->target, -errno);
	const int err = rem_station_call(&station, &conn, &call, patience());
	if (upload_file != NULL)
		fclose(upload_file);
	if (err == 0 && shows_head)
		fwrite(head, 1, call.used, stdout);
	if (err == 0)
		lap(reuse ? "fetched, by the same connection," : "fetched", u->target, start);
	*open = err == 0 && call.persists;
	if (err == 0 && !*open)
		rem_tcp_close(&conn, rem_linux_now());
	return exit_code(&call, u, err);
}

static int fetch_all(int count, char **texts)
{
	struct url url[2];
	bool open = false;
	int code = lease();

	if (code == OK && wants_time)
		code = ask_time();
	for (int i = 0; i < count && code == OK; i++) {
		code = read_url(texts[i], &url[i % 2]);
		if (code == OK)
			code = fetch(&url[i % 2], &url[1 - i % 2], &open);
	}
	rem_station_close(&station, &conn,
			  rem_linux_now() + 1000000); /* a last word, if it can be had */
	return code;
}

int main(int argc, char **argv)
{
	FILE *trace = NULL;
	int count = flags_take(flags, "xcurl [options] URL...", argc, argv);

	if (count < 0)
		return count == -2 ? OK : USAGE;
	if (count == 0 && host_flag != NULL)
		argv[count++] = (char *)host_flag;
	if (patience() < 0 || (local_port != NULL && flags_number(local_port, 65535) < 0)) {
		fprintf(stderr, "xcurl: -m and --port take numbers (--help says more)\n");
		return USAGE;
	}
	if (count == 0) {
		fprintf(stderr, "xcurl: which page? (--help says more)\n");
		return USAGE;
	}
	if (upload != NULL && access(upload, R_OK) != 0)
		return failed(READ, "cannot read", upload, -errno);
	for (int i = 0; i < count; i++) { /* before anything is sent */
		struct url u;
		const int code = read_url(argv[i], &u);

		if (code != OK)
			return code;
	}
	if (lneto_tap && http_tap == NULL)
		http_tap = "http://127.0.0.1:7070";
	int err = card_open(&station.card, "xcurl: (45)", interface, http_tap);
	if (err != 0)
		return INTERFACE;
	if (pcap != NULL && (trace = fopen(pcap, "wb")) == NULL)
		return failed(WRITE, "cannot write", pcap, -errno);
	err = rem_station_init(&station, quiet ? NULL : stderr, trace);
	if (err != 0)
		return failed(USAGE, "cannot begin on", station.card.name, err);
	const int code = fetch_all(count, argv);
	rem_station_end(&station);
	return trace != NULL && fclose(trace) != 0 && code == OK
		       ? failed(WRITE, "cannot write", pcap, -errno)
		       : code;
}
