// SPDX-License-Identifier: BSD-3-Clause
// images.js FOLDER: stand-ins for the radio's three files, of their size: the firmware image and the CLM are noise, the
// NVRAM is a text of the same form with lines of its own. The real ones are Infineon's, and nobody else's to give.
import { writeFileSync } from 'node:fs';
import { random } from './wires.js';

function noise(bytes, seed) {
	const next = random(seed);
	return Buffer.from(Array.from({ length: bytes }, () => Math.floor(next() * 256)));
}

function nvram() {
	const lines = ['# what a board says of itself', '', 'manfid=0x2d0', 'prodid=0x0727', 'boardtype=0x0887', 'vendid=0x14e4'];
	for (let i = 0; i < 30; i++)
		lines.push(`parameter${i}=${(i * 2654435761 >>> 0).toString(16)},0x${i.toString(16)}`);
	return `${lines.join('\n')}\n`;
}

const folder = process.argv[2];
writeFileSync(`${folder}/firmware.bin`, noise(230321, 1));
writeFileSync(`${folder}/clm.bin`, noise(4752, 2));
writeFileSync(`${folder}/nvram.txt`, nvram());
