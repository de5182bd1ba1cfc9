/* SPDX-License-Identifier: BSD-3-Clause */
/* SMSC LAN9118: 10/100 Ethernet on a memory bus. Data sheet, sections 3 (FIFOs) and 5 (registers). */
#include <remora/bits.h>
#include <remora/lan9118.h>

#include <string.h>

/* Registers, in words from the base: 5.3. */
enum {
	RX_DATA_FIFO = 0x00 / 4,
	TX_DATA_FIFO = 0x20 / 4,
	RX_STATUS_FIFO = 0x40 / 4,
	TX_STATUS_FIFO = 0x48 / 4,
	IRQ_CFG = 0x54 / 4,
	INT_STS = 0x58 / 4,
	INT_EN = 0x5c / 4,
	BYTE_TEST = 0x64 / 4,
	FIFO_INT = 0x68 / 4,
	RX_CFG = 0x6c / 4,
	TX_CFG = 0x70 / 4,
	HW_CFG = 0x74 / 4,
	RX_DP_CTL = 0x78 / 4,
	RX_FIFO_INF = 0x7c / 4,
	TX_FIFO_INF = 0x80 / 4,
	RX_DROP = 0xa0 / 4,
	MAC_CSR_CMD = 0xa4 / 4,
	MAC_CSR_DATA = 0xa8 / 4,
};

/* Registers of the MAC behind MAC_CSR_CMD: 5.4. */
enum { MAC_CR = 1, ADDRH = 2, ADDRL = 3 };

enum {
	BYTE_TEST_VALUE = 0x87654321,
	HW_CFG_SRST = 1 << 0,
	HW_CFG_MUST = 1 << 20 | 5 << 16, /* a bit that must be one; 5 KB for sending */
	TX_CFG_ON = 1 << 1,
	IRQ_CFG_ON = 1 << 8 | 1 << 4 | 1 << 0, /* enabled, active high, push-pull */
	INT_RSFL = 1 << 3, /* frames wait: more of them than FIFO_INT says */
	MAC_BUSY = 1 << 31,
	MAC_CR_MCPAS = 1 << 19, /* pass all multicast */
	MAC_CR_FDPX = 1 << 20,
	MAC_CR_TXEN = 1 << 3,
	MAC_CR_RXEN = 1 << 2,
	RX_FAST_FORWARD = 1 << 31,
	RX_ERROR = 1 << 15,
	TX_FIRST_LAST = 1 << 13 | 1 << 12,

	FCS = 4, /* the frame check sequence is in the FIFO, too */
	PATIENCE = 100000, /* looks at a bit until the hardware counts as dead */
};

static bool wait_clear(volatile uint32_t *reg, uint32_t bits)
{
	for (unsigned i = 0; i < PATIENCE; i++) {
		if ((*reg & bits) == 0)
			return true;
	}
	return false;
}

static bool mac_write(volatile uint32_t *reg, uint32_t csr, uint32_t value)
{
	reg[MAC_CSR_DATA] = value;
	reg[MAC_CSR_CMD] = (uint32_t)MAC_BUSY | csr;
	return wait_clear(&reg[MAC_CSR_CMD], (uint32_t)MAC_BUSY);
}

/* The rest of a frame that nobody wants: 3.13.1.1. */
static void skip(volatile uint32_t *reg, uint32_t words)
{
	if (words >= 4) { /* the controller forwards no less */
		reg[RX_DP_CTL] = (uint32_t)RX_FAST_FORWARD;
		wait_clear(&reg[RX_DP_CTL], (uint32_t)RX_FAST_FORWARD);
		return;
	}
	while (words-- > 0)
		(void)reg[RX_DATA_FIFO];
}

bool rem_lan9118_waiting(struct rem_lan9118 *lan)
{
	return (lan->reg[RX_FIFO_INF] >> 16 & 0xff) != 0;
}

