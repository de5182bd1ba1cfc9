/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Hypertext Transfer Protocol, version 1: RFC 9110, RFC 9112; cookies of RFC 6265. A segment
 * of its ports that begins in the middle of a body is HTTP and data: so Wireshark, too, believes.
 */
#include "core/decode.h"
#include "core/scan.h"
#include "proto/http.h"
#include <remora/http.h>
#include <remora/text.h>

enum { TABLE_MESSAGE, TABLE_REQUEST, TABLE_RESPONSE };

enum { CHUNK_END = 2, VERSION = 8 };    /* bytes of CR LF, of "HTTP/1.1" */

static rem_calc is_true, header_name, header_value, unknown_line, code_number, code_meaning,
	length_number, chunk_size;

/* clang-format off */
enum {
	ROW_IS_REQUEST, ROW_IS_RESPONSE, ROW_IS_NOTIFICATION, ROW_METHOD, ROW_URI, ROW_PATH, ROW_QUERY,
	ROW_PARAMETER, ROW_REQUEST_VERSION, ROW_RESPONSE_VERSION, ROW_CODE, ROW_CODE_MEANING,
	ROW_PHRASE, ROW_STRAY, ROW_UNKNOWN, ROW_STRAY_NAME, ROW_LENGTH, ROW_COOKIE_PAIR, ROW_CHUNK_SIZE, ROW_CHUNK,
	ROW_CHUNK_END, ROW_TRAILERS, ROW_BODY, ROW_ENCODED, ROW_REST, ROW_FULL_URI,
};

#define TEXT_ROW(key_, name_, class_, ref_, about_, ...) \
	REM_FIELD(REM_REST(0), key_, name_, TEXT, DEC, class_, ref_, about_, .calc = rem_calc_text, __VA_ARGS__)

#define HEADER_NAME \
	REM_FIELD(REM_REST(0), NULL, "Header name", TEXT, DEC, NONE, "RFC 9112 5", \
		"What the header is called.", .flags = REM_F_ALIAS | REM_F_LABEL, .calc = header_name)

