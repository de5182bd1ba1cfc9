/* SPDX-License-Identifier: BSD-3-Clause */
/* Nodes and outcomes: seats, turns, deadlines, and that no reason's number is given twice. */
#include <remora/node.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

static struct rem_seat seat[3];
static struct rem_seats seats;
static struct rem_node owner, child[4];

static void set_up(void)
{
	memset(child, 0, sizeof(child));
	owner = (struct rem_node){.due = REM_NEVER};
	rem_seats_init(&seats, &owner, seat, 3);
	for (unsigned i = 0; i < 4; i++)
		child[i].due = REM_NEVER;
}

static void seats_are_given_back(void **state)
{
	unsigned at = 0;

	(void)state;
	set_up();
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(rem_sit(&seats, &child[i]), REM_OK);
	assert_int_equal(rem_sit(&seats, &child[3]), REM_LIMIT);
	rem_leave(&child[1]);
	assert_ptr_equal(rem_seats_next(&seats, &at), &child[0]);
	assert_ptr_equal(rem_seats_next(&seats, &at), &child[2]);
	assert_null(rem_seats_next(&seats, &at));
	assert_int_equal(rem_sit(&seats, &child[3]), REM_OK);
	assert_ptr_equal(seat[1].node, &child[3]);
	assert_ptr_equal(child[3].table, &seats);
}

/* Memory that is used again for another node, here or at another table, is not the old one's. */
static void a_new_life(void **state)
{
	struct rem_seat elsewhere[1];
	struct rem_seats others;
	struct rem_node other = {.due = REM_NEVER};
	unsigned at = 0;

	(void)state;
	set_up();
	rem_seats_init(&others, &other, elsewhere, 1);
	rem_sit(&seats, &child[0]);
	rem_sit(&seats, &child[1]);
	rem_leave(&child[1]);
	child[1] = (struct rem_node){.due = REM_NEVER};
	assert_int_equal(rem_sit(&seats, &child[1]), REM_OK);
	assert_ptr_equal(seat[1].node, &child[1]);
	assert_null(seat[2].node);
	rem_leave(&child[1]);
	child[1] = (struct rem_node){.due = REM_NEVER};
	assert_int_equal(rem_sit(&others, &child[1]), REM_OK);
	assert_ptr_equal(rem_seats_next(&seats, &at), &child[0]);
	assert_null(rem_seats_next(&seats, &at));
}

static void everybody_has_a_turn(void **state)
{
	(void)state;
	set_up();
	for (unsigned i = 0; i < 3; i++) {
		child[i].due = 0;
		rem_sit(&seats, &child[i]);
	}
	assert_int_equal(owner.due, 0);
	for (unsigned i = 0; i < 6; i++)
		assert_ptr_equal(rem_seats_turn(&seats, 7, NULL, NULL), &child[i % 3]);
	child[0].due = 20;
	child[1].due = 10;
	child[2].due = REM_NEVER;
	assert_null(rem_seats_turn(&seats, 7, NULL, NULL));
	assert_int_equal(owner.due, 10);
	child[2].due = 12;
	assert_ptr_equal(rem_seats_turn(&seats, 10, NULL, NULL), &child[1]);
	assert_int_equal(owner.due, 12); /* of the others */
}

static uint32_t draw(uint32_t below)
{
	static uint32_t state = 1;

	state = state * 1664525 + 1013904223;
	return (state >> 16) % below;
}

/* Who ought to have the next turn at a table of three, and when the next of the others. */
static struct rem_node *whose_turn(rem_time now, rem_time *others)
{
	struct rem_node *chosen = NULL;

	*others = REM_NEVER;
	for (unsigned i = 0; i < 3; i++) {
		const struct rem_seat *at = &seat[(seats.turn + i) % 3];

		if (at->node == NULL || at->node->gen != at->gen || at->node->table != &seats)
			continue;
		if (chosen == NULL && at->node->due <= now)
			chosen = at->node;
		else if (at->node->due < *others)
			*others = at->node->due;
	}
	return chosen;
}

