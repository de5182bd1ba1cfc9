// SPDX-License-Identifier: BSD-3-Clause
// The console: lines that are too long, bytes that one cannot see, words that nobody knows, names and keys of all kinds, and
// commands before there is anything to command.
import { check, finish, pico } from './testing.js';

const odd = 'a "b\\c\xc3\xa9\x1b';
const networks = [
	{ ssid: 'remora', channel: 6, rssi: -48, key: 'k'.repeat(63) },
	{ ssid: Buffer.from(odd, 'latin1').toString('latin1'), channel: 1, rssi: -70 },
	{ ssid: 'n'.repeat(32), channel: 1, rssi: -70, key: '12 "45 78' },
];
const { machine, radio, expect } = pico({ air: { networks: networks.map((network, i) => ({ bssid: Buffer.from([2, 0xaa, 0xbb, 0xcc, 0xdd, i]), ...network })) } });

// Before there is a network, and before there is a radio.
for (const line of ['ping 192.168.77.1', 'get http://remora/', 'get http://192.168.77.1/'])
	expect(line, 'when there is a network', 1);
expect('save', 'save: join a network first', 1);
expect('scan', 'scan: not now', 1);
expect('chiplog', 'chiplog: done', 1);
expect('status', 'address: none', 1);
expect('drops', 'drops: done', 1);
expect('leave', '', 1);
expect(null, 'radio: ready', 5);

// What is no command.
for (const line of ['helpp', 'HELP', 'help\\', '\\x', '"help me"', '?', 'é', '\x1b[A', 'join\\x20remora'])
	expect(line, 'help says what there is', 1);
expect('trace', 'trace on, or trace off', 1);
expect('trace maybe', 'trace on, or trace off', 1);
expect('led', 'led on, or led off', 1);
for (const line of ['"help', 'join "remora', 'join a b c d', '"', 'join "a" "'])
	expect(line, 'quotation marks', 1);
for (const line of ['join', 'join ""', `join ${'n'.repeat(33)}`, 'join remora short', `join remora ${'k'.repeat(65)}`, `join remora ${'k'.repeat(64)}`])
	expect(line, 'join NAME [KEY]:', 1);
for (const line of ['ping', 'ping remora', 'ping 1.2.3', 'ping 1.2.3.4.5', 'ping 1.2.3.256', 'ping 99999999999999999999.1.1.1'])
	expect(line, 'ping ADDRESS:', 1);
for (const line of ['get', 'get http://', 'get http://:80/', 'get http://a:b/', 'get http://a:65536/', 'get http://a:0x/', 'get https://a/', 'get "http://a/b c"', 'get http://a/\\x0d\\x0aX:1'])
	expect(line, 'get http://HOST', 1);

// Lines: empty, too long, taken back, given up, and ended in every way.
machine.run(0.1);
const before = machine.uart.length;
machine.type('\r\n \r\t\n\r\x00\x07\r');
machine.run(0.01);
check('an empty line says nothing', machine.uart.length === before, machine.uart.slice(before));
expect('x'.repeat(239), 'help says what there is', 1);
expect('x'.repeat(240), 'that line is too long', 1);
expect(`join ${'x'.repeat(1000)}`, 'that line is too long', 1);
expect('helx\x7fp', 'led on or off', 1);
expect('\x7f\b\bsxx\b\bcan me\x15help', 'led on or off', 1);
expect('join nowhere\x03help', 'led on or off', 1);
machine.type('help\n');
expect(null, 'led on or off', 1);
expect('\t  help \t me ', 'led on or off', 1);

// Names and keys: as scan writes them, with blanks and marks, and as long as they can be.
expect('scan', 'channel 1, -70 dBm, open, a \\x22b\\x5cc\\xc3\\xa9\\x1b', 10);
expect(null, 'scan: done', 10);
expect('join "a \\x22b\\x5cc\\xc3\\xa9\\x1b"', 'radio: up', 5);
expect(`join remora ${'k'.repeat(63)}`, 'radio: up', 5);
expect(`join ${[...'n'.repeat(32)].map(() => '\\x6e').join('')} "12 \\x2245 78"`, 'radio: up', 5);
check('it is keyed', radio.keyed);
expect('save', 'save: done', 1);
expect('leave', 'no network wanted', 5);
expect(`join nowhere ${'0123456789abcdefABCDEF0123456789'.repeat(2)}`, 'there is no such network here', 10);

// One after the other, all that there is, and all at once.
machine.type(['scan', 'scan', 'bus', 'scan', 'leave', 'leave', 'join remora wrong-key', 'bus', 'leave', 'status', 'trace on', 'trace on', 'trace off', 'trace off', 'forget', ''].join('\r'));
machine.run(5);
check('the test word', machine.uart.includes('sampled 4 clocks after: feedbead'));
machine.type(`${'\xff\x00\x1b"\\x'.repeat(300)}\r`);
machine.run(0.5);
expect('help', 'led on or off', 2);
expect('forget', 'forget: done', 2);
check('it never stopped', machine.stopped === null, machine.stopped);
check('the radio has nothing to complain about', radio.refused.length === 0, radio.refused);
finish();