static const struct rem_field message_fields[] = {
	[ROW_IS_REQUEST] = REM_FIELD(REM_REST(0), "http.request", "Request", BOOL, DEC, NONE, "RFC 9112 3",
		"The message is a request.", .flags = REM_F_DERIVED | REM_F_HIDDEN, .calc = is_true),
	[ROW_IS_RESPONSE] = REM_FIELD(REM_REST(0), "http.response", "Response", BOOL, DEC, NONE, "RFC 9112 4",
		"The message is a response.", .flags = REM_F_DERIVED | REM_F_HIDDEN, .calc = is_true),
	[ROW_IS_NOTIFICATION] = REM_FIELD(REM_REST(0), "http.notification", "Notification", BOOL, DEC, NONE,
		"UPnP DA 2.0 4", "The message is an event, or a subscription to events.",
		.flags = REM_F_DERIVED | REM_F_HIDDEN, .calc = is_true),
	[ROW_METHOD] = TEXT_ROW("http.request.method", "Method", OP, "RFC 9110 9",
		"What the client wants done."),
	[ROW_URI] = TEXT_ROW("http.request.uri", "Target", TEXT, "RFC 9112 3.2",
		"What it is to be done to."),
	[ROW_PATH] = TEXT_ROW("http.request.uri.path", "Path", NONE, "RFC 3986 3.3",
		"The target as far as its query."),
	[ROW_QUERY] = TEXT_ROW("http.request.uri.query", "Query", NONE, "RFC 3986 3.4",
		"The target behind its question mark."),
	[ROW_PARAMETER] = TEXT_ROW("http.request.uri.query.parameter", "Parameter", NONE, "RFC 3986 3.4",
		"A piece of the query, between ampersands."),
	[ROW_REQUEST_VERSION] = TEXT_ROW("http.request.version", "Version", VERSION, "RFC 9112 2.3",
		"The highest version that the client speaks."),
	[ROW_RESPONSE_VERSION] = TEXT_ROW("http.response.version", "Version", VERSION, "RFC 9112 2.3",
		"The highest version that the server speaks."),
	[ROW_CODE] = REM_FIELD(REM_BYTES(0, 3), "http.response.code", "Status", UINT, DEC, OP, "RFC 9110 15",
		"How the request went.", .flags = REM_F_SPELT, .calc = code_number, REM_NAMED(.names = &rem_http_code_names)),
	[ROW_CODE_MEANING] = REM_FIELD(REM_BYTES(0, 3), "http.response.code.desc", "Status meaning", TEXT,
		DEC, NONE, "RFC 9110 15", "What the status code stands for.", .flags = REM_F_ALIAS,
		.calc = code_meaning),
	[ROW_PHRASE] = TEXT_ROW("http.response.phrase", "Phrase", TEXT, "RFC 9112 4",
		"The server's own words for the status."),
	[ROW_STRAY] = REM_FIELD(REM_REST(0), NULL, "Header", TEXT, DEC, NONE, "RFC 9112 5",
		"A header of a message without a start line, or of a notification.", .flags = REM_F_CALLED,
		.calc = header_value),
	[ROW_UNKNOWN] = REM_FIELD(REM_REST(0), "http.unknown_header", "Header line", TEXT, DEC, NONE,
		"RFC 9112 5", "That header's whole line.", .flags = REM_F_ALIAS, .calc = unknown_line),
	[ROW_STRAY_NAME] = HEADER_NAME,
	[ROW_LENGTH] = REM_FIELD(REM_REST(0), "http.content_length", "Content length", UINT, DEC, SIZE,
		"RFC 9110 8.6", "Bytes that the body has.", .flags = REM_F_ALIAS, .calc = length_number,
		REM_NAMED(.unit = "bytes")),
	[ROW_COOKIE_PAIR] = TEXT_ROW("http.cookie_pair", "Cookie pair", NONE, "RFC 6265 4.2",
		"One of the client's cookies."),
	[ROW_CHUNK_SIZE] = REM_FIELD(REM_REST(0), "http.chunk_size", "Chunk size", UINT, DEC, SIZE,
		"RFC 9112 7.1", "Bytes that the chunk has.", .flags = REM_F_SPELT, .calc = chunk_size, REM_NAMED(.unit = "bytes")),
	[ROW_CHUNK] = REM_FIELD(REM_REST(0), "http.chunk_data", "Chunk", BYTES, HEX, PAYLOAD, "RFC 9112 7.1",
		"A piece of the body."),
	[ROW_CHUNK_END] = REM_FIELD(REM_REST(0), "http.chunk_boundary", "Chunk's end", BYTES, HEX, NONE,
		"RFC 9112 7.1", "CR and LF."),
	[ROW_TRAILERS] = TEXT_ROW("http.chunked_trailer_part", "Trailers", NONE, "RFC 9112 7.1.2",
		"Header lines behind the last chunk."),
	[ROW_BODY] = TEXT_ROW("http.file_data", "Body", PAYLOAD, "RFC 9112 6",
		"The content, or as much of it as this segment has."),
	[ROW_ENCODED] = REM_FIELD(REM_REST(0), NULL, "Encoded body", BYTES, HEX, PAYLOAD, "RFC 9110 8.4",
		"The content in a coding that has to be undone first."),
	[ROW_REST] = REM_FIELD(REM_REST(0), NULL, "Rest", BYTES, HEX, PAYLOAD, "RFC 9112 5",
		"A line, or a chunk, that goes on in another segment."),
	[ROW_FULL_URI] = REM_FIELD(REM_REST(0), "http.request.full_uri", "Full URI", NAME, URL, NONE, "RFC 9110 7.1",
		"The target at the host that the client means.", .flags = REM_F_DERIVED, .calc = rem_http_full_uri),
};

