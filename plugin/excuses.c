/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list is read once, conditions are looked into only where something differs. */
#include "excuses.h"

#include "keys.h"

#include <string.h>

enum { RULES = 32, WORDS = 128 };

/* What a condition goes by. */
static struct scene {
	packet_info *pinfo;
	proto_tree *tree;
	const char *word[WORDS]; /* the frame's protocols, as in frame.protocols */
	int proto[WORDS];
	unsigned words;
} frame;

typedef bool condition(const struct scene *s);

struct rule {
	char *text;
	char **globs;
	condition *holds;
	uint8_t kinds; /* a bit for each enum difference */
};

/* A protocol that was found in a stream, and the frame where it was first. */
struct found {
	struct found *next;
	int proto;
	uint32_t frame;
};

static struct rule rules[RULES];
static unsigned count;
static GPtrArray *stateful;  /* globs */
static wmem_map_t *streams;  /* number → struct found */
static int proto_eth, proto_sll, proto_tcp, proto_udp;

/* Fields of Wireshark's that conditions go by. */
enum mark {
	MALFORMED,
	CUT,
	IN_PIECES,
	TCP_PAYLOAD,
	UDP_PAYLOAD,
	OPAQUE_TYPE,
	ACCURATE_ECN,
	TCP_STREAM,
	UDP_STREAM,
	MARKS
};
static GArray *marks[MARKS];

/* ---- the frame's protocols ---- */

/* Post-dissectors come behind what is in the frame: there the list ends. */
static void list_words(struct scene *s)
{
	static int own;
	wmem_list_frame_t *at = wmem_list_head(s->pinfo->layers);

	if (own == 0)
		own = proto_get_id_by_filter_name("remora");
	for (at = at != NULL ? wmem_list_frame_next(at) : NULL; at != NULL && s->words < WORDS;
	     at = wmem_list_frame_next(at)) {
		const int proto = GPOINTER_TO_INT(wmem_list_frame_data(at));

		if (proto == own)
			break;
		s->proto[s->words] = proto;
		s->word[s->words++] = proto_get_protocol_filter_name(proto);
	}
}

/* Has Wireshark a word here that is no protocol of remora's, nor one that it puts between them? */
static bool is_unknown(const char *word)
{
	static const char *const links[] = {"ethertype", "raw", "data"};

	for (unsigned i = 0; i < G_N_ELEMENTS(links); i++) {
		if (strcmp(word, links[i]) == 0)
			return false;
	}
	return !key_begins_with(word, strcspn(word, "."));
}

/* The last item of a mark; NULL: the frame has none. */
static const field_info *last_of(const struct scene *s, enum mark mark)
{
	for (unsigned i = 0; i < marks[mark]->len; i++) {
		const GPtrArray *items =
			proto_get_finfo_ptr_array(s->tree, g_array_index(marks[mark], int, i));

		if (items != NULL && items->len > 0)
			return g_ptr_array_index(items, items->len - 1);
	}
	return NULL;
}

static bool has(const struct scene *s, enum mark mark)
{
	return last_of(s, mark) != NULL;
}

/* ---- streams ---- */

/* The frame's stream as a key of the map: numbers of TCP and UDP, even and odd. NULL: none. */
static const void *stream_of(const struct scene *s, bool udp)
{
	const field_info *fi = last_of(s, udp ? UDP_STREAM : TCP_STREAM);

	if (fi == NULL)
		return NULL;
	return GUINT_TO_POINTER(2 * (fvalue_get_uinteger(FIELD_VALUE(fi)) + 1) + udp);
}

static struct found *find(struct found *found, int proto)
{
	while (found != NULL && found->proto != proto)
		found = found->next;
	return found;
}

/* Notes the protocols behind the last TCP or UDP. */
static void note_stream(const struct scene *s, bool udp)
{
	const void *stream = stream_of(s, udp);
	unsigned behind = s->words;

	if (stream == NULL)
		return;
	while (behind > 0 && s->proto[behind - 1] != (udp ? proto_udp : proto_tcp))
		behind--;
	struct found *first = wmem_map_lookup(streams, stream);
	for (unsigned i = behind; behind > 0 && i < s->words; i++) {
		struct found *found = find(first, s->proto[i]);

		if (found != NULL) {
			found->frame = MIN(found->frame, s->pinfo->num);
			continue;
		}
		found = wmem_new(wmem_file_scope(), struct found);

		*found = (struct found){first, s->proto[i], s->pinfo->num};
		first = found;
		wmem_map_insert(streams, stream, first);
	}
}

