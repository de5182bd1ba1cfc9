// SPDX-License-Identifier: BSD-3-Clause
// The model of the radio by itself, without a processor: that it answers as the facts say, and that it refuses the rest.
import { Radio } from './radio.js';
import { check, finish } from './testing.js';

class Clock {
	seconds = 0;
	tasks = [];

	later(seconds, run) {
		const task = { at: this.seconds + seconds, run };
		this.tasks.push(task);
		return task;
	}

	cancel(task) {
		this.tasks = this.tasks.filter((other) => other !== task);
	}

	pass(seconds) {
		const end = this.seconds + seconds;
		for (;;) {
			const next = this.tasks.filter((task) => task.at <= end).sort((a, b) => a.at - b.at)[0];
			if (!next)
				break;
			this.seconds = next.at;
			this.cancel(next);
			next.run();
		}
		this.seconds = end;
	}
}

const clock = new Clock();
const firmware = Buffer.alloc(256, 0x5a);
const radio = new Radio(clock, { firmware, clm: Buffer.from('clm'), air: { networks: [], send() {} } });
const swap = (x) => ((x << 16) | (x >>> 16)) >>> 0;
let words32 = false;

// A transfer as the wires carry it; `cut` and `extra` words make it a wrong one.
function transfer(write, f, address, length, data = [], { increment = 1, extra = 0 } = {}) {
	const order = (word) => (words32 ? word : swap(word));
	const count = Math.ceil(length / 4) + (!write && f === 1 ? 1 : 0) + extra;
	const command = ((write << 31) | (increment << 30) | (f << 28) | (address << 11) | length) >>> 0;
	const words = [];

	radio.select();
	radio.take(order(command));
	for (let i = 0; i < count; i++)
		if (write)
			radio.take(order(data[i] ?? 0));
		else
			words.push(order(radio.give()));
	radio.deselect(32 * (count + 1));
	return words[f === 1 ? 1 : 0] >>> 0;
}
const read = (f, address, length, how) => transfer(0, f, address, length, [], how);
const write = (f, address, length, value, how) => transfer(1, f, address, length, [value], how);

function refuses(what, pattern, run) {
	radio.refused = [];
	run();
	check(`it refuses ${what}`, radio.refused.some((line) => pattern.test(line)), radio.refused);
	radio.refused = [];
}

function window(at) {
	for (let i = 0; i < 3; i++)
		write(1, 0x1000a + i, 1, (at >>> (8 + 8 * i)) & 0xff);
}

// Switching on.
refuses('power that was away too short', /less than 20 ms/, () => radio.power(true));
radio.power(false);
clock.pass(0.02);
refuses('a data line that is high', /another bus/, () => radio.power(true, false));
radio.power(false);
clock.pass(0.02);
radio.power(true, true);
check('it is silent at first', read(0, 0x14, 4) === 0);
clock.pass(0.25);
check('the first word is junk', read(0, 0x14, 4) === 0x03030303);
check('the test word', read(0, 0x14, 4) === 0xfeedbead);
check('the bus as it wakes', (read(0, 0, 1) & 0xff) === 0x30);
write(0, 0, 4, 0x000204b1);
words32 = true;
check('words of 32 bits', read(0, 0x14, 4) === 0xfeedbead);
check('the bus as it was set', (read(0, 0, 1) & 0xff) === 0xb1);

// What may not cross the bus.
refuses('a command without auto-increment', /auto-increment/, () => read(0, 0x14, 4, { increment: 0 }));
refuses('a function that is not there', /function 3/, () => read(3, 0, 4));
refuses('a word too many', /words, not/, () => read(0, 0x14, 4, { extra: 1 }));
refuses('a write to what is read only', /read only/, () => write(0, 0x08, 4, 0));
refuses('the backplane without a clock', /before its clock/, () => read(1, 0x8000, 4));
write(1, 0x1000e, 1, 8);
check('the clock takes its time', (read(1, 0x1000e, 1) & 0x40) === 0);
clock.pass(0.01);
check('the clock', (read(1, 0x1000e, 1) & 0x40) !== 0);
window(0x18000000);
check('the chip, with junk above', (read(1, 0, 2) & 0xffff) === 0xa9af && read(1, 0, 2) >>> 16 !== 0);
refuses('a word without its flag', /flag/, () => read(1, 0, 4));
window(0);
refuses('memory in reset', /in reset/, () => write(1, 0x8000, 4, 1));
refuses('a long transfer', /128 bytes/, () => read(1, 0x8000, 128));
refuses('a transfer over the end of the window', /end of the window/, () => read(1, 0xfffc, 8));
refuses('a frame before it is ready', /before the chip is ready/, () => write(2, 0, 16, 0));
refuses('a read where there is no frame', /no frame/, () => read(2, 0, 16));