/* Each header: its value, and beside it the line that it stands in. */
#define HEADERS(X) \
	X(REM_HTTP_HOST, "http.host", "Host", "RFC 9110 7.2", "Host, and port, that the client means.") \
	X(REM_HTTP_DATE, "http.date", "Date", "RFC 9110 6.6.1", "When the message was made.") \
	X(REM_HTTP_COOKIE, "http.cookie", "Cookie", "RFC 6265 4.2", "What the server asked the client to keep.") \
	X(REM_HTTP_ACCEPT, "http.accept", "Accept", "RFC 9110 12.5.1", "Media types that the client takes.") \
	X(REM_HTTP_SERVER, "http.server", "Server", "RFC 9110 10.2.4", "The server's software.") \
	X(REM_HTTP_UPGRADE, "http.upgrade", "Upgrade", "RFC 9110 7.8", "Protocols to go on with.") \
	X(REM_HTTP_REFERER, "http.referer", "Referer", "RFC 9110 10.1.3", "Where the client found the target.") \
	X(REM_HTTP_LOCATION, "http.location", "Location", "RFC 9110 10.2.2", "Where to go instead.") \
	X(REM_HTTP_CONNECTION, "http.connection", "Connection", "RFC 9110 7.6.1", "What concerns this hop alone.") \
	X(REM_HTTP_USER_AGENT, "http.user_agent", "User-Agent", "RFC 9110 10.1.5", "The client's software.") \
	X(REM_HTTP_SET_COOKIE, "http.set_cookie", "Set-Cookie", "RFC 6265 4.1", "What the client is to keep.") \
	X(REM_HTTP_CONTENT_TYPE, "http.content_type", "Content-Type", "RFC 9110 8.3", "Media type of the body.") \
	X(REM_HTTP_CACHE_CONTROL, "http.cache_control", "Cache-Control", "RFC 9111 5.2", "What caches may do.") \
	X(REM_HTTP_LAST_MODIFIED, "http.last_modified", "Last-Modified", "RFC 9110 8.8.2", \
	  "When the content changed.") \
	X(REM_HTTP_AUTHORIZATION, "http.authorization", "Authorization", "RFC 9110 11.6.2", \
	  "The client's credentials.") \
	X(REM_HTTP_CONTENT_LENGTH, "http.content_length_header", "Content-Length", "RFC 9110 8.6", \
	  "Bytes that the body has.") \
	X(REM_HTTP_HTTP2_SETTINGS, "http.http2_settings", "HTTP2-Settings", "RFC 7540 3.2.1", \
	  "Settings for HTTP/2, if it comes to that.") \
	X(REM_HTTP_ACCEPT_ENCODING, "http.accept_encoding", "Accept-Encoding", "RFC 9110 12.5.3", \
	  "Codings that the client can undo.") \
	X(REM_HTTP_ACCEPT_LANGUAGE, "http.accept_language", "Accept-Language", "RFC 9110 12.5.4", \
	  "Languages that the reader likes.") \
	X(REM_HTTP_FORWARDED_FOR, "http.x_forwarded_for", "X-Forwarded-For", "RFC 7239 5.2", \
	  "Clients that proxies speak for.") \
	X(REM_HTTP_CONTENT_ENCODING, "http.content_encoding", "Content-Encoding", "RFC 9110 8.4", \
	  "How the body is packed.") \
	X(REM_HTTP_WWW_AUTHENTICATE, "http.www_authenticate", "WWW-Authenticate", "RFC 9110 11.6.1", \
	  "How the client is to prove who it is.") \
	X(REM_HTTP_TRANSFER_ENCODING, "http.transfer_encoding", "Transfer-Encoding", "RFC 9112 6.1", \
	  "How the body is framed.") \
	X(REM_HTTP_WEBSOCKET_KEY, "http.sec_websocket_key", "Sec-WebSocket-Key", "RFC 6455 11.3.1", \
	  "What the server has to answer to.") \
	X(REM_HTTP_PROXY_AUTHENTICATE, "http.proxy_authenticate", "Proxy-Authenticate", "RFC 9110 11.7.1", \
	  "How the client is to prove to a proxy who it is.") \
	X(REM_HTTP_PROXY_AUTHORIZATION, "http.proxy_authorization", "Proxy-Authorization", "RFC 9110 11.7.2", \
	  "The client's credentials for a proxy.") \
	X(REM_HTTP_WEBSOCKET_ACCEPT, "http.sec_websocket_accept", "Sec-WebSocket-Accept", "RFC 6455 11.3.3", \
	  "Proof that the server speaks WebSocket.") \
	X(REM_HTTP_WEBSOCKET_VERSION, "http.sec_websocket_version", "Sec-WebSocket-Version", "RFC 6455 11.3.5", \
	  "Version of WebSocket.") \
	X(REM_HTTP_WEBSOCKET_PROTOCOL, "http.sec_websocket_protocol", "Sec-WebSocket-Protocol", \
	  "RFC 6455 11.3.4", "What is to be spoken over WebSocket.") \
	X(REM_HTTP_WEBSOCKET_EXTENSIONS, "http.sec_websocket_extensions", "Sec-WebSocket-Extensions", \
	  "RFC 6455 11.3.2", "Extensions of WebSocket.") \
	X(REM_HTTP_UNKNOWN, NULL, "Header", "RFC 9112 5", "A header without a row of its own.")

