// SPDX-License-Identifier: BSD-3-Clause
// The trace of every frame over the second USB interface: each frame of the air stands in it as it was, in order, with its
// outcome; remora read and tshark take it apart alike, remora read --follow while it grows. Each opening begins with a section
// header; what a slow host loses is counted, and a new section begins behind it.
// test_trace.js PEER REMORA TSHARK
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { once } from 'node:events';
import { check, finish, pico } from './testing.js';
import { Peer } from './peer.js';

const [, , program, remora, tshark] = process.argv;
const SECTION = 0x0a0d0d0a, INTERFACE = 1, PACKET = 6;
const COMMENT = 1, FLAGS = 2, DROPS = 4, VERDICT = 7;
const TRACE = 1;
let peer = null;
const air = [];         // what was on it, and whether it came from the board
const { machine, radio, expect } = pico({ usb: true, air: { send: (frame) => { air.push({ out: true, frame }); peer.send(frame); } } });
peer = new Peer(program, machine, radio);
peer.air = 0.003;        // 4 Mbit/s, which USB can follow
const heard = radio.heard.bind(radio);
radio.heard = (frame) => {
	if (radio.keyed)
		air.push({ out: false, frame });
	heard(frame);
};

function options(bytes) {
	const all = new Map();
	for (let at = 0; at + 4 <= bytes.length && bytes.readUInt16LE(at) !== 0;) {
		const n = bytes.readUInt16LE(at + 2);
		all.set(bytes.readUInt16LE(at), bytes.subarray(at + 4, at + 4 + n));
		at += 4 + ((n + 3) & ~3);
	}
	return all;
}

// The blocks of a stream, whose last may not be whole.
function blocks(bytes) {
	const all = [];
	for (let at = 0; at + 12 <= bytes.length;) {
		const type = bytes.readUInt32LE(at), length = bytes.readUInt32LE(at + 4);
		if (length < 12 || length % 4 || at + length > bytes.length)
			break;
		check(`the block at ${at} has its length twice`, bytes.readUInt32LE(at + length - 4) === length);
		const body = bytes.subarray(at + 8, at + length - 4);
		const n = type === PACKET ? body.readUInt32LE(12) : 0;
		all.push({ type, end: at + length, bytes: body.subarray(20, 20 + n), options: options(body.subarray(type === PACKET ? 20 + ((n + 3) & ~3) : 8)) });
		at += length;
	}
	return all;
}

const stream = () => Buffer.from(machine.usb.ports[TRACE].bytes);

function open() {
	machine.usb.ports[TRACE].bytes = [];
	machine.usb.set(TRACE, true);
	machine.run(0.01);
	air.length = 0;
}

function beginsWell(all) {
	check('it begins with a section and its interface', all[0]?.type === SECTION && all[1]?.type === INTERFACE, all.slice(0, 3).map((block) => block.type));
	return all.filter((block) => block.type === PACKET);
}

// Each direction has its own order. What the driver did not take never was on the air; frames of the air that are missing in
// the trace have to be counted in it.
function compare(packets) {
	const ways = [1, 2].map((flag) => ({ flag, frames: air.filter(({ out }) => out === (flag === 2)).map(({ frame }) => frame), at: 0 }));
	let counted = 0, missing = 0;
	packets.forEach((packet, i) => {
		const way = ways.find(({ flag }) => flag === packet.options.get(FLAGS)?.readUInt32LE(0));
		const verdict = packet.options.get(VERDICT), comment = packet.options.get(COMMENT)?.toString();
		counted += packet.options.has(DROPS) ? Number(packet.options.get(DROPS).readBigUInt64LE(0)) : 0;
		check(`frame ${i} has its outcome`, verdict?.length === 3 && verdict[1] > 0 && verdict[2] > 0, verdict?.toString('hex'));
		check(`frame ${i} has its reason`, /^(accepted|answered|queued|dropped|ignored): .+ \(.+\)$/.test(comment), comment);
		if (comment?.includes('LINK_BUSY'))
			return;
		const found = way.frames.findIndex((frame, j) => j >= way.at && frame.equals(packet.bytes));
		check(`frame ${i} is as it was on the air`, found >= 0, packet.bytes.toString('hex', 0, 60));
		missing += found < 0 ? 0 : found - way.at;
		way.at = found < 0 ? way.at : found + 1;
	});
	return { counted, missing: missing + ways.reduce((sum, { frames, at }) => sum + frames.length - at, 0) };
}

expect(null, 'radio: ready', 5);
machine.run(0.1, () => machine.usb.open);
machine.type('trace on\r');
machine.run(0.01);
check('nothing is written for nobody', stream().length === 0);
open();
expect('join remora "sharks and fish"', 'radio: up', 5);
expect(null, 'time: ', 15);
expect('get http://192.168.77.1:8080/', 'get: 200', 20);
machine.run(0.1);
const first = stream(), packets = beginsWell(blocks(first));
const all = compare(packets);
check('every frame is in it', all.counted === 0 && all.missing === 0 && packets.length > 300, all);

