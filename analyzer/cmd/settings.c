/* SPDX-License-Identifier: BSD-3-Clause */
/* Checking what was asked for, before the first packet is read. */
#include "cmd/settings.h"

#include "cmd/colour_option.h"
#include "cmd/command.h"
#include "cmd/habits.h"
#include "decode_as.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int wrong(const char *option, const char *value, const char *want)
{
	complain("%s \"%s\": %s", option, value, want);
	return EXIT_USAGE;
}

static int take_form(struct settings *s, const struct show_options *given)
{
	const char *form = given->tree || given->only != NULL ? "tree" : given->form;

	if (given->silent)
		form = "none";
	if (given->write != NULL && !given->print &&
	    (given->silent || (form == NULL && given->fields == NULL)))
		return EXIT_OK; /* -w alone: nothing is printed */
	if (form == NULL)
		form = given->fields != NULL ? "fields" : "line";
	if (strcmp(form, "text") == 0) /* tshark's name for it */
		form = "line";
	for (int i = 0; printers[i] != NULL; i++) {
		if (strcmp(printers[i]->name, form) == 0) {
			s->printer = printers[i];
			s->details = given->subfields < 0 ? s->printer->detail
							  : given->subfields > 0;
			return EXIT_OK;
		}
	}
	if (habit_form(form) != NULL)
		return wrong("-T", form, habit_form(form));
	return wrong("-T", form,
		     "is none of line, breakdown, tree, json, ndjson, pdml, fields, none");
}

/* The protocols of -O; more than one may have the same key. */
static int take_only(struct settings *s, const char *list)
{
	if (list == NULL)
		return EXIT_OK;
	char **words = g_strsplit(list, ",", -1);
	int code = EXIT_OK;
	for (char **w = words; *w != NULL && code == EXIT_OK; w++) {
		if (rem_proto_find(*w, strlen(*w)) < 0)
			code = wrong("-O", *w, "is no protocol; remora protos lists them");
		for (unsigned p = 0; p < REM_P_COUNT && code == EXIT_OK; p++) {
			if (strcmp(rem_protos[p]->key, *w) == 0)
				rem_set_add(&s->only, p);
		}
	}
	g_strfreev(words);
	s->print.only = &s->only;
	return code;
}

static int take_count(gint64 count)
{
	if (count > 0)
		return EXIT_OK;
	complain("-c wants a number of packets that is above 0");
	return EXIT_USAGE;
}

static int take_time(struct settings *s, const char *form)
{
	static const struct {
		const char *name;
		enum time_form form;
	} forms[] = {
		{"r", TIME_RELATIVE},
		{"d", TIME_DELTA},
		{"dd", TIME_DELTA_SHOWN},
		{"e", TIME_EPOCH},
		{"a", TIME_LOCAL_OF_DAY},
		{"ad", TIME_LOCAL_DATE},
		{"adoy", TIME_LOCAL_DAY_OF_YEAR},
		{"u", TIME_OF_DAY},
		{"ud", TIME_DATE},
		{"udoy", TIME_DAY_OF_YEAR},
		{"t", TIME_EPOCH}, /* tcpdump's -tt, and so on */
		{"tt", TIME_DELTA_SHOWN},
		{"ttt", TIME_LOCAL_DATE},
		{"tttt", TIME_RELATIVE},
	};

	if (form == NULL)
		return EXIT_OK;
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
		if (strcmp(forms[i].name, form) == 0) {
			s->print.time = forms[i].form;
			return EXIT_OK;
		}
	}
	return wrong("-t", form, "is none of r, d, dd, e, a, ad, adoy, u, ud, udoy");
}

/* "aa:bb:cc:dd:ee:ff", with - or . between as well. */
static bool parse_mac(const char *text, uint64_t *mac)
{
	unsigned n = 0;

	*mac = 0;
	for (; *text != '\0'; text++) {
		if (g_ascii_isxdigit(*text)) {
			*mac = *mac << 4 | (uint64_t)g_ascii_xdigit_value(*text);
			n++;
		} else if (strchr(":-.", *text) == NULL) {
			return false;
		}
	}
	return n == 12;
}