#define HEADER_ROW(id, key_, name_, ref_, about_) \
	[2 * (id)] = REM_FIELD(REM_REST(0), key_, name_, TEXT, DEC, TEXT, ref_, about_, .calc = header_value, \
		.flags = (id) == REM_HTTP_UNKNOWN ? REM_F_CALLED : 0),
#define REQUEST_ROWS(id, key_, name_, ref_, about_) \
	HEADER_ROW(id, key_, name_, ref_, about_) \
	[2 * (id) + 1] = TEXT_ROW("http.request.line", "Header line", NONE, "RFC 9112 5", \
		"A header's whole line.", .flags = REM_F_ALIAS),
#define RESPONSE_ROWS(id, key_, name_, ref_, about_) \
	HEADER_ROW(id, key_, name_, ref_, about_) \
	[2 * (id) + 1] = TEXT_ROW("http.response.line", "Header line", NONE, "RFC 9112 5", \
		"A header's whole line.", .flags = REM_F_ALIAS),

/* Behind the rows of the last header, the one that is not known: what it is called. */
static const struct rem_field request_fields[] = { HEADERS(REQUEST_ROWS) HEADER_NAME };
static const struct rem_field response_fields[] = { HEADERS(RESPONSE_ROWS) HEADER_NAME };

const struct rem_table rem_http_tables[REM_HTTP_TABLES] = {
	[TABLE_MESSAGE] = REM_TABLE("HTTP", message_fields),
	[TABLE_REQUEST] = REM_TABLE("Header", request_fields),
	[TABLE_RESPONSE] = REM_TABLE("Header", response_fields),
};

static const struct rem_bind http_binds[] = {
	{REM_SPACE_TCP, 80}, {REM_SPACE_TCP, 631}, {REM_SPACE_TCP, 1900}, {REM_SPACE_TCP, 2710},
	{REM_SPACE_TCP, 2869}, {REM_SPACE_TCP, 3128}, {REM_SPACE_TCP, 3132}, {REM_SPACE_TCP, 3689},
	{REM_SPACE_TCP, 5985}, {REM_SPACE_TCP, 8080}, {REM_SPACE_TCP, 8088}, {REM_SPACE_TCP, 11371},
};
/* clang-format on */

/* What the head of a message says about its body: RFC 9112 6. */
struct body {
	uint64_t length;
	bool has_length;
	bool chunked;
	bool transfer_coded;    /* there is a Transfer-Encoding, whichever */
	bool packed;            /* to be unpacked before anybody can read it */
	bool typed;             /* its media type is said: somebody may know it */
};

struct message {
	enum rem_http_kind kind;
	uint32_t code;
	bool requests;                  /* it has a target … */
	bool hosted;                    /* … and a host */
	struct body body;
};

static void push_bytes(struct rem_breakdown *b, unsigned row, struct rem_span s)
{
	rem_push_row(b, TABLE_MESSAGE, row, s.p, s.n);
}

/* Pushes what stands between separators, the white space before it and empty pieces apart. */
static void push_pieces(struct rem_breakdown *b, unsigned row, struct rem_span s, char separator,
			bool spaces)
{
	const uint8_t *p = s.p, *end = s.p + s.n;

	b->depth++;
	while (p < end) {
		const uint8_t *stop;

		while (spaces && p < end && (*p == ' ' || *p == '\t'))
			p++;
		stop = rem_find_byte(p, end, separator);
		if (stop > p)
			push_bytes(b, row, rem_between(p, stop));
		p = stop < end ? stop + 1 : end;
	}
	b->depth--;
}

