// SPDX-License-Identifier: BSD-3-Clause
// Our own stack as peer of the board, in emulated time: each frame is given to the program peer, whose answers come back
// after the time that the air takes. The program is asked and waited for, so that nothing depends on who is faster.
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';

const AIR = 0.0003;     // seconds for a frame, if nobody says otherwise
const NEVER = 0x7fffffffffffffffn;

export class Peer {
	constructor(program, machine, radio) {
		const folder = mkdtempSync(`${tmpdir()}/remora-`);
		execFileSync('mkfifo', [`${folder}/in`, `${folder}/out`]);
		this.child = spawn('sh', ['-c', 'exec "$0" <"$1" >"$2"', program, `${folder}/in`, `${folder}/out`], { stdio: 'inherit' });
		this.to = openSync(`${folder}/in`, 'w');
		this.from = openSync(`${folder}/out`, 'r');
		rmSync(folder, { recursive: true });
		this.machine = machine;
		this.radio = radio;
		this.task = null;
		this.air = AIR;
		this.free = 0;          // when the air is
		this.fetched = 0;
		this.full = { up: 0, down: 0 };         // frames of 1514 bytes, from the board and to it
	}

	read(n) {
		const bytes = Buffer.alloc(n);
		for (let at = 0; at < n;) {
			const got = readSync(this.from, bytes, at, n - at, null);
			if (got === 0)
				throw new Error('the peer has ended');
			at += got;
		}
		return bytes;
	}

	say(letter, bytes = Buffer.alloc(0)) {
		const { machine } = this;
		const head = Buffer.alloc(11);
		head.write(letter);
		head.writeBigInt64LE(BigInt(Math.floor(machine.seconds * 1e6)), 1);
		head.writeUInt16LE(bytes.length, 9);
		writeSync(this.to, Buffer.concat([head, bytes]));
		const answer = this.read(14);
		const due = answer.readBigInt64LE(0);
		this.fetched = answer.readUInt32LE(8);
		for (let left = answer.readUInt16LE(12); left > 0; left--)
			this.carry(this.read(this.read(2).readUInt16LE(0)));
		if (this.task)
			machine.cancel(this.task);
		this.task = null;
		if (due !== NEVER)
			this.task = machine.later(Math.max(Number(due) / 1e6 - machine.seconds, 1e-6), () => this.say('T'));
	}

	// One frame after the other, as the air has it.
	carry(frame) {
		this.free = Math.max(this.free, this.machine.seconds) + this.air;
		this.full.down += frame.length === 1514 ? 1 : 0;
		this.machine.later(this.free - this.machine.seconds, () => this.radio.heard(frame));
	}

	send(frame) {
		this.full.up += frame.length === 1514 ? 1 : 0;
		this.say('F', frame);
	}

	fetch(address) {
		this.say('G', Buffer.from(address.split('.').map(Number).reverse()));
	}

	end() {
		closeSync(this.to);
		closeSync(this.from);
	}
}