void excuses_begin(packet_info *pinfo, proto_tree *tree)
{
	frame.pinfo = pinfo;
	frame.tree = tree;
	frame.words = 0;
	list_words(&frame);
	note_stream(&frame, false);
	note_stream(&frame, true);
}

/* ---- conditions ---- */

static bool always(const struct scene *s)
{
	(void)s;
	return true;
}

static bool agreed(const struct scene *s)
{
	return has(s, OPAQUE_TYPE) || has(s, ACCURATE_ECN);
}

static bool malformed(const struct scene *s)
{
	return has(s, MALFORMED) || has(s, CUT) || has(s, IN_PIECES);
}

static bool newer(const struct scene *s)
{
	(void)s;
	return WIRESHARK_VERSION_MAJOR > 4 || WIRESHARK_VERSION_MINOR > 0;
}

static bool sections(const struct scene *s)
{
	return s->pinfo->rec->section_number > 0;
}

static bool silent(const struct scene *s)
{
	const int last = s->words > 0 ? s->proto[s->words - 1] : -1;

	return last == proto_eth || last == proto_sll ||
	       (last == proto_tcp && has(s, TCP_PAYLOAD)) ||
	       (last == proto_udp && has(s, UDP_PAYLOAD));
}

static bool quoted(const struct scene *s)
{
	bool within = false;

	for (unsigned i = 0; i < s->words && s->proto[i] != proto_tcp; i++)
		within = within || strcmp(s->word[i], "icmp") == 0 ||
			 strcmp(s->word[i], "icmpv6") == 0;
	return within;
}

static bool unopened(const struct scene *s)
{
	enum { HTTPS = 443 };

	return s->words > 1 && s->proto[s->words - 2] == proto_udp &&
	       strcmp(s->word[s->words - 1], "data") == 0 &&
	       (s->pinfo->srcport == HTTPS || s->pinfo->destport == HTTPS);
}

static bool followed(const struct scene *s)
{
	for (unsigned udp = 0; udp < 2; udp++) {
		const void *stream = stream_of(s, udp != 0);
		struct found *first = stream != NULL ? wmem_map_lookup(streams, stream) : NULL;

		for (unsigned i = 0; i < s->words; i++) {
			const struct found *found = find(first, s->proto[i]);

			if (found != NULL && found->frame < s->pinfo->num)
				return true;
		}
	}
	return false;
}

static bool beyond(const struct scene *s)
{
	for (unsigned i = 0; i < s->words; i++) {
		if (is_unknown(s->word[i]))
			return true;
	}
	return false;
}

static bool within(const struct scene *s)
{
	bool strange = false;

	for (unsigned i = 0; i < s->words; i++) {
		const bool unknown = is_unknown(s->word[i]);

		if (strange && !unknown)
			return true;
		strange |= unknown;
	}
	return false;
}

/* About lists of protocols: no field of a frame's bytes is one. */
static bool deeper(const struct scene *s)
{
	(void)s;
	return false;
}

int excuse_find(uint32_t about, enum difference what)
{
	for (unsigned i = 0; about != 0 && i < count; i++) {
		if ((about >> i & 1) != 0 && (rules[i].kinds >> what & 1) != 0 &&
		    rules[i].holds(&frame))
			return (int)i;
	}
	return -1;
}

/* ---- the lists ---- */

/* * is any text, ? any character. */
static bool is_like(const char *key, const char *glob)
{
	const char *star = NULL, *back = key;

	while (*key != '\0') {
		if (*glob == '*') {
			star = glob++;
			back = key;
		} else if (*glob == *key || *glob == '?') {
			glob++;
			key++;
		} else if (star != NULL) {
			glob = star + 1;
			key = ++back;
		} else {
			return false;
		}
	}
	while (*glob == '*')
		glob++;
	return *glob == '\0';
}

static bool matches(char **globs, const char *key)
{
	while (*globs != NULL && !is_like(key, *globs))
		globs++;
	return *globs != NULL;
}

uint32_t excuses_for(const char *key)
{
	uint32_t about = 0;

	for (unsigned i = 0; i < count; i++) {
		if (matches(rules[i].globs, key))
			about |= (uint32_t)1 << i;
	}
	return about;
}

bool excuses_stateful_key(const char *key)
{
	for (unsigned i = 0; i < stateful->len; i++) {
		if (matches(g_ptr_array_index(stateful, i), key))
			return true;
	}
	return false;
}

unsigned excuses_count(void)
{
	return count;
}

const char *excuse_text(unsigned rule)
{
	return rules[rule].text;
}

