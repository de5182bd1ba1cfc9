/* SPDX-License-Identifier: BSD-3-Clause */
/* What there is to say about reasons: reasons.def, each of its columns in as few bytes as it can. */
#include <remora/outcome.h>
#include <remora/text.h>

/* Who says so: a document of 14 bits, and five numbers of a section. */
#define SECTION(document, a, b, c, d, e, ...) \
	((uint32_t)(document) << 18 | (a) << 14 | (b) << 10 | (c) << 6 | (d) << 2 | (e))
#define RFC(number, ...)  SECTION(number, __VA_ARGS__, 0, 0, 0, 0, 0)
#define IEEE_802_3(...)   SECTION(ETHERNET, __VA_ARGS__, 0, 0, 0, 0, 0)
#define IEEE_802_1Q(...)  SECTION(BRIDGES, __VA_ARGS__, 0, 0, 0, 0, 0)

enum { ETHERNET = 0x3fff, BRIDGES = 0x3ffe };

static const uint8_t whys[] = {
#define REM_REASON(code, name, outcome, sentence, ref) REM_WHY_##name,
#include <remora/reasons.def>
#undef REM_REASON
};

static const uint8_t outcomes[REM_REASONS] = {
#define REM_REASON(code, name, outcome, sentence, ref) [code] = REM_OUTCOME_##outcome,
#include <remora/reasons.def>
#undef REM_REASON
};

static const uint32_t refs[] = {
#define REM_REASON(code, name, outcome, sentence, ref) ref,
#include <remora/reasons.def>
#undef REM_REASON
};

/* In the same order, each behind the NUL of the one before. */
static const char names[] =
#define REM_REASON(code, name, outcome, sentence, ref) #name "\0"
#include <remora/reasons.def>
#undef REM_REASON
	;

static const char sentences[] =
#define REM_REASON(code, name, outcome, sentence, ref) sentence "\0"
#include <remora/reasons.def>
#undef REM_REASON
	;

enum { REASONS = sizeof(whys) / sizeof(whys[0]) };

/* Its place in the list; REASONS: it has none. */
static unsigned place_of(unsigned why)
{
	unsigned i = 0;

	while (i < REASONS && whys[i] != why)
		i++;
	return i;
}

static const char *text_at(const char *texts, unsigned place)
{
	if (place == REASONS)
		return NULL;
	while (place > 0)
		place -= *texts++ == '\0';
	return texts;
}

const char *rem_reason_name(unsigned why)
{
	return text_at(names, place_of(why));
}

const char *rem_reason_sentence(unsigned why)
{
	return text_at(sentences, place_of(why));
}

enum rem_outcome rem_reason_outcome(unsigned why)
{
	return why < REM_REASONS ? (enum rem_outcome)outcomes[why] : REM_OUTCOME_NONE;
}

const char *rem_reason_ref(unsigned why, char text[REM_REASON_REF])
{
	struct rem_out out = {text, text + REM_REASON_REF - 1, false};
	const unsigned place = place_of(why);

	if (place == REASONS)
		return NULL;
	const uint32_t ref = refs[place], document = ref >> 18;
	const uint8_t section[] = {ref >> 14 & 15, ref >> 10 & 15, ref >> 6 & 15, ref >> 2 & 15,
				   ref & 3};
	if (document == ETHERNET || document == BRIDGES) {
		rem_out_str(&out, document == ETHERNET ? "IEEE 802.3" : "IEEE 802.1Q");
	} else {
		rem_out_str(&out, "RFC ");
		rem_out_uint(&out, document);
	}
	for (unsigned i = 0; i < sizeof(section) && section[i] != 0; i++) {
		rem_out_char(&out, i == 0 ? ' ' : '.');
		rem_out_uint(&out, section[i]);
	}
	*out.p = '\0';
	return text;
}

const char *rem_outcome_text(enum rem_outcome outcome)
{
	switch (outcome) {
	case REM_OUTCOME_ACCEPTED: return "accepted";
	case REM_OUTCOME_ANSWERED: return "answered";
	case REM_OUTCOME_QUEUED: return "queued";
	case REM_OUTCOME_DROPPED: return "dropped";
	case REM_OUTCOME_IGNORED: return "ignored";
	default: return "undecided";
	}
}
