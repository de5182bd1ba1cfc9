/* SPDX-License-Identifier: BSD-3-Clause */
/* What the fields of TLS are called: RFC 8446, RFC 5246, and the extensions that the rows name. */
#include "proto/tls.h"
#include <remora/tls.h>

/* clang-format off */
REM_NAMES(content_names, {20, "Change Cipher Spec"}, {21, "Alert"}, {22, "Handshake"},
	{23, "Application Data"}, {24, "Heartbeat"}, {25, "Connection ID"});
REM_NAMES(version_names, {0x0002, "SSL 2.0"}, {0x0100, "DTLS 1.0 (OpenSSL pre 0.9.8f)"}, {0x0101, "GMTLS"}, {0x0300, "SSL 3.0"},
	{0x0301, "TLS 1.0"}, {0x0302, "TLS 1.1"}, {0x0303, "TLS 1.2"}, {0x0304, "TLS 1.3"},
	{0x0a0a, "GREASE"}, {0x1a1a, "GREASE"}, {0x2a2a, "GREASE"}, {0x3a3a, "GREASE"},
	{0x4a4a, "GREASE"}, {0x5a5a, "GREASE"}, {0x6a6a, "GREASE"}, {0x7a7a, "GREASE"},
	{0x7f12, "TLS 1.3 (draft 18)"}, {0x7f17, "TLS 1.3 (draft 23)"}, {0x7f1a, "TLS 1.3 (draft 26)"},
	{0x7f1b, "TLS 1.3 (draft 27)"}, {0x7f1c, "TLS 1.3 (draft 28)"}, {0x8a8a, "GREASE"},
	{0x9a9a, "GREASE"}, {0xaaaa, "GREASE"}, {0xbaba, "GREASE"}, {0xcaca, "GREASE"},
	{0xdada, "GREASE"}, {0xeaea, "GREASE"}, {0xfafa, "GREASE"},
	{0xfb17, "TLS 1.3 (Facebook draft 23)"}, {0xfb1a, "TLS 1.3 (Facebook draft 26)"},
	{0xfefd, "DTLS 1.2"}, {0xfeff, "DTLS 1.0"});
REM_NAMES(level_names, {1, "Warning"}, {2, "Fatal"});
REM_NAMES(compression_names, {0, "null"}, {1, "DEFLATE"}, {64, "LZS"});
REM_NAMES(point_names, {0, "uncompressed"}, {1, "ansiX962_compressed_prime"},
	{2, "ansiX962_compressed_char2"});
REM_NAMES(hash_names, {0, "None"}, {1, "MD5"}, {2, "SHA1"}, {3, "SHA224"}, {4, "SHA256"},
	{5, "SHA384"}, {6, "SHA512"}, {7, "SM3"});
REM_NAMES(signature_names, {0, "Anonymous"}, {1, "RSA"}, {2, "DSA"}, {3, "ECDSA"}, {4, "SM2"});
REM_NAMES(psk_mode_names, {0, "PSK alone"}, {1, "PSK with (EC)DHE"});
REM_NAMES(packing_names, {1, "zlib"}, {2, "brotli"}, {3, "zstd"});
REM_NAMES(fragment_names, {1, "512"}, {2, "1024"}, {3, "2048"}, {4, "4096"});
REM_NAMES(status_names, {1, "OCSP"}, {2, "OCSP Multi"});
REM_NAMES(name_types, {0, "host name"});