// The firmware starts with the right bytes only.
function far(at, value) {
	window(at & ~0x7fff);
	write(1, 0x8000 | (at & 0x7fff), 4, value);
}
far(0x18104408, 3);
far(0x18104800, 0);
far(0x18103408, 1);
refuses('a processor that starts without a forced clock', /forced clock/, () => far(0x18103800, 0));
far(0x18103800, 1);
far(0x18103408, 3);
refuses('a firmware without NVRAM', /length of the NVRAM/, () => far(0x18103800, 0));
far(0x18103800, 1);
far(0x7fffc, 0xfffd0002);
refuses('memory whose bank 3 is remapped', /bank 3/, () => far(0x18103800, 0));
far(0x18103800, 1);
far(0x18004010, 3);
far(0x18004044, 0);
far(0x7fff4, 0x00623d61);         // "a=b", and two NULs
far(0x7fff8, 0);
far(0x18103800, 0);
clock.pass(0.2);
check('another firmware does not run', !radio.running && radio.refused.includes('the firmware is not the image'), radio.refused);
far(0x18103800, 1);
for (let at = 0; at < firmware.length; at += 4)
	far(at, 0x5a5a5a5a);
radio.refused = [];
far(0x18103800, 0);
clock.pass(0.01);
check('the fast clock takes its time', (read(1, 0x1000e, 1) & 0x80) === 0);
clock.pass(0.02);
check('the firmware runs', radio.running && (read(1, 0x1000e, 1) & 0x80) !== 0);
write(1, 0x10008, 1, 32);
far(0x18002024, 0xf0);
check('frames take their time', (read(0, 8, 4) & 0x20) === 0);
clock.pass(0.1);
check('frames may come', (read(0, 8, 4) & 0x20) !== 0);
check('and nothing is refused', radio.refused.length === 0, radio.refused);

// What comes too fast for the chip is lost, and it says so; what keeps it awake may not go.
far(0x100, 0x01020304);
write(0, 4, 2, 0xffff);
radio.overflows = 1;
far(0x100, 0);
window(0);
check('a write that is lost leaves the memory as it was', read(1, 0x8100, 4) === 0x01020304);
check('and is complained about', (read(0, 4, 2) & 0x80) !== 0);
write(0, 4, 2, 0x80);
check('until that was seen', (read(0, 4, 2) & 0x80) === 0);
far(0x100, 0x5a5a5a5a);
refuses('a chip that is put to sleep', /put to sleep/, () => write(1, 0x1001f, 1, 0));

// Groups: those that the host has named, and no others. Questions: what is refused says why.
const waiting = radio.frames.slice();
const groups = Buffer.alloc(4 + 60);
groups.writeUInt32LE(1);
groups.write('01005e0000fb', 4, 'hex');
check('a group is named', radio.setGroups(groups) === 0);
groups.writeUInt32LE(11);
check('eleven are too many', radio.setGroups(groups) < 0);
const hears = (to) => {
	const before = radio.frames.length;
	radio.heard(Buffer.concat([Buffer.from(to, 'hex'), Buffer.alloc(54)]));
	return radio.frames.length > before;
};
check('without a link nothing is heard', !hears('28cdc1000001'));
radio.keyed = true;
check('ours, all and the group are heard', ['28cdc1000001', 'ffffffffffff', '01005e0000fb'].every(hears));
check('others are not', !['28cdc1000002', '01005e0000fc'].some(hears));
const asks = (command, set, data) => {
	const q = Buffer.alloc(16 + data.length);
	q.writeUInt32LE(command, 0);
	q.writeUInt32LE(data.length, 4);
	q.writeUInt32LE(0x50000 | (set ? 2 : 0), 8);
	Buffer.from(data).copy(q, 16);
	radio.control(q);
	clock.pass(0.01);
	return radio.frames.pop().subarray(12);
};
const up = asks(2, true, []);
check('without regulatory data it does not come up', up.readInt32LE(12) === -4 && (up.readUInt32LE(8) & 1) === 1 && up.readUInt32LE(8) >>> 16 === 5, up.toString('hex'));
check('an unknown question', asks(999, false, []).readInt32LE(12) === -23);
check('a question of the wrong length', asks(134, true, [0]).readInt32LE(12) === -14);
radio.keyed = false;
radio.frames = waiting;

// Frames: numbers in order, credits, lengths.
const header = (size, seq, channel, offset) => [((~size & 0xffff) << 16 | size) >>> 0, (offset << 24 | channel << 8 | seq) >>> 0, 0];
const frame = (words, length = words.length * 4) => transfer(1, 2, 0, length, words);
refuses('a frame whose length is not said twice', /without a length/, () => frame([0x00200020, 0, 0, 0]));
refuses('a frame that is shorter than it says', /in a transfer of/, () => frame([...header(32, 0, 0, 12), 0]));
refuses('a frame out of order', /frame 5, not 0/, () => frame([...header(16, 5, 2, 12), 0]));
refuses('a channel that is not there', /channel 7/, () => frame([...header(16, 6, 7, 12), 0]));
radio.starve(true);
refuses('a frame without a credit', /without a credit/, () => {
	for (let seq = 7; seq < 30; seq++)
		frame([...header(16, seq, 7, 12), 0]);
});
refuses('a read of another length than is there', /there are/, () => transfer(0, 2, 0, 16));
finish();
