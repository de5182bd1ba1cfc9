/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * HTTP/1.1 messages as a server and a client must read them: RFC 9112, without the lenience that a
 * decoder needs. Nothing is copied, folded, decoded or changed in case: a head is offsets into the
 * caller's bytes, a piece of a body is a span of them. Whatever two readers could take differently
 * (RFC 9112 11.2, request smuggling) is refused.
 */
#ifndef REMORA_HTTP_MESSAGE_H
#define REMORA_HTTP_MESSAGE_H

#include <remora/config.h>
#include <remora/http.h>

enum { REM_HTTP_MOST_HEAD = 65535 }; /* bytes */

/* Bytes of a body, and when nobody knows how many. */
typedef REM_HTTP_SIZE rem_http_size;
#define REM_HTTP_ENDLESS ((rem_http_size)-1)

struct rem_http_slice {
	uint16_t at, n; /* from the first byte of the head */
};

enum rem_http_flag {
	REM_HTTP_HAS_LENGTH = 1,
	REM_HTTP_IS_CHUNKED = 2,
	REM_HTTP_CLOSE = 4,        /* Connection: close */
	REM_HTTP_KEEP_ALIVE = 8,   /* Connection: keep-alive */
	REM_HTTP_UPGRADES = 16,    /* Connection: upgrade */
	REM_HTTP_EXPECTS = 32,     /* Expect: 100-continue */
	REM_HTTP_HAS_HOST = 64,
};

/* A head: what is not there is empty. */
struct rem_http_head {
	rem_http_size length;          /* of Content-Length */
	struct rem_http_slice method;  /* of a request */
	struct rem_http_slice target;  /* of a request; of a response, the phrase */
	struct rem_http_slice host;    /* of a request: the header's value */
	uint16_t fields;               /* where the header lines begin */
	uint16_t at, seen;             /* what has been read, and searched for an end of line */
	uint16_t code;                 /* of a response; of a request that is refused: the answer */
	uint8_t kind;                  /* REM_HTTP_REQUEST or REM_HTTP_RESPONSE */
	uint8_t minor;                 /* version 1.minor */
	uint8_t flags;                 /* enum rem_http_flag */
};

void rem_http_head_begin(struct rem_http_head *h, enum rem_http_kind kind);

/*
 * Reads on in a head. `bytes` are all that are here, from its first one; between calls they may
 * move and grow. > 0: the head is whole, and so long. REM_SHORT: it goes on. REM_FIELD: it is
 * malformed, or says two things at once. REM_LIMIT: 64 KiB do not suffice. REM_UNSUP: a version or
 * coding that is not spoken here. What has been read is not read again, so that the work is linear
 * however the bytes come.
 */
int rem_http_head_read(struct rem_http_head *h, struct rem_span bytes);

static inline struct rem_span rem_http_text(const uint8_t *head, struct rem_http_slice s)
{
	return (struct rem_span){head + s.at, s.n};
}

/* The header lines of a whole head: begin a walk with rem_http_fields, go on with the decoder's
 * iterator, or ask for one by its name in lower case; values have no white space at their ends. */
struct rem_http_lines rem_http_fields(const struct rem_http_head *h, const uint8_t *head);
bool rem_http_field(const struct rem_http_head *h, const uint8_t *head, const char *name,
		    struct rem_span *value);

/* The next element of a list of values with commas between: RFC 9110 5.6.1. False: no more. */
bool rem_http_list_next(struct rem_span *rest, struct rem_span *element);

/* May the connection carry another message when this one is over: RFC 9112 9.3? */
bool rem_http_persists(const struct rem_http_head *h);

/* A target's path (RFC 3986 3.3) as it is written, and what stands behind its question mark; an
 * absolute target (RFC 9112 3.2.2) loses its scheme and authority. */
struct rem_span rem_http_path(struct rem_span target, struct rem_span *query);

/* ---- bodies ---- */

