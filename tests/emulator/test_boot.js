// SPDX-License-Identifier: BSD-3-Clause
// The firmware's image through our boot ROM to its first words, over UART and over USB, twice the same to the clock; and an
// image whose second stage is damaged does not start.
import { writeFileSync } from 'node:fs';
import { board, check, file, finish } from './testing.js';

const HELLO = 'remora on a Pico W';

function start(options) {
	const machine = board(options);
	const said = () => (options.usb ? machine.usb.text() : machine.uart);
	// A host needs a while to find the board, which does not wait for it.
	if (options.usb)
		machine.run(0.1, () => machine.usb.open && (machine.usb.type('what?\r'), true));
	const good = machine.run(5, () => said().includes(options.usb ? 'help says' : HELLO));
	check(`the firmware speaks over ${options.usb ? 'USB' : 'the UART'}`, good, `${said()} ${machine.stopped ?? ''}`);
	return machine;
}

const machine = start({});
console.log(`UART: first words after ${(machine.seconds * 1000).toFixed(2)} ms, ${machine.cycles} clocks`);
check('two runs are the same', start({}).cycles === machine.cycles);
start({ usb: true });

const image = file('pico_w/bin/remora.uf2');
image[32 + 16] ^= 1;
const damaged = `${process.env.REMORA_EMULATOR}/damaged.uf2`;
writeFileSync(damaged, image);
const stopped = board({ image: damaged });
stopped.run(1, () => stopped.uart !== '');
check('a damaged second stage is not started', stopped.stopped?.startsWith('breakpoint') && stopped.uart === '', stopped.uart);
finish();
