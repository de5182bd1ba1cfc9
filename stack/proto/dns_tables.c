/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The tables of DNS messages: RFC 1035 3.3 and 4.1, and the record types that came later; each row
 * names its own. A record type's rows stand in the order of its RDATA: rows with a width belong to
 * a fixed block, counted from its start; one without a width is a name, a text or a rest.
 */
#include "proto/dns_message.h"
#include "proto/dns_values.h"
#include <remora/numbers.h>

/* clang-format off */
#define NAME(key_, name_, ref_, about_) \
	REM_FIELD(REM_REST(0), key_, name_, NAME, DEC, TEXT, ref_, about_, .calc = rem_dns_name)
#define TYPE(key_, ref_, about_) \
	REM_FIELD(REM_DNS_TYPE, key_, "Type", UINT, DEC, TYPE, ref_, about_, REM_NAMED(.names = &rem_dns_type_names))
#define CLASS(bits_, key_, ref_, about_) \
	REM_FIELD(bits_, key_, "Class", UINT, HEX, NONE, ref_, about_, REM_NAMED(.names = &rem_dns_class_names))
#define SIZE(bits_, key_, name_, ref_, about_) \
	REM_FIELD(bits_, key_, name_, UINT, DEC, SIZE, ref_, about_, REM_NAMED(.unit = "bytes"))
#define NUMBER(bits_, key_, name_, ref_, about_) \
	REM_FIELD(bits_, key_, name_, UINT, DEC, NONE, ref_, about_)
#define SECONDS(bits_, key_, name_, ref_, about_) \
	REM_FIELD(bits_, key_, name_, UINT, DEC, NONE, ref_, about_, REM_NAMED(.unit = "s"))
#define TEXT(key_, name_, ref_, about_) \
	REM_FIELD(REM_REST(0), key_, name_, TEXT, DEC, TEXT, ref_, about_, .calc = rem_dns_text)
#define BYTES(key_, name_, ref_, about_) \
	REM_FIELD(REM_REST(0), key_, name_, BYTES, HEX, NONE, ref_, about_)
#define ALGORITHM(bits_, key_, ref_) \
	REM_FIELD(bits_, key_, "Algorithm", UINT, DEC, NONE, ref_, "DNSSEC algorithm of the key.", \
		  REM_NAMED(.names = &rem_dns_algorithm_names))
#define BIT(bits_, key_, name_, ref_, about_, ...) \
	REM_FIELD(bits_, key_, name_, BOOL, DEC, NONE, ref_, about_, .flags = REM_F_FLAG, __VA_ARGS__)

#define UNUSED(bits_, ref_) \
	REM_FIELD(bits_, NULL, "reserved", UINT, HEX, RESERVED, ref_, "Must be zero.")

REM_NAMES(opcode_names, {0, "standard query"}, {1, "inverse query"}, {2, "server status"}, {4, "zone change notification"},
	  {5, "dynamic update"}, {6, "stateful operations"});

/* ---- the message: RFC 1035 4.1 ---- */

#define COUNTS \
	REM_FIELD(REM_DNS_QDCOUNT, "dns.count.queries", "Questions", UINT, DEC, COUNT, "RFC 1035 4.1.1", \
		  "Questions that follow.", .calc = rem_dns_in_query), \
	REM_FIELD(REM_DNS_QDCOUNT, "dns.count.zones", "Zones", UINT, DEC, COUNT, "RFC 2136 2.2", \
		  "Zones to be updated.", .calc = rem_dns_in_update), \
	REM_FIELD(REM_DNS_ANCOUNT, "dns.count.answers", "Answers", UINT, DEC, COUNT, "RFC 1035 4.1.1", \
		  "Records in the answer section.", .calc = rem_dns_in_query), \
	REM_FIELD(REM_DNS_ANCOUNT, "dns.count.prerequisites", "Prerequisites", UINT, DEC, COUNT, "RFC 2136 2.2", \
		  "Records that must or must not exist.", .calc = rem_dns_in_update), \
	REM_FIELD(REM_DNS_NSCOUNT, "dns.count.auth_rr", "Authorities", UINT, DEC, COUNT, "RFC 1035 4.1.1", \
		  "Records in the authority section.", .calc = rem_dns_in_query), \
	REM_FIELD(REM_DNS_NSCOUNT, "dns.count.updates", "Updates", UINT, DEC, COUNT, "RFC 2136 2.2", \
		  "Records to be added or deleted.", .calc = rem_dns_in_update), \
	REM_FIELD(REM_DNS_ARCOUNT, "dns.count.add_rr", "Additionals", UINT, DEC, COUNT, "RFC 1035 4.1.1", \
		  "Records in the additional section.")
#define ID_AND_FLAGS \
	REM_FIELD(REM_DNS_ID, "dns.id", "Transaction ID", UINT, HEX, ID, "RFC 1035 4.1.1", \
		  "Tells a response which query it answers."), \
	REM_FIELD(REM_DNS_FLAGS, "dns.flags", "Message flags", UINT, HEX, NONE, "RFC 1035 4.1.1", \
		  "What the message is, and how it ended.", .flags = REM_F_CONTAINER), \
	BIT(REM_DNS_QR, "dns.flags.response", "response", "RFC 1035 4.1.1", "A response, not a query."), \
	REM_FIELD(REM_DNS_OPCODE, "dns.flags.opcode", "Opcode", UINT, DEC, NONE, "RFC 1035 4.1.1", \
		  "The kind of query.", REM_NAMED(.names = &opcode_names))
#define RCODE \
	REM_FIELD(REM_DNS_RCODE, "dns.flags.rcode", "Reply code", UINT, DEC, NONE, "RFC 1035 4.1.1", \
		  "How the query ended.", .calc = rem_dns_in_response, REM_NAMED(.names = &rem_dns_rcode_names))

