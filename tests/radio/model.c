/* SPDX-License-Identifier: BSD-3-Clause */
/* The chip's side of gSPI: pins, registers, memory, cores. */
#include "model.h"

#include <stdio.h>
#include <string.h>

enum { ARM_BASE = 0x18103000, SOCSRAM_BASE = 0x18104000 };

void model_complain(struct model *m, const char *what, uint32_t number)
{
	if (m->complaint[0] == '\0')
		snprintf(m->complaint, sizeof(m->complaint), "%s (0x%x) at %lld us", what,
			 (unsigned)number, (long long)m->now);
}

static uint32_t le32(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static void put_le32(uint8_t *p, uint32_t v)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> 8 * i);
}

static void power(struct rem_cyw_bus *bus, bool on)
{
	struct model *m = (struct model *)bus;

	if (on && !m->power && m->now - m->powered < 20000)
		model_complain(m, "power back too early", 0);
	if (on == m->power)
		return;
	m->power = on;
	m->powered = m->now;
	m->words_32 = m->up = m->heard_events = m->clm_good = m->has_key = false;
	m->bus_ctrl = 0x30;
	m->test_rw = 0;
	m->window = 0x5a5a8000;
	m->pull_ups = 0x0f;
	m->scan_until = 0;
	m->interrupt = 0x99;
	m->interrupt_enable = 0;
	m->delay_f1 = 4;
	m->clock = 0;
	m->alp = m->started = m->f2 = 0;
	m->arm = m->socsram = (struct model_core){.reset = 1};
	if (m->warm)
		m->arm = (struct model_core){.io = 1};
	m->bank_index = m->bank_pda = UINT32_MAX;
	m->sdio_mask = m->watermark = 0;
	m->count = 0;
	m->joined = NULL;
	for (uint32_t at = 0; at < MODEL_RAM; at += 4096) /* memory fades */
		m->ram[at] ^= 0x5a;
	memset(m->ram + MODEL_RAM - 4, 0, 4);
}

static bool f2_ready(const struct model *m)
{
	return m->f2 != 0 && m->now >= m->f2 && !m->no_f2;
}

static const struct model_frame *waiting(const struct model *m)
{
	const struct model_frame *f = &m->queue[m->first];

	return m->count > 0 && f->at <= m->now && f2_ready(m) ? f : NULL;
}

static uint32_t status(const struct model *m)
{
	const struct model_frame *f = waiting(m);
	uint32_t s = f2_ready(m) ? 1u << 5 : 0;

	if (f != NULL)
		s |= 1u << 8 | f->n << 9;
	return s;
}

/* Function 0 as bytes, so that any piece of it can be read. */
static uint32_t read_f0(struct model *m, uint32_t at, uint32_t n)
{
	uint8_t r[0x20] = {0};

	put_le32(r, m->bus_ctrl);
	r[4] = (uint8_t)m->interrupt;
	r[5] = (uint8_t)(m->interrupt >> 8);
	r[6] = (uint8_t)m->interrupt_enable;
	r[7] = (uint8_t)(m->interrupt_enable >> 8);
	put_le32(r + 8, status(m));
	put_le32(r + 0x14, 0xfeedbead);
	put_le32(r + 0x18, m->test_rw);
	if (at + n > sizeof(r) || n > 4) {
		model_complain(m, "function 0 has no such register", at);
		return 0;
	}
	if (at == 0x14 && m->junk_reads > 0) {
		m->junk_reads--;
		return 0x03030303;
	}
	uint8_t out[4] = {0xde, 0xad, 0xc0, 0xde};
	memcpy(out, r + at, n);
	return le32(out);
}