static int receive(struct rem_nic *nic, uint8_t *p, uint32_t room)
{
	volatile uint32_t *reg = ((struct rem_lan9118 *)nic)->reg;

	if (!rem_lan9118_waiting((struct rem_lan9118 *)nic))
		return 0;
	const uint32_t status = reg[RX_STATUS_FIFO];
	const uint32_t size = status >> 16 & 0x3fff, words = (size + 3) / 4;
	if ((status & RX_ERROR) != 0 || size <= FCS || size - FCS > room) {
		skip(reg, words);
		return (status & RX_ERROR) != 0 || size <= FCS ? REM_DROP : REM_LENGTH;
	}

	const uint32_t n = size - FCS;
	uint32_t at = 0, left = words;
	for (; at + 4 <= n; at += 4, left--) {
		const uint32_t word = reg[RX_DATA_FIFO];
		memcpy(p + at, &word, 4);
	}
	for (; left > 0; left--, at += 4) {
		const uint32_t word = reg[RX_DATA_FIFO];
		if (at < n)
			memcpy(p + at, &word, n - at);
	}
	return (int)n;
}

static int send(struct rem_nic *nic, const uint8_t *p, uint32_t n)
{
	volatile uint32_t *reg = ((struct rem_lan9118 *)nic)->reg;
	const uint32_t words = (n + 3) / 4;

	while ((reg[TX_FIFO_INF] >> 16 & 0xff) != 0) /* what became of earlier frames */
		(void)reg[TX_STATUS_FIFO];
	if ((reg[TX_FIFO_INF] & 0xffff) < 4 * words + 8)
		return REM_LIMIT;
	reg[TX_DATA_FIFO] = TX_FIRST_LAST | n; /* commands A and B: 3.12.2 */
	reg[TX_DATA_FIFO] = n;
	for (uint32_t at = 0; at < n; at += 4) {
		uint32_t word = 0;
		memcpy(&word, p + at, n - at < 4 ? n - at : 4);
		reg[TX_DATA_FIFO] = word;
	}
	return 0;
}

static const struct rem_nic_ops lan9118_ops = {.receive = receive, .send = send};

void rem_lan9118_quiet(struct rem_lan9118 *lan)
{
	lan->reg[INT_EN] = 0;
	lan->reg[INT_STS] = INT_RSFL;
}

void rem_lan9118_wake(struct rem_lan9118 *lan)
{
	lan->reg[INT_EN] = INT_RSFL;
}

uint32_t rem_lan9118_dropped(struct rem_lan9118 *lan)
{
	return lan->reg[RX_DROP];
}

int rem_lan9118_init(struct rem_lan9118 *lan, uintptr_t base, const uint8_t address[6])
{
	volatile uint32_t *reg = (volatile uint32_t *)base; // NOLINT(performance-no-int-to-ptr)

	*lan = (struct rem_lan9118){.nic = {.ops = &lan9118_ops, .mtu = 1500}, .reg = reg};
	memcpy(lan->nic.address, address, sizeof(lan->nic.address));
	if (reg[BYTE_TEST] != (uint32_t)BYTE_TEST_VALUE)
		return REM_UNSUP;
	reg[HW_CFG] = HW_CFG_SRST;
	if (!wait_clear(&reg[HW_CFG], HW_CFG_SRST))
		return REM_STATE;
	reg[HW_CFG] = HW_CFG_MUST;
	reg[FIFO_INT] = 0;
	reg[RX_CFG] = 0;
	reg[TX_CFG] = TX_CFG_ON;
	if (!mac_write(reg, ADDRL, (uint32_t)rem_le(address, 4)) ||
	    !mac_write(reg, ADDRH, (uint32_t)rem_le(address + 4, 2)) ||
	    !mac_write(reg, MAC_CR, MAC_CR_MCPAS | MAC_CR_FDPX | MAC_CR_TXEN | MAC_CR_RXEN))
		return REM_STATE;
	reg[INT_STS] = UINT32_MAX;
	reg[IRQ_CFG] = IRQ_CFG_ON;
	reg[INT_EN] = INT_RSFL;
	return REM_OK;
}