/* Whatever happens between two turns, short cuts find whom a look at everybody would. */
static void short_cuts_come_to_the_same(void **state)
{
	unsigned spoken = 0;
	rem_time now = 0;

	(void)state;
	set_up();
	for (unsigned step = 0; step < 20000; step++) {
		struct rem_node *n = &child[draw(4)], *expected;
		rem_time others;

		switch (draw(8)) {
		case 0: rem_sit(&seats, n); break;
		case 1: rem_leave(n); break;
		case 2:
			rem_leave(n);
			*n = (struct rem_node){.due = now + draw(3)};
			rem_sit(&seats, n);
			break;
		case 3:
		case 4: rem_wake(n, now + draw(3)); break;
		default: now += draw(2); break;
		}
		expected = whose_turn(now, &others);
		assert_ptr_equal(rem_seats_turn(&seats, now, NULL, NULL), expected);
		assert_true(owner.due <= others && (owner.due > now || others <= now));
		spoken += expected != NULL;
		if (expected != NULL)
			expected->due = draw(4) == 0 ? REM_NEVER : now + draw(4);
	}
	assert_in_range(spoken, 3000, 17000);
}

static bool closed(void *by, struct rem_node *n, rem_time now)
{
	(void)by;
	(void)now;
	return n == &child[1];
}

static void who_cannot_leave_is_passed_over(void **state)
{
	(void)state;
	set_up();
	child[0].due = child[1].due = 0;
	rem_sit(&seats, &child[0]);
	rem_sit(&seats, &child[1]);
	assert_ptr_equal(rem_seats_turn(&seats, 7, closed, NULL), &child[1]);
	child[1].due = 30;
	assert_null(rem_seats_turn(&seats, 7, closed, NULL));
	assert_int_equal(owner.due, 30);
}

static void no_table_is_empty(void **state)
{
	(void)state;
	set_up();
	rem_seats_init(&seats, &owner, NULL, 0);
	assert_int_equal(rem_sit(&seats, &child[0]), REM_LIMIT);
	assert_null(rem_seats_find(&seats, 0));
	assert_null(rem_seats_turn(&seats, 7, NULL, NULL));
	assert_int_equal(owner.due, REM_NEVER);
}

static void waking_reaches_the_lowest(void **state)
{
	struct rem_node lowest = {.due = 100};

	(void)state;
	set_up();
	struct rem_seat place[1];
	struct rem_seats below;

	rem_seats_init(&below, &lowest, place, 1);
	assert_int_equal(rem_sit(&below, &owner), REM_OK);
	rem_sit(&seats, &child[0]);
	rem_wake(&child[0], 200);
	assert_int_equal(owner.due, 200);
	assert_int_equal(lowest.due, 100);
	rem_wake(&child[0], 50);
	assert_int_equal(rem_due(&lowest), 50);
}

static void a_narrow_way(void **state)
{
	struct rem_path path = {.mtu = 1500};

	(void)state;
	rem_path_narrow(&path, 1400, 0);
	assert_int_equal(path.mtu, 1400);
	rem_path_narrow(&path, 0, 0);
	assert_int_equal(path.mtu, 68);
}

static int takes(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	(void)n;
	f->verdict.why = f->p[off] == 1 ? REM_WHY_UDP_ANSWERED : REM_WHY_UDP_TAKEN;
	return f->p[off] == 1 ? 3 : 0;
}

static int gives(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	n->due = REM_NEVER;
	f->p[off] = 9;
	f->verdict.why = REM_WHY_UDP_SENT;
	return 1;
}

static unsigned outs;

static void saw(struct rem_watch *w, const struct rem_frame *f, bool out)
{
	(void)w;
	assert_int_not_equal(f->verdict.why, REM_WHY_NONE);
	outs += out;
}

static void one_outcome_a_frame(void **state)
{
	static const struct rem_node_ops ops = {takes, gives, NULL};
	uint32_t count[REM_REASONS] = {0};
	struct rem_watch w = {saw, count};
	struct rem_node n = {.ops = &ops, .due = REM_NEVER};
	uint8_t bytes[8] = {0, 1};
	struct rem_frame f = {.p = bytes, .room = 8, .head = 1, .end = 2};

	(void)state;
	outs = 0;
	assert_int_equal(rem_in(&n, &f, 0, &w), 3);
	assert_int_equal(f.end, 4);
	rem_sent(&f, true, &w);
	assert_int_equal(count[REM_WHY_UDP_ANSWERED], 1);
	assert_int_equal(count[REM_WHY_LINK_ANSWER], 1);

	assert_int_equal(rem_out(&n, &f, 0), 0);
	rem_wake(&n, 5);
	assert_int_equal(rem_out(&n, &f, 4), 0);
	assert_int_equal(rem_out(&n, &f, 5), 1);
	rem_sent(&f, false, &w);
	assert_int_equal(count[REM_WHY_LINK_BUSY], 1);
	assert_int_equal(outs, 2);
	assert_int_equal(rem_in(&n, &(struct rem_frame){.p = bytes, .end = 1}, 0, NULL), 0);
}

