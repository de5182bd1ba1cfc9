// SPDX-License-Identifier: BSD-3-Clause
// What a network does in hours, in emulated time: no server of the time, and one that comes; a lease that is renewed, that runs
// out, and that comes back; links that are lost in the middle of a page; a radio that hangs there; a network that is left.
// test_network.js PEER
import { check, finish, pico } from './testing.js';
import { Peer } from './peer.js';

const [, , program] = process.argv;
const UDP = 17, DHCP = 67, NTP = 123;
const blocked = new Set();      // ports of the peer that nobody reaches
const count = { [DHCP]: 0, [NTP]: 0 };
let peer = null;
const { machine, radio, expect } = pico({ air: { send(frame) {
	const port = frame.readUInt16BE(12) === 0x800 && frame[23] === UDP ? frame.readUInt16BE(36) : 0;
	if (port in count)
		count[port]++;
	if (!blocked.has(port))
		peer.send(frame);
} } });
peer = new Peer(program, machine, radio);

const quiet = (seconds) => {
	const from = machine.uart.length;
	machine.run(seconds);
	return machine.uart.slice(from);
};

expect(null, 'radio: ready', 5);
blocked.add(DHCP).add(NTP);
expect('join remora "sharks and fish"', 'radio: up', 5);
expect('get http://192.168.77.1:8080/', 'when there is a network', 5);
check('nobody leases anything', !quiet(30).includes('address') && count[DHCP] > 2, count);
blocked.delete(DHCP);
expect(null, 'address: 192.168.77.100, router 192.168.77.1', 70);

// The time: asked for again each minute, then each 17 minutes.
expect(null, 'time: no server answers', 70);
expect('status', 'time: 0 s', 5);
check('it is said once', !quiet(300).includes('time:'));
blocked.delete(NTP);
expect(null, 'time: 17500', 100);
const asked = count[NTP];
machine.run(1100);
check('the clock is kept', count[NTP] >= asked + 2 && count[NTP] <= asked + 4, [asked, count[NTP]]);

// The lease: 3600 s, renewed at half of it without a word.
const renewals = count[DHCP];
check('a lease is renewed', quiet(2400) === '' && count[DHCP] > renewals, count);
blocked.add(DHCP);
expect(null, 'address: none', 4000);
expect('ping 192.168.77.1', 'when there is a network', 5);
blocked.delete(DHCP);
expect(null, 'address: 192.168.77.100', 200);
expect('ping 192.168.77.1', 'ping: answered', 5);

// Lost in the middle of a page, both ways; the connections live on.
machine.type('get http://192.168.77.1:8080/\r');
machine.run(0.05);
radio.lose(6, 3);
expect(null, 'the link was lost', 5);
expect(null, 'radio: up', 10);
expect(null, 'get: 200, 300000 bytes', 20);
peer.fetch('192.168.77.100');
machine.run(0.02);
radio.lose(12, 8);
expect(null, 'radio: up', 10);
check('a page goes on', machine.run(20, () => (machine.news = true, peer.fetched >= 62400)), peer.fetched);
machine.type('get http://192.168.77.1:8080/\r');
machine.run(0.05);
radio.hang();
expect(null, 'radio: starting', 30);
expect(null, 'radio: up', 10);
machine.run(30);
expect('get http://192.168.77.1:8080/', 'get: 200, 300000 bytes', 20);

// Left in the middle of one, and joined again.
machine.type('get http://192.168.77.1:8080/\r');
machine.run(0.05);
expect('leave', 'no network wanted', 5);
expect('get http://192.168.77.1:8080/', 'when there is a network', 5);
expect(null, 'get: it takes too long', 30);
expect('join remora "sharks and fish"', 'radio: up', 5);
machine.run(10);
for (let i = 0; i < 2; i++)
	expect('get http://192.168.77.1:8080/', 'get: 200, 300000 bytes', 20);
expect('status', 'last fault: the radio does not answer', 5);
check('it never stopped', machine.stopped === null, machine.stopped);
check('the radio has nothing to complain about', radio.refused.length === 0, radio.refused);
peer.end();
finish();
