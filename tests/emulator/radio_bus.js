// SPDX-License-Identifier: BSD-3-Clause
// A model of the CYW43439, first part: the bus. Registers of function 0, words of either order, delays, the interrupt.
//
// The model is strict: what the known facts about the chip do not allow is written down in `refused`, and mostly does
// nothing. A test ends with an empty list, or with the very entries that it provoked.
import { random } from './wires.js';

export const F0 = { CONTROL: 0x00, DELAY: 0x01, STATUS_ENABLE: 0x02, INTERRUPT: 0x04, ENABLE: 0x06, STATUS: 0x08,
	F1_INFO: 0x0c, F2_INFO: 0x0e, TEST_RO: 0x14, TEST_RW: 0x18, RESPONSE_DELAY: 0x1c };
export const INT = { NO_DATA: 1, UNDERFLOW: 2, OVERFLOW: 4, COMMAND_ERROR: 8, DATA_ERROR: 16, F2_PACKET: 32, F1_OVERFLOW: 128 };
const STATUS = { NO_DATA: 1, UNDERFLOW: 2, OVERFLOW: 4, F2_INTERRUPT: 8, F2_READY: 32, ERROR: 128, F2_PACKET: 256 };
const WORD_32 = 1, BIG = 2, ACTIVE_HIGH = 32;
const TEST = 0xfeedbead, JUNK = 0x03030303;

const FULL = 1514;              // bytes of a full Ethernet frame, to which headers come

const POWER_OFF = 0.020;        // seconds without power that the chip wants
const WAKE = 0.200;             // seconds from power to an answer on the bus

export class RadioBus {
	// clock: {seconds, later(seconds, run) → task, cancel(task)}
	constructor(clock, { seed = 7 } = {}) {
		this.clock = clock;
		this.random = random(seed);
		this.refused = [];
		this.on = false;
		this.since = clock.seconds;
		this.interrupt = false;
		this.interruptChanged = () => {};
		this.words = 0;         // that crossed the bus
		this.short = 0;         // … among them those of frames that are not full
		this.transfers = 0;
		this.switched = 0;      // on, how many times
		this.reset();
	}

	refuse(what) {
		this.refused.push(what);
	}

	reset() {
		this.tasks?.forEach((task) => this.clock.cancel(task));
		this.tasks = new Set();
		this.f0 = new Uint8Array(256);
		this.f0[F0.CONTROL] = 0x30;
		this.f0.set([4, 4, 4, 4], F0.RESPONSE_DELAY);
		this.f0[F0.INTERRUPT] = INT.NO_DATA;    // is always set once
		this.firstRead = true;
		this.hung = false;
		this.transfer = null;
		this.interrupt = false;
	}

	// Like the clock's, but forgotten when the power goes.
	after(seconds, run) {
		const task = this.clock.later(seconds, () => {
			this.tasks.delete(task);
			run();
		});
		this.tasks.add(task);
	}

	power(on, dataLow = true) {
		if (on === this.on)
			return;
		if (on && this.clock.seconds - this.since < POWER_OFF)
			this.refuse('the power was off for less than 20 ms');
		if (on && !dataLow)
			this.refuse('the data line is not low when the power comes: that means another bus');
		this.switched += on ? 1 : 0;
		this.on = on;
		this.since = this.clock.seconds;
		this.reset();
		this.interruptChanged();
	}

	get awake() {
		return this.on && !this.hung && this.clock.seconds - this.since >= WAKE;
	}

	// A transfer, word by word as the wires carry them.
	select() {
		this.transfer = null;
		this.giving = false;
	}