static int turns;

/* Due three times, and writes the third time. */
static int hesitates(struct rem_node *n, struct rem_frame *f, uint32_t off)
{
	assert_int_equal(off, 1);
	assert_int_equal(f->type, 0);
	if (++turns == 3)
		return gives(n, f, off);
	f->type = 7;    /* what it said of a frame that it has not written is nothing */
	f->head = 5;
	return 0;
}

static void who_writes_nothing_is_asked_again(void **state)
{
	static const struct rem_node_ops ops = {takes, hesitates, NULL};
	struct rem_node n = {.ops = &ops, .due = 5};
	uint8_t bytes[8] = {0};
	struct rem_frame f = {.p = bytes, .room = 8, .head = 1};

	(void)state;
	turns = 0;
	assert_int_equal(rem_out(&n, &f, 4), 0);
	assert_int_equal(turns, 0);
	assert_int_equal(rem_out(&n, &f, 5), 1);
	assert_int_equal(turns, 3);
	assert_int_equal(f.head, 1);
	assert_int_equal(f.end, 2);
}

static void reasons_are_told_apart(void **state)
{
	static const struct {
		enum rem_why why;
		enum rem_outcome outcome;
	} all[] = {
#define REM_REASON(code, name, outcome, sentence, ref) {REM_WHY_##name, REM_OUTCOME_##outcome},
#include <remora/reasons.def>
#undef REM_REASON
	};
	bool seen[REM_REASONS] = {true};

	(void)state;
	for (unsigned i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const enum rem_why why = all[i].why;
		char ref[REM_REASON_REF];

		assert_false(seen[why]);
		seen[why] = true;
		assert_true(strlen(rem_reason_name(why)) > 0);
		assert_true(strlen(rem_reason_sentence(why)) > 0);
		assert_true(strlen(rem_reason_ref(why, ref)) > 0 && !strstr(ref, "RFC 0"));
		assert_int_equal(rem_reason_outcome(why), all[i].outcome);
		assert_string_not_equal(rem_outcome_text(all[i].outcome), "undecided");
	}
	char ref[REM_REASON_REF];
	assert_null(rem_reason_name(255));
	assert_null(rem_reason_sentence(255));
	assert_null(rem_reason_ref(255, ref));
	assert_int_equal(rem_reason_outcome(255), REM_OUTCOME_NONE);
	assert_string_equal(rem_reason_name(REM_WHY_IP_SUM), "IP_SUM");
	assert_string_equal(rem_reason_sentence(REM_WHY_ARP_SHORT), "shorter than its addresses");
	assert_string_equal(rem_reason_ref(REM_WHY_ARP_SHORT, ref), "RFC 826");
	assert_string_equal(rem_reason_ref(REM_WHY_LINK_VLAN, ref), "IEEE 802.1Q 6.9");
	assert_string_equal(rem_reason_ref(REM_WHY_LINK_LENGTH, ref), "IEEE 802.3 3.2.6");
	assert_string_equal(rem_outcome_text(REM_OUTCOME_NONE), "undecided");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(seats_are_given_back),
		cmocka_unit_test(a_new_life),
		cmocka_unit_test(everybody_has_a_turn),
		cmocka_unit_test(short_cuts_come_to_the_same),
		cmocka_unit_test(who_cannot_leave_is_passed_over),
		cmocka_unit_test(no_table_is_empty),
		cmocka_unit_test(waking_reaches_the_lowest),
		cmocka_unit_test(a_narrow_way),
		cmocka_unit_test(one_outcome_a_frame),
		cmocka_unit_test(who_writes_nothing_is_asked_again),
		cmocka_unit_test(reasons_are_told_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