// What others make of it.
const folder = mkdtempSync(`${tmpdir()}/remora-`), path = `${folder}/trace.pcapng`;
writeFileSync(path, first);
const keys = ['frame.number', 'frame.len', 'frame.time_epoch', 'eth.src', 'eth.dst', 'ip.src', 'ip.dst', 'ip.checksum', 'udp.srcport', 'tcp.srcport', 'tcp.checksum', 'dhcp.type', 'ntp.stratum', 'arp.opcode']
	.flatMap((key) => ['-e', key]);
const fields = (...command) => execFileSync(command[0], [...command.slice(1), '-T', 'fields', ...keys], { maxBuffer: 1 << 24, stdio: ['ignore', 'pipe', 'inherit'] }).toString();
const ours = fields(remora, 'read', path), its = fields(tshark, '-n', '-r', path);
check('remora read and tshark decode alike', ours === its && ours.split('\n').length === packets.length + 1,
	ours.split('\n').map((line, i) => [line, its.split('\n')[i]]).find(([a, b]) => a !== b));
const comments = execFileSync(tshark, ['-n', '-r', path, '-T', 'fields', '-e', 'frame.comment']).toString().trim().split('\n');
check('tshark shows what became of them', comments.length === packets.length && comments.every((line) => /^\w+: /.test(line)), comments[0]);

// As it comes: the first half is there, the rest follows.
const half = first.length >> 1;
writeFileSync(path, first.subarray(0, half));
const follower = spawn(remora, ['read', '--follow', '-l', '-c', String(packets.length), path], { stdio: ['ignore', 'pipe', 'inherit'] });
let lines = '';
follower.stdout.on('data', (bytes) => {
	if (lines === '')
		appendFileSync(path, first.subarray(half));
	lines += bytes;
});
const patience = setTimeout(() => follower.kill(), 20000);
await once(follower, 'close');
clearTimeout(patience);
check('remora read --follow shows what comes', lines.split('\n').length === packets.length + 1, lines.split('\n').length);

// Closed in the middle of a stream, and opened by a host that takes its time: nothing of the first stream is in the second.
machine.type('get http://192.168.77.1:8080/\r');
const begun = stream().length;
check('it comes to the middle', machine.run(1, () => stream().length > begun + 50000 && blocks(stream()).at(-1).end !== stream().length));
machine.usb.set(TRACE, false);
expect(null, 'get: 200', 20);
machine.run(1);
machine.usb.delay = 0.0004;
peer.air = 0.0003;
open();
expect('get http://192.168.77.1:8080/', 'get: 200', 20);
machine.run(1);
expect('ping 192.168.77.1', 'ping: answered', 5);
machine.run(1);
const second = stream(), late = blocks(second), few = beginsWell(late);
const { counted, missing } = compare(few);
check('a slow host loses frames, which are counted', counted > 0 && counted === missing, [counted, missing]);
check('a section begins behind each loss', few.filter((packet) => packet.options.has(DROPS)).every((packet) => late[late.indexOf(packet) - 1].type === INTERFACE
	&& late[late.indexOf(packet) - 2].type === SECTION));
check('no block is torn', late.at(-1).end === second.length);
writeFileSync(path, second);
console.log(`${packets.length} frames in ${first.length} bytes; a slow host: ${few.length} of ${air.length}, ${counted} counted as lost`);
check('both read on behind a loss', fields(remora, 'read', path) === fields(tshark, '-n', '-r', path));

// Off and on again, and on when it is on, in the middle of a stream: sections begin anew, and nothing is torn.
machine.usb.delay = 0.00005;
const so_far = stream().length;
machine.type('get http://192.168.77.1:8080/\r');
check('it comes', machine.run(1, () => stream().length > so_far + 20000));
expect('trace off\rtrace on\rtrace on\rtrace off\rtrace on', 'get: 200', 20);
machine.run(1);
const third = stream().subarray(so_far), whole = blocks(third);
check('it goes on with sections', whole.filter((block) => block.type === SECTION).length > 2 && whole.at(-1).type === PACKET, whole.map((block) => block.type).join(' '));
check('and no block is torn', whole.at(-1).end === third.length, [whole.at(-1).end, third.length]);

// A host that sleeps is told afterwards how much it has missed.
const awake = stream().length;
machine.usb.pull();
machine.run(0.01);
air.length = 0;
expect('ping 192.168.77.1', 'ping: answered', 5);
const slept = air.length;
machine.usb.resume();
machine.run(0.01);
expect('ping 192.168.77.1', 'ping: answered', 5);
machine.run(0.1);
const dream = blocks(stream().subarray(awake)), told = beginsWell(dream);
check('what was missed in sleep is told', slept > 0 && told[0]?.options.get(DROPS)?.readBigUInt64LE(0) === BigInt(slept), [slept, told.length]);
check('the controller has nothing to complain about', machine.usb.refused.length === 0, machine.usb.refused);
check('the radio has nothing to complain about', radio.refused.length === 0, radio.refused);
rmSync(folder, { recursive: true });
peer.end();
finish();