static void write_f0(struct model *m, uint32_t at, uint32_t n, uint32_t value)
{
	if (!m->words_32 && (n != 4 || (at != 0 && at != 0x18)))
		model_complain(m, "before BUS_CTRL only words are written", at);
	if (at == 0 && n == 4) {
		/* 32-bit words, little-endian, high speed, interrupt high, wake; delay 4, with the interrupt status */
		if (value != 0x000204b1)
			model_complain(m, "BUS_CTRL was never seen like this", value);
		m->bus_ctrl = value;
		m->words_32 = true;
	} else if (at == 4 && n == 2) {
		m->interrupt &= (uint16_t)~value;
	} else if (at == 6 && n == 2) {
		if (value != 0xbe || (m->interrupt & 0x99) != 0)
			model_complain(m, "interrupts were never enabled like this", value);
		m->interrupt_enable = (uint16_t)value;
	} else if (at == 0x18 && n == 4) {
		m->test_rw = m->bad_writes ? value & ~0x10u : value;
	} else if (at == 0x1d && n == 1) {
		m->delay_f1 = (uint8_t)value;
	} else {
		model_complain(m, "function 0 cannot be written so", at);
	}
}

static uint32_t direct_read(struct model *m, uint32_t at)
{
	switch (at) {
	case 0x10008: return m->watermark;
	case 0x1000e:
		if (m->alp != 0 && m->now >= m->alp && !m->no_alp)
			m->clock |= 0x40;
		if (m->started != 0 && m->now - m->started >= 25000 && !m->no_ht)
			m->clock |= 0x80;
		return m->clock;
	case 0x1000f: return m->pull_ups;
	default: model_complain(m, "a register of function 1 that was never read", at); return 0;
	}
}

static void direct_write(struct model *m, uint32_t at, uint32_t value)
{
	const unsigned shift = 8 * (at - 0x1000a) + 8;

	switch (at) {
	case 0x10008: m->watermark = (uint8_t)value; break;
	case 0x1000a:
	case 0x1000b:
	case 0x1000c:
		m->window = (m->window & ~(0xffu << shift)) | value << shift;
		m->window &= ~0x7fffu;
		break;
	case 0x1000d: /* the frame is given up */
		if (value != 1)
			model_complain(m, "frame control", value);
		if (waiting(m) != NULL) {
			m->first = (m->first + 1) % MODEL_QUEUE;
			m->count--;
		}
		break;
	case 0x1000e:
		m->clock = (uint8_t)(value & 0x1f) | (m->clock & 0xc0);
		if ((value & 8) != 0)
			m->alp = m->now + 1500;
		break;
	case 0x1000f: m->pull_ups = (uint8_t)value; break;
	default: model_complain(m, "a register of function 1 that was never written", at);
	}
}

static void core_write(struct model *m, struct model_core *core, uint32_t at, uint32_t value)
{
	if (at == 0x408) {
		if (core->released != 0 && m->now - core->released < 1000)
			model_complain(m, "a core wants 1 ms after its reset", value);
		core->released = 0;
		core->io = (uint8_t)value;
	} else if (at == 0x800) {
		if (value == 0 && core->reset == 1) {
			if (core->io != 3)
				model_complain(m, "a core leaves reset without forced clock",
					       core->io);
			core->released = m->now;
		}
		core->reset = value & 1;
	} else {
		model_complain(m, "a core's switch that was never written", at);
	}
	if (core == &m->arm && at == 0x408 && value == 1 && core->reset == 0 && m->started == 0)
		model_firmware_start(m);
}

static uint32_t backplane_read(struct model *m, uint32_t at, uint32_t n)
{
	if (at < MODEL_RAM)
		return le32(m->ram + at);
	switch (at & ~0xfffu) {
	case 0x18000000: return m->wrong_chip ? 0x00004345 : 0x0feaa9af;
	case ARM_BASE:
	case SOCSRAM_BASE: {
		const struct model_core *core = at >> 12 == ARM_BASE >> 12 ? &m->arm : &m->socsram;
		if (n != 1)
			model_complain(m, "a switch is a byte", n);
		return 0x7e7e7e00u | ((at & 0xfff) == 0x408 ? core->io : core->reset);
	}
	default: model_complain(m, "nothing is there to be read", at); return 0;
	}
}

