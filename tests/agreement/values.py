# SPDX-License-Identifier: BSD-3-Clause
"""When two printed values of one key are the same value."""

import datetime
import functools
import re
import socket

INTEGER = re.compile(r"FT_(U?INT\d+|BOOLEAN|FRAMENUM|CHAR)$")
ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([0-7]{3})|([abfnrtv\\\"'0]))")
OURS = re.compile(r"\\(?:x([0-9a-f]{2})|([abtnvfr\\]))")
OVERLONG = re.compile(r"\\x(c[01])\\x([89ab][0-9a-f])")
LETTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "0": "\0"}
CONTROLS = re.compile("[\\x00-\\x1f\\x7f]")
FORMATS = {char: "\\" + letter for letter, char in LETTERS.items() if letter in "abfnrtv"}
MONTHS = {name: number for number, name in enumerate(
	"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
DATE = re.compile(r"(\w{3}) +(\d+), (\d+) (\d+):(\d+):(\d+)(?:\.(-?\d+))?(?: UTC)?$")
ISO = re.compile(r"(\d+)-(\d+)-(\d+)[T ](\d+):(\d+):(\d+)(?:\.(\d+))?(?:Z| UTC)?$")
TEXTS = ("FT_STRING", "FT_STRINGZ", "FT_STRINGZPAD", "FT_STRINGZTRUNC", "FT_UINT_STRING")


def integer(text, base):
	if text in ("True", "False"):
		return int(text == "True")
	if len(text) >= 3 and text[0] == text[-1] == "'":
		return ord(plain(text[1:-1]))
	if base == "BASE_OCT":
		return int(text, 8)
	return int(text, 0) if text[:2] in ("0x", "0X") else int(text)


def days(year, month, day):
	"""Days since 1970; a year may have more digits than the datetime module allows."""
	eras, year = divmod(year, 400)
	return eras * 146097 + datetime.date(year + 400, month, day).toordinal() - 865260


def nanoseconds(digits):
	"""The digits behind the point; more than nine are a fraction of more than a second, as a file had it."""
	digits = (digits or "0").lstrip("-")
	return int(digits) if len(digits) > 9 else int(digits.ljust(9, "0"))


def moment(text):
	"""A point in time, in nanoseconds since 1970."""
	match = DATE.match(text)
	if match:
		parts = [int(match.group(3)), MONTHS[match.group(1)], int(match.group(2))]
	else:
		match = ISO.match(text)
		if not match:
			return interval(text)
		parts = [int(match.group(1)), int(match.group(2)), int(match.group(3))]
	clock = 3600 * int(match.group(4)) + 60 * int(match.group(5)) + int(match.group(6))
	return (86400 * days(*parts) + clock) * 1000000000 + nanoseconds(match.group(7))


def interval(text):
	match = re.match(r"(-?)(\d+)(?:\.(\d+))?(?: seconds?)?$", text)
	if not match:
		raise ValueError(text)
	seconds, digits = int(match.group(2)) * 1000000000, match.group(3)
	value = seconds + nanoseconds(digits)
	return -value if match.group(1) and len(digits or "") <= 9 else value


def unescape(match):
	if match.group(1):
		code = int(match.group(1), 16)
		return chr(code) if code < 0x80 else "\ufffd"
	if match.group(2):
		return chr(int(match.group(2), 16))
	if match.group(3):
		code = int(match.group(3), 8)
		return chr(code) if code < 0x80 else "\ufffd"
	return LETTERS.get(match.group(4), match.group(4))


def plain(text):
	"""Text without escapes; XML has already turned line ends and tabs into spaces for one side."""
	text = ESCAPE.sub(unescape, text)
	text = re.sub("\r\n|[\r\n\t]", " ", text)
	return re.sub("\ufffd+", "\ufffd", text)


def decoded(text):
	"""Our text without its escapes; bytes that are not UTF-8 become U+FFFD."""
	def one(match):
		if match.group(2):
			return LETTERS.get(match.group(2), "\\")
		code = int(match.group(1), 16)
		return chr(code) if code < 0x80 else "\ufffd"
	return OURS.sub(one, text)


def blurred(text):
	"""White space as XML leaves it; a run of bytes that tshark could not read is one U+FFFD."""
	text = re.sub("\r\n|[\r\n\t]", " ", text)
	return re.sub("[?\ufffd]*\ufffd[?\ufffd]*", "\ufffd", text)


def formatted(match):
	return FORMATS.get(match.group()) or "\\%03o" % ord(match.group())


def overlong(text):
	"""Two bytes for a character that needs one: not UTF-8, but tshark reads them in some places."""
	def one(match):
		code = (int(match.group(1), 16) & 0x1f) << 6 | (int(match.group(2), 16) & 0x3f)
		return chr(code) if code >= 0x20 else "\ufffd"
	return OVERLONG.sub(one, text)


def same_text(ours, theirs):
	return same_as_text(ours, theirs) or same_as_text(overlong(ours), theirs)


def same_as_text(ours, theirs):
	"""tshark takes many texts for ASCII, where any other byte is U+FFFD; backslashes are as they are."""
	ours, theirs = decoded(ours), blurred(theirs)
	ascii = re.sub("[^\\x00-\\x7f]", "\ufffd", ours)
	if theirs == CONTROLS.sub(lambda match: "\\x%x" % ord(match.group()), blurred(ascii)):
		return True
	# what went through format_text: "\\003" and "\\u202E" are part of the text itself
	theirs = blurred(re.sub(r"\\u[0-9A-F]{4}|\\U[0-9A-F]{8}", "\ufffd", theirs))
	ours = "".join(c if c.isprintable() or c < "\x80" else "\ufffd" for c in ours)
	return theirs == blurred(CONTROLS.sub(formatted, ours))


@functools.lru_cache(maxsize=200000)
def canonical(kind, base, text):
	"""A comparable form of a value, or the text itself where its type says nothing."""
	try:
		if INTEGER.match(kind):
			return integer(text, base)
		if kind == "FT_IPv4":
			return socket.inet_aton(text)
		if kind == "FT_IPv6":
			return socket.inet_pton(socket.AF_INET6, text)
		if kind in ("FT_BYTES", "FT_UINT_BYTES", "FT_ETHER", "FT_EUI64", "FT_FCWWN", "FT_SYSTEM_ID"):
			return bytes.fromhex(re.sub("[:. -]", "", text))
		if kind == "FT_ABSOLUTE_TIME":
			return moment(text)
		if kind == "FT_RELATIVE_TIME":
			return interval(text)
		if kind == "FT_GUID":
			return text.lower()
	except (ValueError, OSError, TypeError, OverflowError):
		return text
	if kind in ("FT_NONE", "FT_PROTOCOL"):
		return None
	return plain(text)


def close(ours, theirs):
	"""Equal floating point numbers, as far as tshark printed digits."""
	try:
		mantissa, _, exponent = theirs.lower().partition("e")
		digits = len(mantissa.partition(".")[2])
		step = 10.0 ** (int(exponent or "0") - digits)
		return abs(float(ours) - float(theirs)) <= step
	except ValueError:
		return ours == theirs


@functools.lru_cache(maxsize=200000)
def same(kinds, ours, theirs):
	"""Do two texts show the same value, under one of the types that the key has?"""
	if ours == theirs:
		return True
	for kind, base, _ in kinds:
		if kind in ("FT_DOUBLE", "FT_FLOAT"):
			if close(ours, theirs):
				return True
		elif canonical(kind, base, ours) == canonical(kind, base, theirs):
			return True
		elif kind in TEXTS and same_text(ours, theirs):
			return True
	return False
