// SPDX-License-Identifier: BSD-3-Clause
// A UF2 image into flash, block by block, as the chip's own loader takes it: what it would refuse is refused here.
const FIRST = 0x0a324655, SECOND = 0x9e5d5157, LAST = 0x0ab16f30;
const FAMILY_PRESENT = 0x2000, RP2040 = 0xe48bff56;
const FLASH = 0x10000000, PAGE = 256, BLOCK = 512;

export function load(flash, image) {
	if (image.length === 0 || image.length % BLOCK !== 0)
		throw new Error(`UF2: ${image.length} bytes are no whole blocks`);
	const count = image.length / BLOCK;
	for (let i = 0; i < count; i++) {
		const word = (at) => image.readUInt32LE(i * BLOCK + at);
		const address = word(12), size = word(16);
		if (word(0) !== FIRST || word(4) !== SECOND || word(BLOCK - 4) !== LAST)
			throw new Error(`UF2: block ${i} lacks its magic words`);
		if (!(word(8) & FAMILY_PRESENT) || word(28) !== RP2040)
			throw new Error(`UF2: block ${i} is not for an RP2040`);
		if (word(20) !== i || word(24) !== count)
			throw new Error(`UF2: block ${i} says it is ${word(20)} of ${word(24)}`);
		if (size !== PAGE || address % PAGE !== 0 || address < FLASH || address + size > FLASH + 2 * 1024 * 1024)
			throw new Error(`UF2: block ${i} has ${size} bytes for ${address.toString(16)}`);
		image.copy(flash, address - FLASH, i * BLOCK + 32, i * BLOCK + 32 + size);
	}
}
