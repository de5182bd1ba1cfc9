/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The heads of HTTP/1.x messages: RFC 9112. Text is borrowed as it stands: nothing is copied,
 * folded, trimmed at its end or changed in case.
 */
#ifndef REMORA_HTTP_H
#define REMORA_HTTP_H

#include <remora/field.h>

/* Lines end with CR LF, and, since senders err, with a bare CR or LF (RFC 9112 2.2). */
struct rem_http_line {
	struct rem_span text;   /* without its end */
	struct rem_span whole;  /* with it */
};

/* A walk over lines: begin with {.rest = bytes}. */
struct rem_http_lines {
	struct rem_span rest;
};

/* The next line; the last one may lack an end. False: nothing is left. A walk is linear. */
bool rem_http_line_next(struct rem_http_lines *lines, struct rem_http_line *line);

enum rem_http_kind {
	REM_HTTP_OTHER,         /* a header line, a blank line, or no HTTP at all */
	REM_HTTP_REQUEST,
	REM_HTTP_RESPONSE,
	REM_HTTP_NOTIFICATION,  /* a request of UPnP's GENA */
};

/* A start line: RFC 9112 3 and 4. What is not there is empty, but not NULL. */
struct rem_http_start {
	struct rem_span method, uri;    /* of a request */
	struct rem_span version;
	struct rem_span code, phrase;   /* of a response; code has three bytes, or none */
};

/* Does text begin as a start line does? It may go on behind the line. */
bool rem_http_begins(struct rem_span text);
/* Takes a start line apart, if the line is one of a method known here or of HTTP's version. */
enum rem_http_kind rem_http_start(struct rem_span line, struct rem_http_start *start);

/* The digits at the beginning of a text as a number: 200 for "200". */
uint32_t rem_http_code(struct rem_span text);

extern const struct rem_names rem_http_code_names;      /* IANA HTTP status codes */

/* A header line: RFC 9112 5. Values lose the white space before them, not that behind them. */
struct rem_http_header {
	struct rem_span name, value;
};

/* Splits a line at its first colon. False: it has none. */
bool rem_http_header(struct rem_span line, struct rem_http_header *header);

/* Is it a token, as methods and names of headers are: RFC 9110 5.6.2? */
bool rem_http_is_token(struct rem_span text);

/* Headers known by name, in the order of their names' lengths. */
enum rem_http_name {
	REM_HTTP_HOST, REM_HTTP_DATE,
	REM_HTTP_COOKIE, REM_HTTP_ACCEPT, REM_HTTP_SERVER,
	REM_HTTP_UPGRADE, REM_HTTP_REFERER,
	REM_HTTP_LOCATION,
	REM_HTTP_CONNECTION, REM_HTTP_USER_AGENT, REM_HTTP_SET_COOKIE,
	REM_HTTP_CONTENT_TYPE,
	REM_HTTP_CACHE_CONTROL, REM_HTTP_LAST_MODIFIED, REM_HTTP_AUTHORIZATION,
	REM_HTTP_CONTENT_LENGTH, REM_HTTP_HTTP2_SETTINGS,
	REM_HTTP_ACCEPT_ENCODING, REM_HTTP_ACCEPT_LANGUAGE, REM_HTTP_FORWARDED_FOR,
	REM_HTTP_CONTENT_ENCODING, REM_HTTP_WWW_AUTHENTICATE,
	REM_HTTP_TRANSFER_ENCODING, REM_HTTP_WEBSOCKET_KEY,
	REM_HTTP_PROXY_AUTHENTICATE,
	REM_HTTP_PROXY_AUTHORIZATION,
	REM_HTTP_WEBSOCKET_ACCEPT,
	REM_HTTP_WEBSOCKET_VERSION,
	REM_HTTP_WEBSOCKET_PROTOCOL,
	REM_HTTP_WEBSOCKET_EXTENSIONS,
	REM_HTTP_UNKNOWN
};

/* Which header a name means, in whatever case it is written. */
enum rem_http_name rem_http_name(struct rem_span name);

/* The value of Content-Length (RFC 9110 8.6). False: it is no number below 2^63. */
bool rem_http_length(struct rem_span value, uint64_t *length);

/* Does the text say `word`, which is in lower case, in whatever case? */
bool rem_http_is(struct rem_span text, const char *word);

#endif
