/* SPDX-License-Identifier: BSD-3-Clause */
/* The lines of an HTTP/1.x head: RFC 9112; methods of RFC 9110, WebDAV, UPnP and their kin. */
#include "core/decode.h"
#include "core/scan.h"
#include <remora/http.h>

/* clang-format off */
#ifndef REM_NO_NAMES
static const struct rem_name code_names[] = {
	{100, "Continue"}, {101, "Switching Protocols"}, {102, "Processing"}, {103, "Early Hints"},
	{199, "Informational - Others"}, {200, "OK"}, {201, "Created"}, {202, "Accepted"},
	{203, "Non-authoritative Information"}, {204, "No Content"}, {205, "Reset Content"},
	{206, "Partial Content"}, {207, "Multi-Status"}, {208, "Already Reported"},
	{226, "IM Used"}, {299, "Success - Others"}, {300, "Multiple Choices"},
	{301, "Moved Permanently"}, {302, "Found"}, {303, "See Other"}, {304, "Not Modified"},
	{305, "Use Proxy"}, {307, "Temporary Redirect"}, {308, "Permanent Redirect"},
	{399, "Redirection - Others"}, {400, "Bad Request"}, {401, "Unauthorized"},
	{402, "Payment Required"}, {403, "Forbidden"}, {404, "Not Found"},
	{405, "Method Not Allowed"}, {406, "Not Acceptable"},
	{407, "Proxy Authentication Required"}, {408, "Request Time-out"}, {409, "Conflict"},
	{410, "Gone"}, {411, "Length Required"}, {412, "Precondition Failed"},
	{413, "Request Entity Too Large"}, {414, "Request-URI Too Long"},
	{415, "Unsupported Media Type"}, {416, "Requested Range Not Satisfiable"},
	{417, "Expectation Failed"}, {418, "I'm a teapot"}, {421, "Misdirected Request"},
	{422, "Unprocessable Entity"}, {423, "Locked"}, {424, "Failed Dependency"},
	{425, "Too Early"}, {426, "Upgrade Required"}, {428, "Precondition Required"},
	{429, "Too Many Requests"}, {431, "Request Header Fields Too Large"},
	{451, "Unavailable For Legal Reasons"}, {499, "Client Error - Others"},
	{500, "Internal Server Error"}, {501, "Not Implemented"}, {502, "Bad Gateway"},
	{503, "Service Unavailable"}, {504, "Gateway Time-out"},
	{505, "HTTP Version not supported"}, {506, "Variant Also Negotiates"},
	{507, "Insufficient Storage"}, {508, "Loop Detected"}, {510, "Not Extended"},
	{511, "Network Authentication Required"}, {599, "Server Error - Others"},
};
const struct rem_names rem_http_code_names = {code_names, REM_COUNT(code_names)};
#else
const struct rem_names rem_http_code_names;
#endif
/* clang-format on */

static const uint8_t *skip(const uint8_t *p, const uint8_t *end, uint8_t c)
{
	while (p < end && *p == c)
		p++;
	return p;
}

bool rem_http_line_next(struct rem_http_lines *lines, struct rem_http_line *line)
{
	const uint8_t *p = lines->rest.p, *end = p + lines->rest.n;

	if (p == end)
		return false;
	const uint8_t *stop = rem_find_either(p, end, '\r', '\n'), *next = stop;
	if (stop < end)
		next = *stop == '\r' && stop + 1 < end && stop[1] == '\n' ? stop + 2 : stop + 1;
	line->text = rem_between(p, stop);
	line->whole = rem_between(p, next);
	lines->rest = rem_between(next, end);
	return true;
}

/* In the order in which they are met; the rest by length. */
static const char methods[][17] = {
	"GET", "POST", "HEAD", "PUT", "OPTIONS", "CONNECT", "SEARCH", "COPY", "LOCK", "MOVE",
	"POLL", "BCOPY", "BMOVE", "LABEL", "MERGE", "MKCOL", "PATCH", "TRACE", "DELETE", "REPORT",
	"UNLOCK", "UPDATE", "BDELETE", "CHECKIN", "CCM_POST", "CHECKOUT", "PROPFIND", "BPROPFIND",
	"PROPPATCH", "BPROPPATCH", "MKACTIVITY", "UNCHECKOUT", "MKWORKSPACE", "RPC_CONNECT",
	"RPC_IN_DATA", "RPC_OUT_DATA", "VERSION-CONTROL", "BASELINE-CONTROL",
};
static const char notifications[][17] = {"NOTIFY", "SUBSCRIBE", "UNSUBSCRIBE"};