static const struct rem_field header_fields[] = {
	ID_AND_FLAGS,
	BIT(REM_DNS_AA, "dns.flags.authoritative", "authoritative", "RFC 1035 4.1.1",
	    "The server is an authority for the name.", .calc = rem_dns_in_response),
	BIT(REM_DNS_TC, "dns.flags.truncated", "truncated", "RFC 1035 4.1.1", "The message was cut to fit."),
	BIT(REM_DNS_RD, "dns.flags.recdesired", "recursion desired", "RFC 1035 4.1.1",
	    "The server is to ask others for the answer."),
	BIT(REM_DNS_RA, "dns.flags.recavail", "recursion available", "RFC 1035 4.1.1",
	    "The server asks others for answers.", .calc = rem_dns_in_response),
	BIT(REM_DNS_Z, "dns.flags.z", "reserved", "RFC 1035 4.1.1", "Must be zero."),
	BIT(REM_DNS_AD, "dns.flags.authenticated", "authentic data", "RFC 4035 3.2.3",
	    "The server has verified all of the answer.", .calc = rem_dns_authenticated),
	BIT(REM_DNS_CD, "dns.flags.checkdisable", "checking disabled", "RFC 4035 3.2.2",
	    "The client takes data that is not verified."),
	RCODE, COUNTS,
};
static const struct rem_field llmnr_header_fields[] = {
	ID_AND_FLAGS,
	BIT(REM_DNS_AA, "dns.flags.conflict", "conflict", "RFC 4795 2.1.1", "More than one host claims the name."),
	BIT(REM_DNS_TC, "dns.flags.truncated", "truncated", "RFC 4795 2.1.1", "The message was cut to fit."),
	BIT(REM_DNS_RD, "dns.flags.tentative", "tentative", "RFC 4795 2.1.1",
	    "The responder has not yet verified that the name is its own."),
	UNUSED(REM_BITS(24, 4), "RFC 4795 2.1.1"),
	RCODE, COUNTS,
};
static const struct rem_field stream_fields[] = {
	SIZE(REM_BYTES(0, 2), "dns.length", "Message length", "RFC 1035 4.2.2", "Length of the message that follows."),
};
static const struct rem_field rest_fields[] = {
	BYTES(NULL, "Not decoded", "RFC 1035 4.1", "What follows when a message cannot be understood any further."),
};
static const struct rem_field more_fields[] = {
	BYTES(NULL, "Surplus", "RFC 1035 3.2.1", "Bytes that data of this type are not defined to have."),
};
static const struct rem_field extraneous_fields[] = {
	BYTES("dns.extraneous.data", "Extraneous data", "RFC 1035 4.1", "Bytes behind the last record."),
	REM_FIELD(REM_REST(0), "dns.extraneous.length", "Extraneous length", UINT, DEC, SIZE, "RFC 1035 4.1",
		  "How many bytes follow the last record.", .flags = REM_F_DERIVED, .calc = rem_dns_part_length,
		  REM_NAMED(.unit = "bytes")),
};
static const struct rem_field question_fields[] = {
	REM_FIELD(REM_REST(0), "dns.qry.name", "Name", NAME, DEC, TEXT, "RFC 1035 4.1.2",
		  "The name that is asked for.", .flags = REM_F_LABEL, .calc = rem_dns_name),
	REM_FIELD(REM_REST(0), "dns.qry.name.len", "Name length", UINT, DEC, NONE, "RFC 1035 4.1.2",
		  "Characters of the name.", .flags = REM_F_HIDDEN, .calc = rem_dns_name_length),
	REM_FIELD(REM_REST(0), "dns.count.labels", "Labels", UINT, DEC, NONE, "RFC 1035 4.1.2",
		  "Labels of the name.", .flags = REM_F_HIDDEN, .calc = rem_dns_name_labels),
};
static const struct rem_field record_fields[] = {
	REM_FIELD(REM_REST(0), "dns.resp.name", "Name", NAME, DEC, TEXT, "RFC 1035 4.1.3",
		  "The name that the record belongs to.", .flags = REM_F_LABEL, .calc = rem_dns_owner),
	REM_FIELD(REM_REST(0), "dns.srv.service", "Service", TEXT, DEC, TEXT, "RFC 2782",
		  "The service that is located.", .flags = REM_F_LABEL, .calc = rem_dns_srv_service),
	REM_FIELD(REM_REST(0), "dns.srv.proto", "Protocol", TEXT, DEC, TEXT, "RFC 2782",
		  "The transport of the service.", .calc = rem_dns_srv_proto),
	REM_FIELD(REM_REST(0), "dns.srv.name", "Domain", NAME, DEC, TEXT, "RFC 2782",
		  "The domain of the service.", .calc = rem_dns_srv_name),
};
static const struct rem_field question_head_fields[] = {
	TYPE("dns.qry.type", "RFC 1035 4.1.2", "The type of record that is asked for."),
	CLASS(REM_DNS_CLASS, "dns.qry.class", "RFC 1035 4.1.2", "The class that is asked for."),
};
static const struct rem_field mdns_question_head_fields[] = {
	TYPE("dns.qry.type", "RFC 1035 4.1.2", "The type of record that is asked for."),
	CLASS(REM_BITS(17, 15), "dns.qry.class", "RFC 6762 18.12", "The class that is asked for."),
	BIT(REM_BITS(16, 1), "dns.qry.qu", "unicast response", "RFC 6762 5.4", "The answer may come by unicast."),
};
#define TTL SECONDS(REM_DNS_TTL, "dns.resp.ttl", "Time to live", "RFC 1035 4.1.3", "How long the record may be kept.")
#define RDLENGTH SIZE(REM_DNS_RDLENGTH, "dns.resp.len", "Data length", "RFC 1035 4.1.3", "Length of the data.")
static const struct rem_field record_head_fields[] = {
	TYPE("dns.resp.type", "RFC 1035 4.1.3", "The type of the record."),
	CLASS(REM_DNS_CLASS, "dns.resp.class", "RFC 1035 4.1.3", "The class of the record."),
	TTL, RDLENGTH,
};
static const struct rem_field mdns_record_head_fields[] = {
	TYPE("dns.resp.type", "RFC 1035 4.1.3", "The type of the record."),
	CLASS(REM_BITS(17, 15), "dns.resp.class", "RFC 6762 18.13", "The class of the record."),
	BIT(REM_BITS(16, 1), "dns.resp.cache_flush", "cache flush", "RFC 6762 10.2",
	    "Older records of this name and type are no longer true."),
	TTL, RDLENGTH,
};
#define OPT_TTL \
	REM_FIELD(REM_BITS(32, 8), "dns.resp.ext_rcode", "Extended reply code", UINT, HEX, NONE, "RFC 6891 6.1.3", \
		  "The upper bits of the reply code."), \
	REM_FIELD(REM_BITS(40, 8), "dns.resp.edns0_version", "EDNS version", UINT, DEC, VERSION, "RFC 6891 6.1.3", \
		  "0 for this version of the extension."), \
	REM_FIELD(REM_BITS(48, 16), "dns.resp.z", "EDNS flags", UINT, HEX, NONE, "RFC 6891 6.1.4", \
		  "What the sender can do.", .flags = REM_F_CONTAINER), \
	BIT(REM_BITS(48, 1), "dns.resp.z.do", "DNSSEC OK", "RFC 3225 3", "The sender takes DNSSEC records."), \
	REM_FIELD(REM_BITS(49, 15), "dns.resp.z.reserved", "Reserved", UINT, HEX, RESERVED, "RFC 6891 6.1.4", \
		  "Must be zero.")
static const struct rem_field opt_head_fields[] = {
	TYPE("dns.resp.type", "RFC 6891 6.1.2", "41: not a record, but options of the message."),
	SIZE(REM_DNS_CLASS, "dns.rr.udp_payload_size", "UDP payload size", "RFC 6891 6.2.3", "The longest UDP payload the sender can take."),
	OPT_TTL, RDLENGTH,
};
static const struct rem_field mdns_opt_head_fields[] = {
	TYPE("dns.resp.type", "RFC 6891 6.1.2", "41: not a record, but options of the message."),
	REM_FIELD(REM_BITS(17, 15), "dns.rr.udp_payload_size", "UDP payload size", UINT, DEC, SIZE, "RFC 6891 6.2.3",
		  "The longest UDP payload the sender can take."),
	BIT(REM_BITS(16, 1), "dns.resp.cache_flush", "cache flush", "RFC 6762 10.2",
	    "Older records of this name and type are no longer true."),
	OPT_TTL, RDLENGTH,
};

/* ---- stateful operations: RFC 8490 5.4 ---- */

REM_NAMES(dso_names, {1, "keepalive"}, {2, "retry delay"}, {3, "encryption padding"});
static const struct rem_field dso_fields[] = {
	REM_FIELD(REM_REST(0), "dns.dso", "Stateful operation", NONE, HEX, NONE, "RFC 8490 5.4",
		  "What follows the header of a stateful operation.", .flags = REM_F_HIDDEN),
};
static const struct rem_field dso_tlv_fields[] = {
	REM_FIELD(REM_REST(0), "dns.dso.tlv", "TLV", NONE, HEX, NONE, "RFC 8490 5.4.2", "One item.", .flags = REM_F_HIDDEN),
	REM_FIELD(REM_BYTES(0, 2), "dns.dso.tlv.type", "Type", UINT, DEC, TYPE, "RFC 8490 5.4.2", "What the item says.",
		  .flags = REM_F_LABEL, REM_NAMED(.names = &dso_names)),
	SIZE(REM_BYTES(2, 2), "dns.dso.tlv.length", "Length", "RFC 8490 5.4.2", "Length of the value."),
};
static const struct rem_field dso_value_fields[] = {
	BYTES("dns.dso.tlv.data", "Data", "RFC 8490 5.4.2", "Value of an item that is not known."),
	REM_FIELD(REM_BYTES(0, 4), "dns.dso.tlv.keepalive.inactivity", "Inactivity timeout", UINT, DEC, NONE, "RFC 8490 6.5.2",
		  "How long a session may be idle.", REM_NAMED(.unit = "ms")),
	REM_FIELD(REM_BYTES(4, 4), "dns.dso.tlv.keepalive.interval", "Keepalive interval", UINT, DEC, NONE, "RFC 8490 6.5.2",
		  "How often a sign of life is sent.", REM_NAMED(.unit = "ms")),
	REM_FIELD(REM_BYTES(0, 4), "dns.dso.tlv.retrydelay.retrydelay", "Retry delay", UINT, DEC, NONE, "RFC 8490 7.2",
		  "How long not to come back.", REM_NAMED(.unit = "ms")),
	BYTES("dns.dso.tlv.encpad.padding", "Padding", "RFC 8490 7.3", "Hides how long the message is."),
};

/* ---- types as bits: RFC 4034 4.1.2 ---- */

static const struct rem_field bitmap_head_fields[] = {
	NUMBER(REM_BYTES(0, 1), NULL, "Window block", "RFC 4034 4.1.2", "The upper eight bits of the types."),
	SIZE(REM_BYTES(1, 1), NULL, "Bitmap length", "RFC 4034 4.1.2", "Length of the bits."),
};
#define TYPE_BIT(bit_) \
	REM_FIELD(REM_BITS(bit_, 1), "dns.resp.type", "Type", UINT, DEC, NONE, "RFC 4034 4.1.2", "A type that the name has.", \
		  .calc = rem_dns_bit, REM_NAMED(.names = &rem_dns_type_names))
static const struct rem_field bitmap_fields[] = {
	TYPE_BIT(0), TYPE_BIT(1), TYPE_BIT(2), TYPE_BIT(3), TYPE_BIT(4), TYPE_BIT(5), TYPE_BIT(6), TYPE_BIT(7),
};

/* ---- record types, by number ---- */

