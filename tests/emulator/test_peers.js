// SPDX-License-Identifier: BSD-3-Clause
// The firmware among programs of others: an address from dnsmasq, the time from chrony, ping, three pages to curl, one from
// nginx, by its address and by its name. Emulated time follows the wall's, since the others have no other.
import { execFile } from 'node:child_process';
import { createServer, Socket } from 'node:net';
import { promisify } from 'node:util';
import { check, finish, pico } from './testing.js';

const SLICE = 0.001;            // seconds of emulated time between two looks at the world
const tap = new Socket({ fd: Number(process.env.REMORA_TAP), readable: true, writable: true });
const run = promisify(execFile);
const { machine, radio, expect } = pico({ air: { send: (frame) => tap.write(Buffer.concat([Buffer.from([frame.length >> 8, frame.length & 255]), frame])) } });

// Up to the network, as fast as it goes: there is nobody to outrun.
expect(null, 'radio: ready', 5);
machine.type('join remora "sharks and fish"\r');
machine.run(5, () => radio.keyed);

// Frames in both directions have their length in front, in two bytes.
let waiting = Buffer.alloc(0);
tap.on('data', (bytes) => {
	waiting = Buffer.concat([waiting, bytes]);
	while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE(0)) {
		const n = waiting.readUInt16BE(0);
		radio.heard(Buffer.from(waiting.subarray(2, 2 + n)));
		waiting = waiting.subarray(2 + n);
	}
});

// Emulated time goes on, at most as fast as the wall's, until the program stops.
let ended = false;
async function live() {
	const wall = process.hrtime.bigint(), since = machine.seconds;
	while (!ended && machine.stopped === null) {
		machine.run(SLICE);
		const ahead = (machine.seconds - since) * 1000 - Number(process.hrtime.bigint() - wall) / 1e6;
		await new Promise((go) => (ahead > 1 ? setTimeout(go, ahead) : setImmediate(go)));
	}
}

let from = 0;           // of what it has said, where to look
async function said(pattern, seconds = 20) {
	for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
		const found = pattern.exec(machine.uart.slice(from));
		if (found)
			return found;
		await new Promise((go) => setTimeout(go, 10));
	}
	check(`${pattern} within ${seconds} s`, false, machine.uart.slice(-400));
	return null;
}

async function fetched(url, answer) {
	from = machine.uart.length;
	machine.type(`get ${url}\r`);
	const page = await said(/get: [^\n]*\n/);
	check(`get ${url}`, answer.test(page?.[0] ?? ''), page?.[0]);
}

// Servers that do what they may, and what they must not.
async function strange_servers() {
	const pages = {
		'/chunked': 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nshark\r\n1;x=y\r\ns\r\n0\r\nTrailer: x\r\n\r\n',
		'/to-the-end': 'HTTP/1.0 200 OK\r\n\r\nremora',
		'/nothing': 'HTTP/1.1 204 No Content\r\n\r\n',
		'/moved': 'HTTP/1.1 301 Moved\r\nlocation: http://elsewhere/\r\ncontent-length: 0\r\n\r\n',
		'/short': 'HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nshark',
		'/torn': 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffff\r\nshark',
		'/bad-chunk': 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nshark\r\n',
		'/long-head': `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(2000)}\r\n\r\n`,
		'/no-http': 'shark\r\n\r\n',
		'/silent': '',
	};
	const server = createServer((socket) => {
		socket.on('error', () => {});
		socket.once('data', (bytes) => {
			const path = bytes.toString().split(' ')[1];
			if (path === '/reset')
				socket.resetAndDestroy();
			else
				socket.end(pages[path] ?? '');
		});
	}).listen(8081, '192.168.77.1');
	for (const [path, answer] of [['/chunked', /get: 200, 6 bytes/], ['/to-the-end', /get: 200, 6 bytes/], ['/nothing', /get: 204, 0 bytes/], ['/moved', /get: 301, 0 bytes/],
		['/short', /ended too early/], ['/torn', /ended too early/], ['/bad-chunk', /not HTTP/], ['/long-head', /head is too long/], ['/no-http', /not HTTP/],
		['/silent', /ended too early/], ['/reset', /refused, or was broken off/]])
		await fetched(`http://192.168.77.1:8081${path}`, answer);
	server.close();
	await fetched('192.168.77.1:8080/nowhere', /get: 404, [0-9]+ bytes/);
	await fetched('http://192.168.77.1:8082/', /refused/);
	await fetched('http://192.168.77.99/', /no way there/);
}

// More clients at once than there are connections, one that says nothing, and a ping that fills a frame.
async function crowd(address) {
	const idle = new Socket().connect(80, address);
	idle.on('error', () => {});
	const pages = await Promise.all(Array.from({ length: 5 }, () => run('curl', ['-s', '-S', '--max-time', '60', `http://${address}/long`], { maxBuffer: 1 << 20 })
		.catch((error) => ({ stdout: String(error) }))));
	check('five clients at once', pages.every(({ stdout }) => stdout.length === 62400), pages.map(({ stdout }) => stdout.length));
	idle.destroy();
	const ping = await run('ping', ['-c', '2', '-s', '1472', '-M', 'do', '-i', '0.2', '-W', '5', address]).catch((error) => error);
	check('a ping of 1500 bytes', / 2 received/.test(ping.stdout), ping.stdout);
}

async function scene() {
	const address = (await said(/address: ([0-9.]+), router 192\.168\.77\.1/))?.[1];
	if (!address)
		return;
	const time = await said(/time: ([0-9]+) s since 1970/);
	check('the time', time && Math.abs(Number(time[1]) - Date.now() / 1000) < 5, time?.[0]);
	const ping = await run('ping', ['-c', '3', '-i', '0.2', '-W', '5', address]).catch((error) => error);
	check('ping', / 3 received/.test(ping.stdout), ping.stdout);
	const get = async (path) => (await run('curl', ['-s', '-S', '--max-time', '30', `http://${address}${path}`], { maxBuffer: 1 << 20 })
		.catch((error) => ({ stdout: String(error) }))).stdout;
	check('the home page', (await get('/')).includes('<h1>remora on a Pico W</h1>'));
	check('the counters', /\nframes_received [0-9]+\n/.test(await get('/counters')));
	const long = await get('/long');
	check('a long page', long.length === 62400 && long.split('\n').length === 1201, long.length);
	for (const [host, answer] of [['192.168.77.1', /get: 200, 22890 bytes/], ['nginx.test', /get: 200, 22890 bytes/], ['nobody.test', /get: there is nobody/]]) {
		from = machine.uart.length;
		machine.type(`get http://${host}:8080/page\r`);
		const page = await said(/get: [^\n]*\n/);
		check(`a page of nginx, from ${host}`, answer.test(page?.[0] ?? ''), page?.[0]);
	}
	await strange_servers();
	await crowd(address);
	machine.type('ping 192.168.77.1\r');
	await said(/ping: answered in [0-9]+ us/);
	machine.type('drops\rstatus\r');
	await said(/call stack at most [0-9]+ bytes/);
}

await Promise.race([live(), scene()]);
ended = true;
console.log(machine.uart.slice(machine.uart.indexOf('radio: up')).replaceAll('\r', ''));
check('the firmware runs', machine.stopped === null, machine.stopped);
check('the radio has nothing to complain about', radio.refused.length === 0, radio.refused);
finish();