static int take_us(struct settings *s, char **addresses)
{
	for (; addresses != NULL && *addresses != NULL; addresses++) {
		struct rem_us us = {.type = REM_T_IPV4};
		struct in_addr v4;

		if (inet_pton(AF_INET, *addresses, &v4) == 1) {
			us.u = ntohl(v4.s_addr);
		} else if (inet_pton(AF_INET6, *addresses, us.ipv6) == 1) {
			us.type = REM_T_IPV6;
		} else if (parse_mac(*addresses, &us.u)) {
			us.type = REM_T_MAC;
		} else {
			return wrong("--us", *addresses, "is no IPv4, IPv6 or MAC address");
		}
		g_array_append_val(s->us, us);
	}
	s->print.us = (const struct rem_us *)(void *)s->us->data;
	s->print.n_us = s->us->len;
	return EXIT_OK;
}

static int class_by_name(const char *name)
{
	for (int c = 0; c < REM_C_CLASSES; c++) {
		if (strcmp(rem_class_name((enum rem_class)c), name) == 0)
			return c;
	}
	return -1;
}

static int take_classes(struct settings *s, const char *list)
{
	s->print.classes = REM_LINE_CLASSES;
	if (list == NULL)
		return EXIT_OK;
	if (list[0] != '+' && list[0] != '-')
		s->print.classes = 0;
	char **words = g_strsplit(list, ",", -1);
	int code = EXIT_OK;
	for (char **w = words; *w != NULL && code == EXIT_OK; w++) {
		const char sign = **w;
		const char *name = sign == '+' || sign == '-' ? *w + 1 : *w;
		const int c = class_by_name(name);
		const uint32_t bits = strcmp(name, "all") == 0 ? ~(uint32_t)0
							       : (uint32_t)1 << (c & 31);

		if (c < 0 && strcmp(name, "all") != 0)
			code = wrong("--classes", name,
				     "is no class; remora fields --classes lists them");
		else if (sign == '-')
			s->print.classes &= ~bits;
		else
			s->print.classes |= bits;
	}
	g_strfreev(words);
	return code;
}

static int unknown_field(const char *text)
{
	char **like = keys_like(text, 3);

	if (like[0] != NULL) {
		char *list = g_strjoinv(", ", like);

		complain("-e: unknown field \"%s\"; did you mean %s?", text, list);
		g_free(list);
	} else {
		complain("-e: unknown field \"%s\"; remora fields lists them", text);
	}
	g_strfreev(like);
	return EXIT_USAGE;
}

static int take_fields(struct settings *s, char **fields)
{
	for (; fields != NULL && *fields != NULL; fields++) {
		struct wanted_field w;

		if (!wanted_find(*fields, &w))
			return unknown_field(*fields);
		g_array_append_val(s->fields, w);
	}
	s->print.fields = (const struct wanted_field *)(void *)s->fields->data;
	s->print.n_fields = s->fields->len;
	if (s->printer == &print_fields && s->fields->len == 0) {
		complain("-T fields wants at least one -e KEY");
		return EXIT_USAGE;
	}
	if (s->printer != &print_fields && s->fields->len > 0) {
		complain("-e KEY goes with -T fields");
		return EXIT_USAGE;
	}
	return EXIT_OK;
}

/* A character of -E: itself, or /t, /s, /n …; '\0' if it is not one. */
static char field_character(const char *value)
{
	if (value[0] == '/' && value[1] == 't')
		return '\t';
	if (value[0] == '/' && value[1] == 's')
		return ' ';
	return value[0] != '\0' && value[1] == '\0' ? value[0] : '\0';
}

static int take_field_option(struct settings *s, const char *option)
{
	const char *equals = strchr(option, '=');
	const char *value = equals == NULL ? "" : equals + 1;
	const size_t n = equals == NULL ? 0 : (size_t)(equals - option);
	const char c = field_character(value);

	if (n == 6 && strncmp(option, "header", n) == 0 && (c == 'y' || c == 'n'))
		s->print.header = c == 'y';
	else if (n == 9 && strncmp(option, "separator", n) == 0 && c != '\0')
		s->print.separator = c;
	else if (n == 5 && strncmp(option, "quote", n) == 0 && strchr("dsn", c) != NULL &&
		 c != '\0')
		s->print.quote = c == 'd' ? '"' : c == 's' ? '\'' : '\0';
	else if (n == 10 && strncmp(option, "occurrence", n) == 0 && strchr("fla", c) != NULL &&
		 c != '\0')
		s->print.occurrence = c;
	else if (n == 10 && strncmp(option, "aggregator", n) == 0 && c != '\0')
		s->print.aggregator = c;
	else
		return wrong("-E", option,
			     "is none of header=y|n, separator=CHAR|/t|/s, quote=d|s|n, "
			     "occurrence=f|l|a, aggregator=CHAR|/s");
	return EXIT_OK;
}