#ifndef REM_NO_NAMES
static const struct rem_name message_list[] = {
	{0, "Hello Request"}, {1, "Client Hello"}, {2, "Server Hello"}, {3, "Hello Verify Request"},
	{4, "New Session Ticket"}, {5, "End of Early Data"}, {6, "Hello Retry Request"},
	{8, "Encrypted Extensions"}, {11, "Certificate"}, {12, "Server Key Exchange"},
	{13, "Certificate Request"}, {14, "Server Hello Done"}, {15, "Certificate Verify"},
	{16, "Client Key Exchange"}, {20, "Finished"}, {21, "Client Certificate URL"},
	{22, "Certificate Status"}, {23, "Supplemental Data"}, {24, "Key Update"},
	{25, "Compressed Certificate"}, {67, "Encrypted Extensions"},
};
static const struct rem_name alert_list[] = {
	{0, "Close Notify"}, {1, "End of Early Data"}, {10, "Unexpected Message"},
	{20, "Bad Record MAC"}, {21, "Decryption Failed"}, {22, "Record Overflow"},
	{30, "Decompression Failure"}, {40, "Handshake Failure"}, {41, "No Certificate"},
	{42, "Bad Certificate"}, {43, "Unsupported Certificate"}, {44, "Certificate Revoked"},
	{45, "Certificate Expired"}, {46, "Certificate Unknown"}, {47, "Illegal Parameter"},
	{48, "Unknown CA"}, {49, "Access Denied"}, {50, "Decode Error"}, {51, "Decrypt Error"},
	{60, "Export Restriction"}, {70, "Protocol Version"}, {71, "Insufficient Security"},
	{80, "Internal Error"}, {86, "Inappropriate Fallback"}, {90, "User Canceled"},
	{100, "No Renegotiation"}, {109, "Missing Extension"}, {110, "Unsupported Extension"},
	{111, "Certificate Unobtainable"}, {112, "Unrecognized Name"},
	{113, "Bad Certificate Status Response"}, {114, "Bad Certificate Hash Value"},
	{115, "Unknown PSK Identity"}, {116, "Certificate Required"}, {120, "No Application Protocol"},
	{121, "ECH Required"},
};
const struct rem_names rem_tls_alert_names = {alert_list, REM_COUNT(alert_list)};
const struct rem_names rem_tls_message_names = {message_list, REM_COUNT(message_list)};
#else
const struct rem_names rem_tls_alert_names, rem_tls_message_names;
#endif

#define RECORD_ROWS(key_) \
	REM_FIELD(REM_REST(0), "tls.record", "Record", NONE, DEC, NONE, "RFC 8446 5.1", \
		"A piece of what the two sides say."), \
	REM_FIELD(REM_TLS_CONTENT, key_, "Content type", UINT, DEC, TYPE, "RFC 8446 5.1", \
		"What the record carries.", .flags = REM_F_LABEL, REM_NAMED(.names = &content_names)), \
	REM_FIELD(REM_TLS_VERSION, "tls.record.version", "Version", UINT, HEX, VERSION, "RFC 8446 5.1", \
		"A version of TLS, often an old one.", REM_NAMED(.names = &version_names)), \
	REM_FIELD(REM_TLS_LENGTH, "tls.record.length", "Length", UINT, DEC, SIZE, "RFC 8446 5.1", \
		"Bytes of content.", REM_NAMED(.unit = "bytes"))

static const struct rem_field record_fields[] = { RECORD_ROWS("tls.record.content_type") };
static const struct rem_field sealed_fields[] = { RECORD_ROWS("tls.record.opaque_type") };

/* The head of a record that goes on in another segment: Wireshark shows none of it. */
static const struct rem_field partial_fields[] = {
	REM_FIELD(REM_TLS_CONTENT, NULL, "Content type", UINT, DEC, TYPE, "RFC 8446 5.1",
		"What the record carries.", REM_NAMED(.names = &content_names)),
	REM_FIELD(REM_TLS_VERSION, NULL, "Version", UINT, HEX, VERSION, "RFC 8446 5.1",
		"A version of TLS, often an old one.", REM_NAMED(.names = &version_names)),
	REM_FIELD(REM_TLS_LENGTH, NULL, "Length", UINT, DEC, SIZE, "RFC 8446 5.1",
		"Bytes of content.", REM_NAMED(.unit = "bytes")),
};

static const struct rem_field handshake_fields[] = {
	REM_FIELD(REM_REST(0), "tls.handshake", "Handshake", NONE, DEC, NONE, "RFC 8446 4",
		"A message by which the two sides agree on keys."),
	REM_FIELD(REM_TLS_MESSAGE, "tls.handshake.type", "Message", UINT, DEC, OP, "RFC 8446 4",
		"Which message this is.", .flags = REM_F_LABEL, REM_NAMED(.names = &rem_tls_message_names)),
	REM_FIELD(REM_TLS_MESSAGE_LENGTH, "tls.handshake.length", "Length", UINT, DEC, SIZE, "RFC 8446 4",
		"Bytes that the message has behind this.", REM_NAMED(.unit = "bytes")),
};

