// SPDX-License-Identifier: BSD-3-Clause
// The two serial interfaces over USB: what the device says of itself, what it refuses, hosts that give up or ask for less, ports
// that close in the middle of a stream, a cable that is pulled, and who asks for the boot ROM.
import { check, finish, pico } from './testing.js';
import { setup } from './usb.js';

const DEVICE = 1, CONFIGURATION = 2, STRING = 3, QUALIFIER = 6;
const IN = 0x80, CLASS = 0x20, TO_INTERFACE = 1, TO_ENDPOINT = 2;
const GET_STATUS = 0, CLEAR_FEATURE = 1, SET_FEATURE = 3, SET_ADDRESS = 5, GET_DESCRIPTOR = 6, GET_CONFIGURATION = 8, SET_CONFIGURATION = 9,
	GET_INTERFACE = 10, SET_INTERFACE = 11, SET_LINE_CODING = 0x20, GET_LINE_CODING = 0x21, SET_CONTROL_LINE_STATE = 0x22;
const TEXT = 0, TRACE = 1;
const { machine, radio, expect } = pico({ usb: true });
const { usb } = machine;

function ask(type, request, value, index, length, data) {
	let answer;
	usb.ask(setup(type, request, value, index, length), data, (bytes) => { answer = bytes; machine.news = true; });
	check(`request ${request} is answered`, machine.run(0.1, () => answer !== undefined));
	return answer;
}

const said = (command, text) => {
	const from = usb.text().length;
	usb.type(`${command}\r`);
	const good = machine.run(1, () => usb.text().indexOf(text, from) >= 0);
	check(`${command}: "${text}"`, good, usb.text().slice(from));
};

check('the host finds it', machine.run(0.5, () => usb.open) && usb.ports.length === 2, usb.ports);
machine.run(2, () => usb.text().includes('radio: ready'));

// What it says of itself, whole, in the pieces that hosts ask for, and in such that end with a packet.
const device = ask(IN, GET_DESCRIPTOR, DEVICE << 8, 0, 64);
check('a device', device?.length === 18 && device[0] === 18 && device[7] === 64 && device[17] === 1, device);
const all = ask(IN, GET_DESCRIPTOR, CONFIGURATION << 8, 0, 255);
check('a configuration', all?.length === (all[2] | (all[3] << 8)) && all[4] === 4, all);
for (const n of [1, 8, 9, 63, 64, 65, 128, all.length])
	check(`its first ${n} bytes`, Buffer.from(all.slice(0, n)).equals(Buffer.from(ask(IN, GET_DESCRIPTOR, CONFIGURATION << 8, 0, n) ?? [])));
const texts = [1, 2, 3, 4, 5].map((i) => Buffer.from(ask(IN, GET_DESCRIPTOR, STRING << 8 | i, 0x409, 255)));
check('strings say their length', texts.every((text) => text[0] === text.length && text[1] === STRING), texts);
const words = texts.map((text) => text.subarray(2).toString('utf16le'));
check('strings', /^remora,Pico W,[0-9A-F]{16},console,trace$/.test(words.join()), words);
check('a language', Buffer.from(ask(IN, GET_DESCRIPTOR, STRING << 8, 0, 255)).equals(Buffer.from([4, 3, 9, 4])));

// What it cannot do, it says.
for (const [what, ...request] of [
	['a device qualifier', IN, GET_DESCRIPTOR, QUALIFIER << 8, 0, 10],
	['a string that there is not', IN, GET_DESCRIPTOR, STRING << 8 | 6, 0x409, 255],
	['a second configuration', IN, GET_DESCRIPTOR, CONFIGURATION << 8 | 1, 0, 255],
	['configuration 2', 0, SET_CONFIGURATION, 2, 0, 0],
	['another setting of an interface', TO_INTERFACE, SET_INTERFACE, 1, 0, 0],
	['to wake the host', 0, SET_FEATURE, 1, 0, 0],
	['a port that there is not', CLASS | TO_INTERFACE, SET_CONTROL_LINE_STATE, 1, 4, 0],
	['the state of a data interface', CLASS | TO_INTERFACE, SET_CONTROL_LINE_STATE, 1, 1, 0],
	['an endpoint that there is not', IN | TO_ENDPOINT, GET_STATUS, 0, 0x85, 2],
	['a request of a vendor', 0xc0, 1, 0, 0, 8],
])
	check(`${what} is refused`, ask(...request) === null);

