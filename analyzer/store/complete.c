/* SPDX-License-Identifier: BSD-3-Clause */
/* Words that may stand where a filter is being typed. */
#include "store/complete.h"

#include "filter/ast.h"

#include <string.h>

static struct completion begin(unsigned from, unsigned to)
{
	return (struct completion){
		.from = from,
		.to = to,
		.words = g_ptr_array_new_with_free_func(g_free),
		.about = g_ptr_array_new_with_free_func(g_free),
	};
}

void completion_clear(struct completion *c)
{
	g_ptr_array_free(c->words, TRUE);
	g_ptr_array_free(c->about, TRUE);
	*c = (struct completion){0};
}

char *completion_common(const struct completion *c)
{
	if (c->words->len == 0)
		return NULL;
	const char *first = g_ptr_array_index(c->words, 0);
	size_t n = strlen(first);

	for (unsigned i = 1; i < c->words->len; i++) {
		const char *word = g_ptr_array_index(c->words, i);
		size_t same = 0;

		while (same < n && word[same] == first[same])
			same++;
		n = same;
	}
	return g_strndup(first, n);
}

static void add(struct completion *c, const char *word, const char *about)
{
	if (c->words->len >= COMPLETE_MOST)
		return;
	g_ptr_array_add(c->words, g_strdup(word));
	g_ptr_array_add(c->about, g_strdup(about != NULL ? about : ""));
}

/* Does the name go on with the word? Or, in the second round, have it somewhere else? */
static bool fits(const char *name, const char *word, bool inside)
{
	const bool prefix = g_ascii_strncasecmp(name, word, strlen(word)) == 0;

	return inside ? !prefix && strlen(word) > 1 && strstr(name, word) != NULL : prefix;
}

static void add_keys(struct completion *c, const char *word, bool inside)
{
	size_t n;
	const struct key *const *all = keys_all(&n);

	for (unsigned p = 0; p < REM_P_COUNT; p++) {
		if (fits(rem_protos[p]->key, word, inside))
			add(c, rem_protos[p]->key, rem_protos[p]->name);
	}
	for (size_t i = 0; i < n; i++) {
		if (fits(all[i]->name, word, inside))
			add(c, all[i]->name, key_field(&all[i]->row[0])->name);
	}
}

static struct completion keys_for(const char *text, unsigned from, unsigned to)
{
	struct completion c = begin(from, to);
	char *word = g_strndup(text + from, to - from);

	add_keys(&c, word, false);
	if (*word != '\0')
		add_keys(&c, word, true);
	g_free(word);
	return c;
}

struct completion complete_key(const char *text, unsigned caret)
{
	unsigned from = MIN(caret, (unsigned)strlen(text));
	const unsigned to = from;

	while (from > 0 && (g_ascii_isalnum(text[from - 1]) || strchr("._-", text[from - 1])))
		from--;
	return keys_for(text, from, to);
}

/* The operators that make sense for a key; of a protocol, which is bytes, those of bytes. */
static struct completion operators_for(const struct key *key, unsigned at)
{
	static const struct {
		const char *word, *about;
		bool ordered, text;
	} operators[] = {
		{"==", "equals", false, false},
		{"!=", "differs, in all occurrences", false, false},
		{">", "is greater", true, false},
		{"<", "is less", true, false},
		{">=", "is at least", true, false},
		{"<=", "is at most", true, false},
		{"contains", "has these bytes in it", false, true},
		{"matches", "matches a regular expression", false, true},
		{"in", "is one of {…}", false, false},
		{"&&", "and", false, false},
		{"||", "or", false, false},
	};
	const enum rem_type type = key != NULL ? key->type : REM_T_BYTES;
	const bool text = type == REM_T_TEXT || type == REM_T_NAME || type == REM_T_BYTES;
	const bool value = type != REM_T_NONE;
	struct completion c = begin(at, at);

	for (size_t i = 0; i < G_N_ELEMENTS(operators); i++) {
		const bool joins = strchr("&|", operators[i].word[0]) != NULL;

		if (joins || (value && !(operators[i].ordered && (text || type == REM_T_BOOL)) &&
			      !(operators[i].text && !text)))
			add(&c, operators[i].word, operators[i].about);
	}
	return c;
}

static void add_value(struct completion *c, const struct rem_name *name, const char *word)
{
	char number[24];

	if (!fits(name->text, word, false))
		return;
	char *quoted = g_strdup_printf("\"%s\"", name->text);
	g_snprintf(number, sizeof(number), "%u", name->value);
	add(c, quoted, number);
	g_free(quoted);
}

/* The names of a key's values, in quotes. */
static struct completion values_for(const struct key *key, const char *text, unsigned from,
				    unsigned to)
{
	struct completion c = begin(from, to);
	char *word = g_strndup(text + from + (text[from] == '"'), to - from - (text[from] == '"'));

	for (unsigned i = 0; i < key->rows; i++) {
		const struct rem_names *names = key_field(&key->row[i])->names;
		bool before = false;

		for (unsigned j = 0; j < i; j++)
			before = before || key_field(&key->row[j])->names == names;
		for (uint32_t j = 0; names != NULL && !before && j < names->n; j++)
			add_value(&c, &names->name[j], word);
	}
	if (key->type == REM_T_BOOL && c.words->len == 0) {
		add_value(&c, &(struct rem_name){1, "true"}, word);
		add_value(&c, &(struct rem_name){0, "false"}, word);
	}
	g_free(word);
	return c;
}

/* Where the caret is: what stands in front of it. */
struct place {
	struct token word;     /* the word or string that the caret is in, or at the end of */
	enum token_kind before; /* the token in front of that */
	const struct key *key; /* the last one in front of the caret, outside the word */
	bool known;            /* the token in front of the word is a key or a protocol */
	bool set;              /* inside braces */
};

static bool compares(enum token_kind kind)
{
	return kind >= TOKEN_EQ && kind <= TOKEN_MATCHES;
}

static struct place look(const char *text, unsigned caret)
{
	struct place p = {.word = {TOKEN_END, caret, caret}, .before = TOKEN_END};

	for (struct token t = lexer_next(text, 0); t.kind != TOKEN_END && t.start < caret;
	     t = lexer_next(text, t.end)) {
		const bool whole = t.kind == TOKEN_STRING || t.kind == TOKEN_CHAR;
		const bool word = t.kind == TOKEN_WORD ||
				  (t.kind == TOKEN_BAD && text[t.start] == '"') ||
				  (g_ascii_isalpha(text[t.start]) && !whole);

		if (word && t.end >= caret) {
			p.word = (struct token){t.kind, t.start, t.end};
			return p;
		}
		char *name = g_strndup(text + t.start, t.end - t.start);
		const struct key *key = t.kind == TOKEN_WORD ? key_find(name) : NULL;
		p.known = key != NULL ||
			  (t.kind == TOKEN_WORD && rem_proto_find(name, strlen(name)) >= 0);
		p.key = key != NULL ? key : p.key;
		p.set = t.kind == TOKEN_OPEN_SET || (p.set && t.kind != TOKEN_CLOSE_SET);
		p.before = t.kind;
		g_free(name);
	}
	return p;
}

struct completion complete_filter(const char *expression, unsigned caret)
{
	caret = MIN(caret, (unsigned)strlen(expression));
	const struct place p = look(expression, caret);

	if (p.key != NULL && (compares(p.before) || p.set))
		return values_for(p.key, expression, p.word.start, caret);
	if (p.known && p.word.start == caret)
		return operators_for(p.key, caret);
	return keys_for(expression, p.word.start, caret);
}
