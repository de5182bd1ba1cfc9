// SPDX-License-Identifier: BSD-3-Clause
// The radio from the switch to the network, and every way in which that can go wrong: the firmware says what is the matter,
// and comes back. The model of the radio refuses whatever is not known to be right; it must have refused nothing.
import { check, finish, pico } from './testing.js';

const { machine, radio, wires, expect } = pico();

expect(null, 'radio: ready', 5);
check('the radio runs its firmware', radio.running && radio.f2Ready);
check('what the host asks for at the start', radio.questions.includes('bsscfg:event_msgs') && radio.up, radio.questions);

expect('scan', 'channel 6, -48 dBm, WPA2, remora');
expect(null, 'channel 1, -70 dBm, open, open sea');
expect(null, 'scan: done');
expect('led on', '', 1);
machine.run(0.05);
check('the LED', radio.pins === 1, radio.pins);

// Joining, in all the ways in which it fails.
expect('join remora "not the key"', 'the key is wrong', 10);
expect('join nowhere "not the key"', 'there is no such network here', 10);
expect('join silent', 'the access point does not answer', 10);
expect('join club', 'the access point refuses us', 10);
radio.fail.set(26, -2);         // SET_SSID
expect('join remora "not the key"', 'rejects a setting', 10);
expect('join "open sea"', 'radio: up', 5);
expect('join remora "sharks and fish"', 'radio: up', 5);
check('the keys are set', radio.keyed);

// What an access point can do to us.
for (const [event, reason] of [[6, 3], [12, 8]]) {
	radio.lose(event, reason);
	expect(null, 'the link was lost', 5);
	expect(null, 'radio: up', 10);
}

// What the chip can do to us: credits that do not come, frames that are damaged, questions that it does not answer.
radio.starve(true);
machine.run(0.5);
radio.starve(false);
radio.damage = 2;
expect('scan', 'scan: done', 10);
machine.run(3);                 // a question whose answer was damaged is asked again
radio.mute = 1;
expect('scan', 'scan: done', 10);
check('nothing of that was worth a restart', radio.running && radio.switched === 1, machine.uart.slice(-300));
expect('chiplog', 'the radio has started');

// A chip that hangs loses its power, is loaded again, and joins again.
const words = radio.words;
radio.hang();
expect(null, 'radio: starting', 30);
expect(null, 'radio: up', 10);
check('the image was loaded again', radio.words - words > 115000, radio.words - words);

// Memory that does not keep what comes too fast for it: the start says so, and is tried again.
const hasty = pico();
hasty.machine.run(0.3);         // switched on
hasty.radio.overflows = 3;
hasty.expect(null, 'radio: ready', 10);
hasty.expect('status', 'last fault: the radio\'s memory differs', 1);
check('the image was loaded twice', hasty.radio.switched === 2, hasty.radio.switched);

// What is saved is there when the board starts again, until it is to be forgotten.
const again = () => {
	const other = pico();
	other.machine.chip.flash.set(machine.chip.flash.subarray(2 * 1024 * 1024 - 4096, 2 * 1024 * 1024), 2 * 1024 * 1024 - 4096);
	other.machine.run(0.02);
	return other.machine.uart.includes('joins the network that was saved');
};
expect('save', 'save: done');
check('what was saved is joined', again());
expect('forget', 'forget: done');
check('what was forgotten is not', !again());

check('the radio has nothing to complain about', radio.refused.length === 0, radio.refused);
check('no bit was lost on the way', wires.flipped === 0);
// Bits that arrive wrong, in both directions: whatever comes of it, the firmware stays, and comes back.
wires.flip = 1e-3;
for (let i = 0; i < 4; i++) {
	machine.type('scan\r');
	machine.run(2);
}
wires.flip = 0;
check('bits were lost on the way', wires.flipped > 0);
const back = machine.run(60, () => (machine.news = true, radio.keyed && /radio: up[^\n]*\n$/.test(machine.uart.match(/radio: [^\n]*\n/g).pop())));
check('the network comes back', back, machine.uart.slice(-500));
expect('scan', 'scan: done', 20);
console.log(`${wires.flipped} bits wrong, ${radio.refused.length} complaints, switched on ${radio.switched} times`);
radio.refused = [];
expect('status', 'call stack at most ');
machine.run(0.01);
console.log(/call stack.*/.exec(machine.uart.slice(-40))[0]);

// A program that stands still is reset by the watchdog, after eight seconds; until now it has never been.
const LOOP = 0x20041000;        // in memory that nobody uses
machine.chip.writeUint32(LOOP, 0xe7fdbf30);      // wfi; b back
machine.chip.core.PC = LOOP;
machine.run(6);
check('the watchdog waits', machine.stopped === null, machine.stopped);
machine.run(3);
check('the watchdog bites', machine.stopped === 'the watchdog', machine.stopped);
finish();
