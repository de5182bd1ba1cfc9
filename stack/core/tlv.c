/* SPDX-License-Identifier: BSD-3-Clause */
/* The walker of everything that has a tag and a length. */
#include <remora/bits.h>
#include <remora/tlv.h>

static uint32_t load(const struct rem_tlv *kind, const uint8_t *p, uint32_t n)
{
	if (n == 1)
		return *p;
	return kind->little ? (uint32_t)rem_le(p, 2) : rem_be16(p);
}

/* Ends the walk at `rest`, reporting what is left as an item that lies or is cut. */
static bool give_up(struct rem_view *rest, struct rem_tlv_item *item, uint32_t need)
{
	item->err = rem_lack(*rest, need);
	item->whole = *rest;
	item->value = rem_view_skip(*rest, rest->cap);
	rest->p += rest->cap;
	rest->wire = rest->cap = 0;
	return true;
}

bool rem_tlv_next(const struct rem_tlv *kind, struct rem_view *rest, struct rem_tlv_item *item)
{
	const uint32_t head = (uint32_t)kind->tag_bytes + kind->length_bytes;

	*item = (struct rem_tlv_item){.tag = REM_TLV_NONE};
	if (rest->cap == 0)
		return false;
	if (rest->cap < kind->tag_bytes)
		return give_up(rest, item, kind->tag_bytes);
	item->tag = load(kind, rest->p, kind->tag_bytes);
	if (item->tag == kind->pad || item->tag == kind->end) {
		item->whole = rem_view_first(*rest, kind->tag_bytes);
		item->value = rem_view_skip(item->whole, kind->tag_bytes);
		*rest = rem_view_skip(*rest, kind->tag_bytes);
		if (item->tag == kind->end)
			rest->cap = rest->wire = 0;
		return true;
	}
	if (rest->cap < head)
		return give_up(rest, item, head);
	uint32_t n = load(kind, rest->p + kind->tag_bytes, kind->length_bytes) * kind->unit;
	if (!kind->whole)
		n += head;
	if (n < head) {
		give_up(rest, item, 0);
		item->err = REM_LENGTH;
		return true;
	}
	if (n > rest->cap)
		return give_up(rest, item, n);
	item->whole = rem_view_first(*rest, n);
	item->value = rem_view_skip(item->whole, head);
	if (kind->align > 1)
		n += (uint32_t)(-(int32_t)n & (kind->align - 1));
	*rest = rem_view_skip(*rest, n < rest->cap ? n : rest->cap);
	return true;
}
