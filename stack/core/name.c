/* SPDX-License-Identifier: BSD-3-Clause */
/* Domain names: RFC 1035 3.1 and 4.1.4, RFC 2673 3, with the limits of RFC 9267. */
#include "core/decode.h"
#include <remora/name.h>
#include <remora/text.h>

enum {
	BITSTRING = 0x41,  /* RFC 2673 3.1: a label of bits, their number first */
	MOST_LABELS = 128, /* of a name of 255 bytes */
	MOST_STEPS = 2048, /* along a name that is too long, to see whether it loops */
};

/* A walk along a name: the span that it is in, which a pointer changes into the message. */
struct walk {
	const uint8_t *p, *end;
	struct rem_span message;
	unsigned pointers;
	uint32_t mark; /* first target of a pointer once the text is too long; 0: none yet */
	bool bits;     /* there was a bit label */
	bool too_long;
	struct rem_name_text *text;
	/* How bit labels are written; who only skips names does without, and without all of rem_out. */
	void (*put_bits)(struct walk *w, const uint8_t *p, uint32_t bits, uint32_t n);
	uint32_t shown; /* bytes of text; as in Wireshark, bit labels do not count in text->n */
};

static void put(struct walk *w, const void *p, uint32_t n)
{
	w->too_long = w->too_long || n > REM_NAME_TEXT - w->shown;
	if (w->too_long)
		return;
	rem_copy(w->text->p + w->shown, p, n);
	w->shown += n;
}

static int take_label(struct walk *w, uint32_t n)
{
	if (n > (uint32_t)(w->end - w->p))
		return REM_SHORT;
	if (w->text != NULL) {
		const uint32_t before = w->shown;

		if (before > 0)
			put(w, ".", 1);
		put(w, w->p, n);
		w->text->n += w->shown - before;
	}
	w->p += n;
	return REM_OK;
}

/* "\[x5a/7]": the text of RFC 2673 3.2. */
static void put_bits(struct walk *w, const uint8_t *p, uint32_t bits, uint32_t n)
{
	char text[3 + 2 * 32 + 6];
	struct rem_out o = {text, text + sizeof(text), false};

	rem_out_str(&o, "\\[x");
	rem_out_bytes(&o, p, n, 0);
	rem_out_char(&o, '/');
	rem_out_uint(&o, bits);
	rem_out_char(&o, ']');
	put(w, text, (uint32_t)(o.p - text));
}

static int take_bits(struct walk *w)
{
	if (w->p == w->end)
		return REM_SHORT;
	const uint32_t bits = *w->p++, n = bits == 0 ? 1 : (bits + 7) / 8;
	if (n > (uint32_t)(w->end - w->p))
		return REM_SHORT;
	if (w->put_bits != NULL)
		w->put_bits(w, w->p, bits, n);
	w->p += n;
	w->bits = true;
	return REM_OK;
}

static int follow(struct walk *w, uint32_t high)
{
	if (w->p == w->end)
		return REM_SHORT;
	const uint32_t to = (high & 0x3f) << 8 | *w->p;
	if (++w->pointers > REM_NAME_POINTERS)
		return REM_LOOP;
	if (to >= w->message.n)
		return REM_SHORT;
	if (w->too_long && w->mark == to && to != 0)
		return REM_LOOP;
	if (w->too_long && w->mark == 0)
		w->mark = to;
	w->p = w->message.p + to;
	w->end = w->message.p + w->message.n;
	return REM_OK;
}

/* One label or pointer. Positive: there is more; REM_UNSUP: a label that nobody can skip. */
static int step(struct walk *w)
{
	if (w->p >= w->end)
		return REM_SHORT;
	const uint32_t c = *w->p++;
	int err = REM_OK;

	switch (c >> 6) {
	case 0: err = c == 0 ? REM_OK : take_label(w, c); break;
	case 1: err = c == BITSTRING ? take_bits(w) : REM_UNSUP; break;
	case 2: err = REM_FIELD; break;
	default: err = follow(w, c); break;
	}
	return err == REM_OK && c != 0 ? 1 : err;
}

REM_APART int take_any(struct rem_span message, uint32_t at, uint32_t *steps)
{
	struct walk w = {.p = message.p + at, .end = message.p + message.n, .message = message};
	uint32_t n = 0, labels = 0, over = 0;
	int more = 1;

	if (at >= message.n)
		return REM_SHORT;
	while (more > 0) {
		const uint8_t *before = w.p;
		const unsigned pointers = w.pointers;

		if (*steps == 0 && n > 0)
			return (int)n;
		if (*steps == 0 && ++over > MOST_LABELS)
			return REM_LIMIT;
		*steps -= *steps > 0;
		more = step(&w);
		labels += more > 0 && pointers == w.pointers && *before != BITSTRING;
		if (n == 0 && w.pointers > 0)
			n = (uint32_t)(before - message.p) + 2 - at;
	}
	const uint8_t *start = message.p + at;
	if (more == REM_UNSUP) /* what follows the name begins behind the label's first byte */
		return w.p > start + 1 ? (int)(w.p - start) : REM_FIELD;
	if (more != REM_OK && more != REM_LOOP)
		return more;
	if (w.bits && labels == 0)
		return REM_FIELD;
	return n > 0 ? (int)n : (int)(w.p - start);
}