enum rem_http_body_state {
	REM_HTTP_BODY_DONE = 0,
	REM_HTTP_BODY_COUNTED,  /* `left` bytes follow */
	REM_HTTP_BODY_TO_CLOSE, /* all that comes, until the connection ends */
	REM_HTTP_CHUNK_SIZE,    /* the rest are steps along RFC 9112 7.1 */
	REM_HTTP_CHUNK_DIGITS,
	REM_HTTP_CHUNK_BLANK,
	REM_HTTP_CHUNK_EXTENSION,
	REM_HTTP_CHUNK_LF,
	REM_HTTP_CHUNK_DATA,
	REM_HTTP_CHUNK_DATA_CR,
	REM_HTTP_CHUNK_DATA_LF,
	REM_HTTP_TRAILER,
	REM_HTTP_TRAILER_LINE,
	REM_HTTP_TRAILER_LF,
	REM_HTTP_LAST_LF,
};

struct rem_http_body {
	rem_http_size left;  /* of a counted body, or of a chunk */
	uint16_t spare; /* bytes that extensions and trailers may still have */
	uint8_t state;
};

/* The body behind a head: RFC 9112 6.3. `to_head`: the response to a HEAD request, or a 2xx to a
 * CONNECT. */
void rem_http_body_begin(struct rem_http_body *b, const struct rem_http_head *h, bool to_head);

/*
 * Takes bytes of a body: returns how many, and `piece` is what of them is content, maybe nothing.
 * Call it until it takes nothing or the state is REM_HTTP_BODY_DONE. REM_FIELD: the chunks are
 * malformed; REM_LIMIT: they have more extensions and trailers than anybody needs.
 */
int rem_http_body_take(struct rem_http_body *b, struct rem_span bytes, struct rem_span *piece);

/* The connection has ended: REM_OK if the body may end there, REM_SHORT if it was cut. */
int rem_http_body_ended(const struct rem_http_body *b);

/* ---- writing ---- */

enum { REM_HTTP_CHUNK_HEAD = 6 }; /* bytes of "ffff\r\n" */

/* A message's head, written into a bounded buffer; what does not fit sets out->full, and so does
 * what would break out of its line: a control in a value, a name that is no token. */
struct rem_out;
void rem_http_put_request(struct rem_out *out, const char *method, const char *target,
			  const char *host);
void rem_http_put_status(struct rem_out *out, unsigned code);
void rem_http_put_field(struct rem_out *out, const char *name, struct rem_span value);
void rem_http_put_word(struct rem_out *out, const char *name, const char *value);
void rem_http_put_number(struct rem_out *out, const char *name, rem_http_size value);
void rem_http_put_end(struct rem_out *out);

/* The six bytes in front of a chunk of n bytes, n below 65536; CR LF follow the chunk, and a chunk
 * of none is the last: "0000\r\n\r\n". */
void rem_http_put_chunk(uint8_t p[REM_HTTP_CHUNK_HEAD], uint32_t n);

/* ---- forms and cookies ---- */

struct rem_http_pair {
	struct rem_span name, value;
};

/* The next pair of "a=b&c=d", as written: a query or a form (WHATWG URL 5.1). False: no more. */
bool rem_http_form_next(struct rem_span *rest, struct rem_http_pair *pair);

/* The next pair of a Cookie header's value: RFC 6265 4.2.1. */
bool rem_http_cookie_next(struct rem_span *rest, struct rem_http_pair *pair);

/* The first pair of a name, which is compared as it is written. */
bool rem_http_form_find(struct rem_span form, const char *name, struct rem_span *value);
bool rem_http_cookie_find(struct rem_span cookies, const char *name, struct rem_span *value);

/*
 * Undoes percent-encoding, and "+" for a blank where it is a form's: writes to p, which may be the
 * text itself, and returns the bytes. REM_FIELD: a percent sign without two digits; REM_LIMIT:
 * there is no room for it.
 */
int rem_http_decode(struct rem_span text, bool form, uint8_t *p, uint32_t room);

/* "NAME=VALUE; ATTRIBUTES" as a Set-Cookie line: RFC 6265 4.1.1; attributes NULL: none. */
void rem_http_put_cookie(struct rem_out *out, const char *name, const char *value,
			 const char *attributes);

#endif
