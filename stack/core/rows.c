/* SPDX-License-Identifier: BSD-3-Clause */
/* From parts to rows, from rows to values. */
#include "core/decode.h"

/* Lays the table of a part over its first element. */
REM_INLINE void lay(const struct rem_breakdown *b, const struct rem_part *part,
		    struct rem_row_walk *walk)
{
	walk->table = rem_part_table(part);
	walk->base = rem_part_bytes(b, part);
	walk->bit = 8 * part->off;
	walk->room = 8 * part->len;
	walk->element = 0;
}

/* Places row `index` in the element that the walk is at; false if its bits are not here. */
REM_INLINE bool place(const struct rem_row_walk *walk, const struct rem_part *part, unsigned index,
		      struct rem_row *row)
{
	const struct rem_field *f = &walk->table->row[index];
	const uint32_t stride = walk->table->stride, room = walk->room;
	const uint32_t end = stride != 0 && stride < room ? stride : room, off = REM_OFF(f->bits);
	uint32_t width = REM_WIDTH(f->bits);

	if (off > end)
		return false;
	if (width == 0) {
		width = end - off;
		if (width == 0 && part->rows > 1 && (f->flags & (REM_F_DERIVED | REM_F_EMPTY)) == 0)
			return false;
	}
	if (width > room - off)
		return false;
	*row = (struct rem_row){
		.part = part, .field = f, .base = walk->base,
		.bit = walk->bit + off, .bits = width,
		.index = (uint16_t)index, .element = walk->element,
	};
	return true;
}

bool rem_row_at(const struct rem_breakdown *b, const struct rem_part *part, unsigned index,
		struct rem_row *row)
{
	struct rem_row_walk walk;

	lay(b, part, &walk);
	return index < walk.table->rows && place(&walk, part, index, row);
}

static bool next_element(const struct rem_part *part, struct rem_row_walk *walk)
{
	const uint32_t stride = walk->table->stride;

	if (stride == 0 || walk->room < 2 * stride)
		return false;
	walk->base += stride / 8;
	walk->bit += stride;
	walk->room -= stride;
	walk->element++;
	walk->next = part->row;
	return true;
}

bool rem_row_next(const struct rem_breakdown *b, const struct rem_part *part,
		  struct rem_row_walk *walk, struct rem_row *row)
{
	const unsigned end = part->row + part->rows;

	if (walk->table == NULL) {
		lay(b, part, walk);
		walk->next = walk->table->stride > walk->room ? (uint16_t)end : part->row;
	}
	do {
		for (unsigned i = walk->next; i != end; i++) {
			if ((walk->table->row[i].flags & walk->skip) == 0 &&
			    place(walk, part, i, row)) {
				walk->next = (uint16_t)(i + 1);
				return true;
			}
		}
		walk->next = (uint16_t)end;
	} while (next_element(part, walk));
	return false;
}

/* What a handle says but for the byte: bit of the byte, byte order, width. */
#define SHAPE(h) ((h)&REM_BITS(7, 0xffff))

uint64_t rem_row_bits(const struct rem_row *row)
{
	const uint32_t h = row->field->bits, len = REM_WIDTH(h), up = (REM_OFF(h) & 7) + len;

	switch (SHAPE(h)) {                     /* most rows */
	case REM_BYTES(0, 1): return row->base[REM_OFF(h) / 8];
	case REM_BYTES(0, 2): return rem_be16(row->base + REM_OFF(h) / 8);
	case REM_BYTES(0, 4): return rem_be32(row->base + REM_OFF(h) / 8);
	default: break;
	}
	if (len != 0 && up <= 8)
		return row->base[REM_OFF(h) / 8] >> (8 - up) & ((1u << len) - 1);
	if (len != 0)
		return rem_get64(row->base, h);
	if (row->bits == 0 || row->bits > 64)
		return 0;
	return rem_be(row->base + REM_OFF(h) / 8, row->bits / 8);
}