static void push_uri(struct rem_breakdown *b, struct rem_span uri)
{
	const uint8_t *end = uri.p + uri.n, *mark = rem_find_byte(uri.p, end, '?');

	push_bytes(b, ROW_URI, uri);
	if (end - mark < 2 || rem_find_byte(uri.p, mark, '\0') < mark)
		return;
	b->depth++;
	push_bytes(b, ROW_PATH, rem_between(uri.p, mark));
	push_bytes(b, ROW_QUERY, rem_between(mark + 1, end));
	push_pieces(b, ROW_PARAMETER, rem_between(mark + 1, end), '&', false);
	b->depth--;
}

static void push_start(struct rem_breakdown *b, enum rem_http_kind kind,
		       const struct rem_http_start *start)
{
	if (kind != REM_HTTP_RESPONSE) {
		push_bytes(b, ROW_METHOD, start->method);
		push_uri(b, start->uri);
		push_bytes(b, ROW_REQUEST_VERSION, start->version);
		return;
	}
	push_bytes(b, ROW_RESPONSE_VERSION, start->version);
	if (start->code.n == 0)
		return;
	rem_push_rows(b, TABLE_MESSAGE, ROW_CODE, 2, start->code.p, start->code.n);
	if (start->phrase.n > 0)
		push_bytes(b, ROW_PHRASE, start->phrase);
}

/* Transfer-Encoding is a list: RFC 9112 6.1. */
static void note_transfer(struct body *body, struct rem_span value)
{
	const uint8_t *p = value.p, *end = value.p + value.n;

	body->transfer_coded = true;
	while (p < end) {
		const uint8_t *stop = rem_find_byte(p, end, ',');

		while (p < stop && (*p == ' ' || *p == '\t'))
			p++;
		const struct rem_span coding = rem_between(p, stop);
		if (coding.n >= 7 && rem_same(p, "chunked", 7))
			body->chunked = true;
		else if (rem_http_is(coding, "gzip") || rem_http_is(coding, "deflate") ||
			 rem_http_is(coding, "compress") || rem_http_is(coding, "x-gzip") ||
			 rem_http_is(coding, "x-compress"))
			body->packed = true;
		p = stop < end ? stop + 1 : end;
	}
}

static void push_header(struct rem_breakdown *b, struct message *m, struct rem_span line,
			const struct rem_http_header *header)
{
	const enum rem_http_name name = rem_http_name(header->name);
	const bool started = m->kind == REM_HTTP_REQUEST || m->kind == REM_HTTP_RESPONSE;
	const unsigned table = m->kind == REM_HTTP_RESPONSE ? TABLE_RESPONSE : TABLE_REQUEST;

	if (name == REM_HTTP_UNKNOWN && started)
		rem_push_rows(b, table, 2 * name, 3, line.p, line.n);
	else if (name == REM_HTTP_UNKNOWN)
		rem_push_rows(b, TABLE_MESSAGE, ROW_STRAY, 3, line.p, line.n);
	else
		rem_push_rows(b, table, 2 * name, started ? 2 : 1, line.p, line.n);
	switch (name) {
	case REM_HTTP_CONTENT_LENGTH:
		m->body.has_length = rem_http_length(header->value, &m->body.length);
		if (m->body.has_length)
			push_bytes(b, ROW_LENGTH, line);
		break;
	case REM_HTTP_HOST:
		m->hosted = true;
		break;
	case REM_HTTP_CONTENT_TYPE:
		m->body.typed = header->value.n > 0;
		break;
	case REM_HTTP_TRANSFER_ENCODING:
		note_transfer(&m->body, header->value);
		break;
	case REM_HTTP_CONTENT_ENCODING:
		m->body.packed = !rem_http_is(header->value, "identity");
		break;
	case REM_HTTP_COOKIE:
		push_pieces(b, ROW_COOKIE_PAIR, header->value, ';', true);
		break;
	default:
		break;
	}
}

/*
 * Pushes start line and headers, as far as lines are either, and moves `lines` behind the blank
 * line. False: the head goes on behind the capture, or in another segment.
 */
