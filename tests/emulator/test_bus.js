// SPDX-License-Identifier: BSD-3-Clause
// The bus's timing: what the console's `bus` reads as the test word when the radio's bits need so many system clocks to
// arrive. At 31 MHz a bit sampled at the clock's next fall may take four, and one sampled at the rise before it two.
import { check, finish, pico } from './testing.js';

for (const delay of [0, 1, 2, 3, 4, 5]) {
	const { machine, radio } = pico({ delay });
	machine.run(0.32);              // the radio has its power, and has been asked for the word already
	machine.type('bus\r');
	const done = machine.run(1, () => machine.uart.includes('bus: done'));
	const words = [...machine.uart.matchAll(/sampled (\d) clocks after: ([0-9a-f]{8})/g)].map((m) => [+m[1], m[2]]);

	check(`the sweep ends at a delay of ${delay}`, done && words.length === 6, machine.uart);
	for (const [clocks, word] of words)
		check(`delay ${delay}, sampled ${clocks} clocks after`, (word === 'feedbead') === (clocks >= delay), word);
	// The driver samples after four clocks, and sees at once that this bus cannot be trusted.
	if (delay <= 4)
		check('the radio has nothing to complain about', radio.refused.length === 0, radio.refused);
	else
		check('the radio is not started', !machine.run(3, () => machine.uart.includes('ready')), machine.uart);
	console.log(`delay ${delay}: ${words.map(([clocks, word]) => `${clocks}: ${word}`).join(', ')}`);
}
finish();