struct rem_span rem_row_bytes(const struct rem_row *row)
{
	return (struct rem_span){row->base + REM_OFF(row->field->bits) / 8, row->bits / 8};
}

static uint64_t scaled(const struct rem_field *f, uint64_t raw)
{
	return raw * (f->scale ? f->scale : 1) + (uint64_t)(int64_t)f->plus;
}

bool rem_part_is_row(const struct rem_part *part)
{
	const struct rem_table *table = rem_part_table(part);
	unsigned shown = 0;

	for (unsigned i = part->row; i < part->row + part->rows && shown < 2; i++) {
		const unsigned flags = table->row[i].flags;

		if ((flags & (REM_F_ALIAS | REM_F_HIDDEN)) != 0)
			continue;
		if ((flags & REM_F_LABEL) != 0)
			return false;
		shown++;
	}
	return shown == 1 && table->stride == 0;
}

bool rem_row_computed(const struct rem_row *row, const struct rem_value *v)
{
	const struct rem_field *f = row->field;

	if (v->type != REM_T_UINT && v->type != REM_T_INT && v->type != REM_T_BOOL)
		return false;
	if (v->type == REM_T_UINT && f->calc == NULL && f->scale <= 1 && f->plus == 0)
		return false;
	return (f->flags & (REM_F_DERIVED | REM_F_SPELT)) == 0 && v->u != rem_row_bits(row);
}

static int64_t extended(uint64_t raw, uint32_t bits)
{
	const uint32_t up = 64 - bits;

	return bits == 0 ? 0 : (int64_t)(raw << up) >> up;
}

bool rem_row_value(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	const struct rem_field *f = row->field;

	v->type = (enum rem_type)f->type;
	switch (v->type) {
	case REM_T_UINT:
		v->u = scaled(f, rem_row_bits(row));
		break;
	case REM_T_BOOL:
		v->u = rem_row_bits(row) != 0;
		break;
	case REM_T_IPV4:
	case REM_T_MAC:
	case REM_T_EUI64:
		v->u = rem_row_bits(row);
		break;
	case REM_T_INT:
		v->i = extended(rem_row_bits(row), row->bits);
		break;
	case REM_T_TIME:
		v->s = (int64_t)rem_row_bits(row);
		v->ns = 0;
		break;
	case REM_T_SPAN:
		v->s = (int64_t)scaled(f, rem_row_bits(row));
		v->ns = 0;
		break;
	case REM_T_FIXED:
		v->number = (int64_t)rem_row_bits(row);
		v->point = 0;
		break;
	case REM_T_NAME:
		v->name = rem_row_bytes(row);
		v->message = (struct rem_span){NULL, 0};
		v->join = NULL;
		break;
	default:
		v->bytes = rem_row_bytes(row);
		break;
	}
	return f->calc == NULL || f->calc(b, row, v);
}

bool rem_until_nul(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	(void)b, (void)row;
	for (uint32_t n = 0; n < v->bytes.n; n++) {
		if (v->bytes.p[n] == 0)
			v->bytes.n = n;
	}
	return true;
}

bool rem_calc_text(const struct rem_breakdown *b, const struct rem_row *row, struct rem_value *v)
{
	const uint8_t *nul = v->bytes.n > 0 ? rem_chr(v->bytes.p, 0, v->bytes.n) : NULL;

	(void)b, (void)row;
	if (nul != NULL)
		v->bytes.n = (uint32_t)(nul - v->bytes.p);
	return true;
}

bool rem_part_label(const struct rem_breakdown *b, const struct rem_part *part, struct rem_row *row,
		    struct rem_value *v)
{
	const struct rem_table *table = rem_part_table(part);

	for (unsigned i = part->row; i < part->row + part->rows; i++) {
		if ((table->row[i].flags & REM_F_LABEL) != 0 && rem_row_at(b, part, i, row) &&
		    rem_row_value(b, row, v))
			return true;
	}
	return false;
}
