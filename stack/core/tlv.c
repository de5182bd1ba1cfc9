/* SPDX-License-Identifier: BSD-3-Clause */
/* The walker of everything that has a tag and a length. */
#include <remora/bits.h>
#include <remora/tlv.h>

static uint32_t load(const struct rem_tlv *kind, const uint8_t *p)
{
	return kind->wide ? rem_be16(p) : *p;
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
	const uint32_t width = kind->wide ? 2 : 1;
	uint32_t head = width, n = width;

	*item = (struct rem_tlv_item){.tag = REM_TLV_NONE};
	if (rest->cap == 0)
		return false;
	if (rest->cap < head)
		return give_up(rest, item, head);
	item->tag = load(kind, rest->p);
	if (item->tag != kind->pad && item->tag != kind->end) {
		head += width;
		if (rest->cap < head)
			return give_up(rest, item, head);
		n = load(kind, rest->p + width) * kind->unit;
		if (!kind->whole)
			n += head;
		if (n < head) {
			give_up(rest, item, 0);
			item->err = REM_LENGTH;
			return true;
		}
		if (n > rest->cap)
			return give_up(rest, item, n);
	}
	item->whole = (struct rem_view){rest->p, n, n};
	item->value = (struct rem_view){rest->p + head, n - head, n - head};
	*rest = rem_view_skip(*rest, n);
	if (item->tag == kind->end)
		rest->cap = rest->wire = 0;
	return true;
}