static bool push_head(struct rem_breakdown *b, struct message *m, struct rem_http_lines *lines,
		      bool cut)
{
	const uint8_t *first = lines->rest.p;
	struct rem_http_lines next = *lines;
	struct rem_http_header header;
	struct rem_http_start start;
	struct rem_http_line line;

	while (rem_http_line_next(&next, &line)) {
		const enum rem_http_kind kind = rem_http_start(line.text, &start);

		if (kind != REM_HTTP_OTHER) {
			m->kind = kind;
			m->code = kind == REM_HTTP_RESPONSE ? rem_http_code(start.code) : 0;
			m->requests = kind != REM_HTTP_RESPONSE;
			push_start(b, kind, &start);
		} else if (line.text.n == 0) {
			*lines = next;
			break;
		} else if (rem_http_header(line.text, &header)) {
			push_header(b, m, line.whole, &header);
		} else if (line.whole.n == line.text.n) {
			m->kind = REM_HTTP_OTHER;
			push_bytes(b, ROW_REST, line.whole);
			return false;
		} else {
			break;
		}
		*lines = next;
	}
	if (m->requests && m->hosted)
		push_bytes(b, ROW_FULL_URI, rem_between(first, lines->rest.p));
	return !cut || lines->rest.n > 0;
}

/* How many of n bytes are the message's body: RFC 9112 6.3. */
static uint32_t body_length(const struct message *m, uint32_t n)
{
	if (m->body.has_length && !m->body.transfer_coded)
		return m->body.length < n ? (uint32_t)m->body.length : n;
	if (m->kind == REM_HTTP_REQUEST && !m->body.transfer_coded)
		return 0;
	if (m->kind == REM_HTTP_RESPONSE &&
	    (m->code / 100 == 1 || m->code == 204 || m->code == 304))
		return 0;
	return n;
}

static uint64_t chunk_length(struct rem_span line)
{
	const uint8_t *p = line.p, *end = line.p + line.n;
	uint64_t n = 0;

	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	for (; p < end && n <= UINT32_MAX; p++) {
		const uint8_t c = *p >= 'a' ? (uint8_t)(*p - 0x20) : *p;

		if (c >= '0' && c <= '9')
			n = 16 * n + (uint64_t)(c - '0');
		else if (c >= 'A' && c <= 'F')
			n = 16 * n + (uint64_t)(c - 'A' + 10);
		else
			break;
	}
	return n;
}

/* Trailers, up to a blank line: RFC 9112 7.1.2. */
static void push_trailers(struct rem_breakdown *b, struct rem_http_lines *lines)
{
	const uint8_t *p = lines->rest.p, *end = p;
	struct rem_http_line line;

	while (rem_http_line_next(lines, &line) && line.text.n > 0)
		end = lines->rest.p;
	if (end > p)
		push_bytes(b, ROW_TRAILERS, rem_between(p, end));
}

/*
 * A chunked body: RFC 9112 7.1. Returns how many of n bytes it has, all when its end is not here.
 * What goes on in another segment, or was cut off, is not taken for a chunk.
 */
static uint32_t push_chunks(struct rem_breakdown *b, const uint8_t *p, uint32_t n, bool cut)
{
	struct rem_http_lines lines = {.rest = {p, n}};
	struct rem_span rest = lines.rest;
	struct rem_http_line line;

	while (!cut && rem_http_line_next(&lines, &line) && line.whole.n > line.text.n) {
		const uint64_t size = chunk_length(line.text);
		const uint8_t *data = lines.rest.p;

		if (lines.rest.n < size + CHUNK_END)
			break;
		push_bytes(b, ROW_CHUNK_SIZE, line.whole);
		if (size == 0) {
			push_trailers(b, &lines);
			return (uint32_t)(lines.rest.p - p);
		}
		push_bytes(b, ROW_CHUNK, rem_between(data, data + size));
		push_bytes(b, ROW_CHUNK_END, rem_between(data + size, data + size + CHUNK_END));
		rest = rem_between(data + size + CHUNK_END, p + n);
		lines = (struct rem_http_lines){.rest = rest};
	}
	if (rest.n > 0)
		push_bytes(b, ROW_REST, rest);
	return n;
}

/* Pushes the body, which is data if nobody says what it is; returns how many of n bytes it has. */
static uint32_t push_body(struct rem_breakdown *b, const struct message *m, struct rem_view v,
			  bool cut)
{
	const uint32_t n = body_length(m, v.cap);

	if (n == 0)
		return 0;
	if (m->body.chunked)
		return push_chunks(b, v.p, n, cut);
	push_bytes(b, m->body.packed ? ROW_ENCODED : ROW_BODY, rem_between(v.p, v.p + n));
	if (!m->body.packed && !m->body.typed && n == v.cap)
		rem_next_data(b, v);
	return n;
}