static const struct rem_field a_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "dns.a", "Address", IPV4, DEC, NONE, "RFC 1035 3.4.1", "An IPv4 address of the name."),
};
static const struct rem_field ns_fields[] = { NAME("dns.ns", "Name server", "RFC 1035 3.3.11", "A server of the zone.") };
static const struct rem_field md_fields[] = { NAME("dns.md", "Mail destination", "RFC 1035 3.3.4", "Obsolete: a host that takes mail.") };
static const struct rem_field mf_fields[] = { NAME("dns.mf", "Mail forwarder", "RFC 1035 3.3.5", "Obsolete: a host that forwards mail.") };
static const struct rem_field cname_fields[] = { NAME("dns.cname", "Canonical name", "RFC 1035 3.3.1", "The name that this one stands for.") };
static const struct rem_field soa_fields[] = {
	NAME("dns.soa.mname", "Primary server", "RFC 1035 3.3.13", "The server where the zone is kept."),
	NAME("dns.soa.rname", "Mailbox", "RFC 1035 3.3.13", "Who is responsible for the zone."),
	NUMBER(REM_BYTES(0, 4), "dns.soa.serial_number", "Serial number", "RFC 1035 3.3.13", "Version of the zone."),
	SECONDS(REM_BYTES(4, 4), "dns.soa.refresh_interval", "Refresh interval", "RFC 1035 3.3.13", "How often secondaries look for changes."),
	SECONDS(REM_BYTES(8, 4), "dns.soa.retry_interval", "Retry interval", "RFC 1035 3.3.13", "How long they wait after a failure."),
	SECONDS(REM_BYTES(12, 4), "dns.soa.expire_limit", "Expire limit", "RFC 1035 3.3.13", "When they give the zone up."),
	SECONDS(REM_BYTES(16, 4), "dns.soa.minimum_ttl", "Minimum TTL", "RFC 2308 4", "How long it is known that a name does not exist."),
};
static const struct rem_field mb_fields[] = { NAME("dns.mb", "Mailbox host", "RFC 1035 3.3.3", "The host of the mailbox.") };
static const struct rem_field mg_fields[] = { NAME("dns.mg", "Mail group member", "RFC 1035 3.3.6", "A member of the mail group.") };
static const struct rem_field mr_fields[] = { NAME("dns.mr", "Mail rename", "RFC 1035 3.3.8", "The proper name of the mailbox.") };
static const struct rem_field null_fields[] = { BYTES("dns.null", "Null data", "RFC 1035 3.3.10", "Anything.") };
static const struct rem_field wks_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "dns.wks.address", "Address", IPV4, DEC, NONE, "RFC 1035 3.4.2", "The host of the services."),
	REM_FIELD(REM_BYTES(4, 1), "dns.wks.protocol", "Protocol", UINT, DEC, NONE, "RFC 1035 3.4.2", "IP protocol of the services.",
		  REM_NAMED(.names = &rem_ip_proto_names)),
};
static const struct rem_field wks_bits_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), "dns.wks.bits", "Ports", UINT, HEX, NONE, "RFC 1035 3.4.2", "Eight ports, a bit each.", .calc = rem_dns_not_zero),
};
static const struct rem_field ptr_fields[] = { NAME("dns.ptr.domain_name", "Domain name", "RFC 1035 3.3.12", "The name that is pointed at.") };
static const struct rem_field hinfo_fields[] = {
	SIZE(REM_BYTES(0, 1), "dns.hinfo.cpu_length", "CPU length", "RFC 1035 3.3.2", "Length of the text."),
	TEXT("dns.hinfo.cpu", "CPU", "RFC 1035 3.3.2", "The host's machine."),
	SIZE(REM_BYTES(0, 1), "dns.hinfo.os_length", "OS length", "RFC 1035 3.3.2", "Length of the text."),
	TEXT("dns.hinfo.os", "OS", "RFC 1035 3.3.2", "The host's operating system."),
};
static const struct rem_field minfo_fields[] = {
	NAME("dns.minfo.r", "Responsible mailbox", "RFC 1035 3.3.7", "Who is responsible for the list."),
	NAME("dns.minfo.e", "Error mailbox", "RFC 1035 3.3.7", "Who gets its errors."),
};
static const struct rem_field mx_fields[] = {
	NUMBER(REM_BYTES(0, 2), "dns.mx.preference", "Preference", "RFC 1035 3.3.9", "Lower ones are tried first."),
	NAME("dns.mx.mail_exchange", "Mail exchange", "RFC 1035 3.3.9", "The host that takes mail."),
};
static const struct rem_field txt_fields[] = {
	SIZE(REM_BYTES(0, 1), "dns.txt.length", "Text length", "RFC 1035 3.3.14", "Length of the text."),
	TEXT("dns.txt", "Text", "RFC 1035 3.3.14", "Text about the name."),
};
static const struct rem_field rp_fields[] = {
	NAME("dns.rp.mailbox", "Mailbox", "RFC 1183 2.2", "Who is responsible."),
	NAME("dns.rp.txt_rr", "Text name", "RFC 1183 2.2", "Where more is told."),
};
static const struct rem_field afsdb_fields[] = {
	NUMBER(REM_BYTES(0, 2), "dns.afsdb.subtype", "Subtype", "RFC 1183 1", "1: an AFS server, 2: a DCE one."),
	NAME("dns.afsdb.hostname", "Host", "RFC 1183 1", "The server."),
};
static const struct rem_field x25_fields[] = {
	SIZE(REM_BYTES(0, 1), "dns.x25.length", "Length", "RFC 1183 3.1", "Length of the address."),
	TEXT("dns.x25.psdn_address", "PSDN address", "RFC 1183 3.1", "The host's X.25 address."),
};
static const struct rem_field isdn_fields[] = {
	SIZE(REM_BYTES(0, 1), "dns.idsn.length", "Length", "RFC 1183 3.2", "Length of the address."),
	TEXT("dns.idsn.address", "ISDN address", "RFC 1183 3.2", "The host's number."),
	SIZE(REM_BYTES(0, 1), "dns.idsn.sa.length", "Subaddress length", "RFC 1183 3.2", "Length of the subaddress."),
	TEXT("dns.idsn.sa.address", "Subaddress", "RFC 1183 3.2", "The host's subaddress."),
};
static const struct rem_field rt_fields[] = {
	NUMBER(REM_BYTES(0, 2), "dns.rt.subtype", "Preference", "RFC 1183 3.3", "Lower ones are tried first."),
	NAME("dns.rt.intermediate_host", "Intermediate host", "RFC 1183 3.3", "A host on the way."),
};
static const struct rem_field nsap_fields[] = { BYTES("dns.nsap.rdata", "NSAP", "RFC 1706 5", "The host's OSI address.") };
static const struct rem_field nsap_ptr_fields[] = { NAME("dns.nsap_ptr.owner", "Owner", "RFC 1706 6", "The host of the OSI address.") };
static const struct rem_field key_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "dns.key.flags", "Key flags", UINT, HEX, NONE, "RFC 2535 3.1.2", "What the key is for.", .flags = REM_F_CONTAINER),
	BIT(REM_BITS(0, 1), "dns.key.flags.authentication", "not for authentication", "RFC 2535 3.1.2", "The key must not authenticate."),
	BIT(REM_BITS(1, 1), "dns.key.flags.confidentiality", "not for confidentiality", "RFC 2535 3.1.2", "The key must not encrypt."),
	BIT(REM_BITS(2, 1), "dns.key.flags.required", "required", "RFC 2065 3.3", "Signatures are required.", .calc = rem_dns_there_is_a_key),
	UNUSED(REM_BITS(3, 2), "RFC 2535 3.1.2"),
	BIT(REM_BITS(5, 1), "dns.key.flags.associated_user", "of a user", "RFC 2065 3.3", "The key is a user's.", .calc = rem_dns_there_is_a_key),
	BIT(REM_BITS(6, 1), "dns.key.flags.associated_named_entity", "of an entity", "RFC 2065 3.3", "The key is a named entity's.", .calc = rem_dns_there_is_a_key),
	UNUSED(REM_BITS(7, 1), "RFC 2535 3.1.2"),
	BIT(REM_BITS(8, 1), "dns.key.flags.ipsec", "IPsec", "RFC 2065 3.3", "The key is for IPsec.", .calc = rem_dns_there_is_a_key),
	BIT(REM_BITS(9, 1), "dns.key.flags.mime", "MIME", "RFC 2065 3.3", "The key is for MIME.", .calc = rem_dns_there_is_a_key),
	UNUSED(REM_BITS(10, 2), "RFC 2535 3.1.2"),
	REM_FIELD(REM_BITS(12, 4), "dns.key.flags.signatory", "Signatory", UINT, DEC, NONE, "RFC 2137 3.1", "What the key may sign.", .calc = rem_dns_there_is_a_key),
	NUMBER(REM_BYTES(2, 1), "dns.key.protocol", "Protocol", "RFC 2535 3.1.3", "Who uses the key."),
	ALGORITHM(REM_BYTES(3, 1), "dns.key.algorithm", "RFC 2535 3.2"),
	REM_FIELD(REM_BYTES(0, 4), "dns.key.key_id", "Key id", UINT, DEC, ID, "RFC 4034 B", "Sum that tells keys apart.",
		  .flags = REM_F_DERIVED, .calc = rem_dns_key_id),
	BYTES("dns.key.public_key", "Public key", "RFC 2535 3.1", "The key."),
};
static const struct rem_field px_fields[] = {
	NUMBER(REM_BYTES(0, 2), "dns.px.preference", "Preference", "RFC 2163 4", "Lower ones are tried first."),
	NAME("dns.px.map822", "RFC 822 domain", "RFC 2163 4", "The Internet side of the mapping."),
	NAME("dns.px.map400", "X.400 domain", "RFC 2163 4", "The X.400 side of the mapping."),
};
static const struct rem_field gpos_fields[] = {
	SIZE(REM_BYTES(0, 1), "dns.gpos.longitude_length", "Longitude length", "RFC 1712 3", "Length of the text."),
	TEXT("dns.gpos.longitude", "Longitude", "RFC 1712 3", "Degrees east."),
	SIZE(REM_BYTES(0, 1), "dns.gpos.latitude_length", "Latitude length", "RFC 1712 3", "Length of the text."),
	TEXT("dns.gpos.latitude", "Latitude", "RFC 1712 3", "Degrees north."),
	SIZE(REM_BYTES(0, 1), "dns.gpos.altitude_length", "Altitude length", "RFC 1712 3", "Length of the text."),
	TEXT("dns.gpos.altitude", "Altitude", "RFC 1712 3", "Metres above the sea."),
};
static const struct rem_field aaaa_fields[] = {
	REM_FIELD(REM_BYTES(0, 16), "dns.aaaa", "Address", IPV6, DEC, NONE, "RFC 3596 2.2", "An IPv6 address of the name."),
};
static const struct rem_field loc_fields[] = {
	NUMBER(REM_BYTES(0, 1), "dns.loc.version", "Version", "RFC 1876 2", "0 for this layout."),
	NUMBER(REM_BYTES(1, 1), "dns.loc.size", "Size", "RFC 1876 2", "Diameter in cm: base and power of ten."),
	NUMBER(REM_BYTES(2, 1), "dns.loc.horizontal_precision", "Horizontal precision", "RFC 1876 2", "In cm: base and power of ten."),
	NUMBER(REM_BYTES(3, 1), "dns.loc.vertical_precision", "Vertical precision", "RFC 1876 2", "In cm: base and power of ten."),
	NUMBER(REM_BYTES(4, 4), "dns.loc.latitude", "Latitude", "RFC 1876 2", "Thousandths of a second of arc, 2^31 the equator."),
	NUMBER(REM_BYTES(8, 4), "dns.loc.longitude", "Longitude", "RFC 1876 2", "Thousandths of a second of arc, 2^31 Greenwich."),
	NUMBER(REM_BYTES(12, 4), "dns.loc.altitude", "Altitude", "RFC 1876 2", "Centimetres above 100 km below the sea."),
	BYTES("dns.loc.unknown_data", "Unknown data", "RFC 1876 2", "Data of another version."),
};
static const struct rem_field nxt_fields[] = {
	NAME("dns.nxt.next_domain_name", "Next name", "RFC 2535 5.2", "The next name of the zone."),
};
static const struct rem_field srv_fields[] = {
	NUMBER(REM_BYTES(0, 2), "dns.srv.priority", "Priority", "RFC 2782", "Lower ones are tried first."),
	NUMBER(REM_BYTES(2, 2), "dns.srv.weight", "Weight", "RFC 2782", "Share of the load among equals."),
	REM_FIELD(REM_BYTES(4, 2), "dns.srv.port", "Port", UINT, DEC, NONE, "RFC 2782", "Port of the service."),
	NAME("dns.srv.target", "Target", "RFC 2782", "Host of the service."),
};
static const struct rem_field naptr_fields[] = {
	NUMBER(REM_BYTES(0, 2), "dns.naptr.order", "Order", "RFC 3403 4.1", "Lower ones come first."),
	NUMBER(REM_BYTES(2, 2), "dns.naptr.preference", "Preference", "RFC 3403 4.1", "Lower ones come first among equals."),
	SIZE(REM_BYTES(4, 1), "dns.naptr.flags_length", "Flags length", "RFC 3403 4.1", "Length of the text."),
	TEXT("dns.naptr.flags", "Flags", "RFC 3403 4.1", "How the rewriting goes on."),
	SIZE(REM_BYTES(0, 1), "dns.naptr.service_length", "Service length", "RFC 3403 4.1", "Length of the text."),
	TEXT("dns.naptr.service", "Service", "RFC 3403 4.1", "The service and its protocols."),
	SIZE(REM_BYTES(0, 1), "dns.naptr.regex_length", "Regex length", "RFC 3403 4.1", "Length of the text."),
	TEXT("dns.naptr.regex", "Regex", "RFC 3403 4.1", "Substitution that gives the next name."),
	REM_FIELD(REM_REST(0), "dns.naptr.replacement_length", "Replacement length", UINT, DEC, SIZE, "RFC 3403 4.1",
		  "Characters of the name.", .flags = REM_F_DERIVED, .calc = rem_dns_text_length),
	NAME("dns.naptr.replacement", "Replacement", "RFC 3403 4.1", "The next name."),
};
static const struct rem_field kx_fields[] = {
	NUMBER(REM_BYTES(0, 2), "dns.kx.preference", "Preference", "RFC 2230 3", "Lower ones are tried first."),
	NAME("dns.kx.key_exchange", "Key exchanger", "RFC 2230 3", "The host that exchanges keys."),
};
static const struct rem_field cert_fields[] = {
	NUMBER(REM_BYTES(0, 2), "dns.cert.type", "Certificate type", "RFC 4398 2.1", "What certifies: 1 PKIX, 2 SPKI, 3 OpenPGP."),
	REM_FIELD(REM_BYTES(2, 2), "dns.cert.key_tag", "Key tag", UINT, HEX, NONE, "RFC 4398 2", "Key of the certificate."),
	ALGORITHM(REM_BYTES(4, 1), "dns.cert.algorithm", "RFC 4398 2"),
	BYTES("dns.cert.certificate", "Certificate", "RFC 4398 2", "The certificate, or a list of revoked ones."),
};
static const struct rem_field a6_fields[] = {
	NUMBER(REM_BYTES(0, 1), "dns.a6.prefix_len", "Prefix length", "RFC 2874 3.1", "Bits that are found elsewhere."),
	REM_FIELD(REM_REST(0), "dns.a6.address_suffix", "Address suffix", IPV6, DEC, NONE, "RFC 2874 3.1", "The lower bits.", .calc = rem_dns_suffix),
	NAME("dns.a6.prefix_name", "Prefix name", "RFC 2874 3.1", "Where the upper bits are."),
};
static const struct rem_field dname_fields[] = { NAME("dns.dname", "Target", "RFC 6672 2.1", "The tree that this one stands for.") };
static const struct rem_field apl_fields[] = {
	NUMBER(REM_BYTES(0, 2), "dns.apl.address_family", "Address family", "RFC 3123 4", "1 IPv4, 2 IPv6."),
	NUMBER(REM_BYTES(2, 1), "dns.apl.coded_prefix", "Prefix length", "RFC 3123 4", "Bits of the prefix."),
	BIT(REM_BITS(24, 1), "dns.apl.negation", "negation", "RFC 3123 4", "All but these."),
	SIZE(REM_BITS(25, 7), "dns.apl.afdlength", "Address length", "RFC 3123 4", "Bytes of the address that follow."),
};
static const struct rem_field apl_value_fields[] = {
	BYTES("dns.apl.afdpart.data", "Address", "RFC 3123 4", "An address of another family."),
	REM_FIELD(REM_REST(0), "dns.apl.afdpart.ipv4", "Address", IPV4, DEC, NONE, "RFC 3123 4", "The IPv4 prefix.", .calc = rem_dns_prefix),
	REM_FIELD(REM_REST(0), "dns.apl.afdpart.ipv6", "Address", IPV6, DEC, NONE, "RFC 3123 4", "The IPv6 prefix."),
};
REM_NAMES(digest_names, {1, "SHA-1"}, {2, "SHA-256"}, {3, "GOST R 34.11-94"}, {4, "SHA-384"});
static const struct rem_field ds_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "dns.ds.key_id", "Key id", UINT, HEX, ID, "RFC 4034 5.1.1", "The key of the zone below."),
	ALGORITHM(REM_BYTES(2, 1), "dns.ds.algorithm", "RFC 4034 5.1.2"),
	REM_FIELD(REM_BYTES(3, 1), "dns.ds.digest_type", "Digest type", UINT, DEC, NONE, "RFC 4034 5.1.3", "How the digest was made.",
		  REM_NAMED(.names = &digest_names)),
	BYTES("dns.ds.digest", "Digest", "RFC 4034 5.1.4", "Digest of the key."),
};
REM_NAMES(sshfp_algorithm_names, {1, "RSA"}, {2, "DSA"}, {3, "ECDSA"}, {4, "Ed25519"}, {6, "Ed448"});
REM_NAMES(sshfp_type_names, {1, "SHA-1"}, {2, "SHA-256"});
static const struct rem_field sshfp_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), "dns.sshfp.algorithm", "Algorithm", UINT, DEC, NONE, "RFC 4255 3.1.1", "Kind of the host key.",
		  REM_NAMED(.names = &sshfp_algorithm_names)),
	REM_FIELD(REM_BYTES(1, 1), "dns.sshfp.fingerprint.type", "Fingerprint type", UINT, DEC, NONE, "RFC 4255 3.1.2",
		  "How the fingerprint was made.", REM_NAMED(.names = &sshfp_type_names)),
	BYTES("dns.sshfp.fingerprint", "Fingerprint", "RFC 4255 3.1.3", "Fingerprint of the host key."),
};
static const struct rem_field ipseckey_fields[] = {
	NUMBER(REM_BYTES(0, 1), "dns.ipseckey.gateway_precedence", "Precedence", "RFC 4025 2.2", "Lower ones are tried first."),
	NUMBER(REM_BYTES(1, 1), "dns.ipseckey.gateway_type", "Gateway type", "RFC 4025 2.3", "0 none, 1 IPv4, 2 IPv6, 3 name."),
	NUMBER(REM_BYTES(2, 1), "dns.ipseckey.gateway_algorithm", "Algorithm", "RFC 4025 2.4", "Kind of the key."),
};
static const struct rem_field ipseckey_value_fields[] = {
	BYTES("dns.ipseckey.public_key", "Public key", "RFC 4025 2.6", "The key."),
	REM_FIELD(REM_BYTES(0, 4), "dns.ipseckey.gateway_ipv4", "Gateway", IPV4, DEC, NONE, "RFC 4025 2.5", "The gateway."),
	REM_FIELD(REM_BYTES(0, 16), "dns.ipseckey.gateway_ipv6", "Gateway", IPV6, DEC, NONE, "RFC 4025 2.5", "The gateway."),
	NAME("dns.ipseckey.gateway_dns", "Gateway", "RFC 4025 2.5", "The gateway."),
};
static const struct rem_field rrsig_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "dns.rrsig.type_covered", "Type covered", UINT, DEC, NONE, "RFC 4034 3.1.1", "The records that are signed.",
		  REM_NAMED(.names = &rem_dns_type_names)),
	ALGORITHM(REM_BYTES(2, 1), "dns.rrsig.algorithm", "RFC 4034 3.1.2"),
	NUMBER(REM_BYTES(3, 1), "dns.rrsig.labels", "Labels", "RFC 4034 3.1.3", "Labels of the name, a wildcard apart."),
	SECONDS(REM_BYTES(4, 4), "dns.rrsig.original_ttl", "Original TTL", "RFC 4034 3.1.4", "Time to live at the zone."),
	REM_FIELD(REM_BYTES(8, 4), "dns.rrsig.signature_expiration", "Expiration", TIME, DEC, NONE, "RFC 4034 3.1.5", "Until when the signature is good."),
	REM_FIELD(REM_BYTES(12, 4), "dns.rrsig.signature_inception", "Inception", TIME, DEC, NONE, "RFC 4034 3.1.5", "From when the signature is good."),
	REM_FIELD(REM_BYTES(16, 2), "dns.rrsig.key_tag", "Key tag", UINT, DEC, ID, "RFC 4034 3.1.6", "The key that signed."),
	NAME("dns.rrsig.signers_name", "Signer", "RFC 4034 3.1.7", "The zone that signed."),
	BYTES("dns.rrsig.signature", "Signature", "RFC 4034 3.1.8", "The signature."),
};
static const struct rem_field nsec_fields[] = {
	NAME("dns.nsec.next_domain_name", "Next name", "RFC 4034 4.1.1", "The next name of the zone."),
};
static const struct rem_field dnskey_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "dns.dnskey.flags", "Key flags", UINT, HEX, NONE, "RFC 4034 2.1.1", "What the key is for.", .flags = REM_F_CONTAINER),
	BIT(REM_BITS(7, 1), "dns.dnskey.flags.zone_key", "zone key", "RFC 4034 2.1.1", "The key signs records."),
	BIT(REM_BITS(8, 1), "dns.dnskey.flags.key_revoked", "revoked", "RFC 5011 2.1", "The key is not to be trusted any more."),
	BIT(REM_BITS(15, 1), "dns.dnskey.flags.secure_entry_point", "secure entry point", "RFC 4034 2.1.1", "The key signs keys."),
	REM_FIELD(REM_BITS(0, 15), "dns.dnskey.flags.reserved", "Reserved", UINT, HEX, RESERVED, "RFC 4034 2.1.1", "Must be zero.",
		  .flags = REM_F_HIDDEN, .calc = rem_dns_key_reserved),
	NUMBER(REM_BYTES(2, 1), "dns.dnskey.protocol", "Protocol", "RFC 4034 2.1.2", "3 for DNSSEC."),
	ALGORITHM(REM_BYTES(3, 1), "dns.dnskey.algorithm", "RFC 4034 2.1.3"),
	REM_FIELD(REM_BYTES(0, 4), "dns.dnskey.key_id", "Key id", UINT, DEC, ID, "RFC 4034 B", "Sum that tells keys apart.",
		  .flags = REM_F_DERIVED, .calc = rem_dns_key_id),
	BYTES("dns.dnskey.public_key", "Public key", "RFC 4034 2.1.4", "The key."),
};
static const struct rem_field dhcid_fields[] = { BYTES("dns.dhcid.rdata", "DHCID", "RFC 4701 3.1", "Digest of who holds the name by DHCP.") };
#define NSEC3_HEAD(...) \
	NUMBER(REM_BYTES(0, 1), "dns.nsec3.algo", "Hash algorithm", "RFC 5155 3.1.1", "1: SHA-1."), \
	REM_FIELD(REM_BYTES(1, 1), "dns.nsec3.flags", "NSEC3 flags", UINT, DEC, NONE, "RFC 5155 3.1.2", "How the record is to be read.", \
		  .flags = REM_F_CONTAINER), __VA_ARGS__ \
	NUMBER(REM_BYTES(2, 2), "dns.nsec3.iterations", "Iterations", "RFC 5155 3.1.3", "How often the hash was repeated."), \
	SIZE(REM_BYTES(4, 1), "dns.nsec3.salt_length", "Salt length", "RFC 5155 3.1.4", "Length of the salt."), \
	BYTES("dns.nsec3.salt_value", "Salt", "RFC 5155 3.1.5", "Salt of the hash.")
