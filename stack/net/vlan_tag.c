/* SPDX-License-Identifier: BSD-3-Clause */
/* A stack that lives in one VLAN of a tagged link: IEEE 802.1Q 6.9 and 9.6. */
#include "net/net.h"
#include <remora/ethernet.h>
#include <remora/net_ethernet.h>
#include <remora/vlan.h>

/* The header ends with the tag's own EtherType; here follow the tag and the type behind it. */
static int read_tag(const struct rem_ether_tag *t, struct rem_frame *f, uint32_t off, int type)
{
	const struct rem_vlan *v = (const struct rem_vlan *)t;
	const uint8_t *p = f->p + off;

	if (type != REM_ETHERTYPE_CVLAN)
		return rem_end(f, REM_WHY_LINK_VLAN, REM_DROP);
	if (f->end - off < REM_VLAN_HEADER)
		return rem_end(f, REM_WHY_LINK_VLAN_SHORT, REM_DROP);
	if (rem_get(p, REM_VLAN_ID) != v->id)
		return rem_end(f, REM_WHY_LINK_VLAN, REM_DROP);
	return (int)rem_get(p, REM_VLAN_TYPE);
}

static void write_tag(const struct rem_ether_tag *t, uint8_t *p, uint32_t type)
{
	const struct rem_vlan *v = (const struct rem_vlan *)t;

	rem_put(p, REM_BYTES(0, 2), REM_ETHERTYPE_CVLAN);
	p += 2;
	rem_put(p, REM_VLAN_PRIORITY, v->priority);
	rem_put(p, REM_VLAN_DEI, 0);
	rem_put(p, REM_VLAN_ID, v->id);
	rem_put(p, REM_VLAN_TYPE, type);
}

void rem_vlan_init(struct rem_vlan *v, struct rem_ether *e)
{
	v->tag.read = read_tag;
	v->tag.write = write_tag;
	v->tag.bytes = REM_VLAN_HEADER;
	e->tag = &v->tag;
}