static bool printable(uint8_t c)
{
	return c >= ' ' && c <= '~';
}

/* Behind an empty line that a sender put in front: RFC 9112 2.2. */
static struct rem_view behind_blank(struct rem_view v)
{
	return v.cap > 2 && v.p[0] == '\r' && v.p[1] == '\n' ? rem_view_skip(v, 2) : v;
}

/* Does a message, or the rest of a head, begin here? */
static bool begins(struct rem_view v)
{
	const uint8_t *end = v.p + v.cap, *stop;

	if (v.cap == 0 || !printable(v.p[0]))
		return false;
	if (rem_http_begins((struct rem_span){v.p, v.cap})) /* most often, whatever its line is */
		return true;
	stop = rem_find_any(v.p, end, ':', '\r', '\n');
	return (stop < end && *stop == ':') || rem_http_begins(rem_between(v.p, stop));
}

/* Pushes what a message has besides its beginning; returns how many bytes it has. */
REM_APART uint32_t push_message(struct rem_breakdown *b, struct rem_view head,
				struct rem_part *part)
{
	struct rem_http_lines lines = {.rest = {head.p, head.cap}};
	struct message m = {.kind = REM_HTTP_OTHER};
	const bool cut = head.cap < head.wire;

	b->depth = 1;
	const bool whole = push_head(b, &m, &lines, cut);
	part->len = (uint32_t)(lines.rest.p - head.p);
	if (m.kind != REM_HTTP_OTHER) {
		part->row = (uint8_t)(ROW_IS_REQUEST + m.kind - REM_HTTP_REQUEST);
		part->rows = 1;
	}
	if (!whole) {
		rem_fault(part, REM_SHORT, 0);
		return head.cap;
	}
	return part->len + push_body(b, &m, rem_view_skip(head, part->len), cut);
}

int rem_http_message(struct rem_breakdown *b, struct rem_view v, struct rem_view *more)
{
	const struct rem_view head = behind_blank(v);

	if (!begins(head))
		return REM_MISS;
	struct rem_part *part = rem_push_rows(b, TABLE_MESSAGE, 0, 0, head.p, head.cap);
	if (!rem_closely(b))
		return (int)v.cap;
	const uint32_t n = push_message(b, head, part);
	if (more != NULL && n < head.cap && !b->full)
		*more = rem_view_skip(head, n);
	return (int)v.cap;
}

/* What is no message, or follows one without being one: a piece of a body. */
static int continuation(struct rem_breakdown *b, struct rem_view v)
{
	const struct rem_view rest = behind_blank(v);

	rem_push_rows(b, TABLE_MESSAGE, 0, 0, rest.p, 0);
	if (printable(rest.p[0]))
		push_bytes(b, ROW_BODY, rem_between(rest.p, rest.p + rest.cap));
	rem_next_data(b, rest);
	return (int)v.cap;
}

static int http_decode(struct rem_breakdown *b, struct rem_view v)
{
	struct rem_view more = {0};
	int n = rem_http_message(b, v, &more);

	if (n == REM_MISS)
		n = continuation(b, v);
	if (more.cap > 0)
		rem_next_same(b, more);
	return n;
}

/* On ports that are nobody's: is the first line one that names the version? */
static bool http_probe(struct rem_view v)
{
	struct rem_http_lines lines = {.rest = {v.p, v.cap}};
	struct rem_http_line line;

	if (!printable(v.p[0]) || !rem_http_line_next(&lines, &line) ||
	    line.whole.n == line.text.n || line.text.n <= VERSION - 1 || line.text.n == VERSION)
		return false;
	return rem_http_is((struct rem_span){line.text.p, 7}, "http/1.") ||
	       rem_http_is((struct rem_span){line.text.p + line.text.n - VERSION, 7}, "http/1.");
}

static bool is_true(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b, (void)row;
	v->u = 1;
	return true;
}

static bool header_name(const struct rem_breakdown *b, const struct rem_row *row,
			struct rem_value *v)
{
	struct rem_http_header header;