static const struct rem_field nsec3_fields[] = {
	NSEC3_HEAD(UNUSED(REM_BITS(8, 7), "RFC 5155 3.1.2"), BIT(REM_BITS(15, 1), "dns.nsec3.flags.opt_out", "opt-out", "RFC 5155 3.1.2.1", "Unsigned delegations may be left out."),),
	SIZE(REM_BYTES(0, 1), "dns.nsec3.hash_length", "Hash length", "RFC 5155 3.1.6", "Length of the hash."),
	REM_FIELD(REM_REST(0), "dns.nsec3.hash_value", "Next hashed owner", BYTES, BASE32, NONE, "RFC 5155 3.1.7", "Hash of the next name."),
};
static const struct rem_field nsec3param_fields[] = { NSEC3_HEAD() };
REM_NAMES(tlsa_usage_names, {0, "CA constraint"}, {1, "service certificate constraint"}, {2, "trust anchor assertion"},
	  {3, "domain-issued certificate"});
REM_NAMES(tlsa_selector_names, {0, "full certificate"}, {1, "public key"});
REM_NAMES(tlsa_matching_names, {0, "exact"}, {1, "SHA-256"}, {2, "SHA-512"});
static const struct rem_field tlsa_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), "dns.tlsa.certificate_usage", "Certificate usage", UINT, DEC, NONE, "RFC 6698 2.1.1",
		  "What the association means.", REM_NAMED(.names = &tlsa_usage_names)),
	REM_FIELD(REM_BYTES(1, 1), "dns.tlsa.selector", "Selector", UINT, DEC, NONE, "RFC 6698 2.1.2", "What is compared.",
		  REM_NAMED(.names = &tlsa_selector_names)),
	REM_FIELD(REM_BYTES(2, 1), "dns.tlsa.matching_type", "Matching type", UINT, DEC, NONE, "RFC 6698 2.1.3", "How it is compared.",
		  REM_NAMED(.names = &tlsa_matching_names)),
	BYTES("dns.tlsa.certificate_association_data", "Association data", "RFC 6698 2.1.4", "What it must be."),
};
static const struct rem_field hip_fields[] = {
	SIZE(REM_BYTES(0, 1), "dns.hip.hit.length", "HIT length", "RFC 8005 5.1", "Length of the identity tag."),
	NUMBER(REM_BYTES(1, 1), "dns.hip.hit.pk.algo", "Key algorithm", "RFC 8005 5.2", "Kind of the key."),
	SIZE(REM_BYTES(2, 2), "dns.hip.pk.length", "Key length", "RFC 8005 5.3", "Length of the key."),
	BYTES("dns.hip.hit", "Identity tag", "RFC 8005 5.4", "Who the host is."),
	BYTES("dns.hip.pk", "Public key", "RFC 8005 5.5", "The host's key."),
	NAME("dns.hip.rendezvous_server", "Rendezvous server", "RFC 8005 5.6", "Where the host is found."),
};
static const struct rem_field openpgpkey_fields[] = { TEXT("dns.openpgpkey", "OpenPGP key", "RFC 7929 2.1", "The key.") };
static const struct rem_field csync_fields[] = {
	NUMBER(REM_BYTES(0, 4), "dns.csync.soa", "Serial number", "RFC 7477 2.1.1", "Least version of the zone below."),
	REM_FIELD(REM_BYTES(4, 2), "dns.csync.flags", "Sync flags", UINT, HEX, NONE, "RFC 7477 2.1.1", "When to act.", .flags = REM_F_CONTAINER),
	UNUSED(REM_BITS(32, 14), "RFC 7477 2.1.1"),
	BIT(REM_BITS(47, 1), "dns.csync.flags.immediate", "immediate", "RFC 7477 2.1.1", "At once."),
	BIT(REM_BITS(46, 1), "dns.csync.flags.soaminimum", "soaminimum", "RFC 7477 2.1.1", "Not before the serial number is reached."),
	BYTES("dns.csync.type_bitmap", "Type bitmap", "RFC 7477 2.1.1", "The types to be copied, a bit each."),
};
static const struct rem_field zonemd_fields[] = {
	NUMBER(REM_BYTES(0, 4), "dns.zonemd.serial", "Serial number", "RFC 8976 2.2.1", "Version of the zone."),
	NUMBER(REM_BYTES(4, 1), "dns.zonemd.scheme", "Scheme", "RFC 8976 2.2.2", "How the zone was put in order."),
	NUMBER(REM_BYTES(5, 1), "dns.zonemd.hash_algo", "Hash algorithm", "RFC 8976 2.2.3", "How the digest was made."),
	BYTES("dns.zonemd.digest", "Digest", "RFC 8976 2.2.4", "Digest of the zone."),
};
static const struct rem_field svcb_fields[] = {
	NUMBER(REM_BYTES(0, 2), "dns.svcb.svcpriority", "Priority", "RFC 9460 2.4.1", "0: an alias; lower ones are tried first."),
	NAME("dns.svcb.targetname", "Target", "RFC 9460 2.2", "Host of the service."),
};
static const struct rem_field spf_fields[] = {
	SIZE(REM_BYTES(0, 1), "dns.spf.length", "Text length", "RFC 4408 3.1.1", "Length of the text."),
	TEXT("dns.spf", "SPF", "RFC 4408 3.1.1", "Who may send mail for the name."),
};
#define PREFERENCE(key_) NUMBER(REM_BYTES(0, 2), key_, "Preference", "RFC 6742 2", "Lower ones are tried first.")
static const struct rem_field nid_fields[] = {
	PREFERENCE("dns.ilnp.nid.preference"),
	REM_FIELD(REM_BYTES(2, 8), "dns.ilnp.nid", "Node identifier", BYTES, HEX, NONE, "RFC 6742 2.1", "Who the node is."),
};
static const struct rem_field l32_fields[] = {
	PREFERENCE("dns.ilnp.l32.preference"),
	REM_FIELD(REM_BYTES(2, 4), "dns.ilnp.l32", "Locator", IPV4, DEC, NONE, "RFC 6742 2.2", "Where the node is."),
};
static const struct rem_field l64_fields[] = {
	PREFERENCE("dns.ilnp.l64.preference"),
	REM_FIELD(REM_BYTES(2, 8), "dns.ilnp.l64", "Locator", BYTES, HEX, NONE, "RFC 6742 2.3", "Where the node is."),
};
static const struct rem_field lp_fields[] = {
	PREFERENCE("dns.ilnp.lp.preference"),
	NAME("dns.ilnp.lp", "Locator name", "RFC 6742 2.4", "Where to look for the node."),
};
static const struct rem_field eui48_fields[] = {
	REM_FIELD(REM_BYTES(0, 6), "dns.eui48", "EUI-48", MAC, HEX, NONE, "RFC 7043 3", "A link-layer address of the name."),
};
static const struct rem_field eui64_fields[] = {
	REM_FIELD(REM_BYTES(0, 8), "dns.eui64", "EUI-64", EUI64, HEX, NONE, "RFC 7043 4", "A link-layer address of the name."),
};
static const struct rem_field tkey_fields[] = {
	NAME("dns.tkey.algo_name", "Algorithm name", "RFC 2930 2.3", "How the key is used."),
	REM_FIELD(REM_BYTES(0, 4), "dns.tkey.signature_inception", "Inception", TIME, DEC, NONE, "RFC 2930 2.4", "From when the key is good."),
	REM_FIELD(REM_BYTES(4, 4), "dns.tkey.signature_expiration", "Expiration", TIME, DEC, NONE, "RFC 2930 2.4", "Until when the key is good."),
	NUMBER(REM_BYTES(8, 2), "dns.tkey.mode", "Mode", "RFC 2930 2.5", "How the key is agreed on."),
	REM_FIELD(REM_BYTES(10, 2), "dns.tkey.error", "Error", UINT, DEC, NONE, "RFC 2930 2.6", "How it ended.", REM_NAMED(.names = &rem_dns_rcode_names)),
	SIZE(REM_BYTES(12, 2), "dns.tkey.key_size", "Key size", "RFC 2930 2.7", "Length of the key data."),
	BYTES("dns.tkey.key_data", "Key data", "RFC 2930 2.7", "What the key is made of."),
	SIZE(REM_BYTES(0, 2), "dns.tkey.other_size", "Other size", "RFC 2930 2.8", "Length of the other data."),
	BYTES("dns.tkey.other_data", "Other data", "RFC 2930 2.8", "Not used."),
};
static const struct rem_field tsig_fields[] = {
	NAME("dns.tsig.algorithm_name", "Algorithm name", "RFC 8945 4.2", "How the MAC was made."),
	REM_FIELD(REM_BYTES(0, 6), "dns.tsig.time_signed", "Time signed", TIME, DEC, NONE, "RFC 8945 4.2", "When the message was signed."),
	SECONDS(REM_BYTES(6, 2), "dns.tsig.fudge", "Fudge", "RFC 8945 4.2", "By how much clocks may differ."),
	SIZE(REM_BYTES(8, 2), "dns.tsig.mac_size", "MAC size", "RFC 8945 4.2", "Length of the MAC."),
	REM_FIELD(REM_REST(0), "dns.tsig.mac", "MAC", NONE, HEX, NONE, "RFC 8945 4.2", "Message authentication code."),
	REM_FIELD(REM_BYTES(0, 2), "dns.tsig.original_id", "Original id", UINT, DEC, ID, "RFC 8945 4.2", "The message's ID before forwarding."),
	REM_FIELD(REM_BYTES(2, 2), "dns.tsig.error", "Error", UINT, DEC, NONE, "RFC 8945 4.2", "How it ended.", REM_NAMED(.names = &rem_dns_rcode_names)),
	SIZE(REM_BYTES(4, 2), "dns.tsig.other_len", "Other length", "RFC 8945 4.2", "Length of the other data."),
	BYTES("dns.tsig.other_data", "Other data", "RFC 8945 4.2", "The server's time, if the clocks differ."),
};
#define CAA(key_, about_) \
	REM_FIELD(REM_REST(0), key_, "Property", TEXT, DEC, NONE, "RFC 8659 4.1", about_, .flags = REM_F_ALIAS, .calc = rem_dns_caa_value)