static bool among(const char (*list)[17], size_t n, struct rem_span word)
{
	for (size_t i = 0; i < n; i++) {
		if (list[i][0] == (char)word.p[0] && list[i][word.n - 1] != '\0' &&
		    list[i][word.n] == '\0' && rem_same(list[i], word.p, word.n))
			return true;
	}
	return false;
}

static bool is_upper(uint8_t c)
{
	return c >= 'A' && c <= 'Z';
}

static enum rem_http_kind kind_of(struct rem_span line)
{
	enum { LONGEST = 16 };

	if (line.n >= 2 && rem_same(line.p, "M-", 2))   /* RFC 2774 5: a mandatory extension */
		line = (struct rem_span){line.p + 2, line.n - 2};
	if (line.n < 3 || !is_upper(line.p[0]) || !is_upper(line.p[1]))  /* of every start line */
		return REM_HTTP_OTHER;
	if ((line.n >= 5 && rem_same(line.p, "HTTP/", 5)) || rem_same(line.p, "ICY", 3))
		return REM_HTTP_RESPONSE;
	const uint32_t most = line.n <= LONGEST ? line.n : LONGEST + 1;
	const struct rem_span word = rem_between(line.p, rem_find_byte(line.p, line.p + most, ' '));
	if (word.n < 3 || word.n > LONGEST || word.p[word.n - 1] == ':')
		return REM_HTTP_OTHER;
	if (among(methods, REM_COUNT(methods), word))
		return REM_HTTP_REQUEST;
	return among(notifications, REM_COUNT(notifications), word) ? REM_HTTP_NOTIFICATION
								    : REM_HTTP_OTHER;
}

bool rem_http_begins(struct rem_span text)
{
	return kind_of(text) != REM_HTTP_OTHER;
}

enum rem_http_kind rem_http_start(struct rem_span line, struct rem_http_start *start)
{
	const enum rem_http_kind kind = kind_of(line);
	const uint8_t *p = line.p, *end = p + line.n, *space;
	const struct rem_span none = {end, 0};

	if (kind == REM_HTTP_OTHER)
		return kind;
	*start = (struct rem_http_start){none, none, none, none, none};
	space = rem_find_byte(p, end, ' ');
	if (kind == REM_HTTP_RESPONSE) {
		start->version = rem_between(p, space);
		p = skip(space, end, ' ');
		space = rem_find_byte(p, end, ' ');
		if (space - p >= 3) {
			start->code = rem_between(p, p + 3);
			start->phrase = rem_between(skip(space, end, ' '), end);
		}
		return kind;
	}
	start->method = rem_between(p, space);
	p = space < end ? space + 1 : end;
	space = rem_find_byte(p, end, ' ');
	start->uri = rem_between(p, space);
	start->version = rem_between(space < end ? space + 1 : end, end);
	return kind;
}

uint32_t rem_http_code(struct rem_span text)
{
	uint32_t code = 0;

	for (uint32_t i = 0; i < text.n && i < 9 && text.p[i] >= '0' && text.p[i] <= '9'; i++)
		code = 10 * code + (text.p[i] - '0');
	return code;
}

bool rem_http_header(struct rem_span line, struct rem_http_header *header)
{
	const uint8_t *end = line.p + line.n, *colon = rem_find_byte(line.p, end, ':'),
		      *p = colon + 1;

	if (colon == end)
		return false;
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	header->name = rem_between(line.p, colon);
	header->value = rem_between(p, end);
	return true;
}

bool rem_http_is_token(struct rem_span text)
{
	static const uint32_t tchar[8] = {0, 0x03ff6cfa, 0xc7fffffe, 0x57ffffff};

	for (uint32_t i = 0; i < text.n; i++) {
		if ((tchar[text.p[i] / 32] >> text.p[i] % 32 & 1) == 0)
			return false;
	}
	return text.n > 0;
}

bool rem_http_is(struct rem_span text, const char *word)
{
	for (uint32_t i = 0; i < text.n; i++) {
		const uint8_t c = text.p[i];

		if (word[i] == '\0' || (c >= 'A' && c <= 'Z' ? c + 0x20 : c) != word[i])
			return false;
	}
	return word[text.n] == '\0';
}

