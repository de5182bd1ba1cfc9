/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Why did the board drop that frame? Every frame in or out ends in exactly one outcome, for exactly
 * one reason: a stable number, a sentence, and the section of the RFC that decides.
 * reasons.def is the list.
 */
#ifndef REMORA_OUTCOME_H
#define REMORA_OUTCOME_H

#include <remora/types.h>

enum rem_outcome {
	REM_OUTCOME_NONE = 0,     /* nobody has decided yet */
	REM_OUTCOME_ACCEPTED = 1, /* in: somebody took it; out: the driver took it */
	REM_OUTCOME_ANSWERED = 2, /* an answer went back in the same buffer */
	REM_OUTCOME_QUEUED = 3,   /* kept for later: a fragment, a segment behind a hole */
	REM_OUTCOME_DROPPED = 4,  /* it is wrong, or there is no room for it */
	REM_OUTCOME_IGNORED = 5,  /* nothing is wrong with it, but it is not for us */
};

/* Their codes. */
enum rem_why {
	REM_WHY_NONE = 0,
#define REM_REASON(code, name, outcome, sentence, ref) REM_WHY_##name = (code),
#include <remora/reasons.def>
#undef REM_REASON
};

enum { REM_REASONS = 256 }; /* codes: a byte */

struct rem_verdict {
	uint8_t why; /* enum rem_why */
};

enum { REM_REASON_REF = 24 }; /* bytes that suffice for who says so, the NUL included */

/*
 * What there is to say about a reason. What a firmware does not ask for it does not carry: names take
 * 2 kB, sentences 5. NULL, REM_OUTCOME_NONE: there is no such reason.
 */
const char *rem_reason_name(unsigned why);     /* "IP_SUM" */
const char *rem_reason_sentence(unsigned why); /* "the header's checksum does not match" */
/* "RFC 791 3.1", written into text, which it returns. */
const char *rem_reason_ref(unsigned why, char text[REM_REASON_REF]);
enum rem_outcome rem_reason_outcome(unsigned why);
const char *rem_outcome_text(enum rem_outcome outcome);

/*
 * Who looks at outcomes. `saw`, if not NULL, is called once for every frame, `out` telling the
 * direction; `count`, if not NULL, has REM_REASONS counters.
 */
struct rem_frame;
struct rem_watch {
	void (*saw)(struct rem_watch *w, const struct rem_frame *f, bool out);
	uint32_t *count;
};

#endif