static const struct rem_field caa_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), "dns.caa.flags", "CAA flags", UINT, HEX, NONE, "RFC 8659 4.1", "How strict the property is.", .flags = REM_F_CONTAINER),
	BIT(REM_BITS(0, 1), "dns.caa.flags.issuer_critical", "issuer critical", "RFC 8659 4.1", "Who does not understand it must not issue."),
	CAA("dns.caa.issue", "Who may issue certificates."), CAA("dns.caa.issuewild", "Who may issue wildcard certificates."),
	CAA("dns.caa.iodef", "Where violations are reported."), CAA("dns.caa.unknown", "Another property."),
	SIZE(REM_BYTES(0, 1), "dns.caa.tag_length", "Tag length", "RFC 8659 4.1", "Length of the tag."),
	TEXT("dns.caa.tag", "Tag", "RFC 8659 4.1", "Name of the property."),
	TEXT("dns.caa.value", "Value", "RFC 8659 4.1", "Value of the property."),
};
static const struct rem_field wins_fields[] = {
	UNUSED(REM_BITS(0, 31), "MS-DNSP 2.2.2.2.4.16"),
	REM_FIELD(REM_BITS(31, 1), "dns.wins.local_flag", "Local", BOOL, DEC, NONE, "MS-DNSP 2.2.2.2.4.16", "Not to be sent to other servers."),
	SECONDS(REM_BYTES(4, 4), "dns.wins.lookup_timeout", "Lookup timeout", "MS-DNSP 2.2.2.2.4.16", "How long to wait for WINS."),
	SECONDS(REM_BYTES(8, 4), "dns.wins.cache_timeout", "Cache timeout", "MS-DNSP 2.2.2.2.4.16", "How long to keep its answer."),
	NUMBER(REM_BYTES(12, 4), "dns.wins.nb_wins_servers", "Servers", "MS-DNSP 2.2.2.2.4.16", "How many servers follow."),
};
static const struct rem_field wins_server_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "dns.wins.wins_server", "Server", IPV4, DEC, NONE, "MS-DNSP 2.2.2.2.4.16", "A WINS server."),
};
static const struct rem_field winsr_fields[] = {
	UNUSED(REM_BITS(0, 31), "MS-DNSP 2.2.2.2.4.17"),
	REM_FIELD(REM_BITS(31, 1), "dns.winsr.local_flag", "Local", BOOL, DEC, NONE, "MS-DNSP 2.2.2.2.4.17", "Not to be sent to other servers."),
	SECONDS(REM_BYTES(4, 4), "dns.winsr.lookup_timeout", "Lookup timeout", "MS-DNSP 2.2.2.2.4.17", "How long to wait for WINS."),
	SECONDS(REM_BYTES(8, 4), "dns.winsr.cache_timeout", "Cache timeout", "MS-DNSP 2.2.2.2.4.17", "How long to keep its answer."),
	NAME("dns.winsr.name_result_domain", "Result domain", "MS-DNSP 2.2.2.2.4.17", "Appended to the names."),
};
static const struct rem_field xpf_fields[] = {
	NUMBER(REM_BYTES(0, 1), "dns.xpf.ip_version", "IP version", "draft-bellis-dnsop-xpf 3", "4 or 6."),
};
#define XPF_PORTS(at_) \
	REM_FIELD(REM_BYTES(at_, 2), "dns.xpf.sport", "Source port", UINT, DEC, NONE, "draft-bellis-dnsop-xpf 3", "Port of the client."), \
	REM_FIELD(REM_BYTES(at_ + 2, 2), "dns.xpf.dport", "Destination port", UINT, DEC, NONE, "draft-bellis-dnsop-xpf 3", "Port it asked.")