static void backplane_write(struct model *m, uint32_t at, uint32_t n, const uint8_t *p)
{
	if (at < MODEL_RAM) {
		if (m->socsram.reset != 0 || m->socsram.io != 1)
			model_complain(m, "the memory is still in reset", at);
		if (m->bank_index != 3 || m->bank_pda != 0)
			model_complain(m, "bank 3 is still remapped", m->bank_index);
		if (m->started != 0 || m->arm.reset == 0)
			model_complain(m, "memory written under a running firmware", at);
		memcpy(m->ram + at, p, n);
		if (m->bad_memory && at <= 0x12340 && at + n > 0x12340)
			m->ram[0x12340] ^= 0x10;
		return;
	}
	const uint32_t value = n == 4 ? le32(p) : p[0];
	if (at == 0x18002024 && n == 4)
		m->sdio_mask = value;
	else if (at == 0x18004010 && n == 4)
		m->bank_index = value;
	else if (at == 0x18004044 && n == 4)
		m->bank_pda = value;
	else if (at >> 12 == ARM_BASE >> 12 && n == 1)
		core_write(m, &m->arm, at & 0xfff, value);
	else if (at >> 12 == SOCSRAM_BASE >> 12 && n == 1)
		core_write(m, &m->socsram, at & 0xfff, value);
	else
		model_complain(m, "nothing is there to be written", at);
}

/* The address on the backplane that a command of function 1 means. */
static uint32_t in_window(struct model *m, uint32_t at, uint32_t n)
{
	if ((m->clock & 0x40) == 0)
		model_complain(m, "the backplane has no clock yet", at);
	if ((at & 0x8000) == 0)
		model_complain(m, "an address in the window lacks its mark", at);
	if ((at & 0x7fff) + n > 0x8000)
		model_complain(m, "a transfer crosses the window", at);
	return m->window + (at & 0x7fff);
}

/* What every transfer has to keep; false: it is none. */
static bool begin(struct model *m, uint32_t *command, bool writes, uint32_t words)
{
	m->transfers++;
	m->words += words + 1;
	m->now += m->step;
	if (m->failing > 0) {
		m->failing--;
		return false;
	}
	if (!m->power || m->now - m->powered < 250000)
		model_complain(m, "a transfer before the chip is awake", 0);
	if (!m->words_32)
		*command = *command << 16 | *command >> 16;

	const uint32_t c = *command, n = c & 0x7ff, function = c >> 28 & 3;
	const uint32_t delay = function == 1 && !writes ? m->delay_f1 : 0;
	if (c >> 31 != writes)
		model_complain(m, "a command in the other direction", c);
	if ((c >> 30 & 1) == 0)
		model_complain(m, "a command without increment", c);
	if (n == 0 || words != (delay + n + 3) / 4)
		model_complain(m, "words do not fit the command", c);
	if (function == 3 || (function != 0 && !m->words_32))
		model_complain(m, "that function is not open", c);
	if (function == 1 && n > 64)
		model_complain(m, "more than 64 bytes for the backplane", c);
	return true;
}

static int write(struct rem_cyw_bus *bus, uint32_t command, const uint8_t *p, uint32_t words)
{
	struct model *m = (struct model *)bus;

	if (((uintptr_t)p & 3) != 0)
		model_complain(m, "a buffer is not aligned", command);
	if (!begin(m, &command, true, words))
		return -1;
	const uint32_t at = command >> 11 & 0x1ffff, n = command & 0x7ff;
	const uint32_t value = le32(p);
	switch (command >> 28 & 3) {
	case 0: write_f0(m, at, n, m->words_32 ? value : value << 16 | value >> 16); break;
	case 1:
		if (at >= 0x10000)
			direct_write(m, at, value & 0xff);
		else
			backplane_write(m, in_window(m, at, n), n, p);
		break;
	default:
		if (!f2_ready(m) || n % 4 != 0 || at != 0 || m->pull_ups != 0 ||
		    (m->interrupt & 1) != 0 || m->watermark != 32 || m->sdio_mask != 0xf0)
			model_complain(m, "function 2 cannot be written so", command);
		else
			model_firmware_frame(m, p, n);
	}
	return 0;
}

