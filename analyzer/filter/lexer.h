/* SPDX-License-Identifier: BSD-3-Clause */
/* Words, strings and operators of a display filter. */
#ifndef FILTER_LEXER_H
#define FILTER_LEXER_H

#include <glib.h>
#include <stdbool.h>

enum token_kind {
	TOKEN_END,
	TOKEN_WORD,
	TOKEN_STRING,
	TOKEN_CHAR,
	TOKEN_OR,
	TOKEN_XOR,
	TOKEN_AND,
	TOKEN_NOT,
	TOKEN_EQ,
	TOKEN_NE,
	TOKEN_ALL_EQ,
	TOKEN_ANY_NE,
	TOKEN_GT,
	TOKEN_GE,
	TOKEN_LT,
	TOKEN_LE,
	TOKEN_CONTAINS,
	TOKEN_MATCHES,
	TOKEN_IN,
	TOKEN_ANY,
	TOKEN_ALL,
	TOKEN_PLUS,
	TOKEN_MINUS,
	TOKEN_STAR,
	TOKEN_SLASH,
	TOKEN_PERCENT,
	TOKEN_BITAND,
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_OPEN_SET,
	TOKEN_CLOSE_SET,
	TOKEN_OPEN_SLICE,
	TOKEN_CLOSE_SLICE,
	TOKEN_COMMA,
	TOKEN_RANGE,
	TOKEN_HASH,
	TOKEN_BAD,
};

struct token {
	enum token_kind kind;
	unsigned start, end; /* bytes of the expression */
};

/* The token at or behind byte `at`. */
struct token lexer_next(const char *expression, unsigned at);

/* What a string or character token stands for, escapes resolved; g_free it. NULL: bad escape. */
char *lexer_string(const char *expression, struct token t, size_t *n);

/* For messages: what a token of this kind looks like. */
const char *lexer_describe(enum token_kind kind);

#endif