#define XPF_PROTOCOL \
	REM_FIELD(REM_BYTES(0, 1), "dns.xpf.protocol", "Protocol", UINT, DEC, NONE, "draft-bellis-dnsop-xpf 3", \
		  "Transport of the query.", REM_NAMED(.names = &rem_ip_proto_names))
static const struct rem_field xpf4_fields[] = {
	XPF_PROTOCOL,
	REM_FIELD(REM_BYTES(1, 4), "dns.xpf.source_ipv4", "Source", IPV4, DEC, NONE, "draft-bellis-dnsop-xpf 3", "The client."),
	REM_FIELD(REM_BYTES(5, 4), "dns.xpf.destination_ipv4", "Destination", IPV4, DEC, NONE, "draft-bellis-dnsop-xpf 3", "Whom it asked."),
	XPF_PORTS(9),
};
static const struct rem_field xpf6_fields[] = {
	XPF_PROTOCOL,
	REM_FIELD(REM_BYTES(1, 16), "dns.xpf.source_ipv6", "Source", IPV6, DEC, NONE, "draft-bellis-dnsop-xpf 3", "The client."),
	REM_FIELD(REM_BYTES(17, 16), "dns.xpf.destination_ipv6", "Destination", IPV6, DEC, NONE, "draft-bellis-dnsop-xpf 3", "Whom it asked."),
	XPF_PORTS(33),
};
static const struct rem_field data_fields[] = { BYTES("dns.data", "Data", "RFC 3597 3", "Data of a type that is not known.") };