static const struct rem_field alert_fields[] = {
	REM_FIELD(REM_REST(0), "tls.alert_message", "Alert", NONE, DEC, NONE, "RFC 8446 6",
		"Why the sender stops."),
	REM_FIELD(REM_BYTES(0, 1), "tls.alert_message.level", "Level", UINT, DEC, TYPE, "RFC 8446 6",
		"How bad it is.", REM_NAMED(.names = &level_names)),
	REM_FIELD(REM_BYTES(1, 1), "tls.alert_message.desc", "Description", UINT, DEC, OP, "RFC 8446 6",
		"What has happened.", .flags = REM_F_LABEL, REM_NAMED(.names = &rem_tls_alert_names)),
};

static const struct rem_field random_fields[] = {
	REM_FIELD(REM_BYTES(0, 32), "tls.handshake.random", "Random", BYTES, HEX, ID, "RFC 8446 4.1.2",
		"A value that never comes again."),
	REM_FIELD(REM_BYTES(0, 4), "tls.handshake.random_time", "Time", TIME, DEC, TIME, "RFC 5246 7.4.1.2",
		"What once was the sender's clock.", .flags = REM_F_ALIAS),
	REM_FIELD(REM_BYTES(4, 28), "tls.handshake.random_bytes", "Random bytes", BYTES, HEX, ID,
		"RFC 5246 7.4.1.2", "The random value without the time.", .flags = REM_F_ALIAS),
};

static const struct rem_field extension_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "tls.handshake.extension.type", "Extension", UINT, DEC, TYPE,
		"RFC 8446 4.2", "Which extension this is.", .flags = REM_F_LABEL,
		REM_NAMED(.names = &rem_tls_extension_names)),
	REM_FIELD(REM_BYTES(2, 2), "tls.handshake.extension.len", "Length", UINT, DEC, SIZE, "RFC 8446 4.2",
		"Bytes that the extension has behind this.", REM_NAMED(.unit = "bytes")),
};

static const struct rem_field suite_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "tls.handshake.ciphersuite", "Cipher suite", UINT, HEX, OPTION,
		"RFC 8446 4.1.2", "A cipher suite that the client can do.",
		REM_NAMED(.names = &rem_tls_suite_names)),
};
static const struct rem_field compression_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), "tls.handshake.comp_method", "Compression method", UINT, DEC, OPTION,
		"RFC 8446 4.1.2", "A compression that the client can do.", REM_NAMED(.names = &compression_names)),
};
static const struct rem_field group_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "tls.handshake.extensions_supported_group", "Group", UINT, HEX, OPTION,
		"RFC 8446 4.2.7", "A group for key exchange.", REM_NAMED(.names = &rem_tls_group_names)),
};
static const struct rem_field point_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), "tls.handshake.extensions_ec_point_format", "Point format", UINT, DEC,
		OPTION, "RFC 8422 5.1.2", "How points on curves may be written.",
		REM_NAMED(.names = &point_names)),
};
static const struct rem_field scheme_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "tls.handshake.sig_hash_alg", "Signature scheme", UINT, HEX, OPTION,
		"RFC 8446 4.2.3", "How a signature may be made.", REM_NAMED(.names = &rem_tls_scheme_names)),
	REM_FIELD(REM_BYTES(0, 1), "tls.handshake.sig_hash_hash", "Hash", UINT, DEC, NONE,
		"RFC 5246 7.4.1.4.1", "What TLS 1.2 reads as a hash.", .flags = REM_F_ALIAS,
		REM_NAMED(.names = &hash_names)),
	REM_FIELD(REM_BYTES(1, 1), "tls.handshake.sig_hash_sig", "Signature", UINT, DEC, NONE,
		"RFC 5246 7.4.1.4.1", "What TLS 1.2 reads as a kind of signature.", .flags = REM_F_ALIAS,
		REM_NAMED(.names = &signature_names)),
};
static const struct rem_field version_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "tls.handshake.extensions.supported_version", "Version", UINT, HEX,
		OPTION, "RFC 8446 4.2.1", "A version that the client speaks.",
		REM_NAMED(.names = &version_names)),
};
static const struct rem_field psk_mode_fields[] = {
	REM_FIELD(REM_BYTES(0, 1), "tls.extension.psk_ke_mode", "Key exchange mode", UINT, DEC, OPTION,
		"RFC 8446 4.2.9", "How a key both sides have may be used.", REM_NAMED(.names = &psk_mode_names)),
};
static const struct rem_field packing_fields[] = {
	REM_FIELD(REM_BYTES(0, 2), "tls.compress_certificate.algorithm", "Algorithm", UINT, DEC, OPTION,
		"RFC 8879 3", "How a certificate may be compressed.", REM_NAMED(.names = &packing_names)),
};