	order(word) {
		const control = this.f0[F0.CONTROL];
		if (!(control & WORD_32))
			return ((word << 16) | (word >>> 16)) >>> 0;
		if (!(control & BIG))
			return word;
		return ((word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
	}

	take(wire) {
		const word = this.order(wire);
		this.words++;
		if (this.transfer === null)
			this.command(word);
		else if (this.transfer.at < this.transfer.data.length)
			this.transfer.data[this.transfer.at++] = word;
		// What comes after the last word is counted by the wires, and is wrong.
		if (this.transfer.write && this.transfer.at === this.transfer.data.length)
			this.giving = (this.f0[F0.STATUS_ENABLE] & 1) !== 0;
	}

	command(word) {
		const t = { write: !!(word & 0x80000000), words: [], f: (word >>> 28) & 3, address: (word >>> 11) & 0x1ffff, length: word & 0x7ff, at: 0 };
		const count = Math.ceil((t.length || 2048) / 4);
		const status = this.f0[F0.STATUS_ENABLE] & 1;

		this.transfers++;
		this.transfer = t;
		t.valid = this.awake && this.check(t, word);
		t.data = new Uint32Array(count);
		if (!t.write) {
			const delay = t.f === 1 ? Math.ceil(this.f0[F0.RESPONSE_DELAY + 1] / 4) : 0;
			if (t.valid)
				this.read(t);
			else
				t.data.fill(this.on && this.awake ? JUNK : 0);
			t.words = [...new Array(delay).fill(JUNK), ...t.data];
			t.expected = t.words.length + status;
			this.giving = true;
		} else {
			t.expected = count + status;
		}
	}

	check(t, word) {
		if (!(word & 0x40000000))
			return this.error('a command without auto-increment');
		if (t.f === 3)
			return this.error('function 3');
		if (t.f !== 2 && t.length === 0)
			return this.error('a length of 0');
		return true;
	}

	error(what) {
		this.refuse(what);
		this.raise(INT.COMMAND_ERROR);
		return false;
	}

	give() {
		const t = this.transfer;
		this.words++;
		const word = t.at < t.words.length ? t.words[t.at] : this.status();
		t.at++;
		return this.order(word >>> 0);
	}

	deselect(bits) {
		const t = this.transfer;
		if (!this.on)
			return;
		if (bits % 32 !== 0)
			this.refuse(`a transfer of ${bits} bits`);
		if (t === null) {
			if (bits > 0)
				this.refuse('a transfer without a command');
			return;
		}
		this.transfer = null;
		if (!this.awake)
			return;
		const words = bits / 32 - 1;
		if (t.f === 2 && t.length < FULL)
			this.short += words + 1;
		if (words !== t.expected)
			this.refuse(`${t.write ? 'write' : 'read'} f${t.f} ${t.address.toString(16)}: ${words} words, not ${t.expected}`);
		else if (t.write && t.valid)
			this.written(t);
		else if (!t.write && t.valid)
			this.wasRead(t);
		this.changed();
	}

	// Little-endian bytes of the words that were written.
	bytes(t) {
		return new Uint8Array(t.data.buffer, 0, t.length || 2048);
	}

	// Fills in what the host will read; narrow reads have junk in the bytes that nobody asked for.
	read(t) {
		const bytes = new Uint8Array(t.data.buffer);
		for (let i = t.length || 2048; i < bytes.length; i++)
			bytes[i] = Math.floor(this.random() * 256);
		if (t.f === 0)
			this.readBus(t, bytes);
		else if (t.f === 1)
			this.readBackplane(t, bytes);
		else
			this.readFrame(t, bytes);
	}

	readBus(t, bytes) {
		if (t.address + t.length > 256 || t.length > 4) {
			this.error(`f0: ${t.length} bytes at ${t.address.toString(16)}`);
			return;
		}
		const registers = this.f0.slice();
		const view = new DataView(registers.buffer);
		view.setUint32(F0.STATUS, this.status(), true);
		view.setUint32(F0.TEST_RO, this.firstRead ? JUNK : TEST, true);
		view.setUint16(F0.INTERRUPT, this.pending(), true);
		view.setUint16(F0.F1_INFO, 3, true);
		view.setUint16(F0.F2_INFO, this.f2Ready ? 3 : 1, true);
		this.firstRead = false;
		bytes.set(registers.subarray(t.address, t.address + t.length));
	}

	written(t) {
		if (t.f === 0)
			this.writeBus(t, this.bytes(t));
		else if (t.f === 1)
			this.writeBackplane(t, this.bytes(t));
		else
			this.writeFrame(t, this.bytes(t));
	}

	writeBus(t, bytes) {
		if (t.address + t.length > 256 || t.length > 4) {
			this.error(`f0: ${t.length} bytes at ${t.address.toString(16)}`);
			return;
		}
		bytes.forEach((value, i) => {
			const at = t.address + i;
			if ((at >= F0.STATUS && at < F0.TEST_RW))
				this.refuse(`f0: a write to ${at.toString(16)}, which is read only`);
			else if (at === F0.INTERRUPT || at === F0.INTERRUPT + 1)
				this.f0[at] &= ~value;
			else
				this.f0[at] = value;
		});
		// The wires rest low, and the board's pin wakes on high.
		if (t.address === 0 && !(this.f0[F0.CONTROL] & ACTIVE_HIGH))
			this.refuse('an interrupt that is active low');
	}

	wasRead() {}

	raise(bits) {
		this.f0[F0.INTERRUPT] |= bits & 0xff;
		this.f0[F0.INTERRUPT + 1] |= bits >>> 8;
	}

	pending() {
		return this.f0[F0.INTERRUPT] | (this.f0[F0.INTERRUPT + 1] << 8) | (this.frames?.length ? INT.F2_PACKET : 0);
	}

	status() {
		const pending = this.pending();
		let status = 0;
		if (pending & INT.NO_DATA)
			status |= STATUS.NO_DATA;
		if (pending & INT.UNDERFLOW)
			status |= STATUS.UNDERFLOW;
		if (pending & INT.OVERFLOW)
			status |= STATUS.OVERFLOW;
		if (pending & (INT.COMMAND_ERROR | INT.DATA_ERROR))
			status |= STATUS.ERROR;
		if (this.f2Ready)
			status |= STATUS.F2_READY;
		if (this.frames?.length)
			status |= STATUS.F2_PACKET | STATUS.F2_INTERRUPT | (this.frames[0].length << 9);
		return status >>> 0;
	}

	changed() {
		const enabled = this.f0[F0.ENABLE] | (this.f0[F0.ENABLE + 1] << 8);
		const interrupt = this.awake && (this.pending() & enabled) !== 0;
		if (interrupt !== this.interrupt) {
			this.interrupt = interrupt;
			this.interruptChanged();
		}
	}
}