/* ---- EDNS options: RFC 6891 6.1.2 ---- */

REM_NAMES(option_names, {1, "LLQ"}, {2, "UL"}, {3, "NSID"}, {5, "DAU"}, {6, "DHU"}, {7, "N3U"}, {8, "client subnet"}, {9, "expire"},
	  {10, "cookie"}, {11, "TCP keepalive"}, {12, "padding"}, {13, "chain"}, {14, "key tag"}, {15, "extended error"});
REM_NAMES(family_names, {1, "IPv4"}, {2, "IPv6"});
REM_NAMES(ede_names, {0, "other"}, {1, "unsupported DNSKEY algorithm"}, {2, "unsupported DS digest type"}, {3, "stale answer"},
	  {4, "forged answer"}, {5, "DNSSEC indeterminate"}, {6, "DNSSEC bogus"}, {7, "signature expired"},
	  {8, "signature not yet valid"}, {9, "DNSKEY missing"}, {10, "RRSIGs missing"}, {11, "no zone key bit set"},
	  {12, "NSEC missing"}, {13, "cached error"}, {14, "not ready"}, {15, "blocked"}, {16, "censored"}, {17, "filtered"},
	  {18, "prohibited"}, {19, "stale NXDOMAIN answer"}, {20, "not authoritative"}, {21, "not supported"},
	  {22, "no reachable authority"}, {23, "network error"}, {24, "invalid data"});
static const struct rem_field option_fields[] = {
	REM_FIELD(REM_REST(0), "dns.opt", "Option", NONE, HEX, NONE, "RFC 6891 6.1.2", "One option.", .flags = REM_F_HIDDEN),
	REM_FIELD(REM_BYTES(0, 2), "dns.opt.code", "Code", UINT, DEC, OPTION, "RFC 6891 6.1.2", "What the option says.",
		  .flags = REM_F_LABEL, REM_NAMED(.names = &option_names)),
	SIZE(REM_BYTES(2, 2), "dns.opt.len", "Length", "RFC 6891 6.1.2", "Length of the option's data."),
};
static const struct rem_field option_value_fields[] = {
	BYTES("dns.opt.data", "Data", "RFC 6891 6.1.2", "The option's data."),
	REM_FIELD(REM_BYTES(0, 8), "dns.opt.cookie.client", "Client cookie", BYTES, HEX, NONE, "RFC 7873 4.1", "What the client made up."),
	BYTES("dns.opt.cookie.server", "Server cookie", "RFC 7873 4.2", "What the server made of it."),
	REM_FIELD(REM_BYTES(0, 2), "dns.opt.edns_tcp_keepalive.timeout", "Timeout", UINT, DEC, NONE, "RFC 7828 3.1",
		  "How long an idle connection is kept, in tenths of a second.", REM_NAMED(.unit = "x 100 ms")),
	BYTES("dns.opt.padding", "Padding", "RFC 7830 3", "Hides how long the message is."),
	NAME("dns.opt.chain.fqdn", "Closest trust point", "RFC 7901 4.1", "From where on the chain is wanted."),
	REM_FIELD(REM_BYTES(0, 2), "dns.opt.ext_error.info_code", "Info code", UINT, DEC, NONE, "RFC 8914 2", "Why it failed.",
		  REM_NAMED(.names = &ede_names)),
	TEXT("dns.opt.ext_error.extra_text", "Extra text", "RFC 8914 2", "Why it failed, in words."),
};
static const struct rem_field option_dau_fields[] = { ALGORITHM(REM_BYTES(0, 1), "dns.opt.dau", "RFC 6975 3") };
static const struct rem_field option_dhu_fields[] = { NUMBER(REM_BYTES(0, 1), "dns.opt.dhu", "Digest", "RFC 6975 3", "A digest that is understood.") };
static const struct rem_field option_n3u_fields[] = { NUMBER(REM_BYTES(0, 1), "dns.opt.n3u", "NSEC3 hash", "RFC 6975 3", "A hash that is understood.") };
static const struct rem_field option_ecs_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "dns.opt.client.family", "Family", UINT, DEC, NONE, "RFC 7871 6", "Kind of the address.",
		  REM_NAMED(.names = &family_names)),
	REM_FIELD(REM_BYTES(2, 1), "dns.opt.client.netmask", "Source prefix", UINT, DEC, NONE, "RFC 7871 6", "Bits of the client's subnet.",
		  REM_NAMED(.unit = "bits")),
	REM_FIELD(REM_BYTES(3, 1), "dns.opt.client.scope", "Scope prefix", UINT, DEC, NONE, "RFC 7871 6", "Bits for which the answer is good.",
		  REM_NAMED(.unit = "bits")),
	BYTES("dns.opt.client.addr", "Client subnet", "RFC 7871 6", "An address of another family."),
	REM_FIELD(REM_REST(0), "dns.opt.client.addr4", "Client subnet", IPV4, DEC, NONE, "RFC 7871 6", "Where the client is.", .calc = rem_dns_prefix),
	REM_FIELD(REM_REST(0), "dns.opt.client.addr6", "Client subnet", IPV6, DEC, NONE, "RFC 7871 6", "Where the client is."),
};

/* ---- parameters of SVCB and HTTPS: RFC 9460 7 ---- */

REM_NAMES(param_names, {0, "mandatory"}, {1, "alpn"}, {2, "no-default-alpn"}, {3, "port"}, {4, "ipv4hint"}, {5, "ech"}, {6, "ipv6hint"},
	  {7, "dohpath"}, {8, "ohttp"}, {32769, "odoh"});
static const struct rem_field param_fields[] = {
	REM_FIELD(REM_REST(0), "dns.svcb.svcparam", "Parameter", NONE, HEX, NONE, "RFC 9460 2.2", "One parameter.", .flags = REM_F_HIDDEN),
	REM_FIELD(REM_BYTES(0, 2), "dns.svcb.svcparam.key", "Key", UINT, DEC, OPTION, "RFC 9460 14.3.2", "What the parameter says.",
		  .flags = REM_F_LABEL, REM_NAMED(.names = &param_names)),
	SIZE(REM_BYTES(2, 2), "dns.svcb.svcparam.value.length", "Length", "RFC 9460 2.2", "Length of the value."),
};
static const struct rem_field param_value_fields[] = {
	BYTES("dns.svcb.svcparam.value", "Value", "RFC 9460 2.2", "Value of a parameter that is not known."),
	NUMBER(REM_BYTES(0, 2), "dns.svcb.svcparam.port", "Port", "RFC 9460 7.2", "Port of the service."),
	BYTES("dns.svcb.svcparam.echconfig", "ECH configuration", "RFC 9848 3", "How to encrypt the ClientHello."),
	BYTES("dns.svcb.svcparam.odohconfig", "ODoH configuration", "RFC 9230 5", "How to ask without being seen."),
};
static const struct rem_field param_alpn_fields[] = {
	SIZE(REM_BYTES(0, 1), "dns.svcb.svcparam.alpn.length", "ALPN length", "RFC 9460 7.1", "Length of the protocol's name."),
	TEXT("dns.svcb.svcparam.alpn", "ALPN", "RFC 9460 7.1", "A protocol that the service speaks."),
};
static const struct rem_field param_keys_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "dns.svcb.svcparam.mandatory.key", "Mandatory key", UINT, DEC, NONE, "RFC 9460 8",
		  "A key that a client must understand.", REM_NAMED(.names = &param_names)),
};
static const struct rem_field param_ipv4_fields[] = {
	REM_FIELD(REM_BYTES(0, 4), "dns.svcb.svcparam.ipv4hint.ip", "Address hint", IPV4, DEC, NONE, "RFC 9460 7.3", "An address of the service."),
};
static const struct rem_field param_ipv6_fields[] = {
	REM_FIELD(REM_BYTES(0, 16), "dns.svcb.svcparam.ipv6hint.ip", "Address hint", IPV6, DEC, NONE, "RFC 9460 7.3", "An address of the service."),
};

