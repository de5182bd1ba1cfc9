/* SPDX-License-Identifier: BSD-3-Clause */
/* What there is to say about a reason: reasons.def as text, which firmware that prints nothing drops. */
#include <remora/outcome.h>

/* clang-format off */
static const struct rem_reason reasons[] = {
#define REM_REASON(code, name, outcome, sentence, ref) {REM_WHY_##name, #name, sentence, ref},
#include <remora/reasons.def>
#undef REM_REASON
};
/* clang-format on */

const struct rem_reason *rem_reason(unsigned why)
{
	for (unsigned i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		if (REM_WHY_CODE(reasons[i].why) == REM_WHY_CODE(why))
			return &reasons[i];
	}
	return NULL;
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