const is = (what, bytes, ...request) => check(what, Buffer.from(ask(...request) ?? []).equals(Buffer.from(bytes)));
is('the status of the device', [0, 0], IN, GET_STATUS, 0, 0, 2);
is('the configuration', [1], IN, GET_CONFIGURATION, 0, 0, 1);
is('the setting of an interface', [0], IN | TO_INTERFACE, GET_INTERFACE, 0, 2, 1);
is('115200 bits a second', [0, 0xc2, 1, 0, 0, 0, 8], IN | CLASS | TO_INTERFACE, GET_LINE_CODING, 0, 0, 7);
ask(CLASS | TO_INTERFACE, SET_LINE_CODING, 0, 2, 7, [0x80, 0x25, 0, 0, 0, 0, 8]);
is('9600 bits a second', [0x80, 0x25, 0, 0, 0, 0, 8], IN | CLASS | TO_INTERFACE, GET_LINE_CODING, 0, 2, 7);
is('the other port is as it was', [0, 0xc2, 1, 0, 0, 0, 8], IN | CLASS | TO_INTERFACE, GET_LINE_CODING, 0, 0, 7);

// A host that gives up in the middle of an answer asks anew.
ask(IN, GET_DESCRIPTOR, CONFIGURATION << 8, 0, 9);
usb.ask(setup(IN, GET_DESCRIPTOR, CONFIGURATION << 8, 0, all.length), null, () => {});
machine.run(0.00004);
is('a second request', all.slice(0, 9), IN, GET_DESCRIPTOR, CONFIGURATION << 8, 0, 9);

// Text both ways, in packets that are full and not.
said('help', 'led on or off');
said(`x${' '.repeat(62)}`, 'help says');
said(`x${' '.repeat(63)}`, 'help says');
said(`x${' '.repeat(150)}`, 'help says');
machine.run(0.01);
check('a short packet ends it', usb.ports[TEXT].last < 64, usb.ports[TEXT].last);

// An endpoint that is halted is silent; after that it begins with DATA0.
for (const endpoint of [0x82, 0x02]) {
	ask(TO_ENDPOINT, SET_FEATURE, 0, endpoint, 0);
	is('it is halted', [1, 0], IN | TO_ENDPOINT, GET_STATUS, 0, endpoint, 2);
	const before = usb.text().length;
	usb.type('help\r');
	machine.run(0.05);
	check('it says nothing', usb.text().length === before);
	usb.odd &= ~(1 << (2 * (endpoint & 15) + (endpoint < 0x80 ? 1 : 0)));
	ask(TO_ENDPOINT, CLEAR_FEATURE, 0, endpoint, 0);
	machine.run(0.05);
	is('it is not', [0, 0], IN | TO_ENDPOINT, GET_STATUS, 0, endpoint, 2);
	said('status', 'call stack');
}

// A program that goes away while there is text, and the next one: nothing of the first one's is left.
usb.type('help\r');
machine.run(0.0002);
usb.set(TEXT, false);
machine.run(0.3);
usb.ports[TEXT].bytes = [];
usb.set(TEXT, true);
machine.run(0.1);
check('who opens a port hears nothing of before', usb.text() === '', usb.text());
said('led off\rx', 'help says');

// A program that has a port open and reads nothing is not waited for all the time.
usb.ports[TEXT].reading = false;
expect('help', 'led on or off', 0.5);
expect('help\rhelp\rhelp\rhelp', 'led on or off', 0.5);
machine.run(0.5);
usb.listen(TEXT);
machine.run(0.1);
said('x', 'help says');

// The cable is pulled and comes back, with the trace on for nobody; the configuration is taken away and set.
said('trace on\rx', 'help says');
usb.pull();
machine.run(0.2);
usb.reset();
check('the host finds it again', machine.run(0.5, () => usb.open));
said('led on\rx', 'help says');
ask(0, SET_CONFIGURATION, 0, 0, 0);
is('no configuration', [0], IN, GET_CONFIGURATION, 0, 0, 1);
usb.reset();
check('and again', machine.run(0.5, () => usb.open));
said('x', 'help says');
check('the trace is silent', usb.text(TRACE) === '');

check('the controller has nothing to complain about', usb.refused.length === 0, usb.refused);
check('the radio has nothing to complain about', radio.refused.length === 0, radio.refused);
ask(0, SET_ADDRESS, 5, 0, 0);
check('an address', machine.chip.usbCtrl.addrEndp === 5, machine.chip.usbCtrl.addrEndp);
usb.ask(setup(CLASS | TO_INTERFACE, SET_LINE_CODING, 0, 0, 7), [0xb0, 4, 0, 0, 0, 0, 8], () => {});
machine.run(0.1);
check('1200 bits a second are the boot ROM', machine.stopped?.startsWith('breakpoint'), machine.stopped);
console.log(`two ports, ${all.length} bytes of descriptors, ${machine.seconds.toFixed(2)} s`);
finish();