	if (!rem_http_header(v->bytes, &header))
		return false;
	v->bytes = header.name;
	return rem_calc_text(b, row, v);
}

static bool header_value(const struct rem_breakdown *b, const struct rem_row *row,
			 struct rem_value *v)
{
	struct rem_http_lines lines = {.rest = v->bytes};
	struct rem_http_header header;
	struct rem_http_line line;

	if (!rem_http_line_next(&lines, &line) || !rem_http_header(line.text, &header))
		return false;
	v->bytes = header.value;
	return rem_calc_text(b, row, v);
}

/* But Wireshark escapes lines with a well-formed name, NULs included, before they become a string. */
static bool unknown_line(const struct rem_breakdown *b, const struct rem_row *row,
			 struct rem_value *v)
{
	struct rem_http_header header;

	return (rem_http_header(v->bytes, &header) && rem_http_is_token(header.name)) ||
	       rem_calc_text(b, row, v);
}

static bool code_number(const struct rem_breakdown *b, const struct rem_row *row,
			struct rem_value *v)
{
	(void)b;
	v->u = rem_http_code(rem_row_bytes(row));
	return true;
}

static bool code_meaning(const struct rem_breakdown *b, const struct rem_row *row,
			 struct rem_value *v)
{
	const char *name = rem_name_of(&rem_http_code_names, rem_http_code(rem_row_bytes(row)));
	uint32_t n = 0;

	(void)b;
	if (name == NULL)
		return false;
	while (name[n] != '\0')
		n++;
	v->bytes = (struct rem_span){(const uint8_t *)name, n};
	return true;
}

static bool length_number(const struct rem_breakdown *b, const struct rem_row *row,
			  struct rem_value *v)
{
	struct rem_value value = {.type = REM_T_TEXT, .bytes = rem_row_bytes(row)};

	return header_value(b, row, &value) && rem_http_length(value.bytes, &v->u);
}

static bool chunk_size(const struct rem_breakdown *b, const struct rem_row *row,
		       struct rem_value *v)
{
	(void)b;
	v->u = chunk_length(rem_row_bytes(row));
	return true;
}

const struct rem_proto rem_proto_http = {
	.table = rem_http_tables, .tables = REM_COUNT(rem_http_tables),
	.bind = http_binds, .binds = REM_COUNT(http_binds),
	.decode = http_decode, .probe = http_probe, .probe_space = REM_SPACE_TCP,
	REM_PROTO_NAMES("http", "HTTP", "Hypertext Transfer Protocol", "RFC 9112"),
};

static void out_header(struct rem_out *out, const char *before, struct rem_span value)
{
	if (value.n == 0)
		return;
	rem_out_str(out, before);
	rem_out_text(out, value.p, value.n);
}

/* "GET / HTTP/1.1  Host: google.com", "HTTP/1.1 301 Moved Permanently, text/html, 219 bytes" */
void rem_http_line_of(const struct rem_breakdown *b, const struct rem_part *layer,
		      struct rem_out *out)
{
	const struct rem_view v = rem_view_skip(b->source[layer->source], layer->off);
	struct rem_http_lines lines = {.rest = {v.p, v.cap}};
	struct rem_span host = {0}, type = {0}, length = {0};
	struct rem_http_header header;
	struct rem_http_line line;

	if (layer->len == 0 || !rem_http_line_next(&lines, &line) || !rem_http_begins(line.text)) {
		rem_out_str(out, "continuation");
		return;
	}
	rem_out_text(out, line.text.p, line.text.n);
	while (rem_http_line_next(&lines, &line) && line.text.n > 0) {
		if (!rem_http_header(line.text, &header))
			break;
		switch (rem_http_name(header.name)) {
		case REM_HTTP_HOST: host = header.value; break;
		case REM_HTTP_CONTENT_TYPE: type = header.value; break;
		case REM_HTTP_CONTENT_LENGTH: length = header.value; break;
		default: break;
		}
	}
	out_header(out, "  Host: ", host);
	out_header(out, ", ", type);
	out_header(out, ", ", length);
	if (length.n > 0)
		rem_out_str(out, " bytes");
}

rem_info *const rem_info_http = rem_http_line_of;
