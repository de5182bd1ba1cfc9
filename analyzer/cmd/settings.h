/* SPDX-License-Identifier: BSD-3-Clause */
/* Options as showing packets needs them: checked, looked up, compiled. */
#ifndef CMD_SETTINGS_H
#define CMD_SETTINGS_H

#include "bpf.h"
#include "cmd/show_options.h"
#include "file/writer.h"
#include "filter/filter.h"
#include "frame.h"
#include "out/print.h"

struct settings {
	const struct printer_ops *printer; /* NULL: nothing is printed (-w alone) */
	struct print_options print;
	enum writer_format write_format;
	struct bpf *bpf;
	struct filter *filter;
	struct rem_set only; /* -O */
	GArray *us;     /* struct rem_us */
	GArray *fields; /* struct wanted_field */
	GArray *binds;  /* struct decode_as */
	bool flush;     /* after each packet: somebody is watching */
	bool details;   /* options, records … are taken apart, too */
};

/* Both return EXIT_OK or EXIT_USAGE, having complained. */
int settings_take(struct settings *s, const struct show_options *given);
int settings_apply(const struct settings *s, struct frame *f);
void settings_free(struct settings *s);

#endif