static int take_write_format(struct settings *s, const char *form)
{
	s->write_format = WRITER_AUTO;
	if (form == NULL || writer_format_named(form, &s->write_format))
		return EXIT_OK;
	return wrong("-F", form, "is none of pcapng, pcap, nspcap");
}

static int take_bpf(struct settings *s, const char *expression)
{
	char *error = NULL;

	if (expression == NULL)
		return EXIT_OK;
	s->bpf = bpf_compile(expression, &error);
	if (s->bpf == NULL) {
		complain("%s", error);
		g_free(error);
		return EXIT_USAGE;
	}
	return EXIT_OK;
}

static int take_filter(struct settings *s, const char *expression)
{
	char *error = NULL;

	if (expression == NULL)
		return EXIT_OK;
	s->filter = filter_compile(expression, &error);
	if (error != NULL) {
		complain("%s", error);
		g_free(error);
		return EXIT_USAGE;
	}
	return EXIT_OK;
}

static int take_decode_as(struct settings *s, char **rules)
{
	for (; rules != NULL && *rules != NULL; rules++) {
		struct decode_as rule;
		char *error = NULL;

		if (!decode_as_parse(*rules, &rule, &error)) {
			complain("-d: %s", error);
			g_free(error);
			return EXIT_USAGE;
		}
		g_array_append_val(s->binds, rule);
	}
	return EXIT_OK;
}

int settings_take(struct settings *s, const struct show_options *given)
{
	int code;

	*s = (struct settings){
		.print = {.separator = '\t', .aggregator = ',', .occurrence = 'a'},
		.us = g_array_new(FALSE, FALSE, sizeof(struct rem_us)),
		.fields = g_array_new(FALSE, FALSE, sizeof(struct wanted_field)),
		.binds = g_array_new(FALSE, FALSE, sizeof(struct decode_as)),
		.flush = given->watched || given->line_buffered || isatty(STDOUT_FILENO),
	};
	s->print.colour = colour_wanted();
	s->print.hex = given->hex;
	s->print.legacy = given->legacy;
	s->print.subfields = given->subfields > 0 ? (unsigned)given->subfields : 0;
	if ((code = take_form(s, given)) != EXIT_OK ||
	    (code = take_only(s, given->only)) != EXIT_OK ||
	    (code = take_count(given->count)) != EXIT_OK ||
	    (code = take_time(s, given->time)) != EXIT_OK ||
	    (code = take_us(s, given->us)) != EXIT_OK ||
	    (code = take_classes(s, given->classes)) != EXIT_OK ||
	    (code = take_fields(s, given->fields)) != EXIT_OK ||
	    (code = take_write_format(s, given->write_format)) != EXIT_OK ||
	    (code = take_bpf(s, given->capture_filter)) != EXIT_OK ||
	    (code = take_filter(s, given->display_filter)) != EXIT_OK)
		return code;
	for (char **e = given->field_options; e != NULL && *e != NULL; e++) {
		if ((code = take_field_option(s, *e)) != EXIT_OK)
			return code;
	}
	return take_decode_as(s, given->decode_as);
}

int settings_apply(const struct settings *s, struct frame *f)
{
	const struct decode_as *rules = (const struct decode_as *)(const void *)s->binds->data;

	if (frame_decode_as(f, rules, s->binds->len))
		return EXIT_OK;
	complain("-d: too many values, there is room for %d", FRAME_SLOTS);
	return EXIT_USAGE;
}

void settings_free(struct settings *s)
{
	if (s->bpf != NULL)
		bpf_free(s->bpf);
	if (s->filter != NULL)
		filter_free(s->filter);
	g_array_free(s->us, TRUE);
	g_array_free(s->fields, TRUE);
	g_array_free(s->binds, TRUE);
}