static uint8_t kinds_of(const char *words)
{
	static const char *const names[DIFFERENCES] = {
		[DIFFERS_VALUE] = "value", [DIFFERS_BITS] = "bits",   [DIFFERS_EXTRA] = "extra",
		[DIFFERS_FEWER] = "fewer", [DIFFERS_ORDER] = "order",
	};
	char **list = g_strsplit(words, ",", -1);
	uint8_t kinds = 0;

	for (unsigned i = 0; i < DIFFERENCES; i++) {
		if (strcmp(words, "*") == 0 || g_strv_contains((const char *const *)list, names[i]))
			kinds |= (uint8_t)(1u << i);
	}
	g_strfreev(list);
	return kinds;
}

static condition *condition_of(const char *name)
{
	static const struct {
		const char *name;
		condition *holds;
	} all[] = {
		{"always", always},	{"agreed", agreed},	{"malformed", malformed},
		{"sections", sections}, {"silent", silent},	{"followed", followed},
		{"beyond", beyond},	{"within", within},	{"deeper", deeper},
		{"newer", newer},	{"quoted", quoted},
		{"unopened", unopened},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(all); i++) {
		if (strcmp(all[i].name, name) == 0)
			return all[i].holds;
	}
	g_error("exceptions.txt: unknown condition %s", name);
}

/* The next column of a line: up to white space, which is skipped. The caller's. */
static char *take_column(const char **line)
{
	const size_t n = strcspn(*line, " \t");
	char *column = g_strndup(*line, n);

	*line += n;
	*line += strspn(*line, " \t");
	return column;
}

static void read_rule(const char *line)
{
	struct rule *rule = &rules[count];

	if (count == RULES)
		g_error("exceptions.txt: more than %d rules", RULES);
	rule->text = g_strdup(line);
	char *kinds = take_column(&line), *globs = take_column(&line), *holds = take_column(&line);
	rule->kinds = kinds_of(kinds);
	rule->globs = g_strsplit(globs, ",", -1);
	rule->holds = condition_of(holds);
	count++;
	g_free(kinds);
	g_free(globs);
	g_free(holds);
}

static void read_stateful(const char *line)
{
	g_free(take_column(&line));
	char *globs = take_column(&line);
	g_ptr_array_add(stateful, g_strsplit(globs, ",", -1));
	g_free(globs);
}

static void each_line(const char *list, void (*read)(const char *line))
{
	char **lines = g_strsplit(list, "\n", -1);

	for (char **line = lines; *line != NULL; line++) {
		if (**line != '#' && **line != '\0')
			read(*line);
	}
	g_strfreev(lines);
}

void excuses_read(void)
{
	static const char *const names[MARKS] = {
		[MALFORMED] = "_ws.malformed",
		[CUT] = "_ws.short",
		[IN_PIECES] = "_ws.unreassembled",
		[TCP_PAYLOAD] = "tcp.payload",
		[UDP_PAYLOAD] = "udp.payload",
		[OPAQUE_TYPE] = "tls.record.opaque_type",
		[ACCURATE_ECN] = "tcp.flags.ace",
		[TCP_STREAM] = "tcp.stream",
		[UDP_STREAM] = "udp.stream",
	};

	if (stateful != NULL)
		return;
	stateful = g_ptr_array_new();
	each_line(excuses_exceptions, read_rule);
	each_line(excuses_stateful, read_stateful);
	for (unsigned mark = 0; mark < MARKS; mark++)
		marks[mark] = keys_fields(names[mark]);
	proto_eth = proto_get_id_by_filter_name("eth");
	proto_sll = proto_get_id_by_filter_name("sll");
	proto_tcp = proto_get_id_by_filter_name("tcp");
	proto_udp = proto_get_id_by_filter_name("udp");
}

bool excuses_are_asked_for(void)
{
	for (unsigned mark = 0; mark < MARKS; mark++) {
		for (unsigned i = 0; i < marks[mark]->len; i++) {
			const unsigned hf = (unsigned)g_array_index(marks[mark], int, i);

			if (proto_registrar_get_nth(hf)->ref_type == HF_REF_TYPE_NONE)
				return false;
		}
	}
	return true;
}

void excuses_want(GArray *wanted)
{
	for (unsigned mark = 0; mark < MARKS; mark++)
		g_array_append_vals(wanted, marks[mark]->data, marks[mark]->len);
}

void excuses_register(void)
{
	streams = wmem_map_new_autoreset(wmem_epan_scope(), wmem_file_scope(), g_direct_hash,
					 g_direct_equal);
}