static const struct rem_field field_fields[] = {
	[ROW_HELLO_VERSION] = REM_FIELD(REM_REST(0), "tls.handshake.version", "Version", UINT, HEX, VERSION, "RFC 8446 4.1.2",
		"The highest version that the sender speaks, if no extension says more.", REM_NAMED(.names = &version_names)),
	[ROW_SESSION_ID_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.session_id_length", "Session ID length", UINT, DEC, SIZE, "RFC 8446 4.1.2",
		"Bytes of the session ID.", REM_NAMED(.unit = "bytes")),
	[ROW_SESSION_ID] = REM_FIELD(REM_REST(0), "tls.handshake.session_id", "Session ID", BYTES, HEX, ID, "RFC 8446 4.1.2",
		"A session to take up again, or a value to be echoed."),
	[ROW_SUITES_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.cipher_suites_length", "Cipher suites length", UINT, DEC, SIZE, "RFC 8446 4.1.2",
		"Bytes of the list of cipher suites.", REM_NAMED(.unit = "bytes")),
	[ROW_SUITES] = REM_FIELD(REM_REST(0), "tls.handshake.ciphersuites", "Cipher suites", NONE, DEC, NONE, "RFC 8446 4.1.2",
		"The list of cipher suites."),
	[ROW_SUITE] = REM_FIELD(REM_REST(0), "tls.handshake.ciphersuite", "Cipher suite", UINT, HEX, NONE, "RFC 8446 4.1.3",
		"The cipher suite that the server has chosen.", REM_NAMED(.names = &rem_tls_suite_names)),
	[ROW_COMPRESSIONS_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.comp_methods_length", "Compression methods length", UINT, DEC, SIZE, "RFC 8446 4.1.2",
		"Bytes of the list of compression methods.", REM_NAMED(.unit = "bytes")),
	[ROW_COMPRESSIONS] = REM_FIELD(REM_REST(0), "tls.handshake.comp_methods", "Compression methods", NONE, DEC, NONE, "RFC 8446 4.1.2",
		"The list of compression methods."),
	[ROW_COMPRESSION] = REM_FIELD(REM_REST(0), "tls.handshake.comp_method", "Compression method", UINT, DEC, NONE, "RFC 8446 4.1.3",
		"The compression that the server has chosen.", REM_NAMED(.names = &compression_names)),
	[ROW_EXTENSIONS_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_length", "Extensions length", UINT, DEC, SIZE, "RFC 8446 4.2",
		"Bytes of the extensions.", REM_NAMED(.unit = "bytes")),
	[ROW_EXTENSION_DATA] = REM_FIELD(REM_REST(0), "tls.handshake.extension.data", "Data", BYTES, HEX, PAYLOAD, "RFC 8446 4.2",
		"The extension as it stands."),
	[ROW_NAMES_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_server_name_list_len", "Name list length", UINT, DEC, SIZE, "RFC 6066 3",
		"Bytes of the list of names.", REM_NAMED(.unit = "bytes")),
	[ROW_NAME_TYPE] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_server_name_type", "Name type", UINT, DEC, TYPE, "RFC 6066 3",
		"Kind of name: a host's.", REM_NAMED(.names = &name_types)),
	[ROW_NAME_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_server_name_len", "Name length", UINT, DEC, SIZE, "RFC 6066 3",
		"Bytes of the name.", REM_NAMED(.unit = "bytes")),
	[ROW_NAME] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_server_name", "Server name", TEXT, DEC, TEXT, "RFC 6066 3",
		"The host that the client means.", .calc = rem_calc_text),
	[ROW_MAX_FRAGMENT] = REM_FIELD(REM_REST(0), "tls.handshake.max_fragment_length", "Maximum fragment length", UINT, DEC, SIZE, "RFC 6066 4",
		"How large the client wants fragments to be at most.", REM_NAMED(.names = &fragment_names)),
	[ROW_STATUS_TYPE] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_status_request_type", "Status type", UINT, DEC, TYPE, "RFC 6066 8",
		"Kind of certificate status.", REM_NAMED(.names = &status_names)),
	[ROW_RESPONDERS_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_status_request_responder_ids_len", "Responder IDs length", UINT, DEC, SIZE, "RFC 6066 8",
		"Bytes of the list of OCSP responders.", REM_NAMED(.unit = "bytes")),
	[ROW_STATUS_EXTENSIONS_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_status_request_exts_len", "Request extensions length", UINT, DEC, SIZE, "RFC 6066 8",
		"Bytes of the extensions of the request.", REM_NAMED(.unit = "bytes")),
	[ROW_STATUS_LIST_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_status_request_list_len", "Status list length", UINT, DEC, SIZE, "RFC 6961 2.2",
		"Bytes of the list of status requests.", REM_NAMED(.unit = "bytes")),
	[ROW_GROUPS_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_supported_groups_length", "Groups length", UINT, DEC, SIZE, "RFC 8446 4.2.7",
		"Bytes of the list of groups.", REM_NAMED(.unit = "bytes")),
	[ROW_GROUPS] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_supported_groups", "Groups", NONE, DEC, NONE, "RFC 8446 4.2.7",
		"The list of groups."),
	[ROW_POINTS_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_ec_point_formats_length", "Point formats length", UINT, DEC, SIZE, "RFC 8422 5.1.2",
		"Bytes of the list of point formats.", REM_NAMED(.unit = "bytes")),
	[ROW_POINTS] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_ec_point_formats", "Point formats", NONE, DEC, NONE, "RFC 8422 5.1.2",
		"The list of point formats."),
	[ROW_SCHEMES_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.sig_hash_alg_len", "Signature schemes length", UINT, DEC, SIZE, "RFC 8446 4.2.3",
		"Bytes of the list of signature schemes.", REM_NAMED(.unit = "bytes")),
	[ROW_SCHEMES] = REM_FIELD(REM_REST(0), "tls.handshake.sig_hash_algs", "Signature schemes", NONE, DEC, NONE, "RFC 8446 4.2.3",
		"The list of signature schemes."),
	[ROW_HEARTBEAT] = REM_FIELD(REM_REST(0), "tls.handshake.extension.heartbeat.mode", "Heartbeat mode", UINT, DEC, NONE, "RFC 6520 2",
		"Whether the peer may send heartbeat requests."),
	[ROW_ALPN_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_alpn_len", "ALPN length", UINT, DEC, SIZE, "RFC 7301 3.1",
		"Bytes of the list of protocols.", REM_NAMED(.unit = "bytes")),
	[ROW_ALPN] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_alpn_list", "ALPN", NONE, DEC, NONE, "RFC 7301 3.1",
		"The list of protocols."),
	[ROW_ALPN_NAME_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_alpn_str_len", "Protocol name length", UINT, DEC, SIZE, "RFC 7301 3.1",
		"Bytes of the protocol's name.", REM_NAMED(.unit = "bytes")),
	[ROW_ALPN_NAME] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_alpn_str", "Protocol", TEXT, DEC, TEXT, "RFC 7301 3.1",
		"A protocol to speak over TLS.", .calc = rem_calc_text),
	[ROW_CERT_TYPES_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.cert_type.types_len", "Certificate types length", UINT, DEC, SIZE, "RFC 7250 3",
		"Bytes of the list of certificate types.", REM_NAMED(.unit = "bytes")),
	[ROW_CERT_TYPE] = REM_FIELD(REM_REST(0), "tls.handshake.cert_type.type", "Certificate type", UINT, HEX, NONE, "RFC 7250 3",
		"The certificate type that the server has chosen."),
	[ROW_PADDING] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_padding_data", "Padding", BYTES, HEX, PAYLOAD, "RFC 7685 3",
		"Zeros that make the message longer."),
	[ROW_SRP_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_srp_len", "SRP user name length", UINT, DEC, SIZE, "RFC 5054 2.8.1",
		"Bytes of the user name.", REM_NAMED(.unit = "bytes")),
	[ROW_SRP] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_srp_username", "SRP user name", TEXT, DEC, TEXT, "RFC 5054 2.8.1",
		"The user who logs in by SRP.", .calc = rem_calc_text),
	[ROW_PACKINGS_LENGTH] = REM_FIELD(REM_REST(0), "tls.compress_certificate.algorithms_length", "Algorithms length", UINT, DEC, SIZE, "RFC 8879 3",
		"Bytes of the list of algorithms.", REM_NAMED(.unit = "bytes")),
	[ROW_SIZE_LIMIT] = REM_FIELD(REM_REST(0), "tls.record_size_limit", "Record size limit", UINT, DEC, SIZE, "RFC 8449 4",
		"Largest record that the sender wants to get.", REM_NAMED(.unit = "bytes")),
	[ROW_SHARES_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_key_share_client_length", "Key shares length", UINT, DEC, SIZE, "RFC 8446 4.2.8",
		"Bytes of the list of key shares.", REM_NAMED(.unit = "bytes")),
	[ROW_SHARE_GROUP] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_key_share_group", "Key share group", UINT, DEC, NONE, "RFC 8446 4.2.8",
		"The group that the key is in.", REM_NAMED(.names = &rem_tls_group_names)),
	[ROW_SHARE_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_key_share_key_exchange_length", "Key length", UINT, DEC, SIZE, "RFC 8446 4.2.8",
		"Bytes of the key.", REM_NAMED(.unit = "bytes")),
	[ROW_SHARE] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_key_share_key_exchange", "Key", BYTES, HEX, PAYLOAD, "RFC 8446 4.2.8",
		"The public key."),
	[ROW_SELECTED_GROUP] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_key_share_selected_group", "Selected group", UINT, DEC, NONE, "RFC 8446 4.2.8",
		"The group that the server wants a key in.", REM_NAMED(.names = &rem_tls_group_names)),
	[ROW_IDENTITIES_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions.psk.identities.length", "Identities length", UINT, DEC, SIZE, "RFC 8446 4.2.11",
		"Bytes of the list of identities.", REM_NAMED(.unit = "bytes")),
	[ROW_IDENTITY_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions.psk.identity.identity_length", "Identity length", UINT, DEC, SIZE, "RFC 8446 4.2.11",
		"Bytes of the identity.", REM_NAMED(.unit = "bytes")),
	[ROW_IDENTITY] = REM_FIELD(REM_REST(0), "tls.handshake.extensions.psk.identity.identity", "Identity", BYTES, HEX, ID, "RFC 8446 4.2.11",
		"Names a key that both sides have."),
	[ROW_TICKET_AGE] = REM_FIELD(REM_REST(0), "tls.handshake.extensions.psk.identity.obfuscated_ticket_age", "Obfuscated ticket age", UINT, DEC, TIME, "RFC 8446 4.2.11",
		"Age of the ticket plus a secret."),
	[ROW_BINDERS_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions.psk.binders_len", "Binders length", UINT, DEC, SIZE, "RFC 8446 4.2.11",
		"Bytes of the list of binders.", REM_NAMED(.unit = "bytes")),
	[ROW_BINDERS] = REM_FIELD(REM_REST(0), "tls.handshake.extensions.psk.binders", "Binders", NONE, DEC, NONE, "RFC 8446 4.2.11.2",
		"Proofs that the client has the keys."),
	[ROW_SELECTED_IDENTITY] = REM_FIELD(REM_REST(0), "tls.handshake.extensions.psk.identity.selected", "Selected identity", UINT, DEC, NONE, "RFC 8446 4.2.11",
		"Which of the client's identities the server takes."),
	[ROW_VERSIONS_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions.supported_versions_len", "Versions length", UINT, DEC, SIZE, "RFC 8446 4.2.1",
		"Bytes of the list of versions.", REM_NAMED(.unit = "bytes")),
	[ROW_VERSION] = REM_FIELD(REM_REST(0), "tls.handshake.extensions.supported_version", "Selected version", UINT, HEX, VERSION, "RFC 8446 4.2.1",
		"The version that the server has chosen.", REM_NAMED(.names = &version_names)),
	[ROW_COOKIE_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions.cookie_len", "Cookie length", UINT, DEC, SIZE, "RFC 8446 4.2.2",
		"Bytes of the cookie.", REM_NAMED(.unit = "bytes")),
	[ROW_COOKIE] = REM_FIELD(REM_REST(0), "tls.handshake.extensions.cookie", "Cookie", BYTES, HEX, PAYLOAD, "RFC 8446 4.2.2",
		"What the client has to send back."),
	[ROW_PSK_MODES_LENGTH] = REM_FIELD(REM_REST(0), "tls.extension.psk_ke_modes_length", "Key exchange modes length", UINT, DEC, SIZE, "RFC 8446 4.2.9",
		"Bytes of the list of modes.", REM_NAMED(.unit = "bytes")),
	[ROW_CID_LENGTH] = REM_FIELD(REM_REST(0), "tls.connection_id_length", "Connection ID length", UINT, DEC, SIZE, "RFC 9146 3",
		"Bytes of the connection ID.", REM_NAMED(.unit = "bytes")),
	[ROW_CID] = REM_FIELD(REM_REST(0), "tls.connection_id", "Connection ID", BYTES, HEX, ID, "RFC 9146 3",
		"The ID that the sender wants to be called by."),
	[ROW_RENEGOTIATION_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_reneg_info_len", "Renegotiation info length", UINT, DEC, SIZE, "RFC 5746 3.2",
		"Bytes of the renegotiation info.", REM_NAMED(.unit = "bytes")),
	[ROW_RENEGOTIATION] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_reneg_info", "Renegotiation info", BYTES, HEX, PAYLOAD, "RFC 5746 3.2",
		"Verify data of the handshake before."),
	[ROW_NPN_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_npn_str_len", "Protocol name length", UINT, DEC, SIZE, "draft-agl-tls-nextprotoneg-04",
		"Bytes of the protocol's name.", REM_NAMED(.unit = "bytes")),
	[ROW_NPN] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_npn", "Next protocol", TEXT, DEC, TEXT, "draft-agl-tls-nextprotoneg-04",
		"A protocol that the server speaks, by the forerunner of ALPN.", .calc = rem_calc_text),
	[ROW_ESNI_SUITE] = REM_FIELD(REM_REST(0), "tls.esni.suite", "Cipher suite", UINT, HEX, NONE, "draft-ietf-tls-esni-02",
		"What the name is encrypted by.", REM_NAMED(.names = &rem_tls_suite_names)),
	[ROW_ESNI_DIGEST_LENGTH] = REM_FIELD(REM_REST(0), "tls.esni.record_digest_length", "Record digest length", UINT, DEC, SIZE, "draft-ietf-tls-esni-02",
		"Bytes of the digest.", REM_NAMED(.unit = "bytes")),
	[ROW_ESNI_DIGEST] = REM_FIELD(REM_REST(0), "tls.esni.record_digest", "Record digest", BYTES, HEX, ID, "draft-ietf-tls-esni-02",
		"Of the record in the DNS that the key is from."),
	[ROW_ESNI_LENGTH] = REM_FIELD(REM_REST(0), "tls.esni.encrypted_sni_length", "Encrypted name length", UINT, DEC, SIZE, "draft-ietf-tls-esni-02",
		"Bytes of the encrypted name.", REM_NAMED(.unit = "bytes")),
	[ROW_ESNI] = REM_FIELD(REM_REST(0), "tls.esni.encrypted_sni", "Encrypted name", BYTES, HEX, PAYLOAD, "draft-ietf-tls-esni-02",
		"The name of the server, for the server alone."),
	[ROW_ALPS_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_alps_len", "ALPS length", UINT, DEC, SIZE, "draft-vvv-tls-alps-01",
		"Bytes of the list of protocols with settings.", REM_NAMED(.unit = "bytes")),
	[ROW_ALPS] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_alps_alpn_list", "ALPS", NONE, DEC, NONE, "draft-vvv-tls-alps-01",
		"The list of protocols with settings."),
	[ROW_ALPS_NAME_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_alps_alpn_str_len", "Protocol name length", UINT, DEC, SIZE, "draft-vvv-tls-alps-01",
		"Bytes of the protocol's name.", REM_NAMED(.unit = "bytes")),
	[ROW_ALPS_NAME] = REM_FIELD(REM_REST(0), "tls.handshake.extensions_alps_alpn_str", "Protocol", TEXT, DEC, TEXT, "draft-vvv-tls-alps-01",
		"A protocol that the client has settings for.", .calc = rem_calc_text),
	[ROW_SCTS_LENGTH] = REM_FIELD(REM_REST(0), "tls.sct.scts_length", "Timestamps length", UINT, DEC, SIZE, "RFC 6962 3.3",
		"Bytes of the list of signed certificate timestamps.", REM_NAMED(.unit = "bytes")),
	[ROW_AUTHORITIES_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.dnames_len", "Authorities length", UINT, DEC, SIZE, "RFC 8446 4.2.4",
		"Bytes of the list of certificate authorities.", REM_NAMED(.unit = "bytes")),
	[ROW_TICKET_LIFETIME] = REM_FIELD(REM_REST(0), "tls.handshake.session_ticket_lifetime_hint", "Ticket lifetime hint", UINT, DEC, TIME, "RFC 5077 3.3",
		"For how long the ticket is good.", REM_NAMED(.unit = "s")),
	[ROW_TICKET_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.session_ticket_length", "Ticket length", UINT, DEC, SIZE, "RFC 5077 3.3",
		"Bytes of the ticket.", REM_NAMED(.unit = "bytes")),
	[ROW_TICKET] = REM_FIELD(REM_REST(0), "tls.handshake.session_ticket", "Ticket", BYTES, HEX, ID, "RFC 5077 3.3",
		"A session, sealed by the server for itself."),
	[ROW_CERTIFICATES_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.certificates_length", "Certificates length", UINT, DEC, SIZE, "RFC 5246 7.4.2",
		"Bytes of the list of certificates.", REM_NAMED(.unit = "bytes")),
	[ROW_CERTIFICATES] = REM_FIELD(REM_REST(0), "tls.handshake.certificates", "Certificates", NONE, DEC, NONE, "RFC 5246 7.4.2",
		"The chain of certificates."),
	[ROW_CERTIFICATE_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.certificate_length", "Certificate length", UINT, DEC, SIZE, "RFC 5246 7.4.2",
		"Bytes of the certificate.", REM_NAMED(.unit = "bytes")),
	[ROW_CERTIFICATE] = REM_FIELD(REM_REST(0), "tls.handshake.certificate", "Certificate", BYTES, HEX, PAYLOAD, "RFC 5246 7.4.2",
		"A certificate in DER."),
	[ROW_OCSP_LENGTH] = REM_FIELD(REM_REST(0), "tls.handshake.ocsp_response_len", "OCSP response length", UINT, DEC, SIZE, "RFC 6066 8",
		"Bytes of the OCSP response.", REM_NAMED(.unit = "bytes")),
	[ROW_VERIFY_DATA] = REM_FIELD(REM_REST(0), "tls.handshake.verify_data", "Verify data", NONE, DEC, CHECKSUM, "RFC 5246 7.4.9",
		"Hash over the handshake."),
	[ROW_APP_DATA] = REM_FIELD(REM_REST(0), "tls.app_data", "Application data", BYTES, HEX, PAYLOAD, "RFC 8446 5.2",
		"What only the two sides can read."),
	[ROW_CHANGE_CIPHER_SPEC] = REM_FIELD(REM_REST(0), "tls.change_cipher_spec", "Change cipher spec", NONE, DEC, NONE, "RFC 5246 7.1",
		"From here on the sender encrypts."),
	[ROW_REST] = REM_FIELD(REM_REST(0), NULL, "Data", BYTES, HEX, PAYLOAD, "RFC 8446 5",
		"Bytes that are left as they stand."),
};

