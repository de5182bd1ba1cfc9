// SPDX-License-Identifier: BSD-3-Clause
// The bus's timing: what the firmware reads as the test word when the radio's bits need so many system clocks to arrive.
// At 31 MHz a bit sampled at the clock's next fall may take four, and one sampled at the rise before it two.
import { RadioBus } from './radio_bus.js';
import { board, check, finish, wire } from './testing.js';

for (const delay of [0, 1, 2, 3, 4, 5]) {
	const machine = board();
	const radio = wire(machine, new RadioBus(machine), { delay });
	const done = machine.run(5, () => machine.uart.includes('done'));
	const words = [...machine.uart.matchAll(/sampled (\d) clocks after: ([0-9a-f]{8})/g)].map((m) => [+m[1], m[2]]);

	check(`the sweep ends at a delay of ${delay}`, done && words.length === 6, machine.uart);
	for (const [clocks, word] of words)
		check(`delay ${delay}, sampled ${clocks} clocks after`, (word === 'feedbead') === (clocks >= delay), word);
	check('the radio has nothing to complain about', radio.refused.length === 0, radio.refused);
	console.log(`delay ${delay}: ${words.map(([clocks, word]) => `${clocks}: ${word}`).join(', ')}`);
}
finish();