static void read_frame(struct model *m, uint8_t *p, uint32_t n)
{
	const struct model_frame *f = waiting(m);

	if (f == NULL || f->n != n) {
		model_complain(m, "a frame is read that does not wait", n);
		return;
	}
	memcpy(p, f->p, n);
	if (!f->raw) {
		if (!m->no_credit)
			m->credit = (uint8_t)(m->host_seq + m->credits);
		p[4] = m->chip_seq++;
		p[8] = m->stop_flow;
		p[9] = m->credit;
	}
	if (m->damaged > 0) {
		m->damaged--;
		p[2] ^= 4;
	}
	m->first = (m->first + 1) % MODEL_QUEUE;
	m->count--;
}

/* What a bad line makes of words that are read. */
static void spoil(struct model *m, uint8_t *p, uint32_t words)
{
	if (m->sticks != 0)
		memset(p, m->sticks == 1 ? 0 : 0xff, 4 * words);
	for (uint32_t i = 0; i < words && m->flips != 0; i++) {
		m->random = m->random * 1664525 + 1013904223;
		if ((m->random >> 8) % m->flips == 0)
			p[4 * i + (m->random >> 3 & 3)] ^= (uint8_t)(1u << (m->random & 7));
	}
}

static int take(struct model *m, uint32_t command, uint8_t *p, uint32_t words)
{
	if (((uintptr_t)p & 3) != 0)
		model_complain(m, "a buffer is not aligned", command);
	if (!begin(m, &command, false, words))
		return -1;
	const uint32_t at = command >> 11 & 0x1ffff, n = command & 0x7ff;
	uint32_t value, address;
	memset(p, 0x5a, 4 * words);
	switch (command >> 28 & 3) {
	case 0:
		value = read_f0(m, at, n);
		put_le32(p, m->words_32 ? value : value << 16 | value >> 16);
		break;
	case 1:
		p += m->delay_f1;
		if (at >= 0x10000) {
			put_le32(p, direct_read(m, at) | 0x77777700);
			break;
		}
		address = in_window(m, at, n);
		if (n <= 4)
			put_le32(p, backplane_read(m, address, n));
		else if (address < MODEL_RAM)
			memcpy(p, m->ram + address, n);
		else
			model_complain(m, "only memory is read in pieces", address);
		break;
	default: read_frame(m, p, n);
	}
	return 0;
}

static int read(struct rem_cyw_bus *bus, uint32_t command, uint8_t *p, uint32_t words)
{
	struct model *m = (struct model *)bus;
	const int result = take(m, command, p, words);

	if (result == 0)
		spoil(m, p, words);
	return result;
}

static bool interrupt(struct rem_cyw_bus *bus)
{
	struct model *m = (struct model *)bus;

	m->interrupt |= m->complains;
	m->interrupt = (uint16_t)(m->interrupt & ~0x20u) | (waiting(m) != NULL ? 0x20 : 0);
	if (m->sticks != 0)
		return m->sticks == 2;
	return m->power && (m->interrupt & m->interrupt_enable) != 0;
}

static const struct rem_cyw_bus_ops ops = {
	.power = power, .write = write, .read = read, .interrupt = interrupt};

void model_init(struct model *m, const struct rem_cyw_images *expect)
{
	static const struct model_network networks[] = {
		{.ssid = "shark", .key = "remora43", .bssid = {2, 0, 0, 0, 0, 1}, .channel = 6, .rssi = -42},
		{.ssid = "reef", .bssid = {2, 0, 0, 0, 0, 2}, .channel = 11, .rssi = -70},
	};

	memset(m, 0, sizeof(*m));
	m->bus.ops = &ops;
	m->now = 1000000;
	m->step = 1;
	m->expect = *expect;
	m->network = networks;
	m->networks = 2;
	m->receive_pad = 2;
	m->credits = 8;
	m->junk_reads = 2;
}

rem_time model_next(const struct model *m)
{
	return m->count > 0 ? m->queue[m->first].at : INT64_MAX;
}