/* Tables without a title go on with what stands before them. */
const struct rem_table rem_dns_tables[DNS_TABLES] = {
	[DNS_HEADER] = REM_TABLE("Header", header_fields, .flags = REM_TABLE_ONCE),
	[DNS_LLMNR_HEADER] = REM_TABLE("Header", llmnr_header_fields, .flags = REM_TABLE_ONCE),
	[DNS_STREAM] = REM_TABLE("Length", stream_fields, .flags = REM_TABLE_ONCE),
	[DNS_REST] = REM_TABLE("Not decoded", rest_fields, .flags = REM_TABLE_ONCE),
	[DNS_EXTRANEOUS] = REM_TABLE("Extraneous data", extraneous_fields, .flags = REM_TABLE_ONCE),
	[DNS_QUESTION] = REM_TABLE("Question", question_fields),
	[DNS_ANSWER] = REM_TABLE("Answer", record_fields),
	[DNS_AUTHORITY] = REM_TABLE("Authority", record_fields),
	[DNS_ADDITIONAL] = REM_TABLE("Additional", record_fields),
	[DNS_QUESTION_HEAD] = REM_TABLE(NULL, question_head_fields),
	[DNS_RECORD_HEAD] = REM_TABLE(NULL, record_head_fields),
	[DNS_OPT_HEAD] = REM_TABLE(NULL, opt_head_fields),
	[DNS_MDNS_QUESTION_HEAD] = REM_TABLE(NULL, mdns_question_head_fields),
	[DNS_MDNS_RECORD_HEAD] = REM_TABLE(NULL, mdns_record_head_fields),
	[DNS_MDNS_OPT_HEAD] = REM_TABLE(NULL, mdns_opt_head_fields),
	[DNS_DSO] = REM_TABLE(NULL, dso_fields, .flags = REM_TABLE_ONCE),
	[DNS_DSO_TLV] = REM_TABLE("TLV", dso_tlv_fields),
	[DNS_DSO_VALUE] = REM_TABLE(NULL, dso_value_fields),
	[DNS_BITMAP_HEAD] = REM_TABLE(NULL, bitmap_head_fields),
	[DNS_BITMAP] = REM_TABLE(NULL, bitmap_fields, .stride = 8),
	[DNS_NXT_BITMAP] = REM_TABLE(NULL, bitmap_fields, .stride = 8),
	[DNS_R_A] = REM_TABLE(NULL, a_fields), [DNS_R_NS] = REM_TABLE(NULL, ns_fields),
	[DNS_R_MD] = REM_TABLE(NULL, md_fields), [DNS_R_MF] = REM_TABLE(NULL, mf_fields),
	[DNS_R_CNAME] = REM_TABLE(NULL, cname_fields), [DNS_R_SOA] = REM_TABLE(NULL, soa_fields),
	[DNS_R_MB] = REM_TABLE(NULL, mb_fields), [DNS_R_MG] = REM_TABLE(NULL, mg_fields),
	[DNS_R_MR] = REM_TABLE(NULL, mr_fields), [DNS_R_NULL] = REM_TABLE(NULL, null_fields),
	[DNS_R_WKS] = REM_TABLE(NULL, wks_fields), [DNS_R_WKS_BITS] = REM_TABLE(NULL, wks_bits_fields, .stride = 8),
	[DNS_R_PTR] = REM_TABLE(NULL, ptr_fields), [DNS_R_HINFO] = REM_TABLE(NULL, hinfo_fields),
	[DNS_R_MINFO] = REM_TABLE(NULL, minfo_fields), [DNS_R_MX] = REM_TABLE(NULL, mx_fields),
	[DNS_R_TXT] = REM_TABLE(NULL, txt_fields), [DNS_R_RP] = REM_TABLE(NULL, rp_fields),
	[DNS_R_AFSDB] = REM_TABLE(NULL, afsdb_fields), [DNS_R_X25] = REM_TABLE(NULL, x25_fields),
	[DNS_R_ISDN] = REM_TABLE(NULL, isdn_fields), [DNS_R_RT] = REM_TABLE(NULL, rt_fields),
	[DNS_R_NSAP] = REM_TABLE(NULL, nsap_fields), [DNS_R_NSAP_PTR] = REM_TABLE(NULL, nsap_ptr_fields),
	[DNS_R_KEY] = REM_TABLE(NULL, key_fields), [DNS_R_PX] = REM_TABLE(NULL, px_fields),
	[DNS_R_GPOS] = REM_TABLE(NULL, gpos_fields), [DNS_R_AAAA] = REM_TABLE(NULL, aaaa_fields),
	[DNS_R_LOC] = REM_TABLE(NULL, loc_fields), [DNS_R_NXT] = REM_TABLE(NULL, nxt_fields),
	[DNS_R_SRV] = REM_TABLE(NULL, srv_fields), [DNS_R_NAPTR] = REM_TABLE(NULL, naptr_fields),
	[DNS_R_KX] = REM_TABLE(NULL, kx_fields), [DNS_R_CERT] = REM_TABLE(NULL, cert_fields),
	[DNS_R_A6] = REM_TABLE(NULL, a6_fields), [DNS_R_DNAME] = REM_TABLE(NULL, dname_fields),
	[DNS_R_APL] = REM_TABLE(NULL, apl_fields), [DNS_R_APL_VALUE] = REM_TABLE(NULL, apl_value_fields),
	[DNS_R_DS] = REM_TABLE(NULL, ds_fields), [DNS_R_SSHFP] = REM_TABLE(NULL, sshfp_fields),
	[DNS_R_IPSECKEY] = REM_TABLE(NULL, ipseckey_fields),
	[DNS_R_IPSECKEY_VALUE] = REM_TABLE(NULL, ipseckey_value_fields),
	[DNS_R_RRSIG] = REM_TABLE(NULL, rrsig_fields), [DNS_R_NSEC] = REM_TABLE(NULL, nsec_fields),
	[DNS_R_DNSKEY] = REM_TABLE(NULL, dnskey_fields), [DNS_R_DHCID] = REM_TABLE(NULL, dhcid_fields),
	[DNS_R_NSEC3] = REM_TABLE(NULL, nsec3_fields), [DNS_R_NSEC3PARAM] = REM_TABLE(NULL, nsec3param_fields),
	[DNS_R_TLSA] = REM_TABLE(NULL, tlsa_fields), [DNS_R_HIP] = REM_TABLE(NULL, hip_fields),
	[DNS_R_OPENPGPKEY] = REM_TABLE(NULL, openpgpkey_fields), [DNS_R_CSYNC] = REM_TABLE(NULL, csync_fields),
	[DNS_R_ZONEMD] = REM_TABLE(NULL, zonemd_fields), [DNS_R_SVCB] = REM_TABLE(NULL, svcb_fields),
	[DNS_R_SPF] = REM_TABLE(NULL, spf_fields), [DNS_R_NID] = REM_TABLE(NULL, nid_fields),
	[DNS_R_L32] = REM_TABLE(NULL, l32_fields), [DNS_R_L64] = REM_TABLE(NULL, l64_fields),
	[DNS_R_LP] = REM_TABLE(NULL, lp_fields), [DNS_R_EUI48] = REM_TABLE(NULL, eui48_fields),
	[DNS_R_EUI64] = REM_TABLE(NULL, eui64_fields), [DNS_R_TKEY] = REM_TABLE(NULL, tkey_fields),
	[DNS_R_TSIG] = REM_TABLE(NULL, tsig_fields), [DNS_R_CAA] = REM_TABLE(NULL, caa_fields),
	[DNS_R_WINS] = REM_TABLE(NULL, wins_fields), [DNS_R_WINS_SERVER] = REM_TABLE(NULL, wins_server_fields, .stride = 32),
	[DNS_R_WINSR] = REM_TABLE(NULL, winsr_fields), [DNS_R_XPF] = REM_TABLE(NULL, xpf_fields),
	[DNS_R_MORE] = REM_TABLE(NULL, more_fields),
	[DNS_R_XPF4] = REM_TABLE(NULL, xpf4_fields), [DNS_R_XPF6] = REM_TABLE(NULL, xpf6_fields),
	[DNS_R_DATA] = REM_TABLE(NULL, data_fields),
	[DNS_OPTION] = REM_TABLE("Option", option_fields), [DNS_OPTION_VALUE] = REM_TABLE(NULL, option_value_fields),
	[DNS_OPTION_DAU] = REM_TABLE(NULL, option_dau_fields, .stride = 8),
	[DNS_OPTION_DHU] = REM_TABLE(NULL, option_dhu_fields, .stride = 8),
	[DNS_OPTION_N3U] = REM_TABLE(NULL, option_n3u_fields, .stride = 8),
	[DNS_OPTION_ECS] = REM_TABLE(NULL, option_ecs_fields),
	[DNS_PARAM] = REM_TABLE("Parameter", param_fields), [DNS_PARAM_VALUE] = REM_TABLE(NULL, param_value_fields),
	[DNS_PARAM_ALPN] = REM_TABLE(NULL, param_alpn_fields),
	[DNS_PARAM_KEYS] = REM_TABLE(NULL, param_keys_fields, .stride = 16),
	[DNS_PARAM_IPV4] = REM_TABLE(NULL, param_ipv4_fields, .stride = 32),
	[DNS_PARAM_IPV6] = REM_TABLE(NULL, param_ipv6_fields, .stride = 128),
};
/* clang-format on */
