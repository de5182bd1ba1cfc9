/* SPDX-License-Identifier: BSD-3-Clause */
/* What can be done with a capture that runs. */
#include "feed.h"
#include "packets.h"
#include "tui.h"

void do_pause(struct tui *t, const char *argument)
{
	(void)argument;
	if (t->packets->feed == NULL) {
		tui_say(t, "nothing is coming in");
		return;
	}
	packets_pause(t, t->packets->paused_at == NO_ROW);
}

void do_stop(struct tui *t, const char *argument)
{
	struct feed *feed = t->packets->feed;

	(void)argument;
	if (feed == NULL) {
		tui_say(t, "nothing is being captured; q leaves");
		return;
	}
	if (is_waiting(t->packets)) {
		do_interfaces(t, "");
		return;
	}
	if (feed_state(feed) > FEED_HELD) {
		tui_complain(t, "%s: the capture has ended", feed_state_words(feed));
		return;
	}
	const bool hold = feed_state(feed) == FEED_RUNS;
	feed_hold(feed, hold);
	tui_say(t, hold ? "the capture has stopped; P starts it again" : "capturing again");
}
