/* SPDX-License-Identifier: BSD-3-Clause */
/* Paths and who answers for them: a table of the caller's, walked from its beginning. RFC 3986 3.3. */
#include "core/decode.h"
#include "core/scan.h"
#include "net/http_serve.h"
#include "net/words.h"

static struct rem_span behind(struct rem_span s, uint32_t n)
{
	return (struct rem_span){s.p + n, s.n - n};
}

static bool same(struct rem_span a, struct rem_span b)
{
	return a.n == b.n && rem_same(a.p, b.p, a.n);
}

/* "{id}" or "{rest...}" at the beginning of a pattern, as its name; false: it is no wildcard. */
static bool wildcard(struct rem_span pattern, struct rem_span *name, bool *rest)
{
	const uint8_t *end = pattern.p + pattern.n, *brace = rem_find_byte(pattern.p, end, '}');

	if (pattern.n == 0 || *pattern.p != '{' || brace == end)
		return false;
	*name = rem_between(pattern.p + 1, brace);
	*rest = name->n >= 3 && rem_same(brace - 3, "...", 3);
	return true;
}

/* A segment, or all that is left, off the path; false: there is none. */
static bool segment(struct rem_span *path, bool rest, struct rem_span *value)
{
	const uint8_t *end = path->p + path->n,
		      *slash = rest ? end : rem_find_byte(path->p, end, '/');

	*value = rem_between(path->p, slash);
	*path = rem_between(slash, end);
	return rest || value->n > 0;
}

bool rem_http_match(const char *pattern, struct rem_span path, const char *name,
		    struct rem_span *value)
{
	const struct rem_span wanted = rem_word(name == NULL ? "" : name);
	struct rem_span left = rem_word(pattern), here, called;
	bool found = name == NULL, rest;

	while (left.n > 0) {
		if (wildcard(left, &called, &rest)) {
			if (!segment(&path, rest, &here))
				return false;
			left = behind(left, called.n + 2);
			called.n -= rest ? 3 : 0;
			if (!found && same(called, wanted)) {
				*value = here;
				found = true;
			}
		} else if (path.n > 0 && *path.p == *left.p) {
			path = behind(path, 1);
			left = behind(left, 1);
		} else {
			return false;
		}
	}
	return path.n == 0 && found;
}

/* HEAD is answered by whoever answers GET: RFC 9110 9.3.2. */
static bool serves(const struct rem_http_route *route, struct rem_span method)
{
	const struct rem_span own = rem_word(route->method);

	return same(method, own) || (same(method, rem_word("HEAD")) && same(own, rem_word("GET")));
}

bool rem_http_is_to_head(const struct rem_http_exchange *x)
{
	return same(rem_http_text(x->buf, x->head.method), rem_word("HEAD"));
}

unsigned rem_http_find_route(struct rem_http_exchange *x)
{
	const struct rem_http_server *server = x->server;
	const struct rem_span method = rem_http_text(x->buf, x->head.method);
	struct rem_span query;
	const struct rem_span path = rem_http_path(rem_http_target(x), &query);
	bool known = false;

	for (unsigned i = 0; i < server->routes; i++) {
		if (!rem_http_match(server->route[i].path, path, NULL, NULL))
			continue;
		known = true;
		if (serves(&server->route[i], method)) {
			x->route = &server->route[i];
			return 0;
		}
	}
	return known ? 405 : 404;
}

void rem_http_put_allow(const struct rem_http_exchange *x, struct rem_out *out)
{
	struct rem_span query;
	const struct rem_span path = rem_http_path(rem_http_target(x), &query);
	const struct rem_http_server *server = x->server;

	for (unsigned i = 0; i < server->routes; i++) {
		if (rem_http_match(server->route[i].path, path, NULL, NULL))
			rem_http_put_word(out, "Allow", server->route[i].method);
	}
}

struct rem_span rem_http_target(const struct rem_http_exchange *x)
{
	return rem_http_text(x->buf, x->head.target);
}

struct rem_span rem_http_query(const struct rem_http_exchange *x)
{
	struct rem_span query;

	rem_http_path(rem_http_target(x), &query);
	return query;
}

struct rem_span rem_http_value(const struct rem_http_exchange *x, const char *name)
{
	struct rem_span query, value = {x->buf, 0};

	rem_http_match(x->route->path, rem_http_path(rem_http_target(x), &query), name, &value);
	return value;
}

bool rem_http_header_of(const struct rem_http_exchange *x, const char *name, struct rem_span *value)
{
	return rem_http_field(&x->head, x->buf, name, value);
}