/* Skips plain labels; returns where something else stands, or where steps or message end. */
static uint32_t skip_labels(struct rem_span message, uint32_t at, uint32_t *steps)
{
	while (at < message.n && message.p[at] - 1u < 0x3f && *steps > 0) {
		at += 1 + message.p[at];
		--*steps;
	}
	return at;
}

/*
 * The length of a name like most: plain labels and a root, or labels, one pointer, labels and a
 * root. 0: it is not one of these, or takes more steps than there are.
 */
static uint32_t take_common(struct rem_span message, uint32_t at, uint32_t *steps)
{
	uint32_t left = *steps, end = skip_labels(message, at, &left), last = end, n = end + 1 - at;

	if (end + 1 < message.n && message.p[end] >= 0xc0 && left > 0) {
		const uint32_t to = (message.p[end] & 0x3fu) << 8 | message.p[end + 1];

		left--;
		n++;
		last = skip_labels(message, to, &left);
	}
	if (last >= message.n || message.p[last] != 0 || left == 0)
		return 0;
	*steps = left - 1;
	return n;
}

int rem_name_take(struct rem_span message, uint32_t at, uint32_t *steps)
{
	const uint32_t common = REM_SMALL ? 0 : take_common(message, at, steps);

	return common > 0 ? (int)common : take_any(message, at, steps);
}

int rem_name_skip(struct rem_span message, uint32_t at)
{
	for (uint32_t i = at; i < message.n; i += 1 + message.p[i]) {
		const uint32_t c = message.p[i];

		if (c == 0 || c >= 0xc0)
			return (int)(i - at) + (c == 0 ? 1 : 2);
		if (c >= 0x40)
			return REM_FIELD;
	}
	return REM_SHORT;
}

static int words(struct rem_name_text *text, const char *s, int err)
{
	for (text->n = 0; *s != '\0'; s++)
		text->p[text->n++] = (uint8_t)*s;
	return err;
}

/* The text of a name like most: plain labels, pointers, and a root; not the root alone. */
static bool text_common(struct rem_span name, struct rem_span message, struct rem_name_text *text)
{
	enum { POINTERS = 8 };
	const uint8_t *p = name.p, *end = p + name.n;
	uint32_t n = 0, pointers = 0;

	while (p < end && *p != 0) {
		const uint32_t c = *p++;

		if (c < 0x40 && c < (uint32_t)(end - p) && n + 1 + c <= REM_NAME_TEXT) {
			if (n > 0)
				text->p[n++] = '.';
			rem_copy(text->p + n, p, c);
			n += c;
			p += c;
		} else if (c >= 0xc0 && p < end && pointers++ < POINTERS) {
			const uint32_t to = (c & 0x3f) << 8 | *p;

			if (to >= message.n)
				return false;
			p = message.p + to;
			end = message.p + message.n;
		} else {
			return false;
		}
	}
	text->n = n;
	return p < end && n > 0;
}

/* The text of any name. */
REM_APART int text_any(struct rem_span name, struct rem_span message, struct rem_name_text *text)
{
	struct walk w = {.p = name.p,
			 .end = name.p + name.n,
			 .message = message,
			 .text = text,
			 .put_bits = put_bits};
	int more = 1;

	text->n = 0;
	for (unsigned i = 0; more > 0 && i < MOST_STEPS; i++)
		more = step(&w);
	if (more >= REM_OK && w.too_long)
		return words(text, "<Name too long>", REM_LIMIT);
	switch (more) {
	case REM_OK: return w.shown > 0 ? REM_OK : words(text, "<Root>", REM_OK);
	case REM_LOOP: return words(text, "<Name contains a pointer that loops>", REM_LOOP);
	case REM_UNSUP: return words(text, "<Unknown extended label>", REM_FIELD);
	default: return words(text, "<Name cut short>", more);
	}
}

int rem_name_text(struct rem_span name, struct rem_span message, struct rem_name_text *text)
{
	if (!REM_SMALL && text_common(name, message, text))
		return REM_OK;
	return text_any(name, message, text);
}

/* The label at `at`, behind any pointers; the message's length if there is none. */
static uint32_t label_at(struct rem_span message, uint32_t at, uint32_t *pointers)
{
	while (at + 1 < message.n && message.p[at] >= 0xc0) {
		if (++*pointers > REM_NAME_POINTERS)
			return message.n;
		at = (message.p[at] & 0x3fu) << 8 | message.p[at + 1];
	}
	return at < message.n && message.p[at] < message.n - at && message.p[at] < 0x40 ? at
											: message.n;
}

static uint8_t lower(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

bool rem_name_same(struct rem_span message, uint32_t a, uint32_t b)
{
	uint32_t pointers = 0;

	for (unsigned labels = 0; labels < MOST_LABELS; labels++) {
		a = label_at(message, a, &pointers);
		b = label_at(message, b, &pointers);
		if (a == message.n || b == message.n || message.p[a] != message.p[b])
			return false;
		uint32_t n = message.p[a];
		if (n == 0)
			return true;
		for (a++, b++; n > 0; n--) {
			if (lower(message.p[a++]) != lower(message.p[b++]))
				return false;
		}
	}
	return false;
}

int rem_out_name(struct rem_out *o, struct rem_span name, struct rem_span message)
{
	struct rem_name_text text;
	const int err = rem_name_text(name, message, &text);

	rem_out_text(o, text.p, text.n);
	return err;
}
