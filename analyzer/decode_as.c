/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules of -d, in tshark's form: SELECTOR==VALUE[-VALUE],PROTOCOL. */
#include "decode_as.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	enum rem_space space;
	uint32_t most;
} selectors[] = {
	{"tcp.port", REM_SPACE_TCP, 65535},       {"udp.port", REM_SPACE_UDP, 65535},
	{"ip.proto", REM_SPACE_IP, 255},          {"ethertype", REM_SPACE_ETHERTYPE, 65535},
	{"eth.type", REM_SPACE_ETHERTYPE, 65535}, {"llc.dsap", REM_SPACE_SAP, 255},
	{"ppp.protocol", REM_SPACE_PPP, 65535},   {"linktype", REM_SPACE_LINKTYPE, 65534},
};

static bool parse_value(const char *text, char **end, uint32_t most, uint32_t *v)
{
	const unsigned long value = strtoul(text, end, 0);

	*v = (uint32_t)value;
	return *end != text && value <= most;
}

bool decode_as_parse(const char *rule, struct decode_as *out, char **error)
{
	const char *equals = strstr(rule, "=="), *comma = strchr(rule, ',');
	char *end;

	if (equals == NULL || comma == NULL || comma < equals) {
		*error = g_strdup_printf("\"%s\" is not of the form tcp.port==8080,http", rule);
		return false;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(selectors); i++) {
		if (strlen(selectors[i].name) != (size_t)(equals - rule) ||
		    strncmp(selectors[i].name, rule, (size_t)(equals - rule)) != 0)
			continue;
		out->space = selectors[i].space;
		bool good = parse_value(equals + 2, &end, selectors[i].most, &out->first);
		out->last = out->first;
		if (good && *end == '-')
			good = parse_value(end + 1, &end, selectors[i].most, &out->last);
		if (!good || end != comma || out->last < out->first) {
			*error = g_strdup_printf(
				"\"%s\": want a value, or two with - between, up to %u", rule,
				selectors[i].most);
			return false;
		}
		const int proto = rem_proto_find(comma + 1, strlen(comma + 1));
		if (proto < 0 || (rem_protos[proto]->flags & REM_PROTO_DERIVED) != 0) {
			*error = g_strdup_printf(
				"unknown protocol \"%s\"; remora protos lists them", comma + 1);
			return false;
		}
		out->proto = (unsigned)proto;
		return true;
	}
	*error = g_strdup_printf("\"%.*s\" is none of tcp.port, udp.port, ip.proto, ethertype, "
				 "llc.dsap, ppp.protocol, linktype",
				 (int)(equals - rule), rule);
	return false;
}

const char *decode_as_selector(unsigned i)
{
	return i < G_N_ELEMENTS(selectors) ? selectors[i].name : NULL;
}

char *decode_as_text(const struct decode_as *rule)
{
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(selectors) && text->len == 0; i++) {
		if (selectors[i].space == rule->space)
			g_string_append_printf(text, "%s==%u", selectors[i].name, rule->first);
	}
	if (rule->last != rule->first)
		g_string_append_printf(text, "-%u", rule->last);
	g_string_append_printf(text, ",%s", rem_protos[rule->proto]->key);
	return g_string_free(text, FALSE);
}