const struct rem_table rem_tls_tables[TABLE_COUNT] = {
	[TABLE_RECORD] = REM_TABLE("Record", record_fields),
	[TABLE_SEALED] = REM_TABLE("Record", sealed_fields),
	[TABLE_PARTIAL] = REM_TABLE("Record that goes on", partial_fields),
	[TABLE_HANDSHAKE] = REM_TABLE("Handshake", handshake_fields),
	[TABLE_ALERT] = REM_TABLE("Alert", alert_fields),
	[TABLE_RANDOM] = REM_TABLE("Random", random_fields),
	[TABLE_EXTENSION] = REM_TABLE("Extension", extension_fields),
	[TABLE_FIELD] = REM_TABLE("Field", field_fields),
	[TABLE_SUITES] = REM_TABLE("Cipher suite", suite_fields, .stride = 16),
	[TABLE_COMPRESSIONS] = REM_TABLE("Compression method", compression_fields, .stride = 8),
	[TABLE_GROUPS] = REM_TABLE("Group", group_fields, .stride = 16),
	[TABLE_POINTS] = REM_TABLE("Point format", point_fields, .stride = 8),
	[TABLE_SCHEMES] = REM_TABLE("Signature scheme", scheme_fields, .stride = 16),
	[TABLE_VERSIONS] = REM_TABLE("Version", version_fields, .stride = 16),
	[TABLE_PSK_MODES] = REM_TABLE("Key exchange mode", psk_mode_fields, .stride = 8),
	[TABLE_PACKINGS] = REM_TABLE("Algorithm", packing_fields, .stride = 16),
};
/* clang-format on */