/* Are four or eight bytes of text those of a name of letters, digits and hyphens? Where the name has a
 * letter (bit 0x40 is set), the bit that tells its case (0x20) does not matter. */
REM_INLINE bool same_bytes(const uint8_t *text, const char *name, size_t n)
{
	const uint64_t letters = 0x4040404040404040;
	uint64_t have = 0, want = 0;

	__builtin_memcpy(&have, text, n);
	__builtin_memcpy(&want, name, n);
	return ((have ^ want) & ~((want & letters) >> 1)) == 0;
}

/* Is a text a name of the same length, four bytes at least, in lower case? The last bytes overlap those in front of them. */
static bool is_name(struct rem_span text, const char *name)
{
	if (text.n < 8)
		return same_bytes(text.p, name, 4) &&
		       same_bytes(text.p + text.n - 4, name + text.n - 4, 4);
	for (uint32_t i = 0; i + 8 <= text.n; i += 8) {
		if (!same_bytes(text.p + i, name + i, 8))
			return false;
	}
	return same_bytes(text.p + text.n - 8, name + text.n - 8, 8);
}

enum rem_http_name rem_http_name(struct rem_span name)
{
	static const char names[REM_HTTP_UNKNOWN][25] = {
		"host", "date", "cookie", "accept", "server", "upgrade", "referer", "location",
		"connection", "user-agent", "set-cookie", "content-type", "cache-control",
		"last-modified", "authorization", "content-length", "http2-settings",
		"accept-encoding", "accept-language", "x-forwarded-for", "content-encoding",
		"www-authenticate", "transfer-encoding", "sec-websocket-key", "proxy-authenticate",
		"proxy-authorization", "sec-websocket-accept", "sec-websocket-version",
		"sec-websocket-protocol", "sec-websocket-extensions",
	};
	static const struct {
		uint8_t first, n;
	} of_length[25] = {
		[4] = {REM_HTTP_HOST, 2},
		[6] = {REM_HTTP_COOKIE, 3},
		[7] = {REM_HTTP_UPGRADE, 2},
		[8] = {REM_HTTP_LOCATION, 1},
		[10] = {REM_HTTP_CONNECTION, 3},
		[12] = {REM_HTTP_CONTENT_TYPE, 1},
		[13] = {REM_HTTP_CACHE_CONTROL, 3},
		[14] = {REM_HTTP_CONTENT_LENGTH, 2},
		[15] = {REM_HTTP_ACCEPT_ENCODING, 3},
		[16] = {REM_HTTP_CONTENT_ENCODING, 2},
		[17] = {REM_HTTP_TRANSFER_ENCODING, 2},
		[18] = {REM_HTTP_PROXY_AUTHENTICATE, 1},
		[19] = {REM_HTTP_PROXY_AUTHORIZATION, 1},
		[20] = {REM_HTTP_WEBSOCKET_ACCEPT, 1},
		[21] = {REM_HTTP_WEBSOCKET_VERSION, 1},
		[22] = {REM_HTTP_WEBSOCKET_PROTOCOL, 1},
		[24] = {REM_HTTP_WEBSOCKET_EXTENSIONS, 1},
	};

	if (name.n >= REM_COUNT(of_length))
		return REM_HTTP_UNKNOWN;
	for (unsigned i = 0; i < of_length[name.n].n; i++) {
		const unsigned id = of_length[name.n].first + i;

		if (names[id][0] == (char)(name.p[0] | 0x20) && is_name(name, names[id]))
			return (enum rem_http_name)id;
	}
	return REM_HTTP_UNKNOWN;
}

/* Without the compiler's function that multiplies 64 bits, where size counts. */
REM_INLINE uint64_t ten_times(uint64_t n)
{
	if (!REM_SMALL)
		return 10 * n;
	return (rem_product((uint32_t)(n >> 32), 10) << 32) + rem_product((uint32_t)n, 10);
}

bool rem_http_length(struct rem_span value, uint64_t *length)
{
	const uint64_t most = INT64_MAX;
	const uint8_t *p = value.p, *end = p + value.n, *digits;
	uint64_t n = 0;

	if (p < end && *p == '+')
		p++;
	for (digits = p; p < end && *p >= '0' && *p <= '9'; p++) {
		if (n > (most - 9) / 10)
			return false;
		n = ten_times(n) + (*p - '0');
	}
	if (p == digits || skip(p, end, ' ') != end)
		return false;
	*length = n;
	return true;
}
