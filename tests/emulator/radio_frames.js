// SPDX-License-Identifier: BSD-3-Clause
// A model of the CYW43439, third part: frames over function 2. SDPCM with its credits, and three channels: questions and
// answers, events, packets.
import { INT } from './radio_bus.js';
import { RadioChip } from './radio_chip.js';

const SDPCM = 12, BDC = 4, CONTROL = 0, EVENT = 1, DATA = 2;
const WINDOW = 8;                       // frames that the chip takes ahead
const AIRTIME = 0.0003;                 // seconds until a packet has been sent and its place is free again
const QUEUE = 32;                       // packets that wait for the host; the next is lost

export class RadioFrames extends RadioChip {
	reset() {
		super.reset();
		this.seq = 0;                   // of our frames
		this.hostSeq = 0;               // of the host's next
		this.credit = 1;                // up to which number it may send
		this.inFlight = 0;
		this.starved = false;           // credits are kept back
		this.flow = 0;
		this.damage = 0;                // how many frames to the host are to be damaged
		this.lost = 0;
	}

	// At the start a frame comes that is no event at all.
	f2Begins() {
		this.refill();
		this.push(EVENT, Buffer.concat([Buffer.from([0x20, 0, 0, 0]), Buffer.alloc(14, 0xff), Buffer.alloc(46)]));
	}

	refill() {
		if (!this.starved)
			this.credit = (this.hostSeq + WINDOW - this.inFlight) & 0xff;
	}

	// Keeps credits back; letting them go again is told by a frame that has nothing else to say.
	starve(yes) {
		this.starved = yes;
		if (!yes) {
			this.refill();
			this.push(CONTROL, Buffer.alloc(0));
		}
	}

	push(channel, payload) {
		if (!this.f2Ready)
			return;
		if (this.frames.length >= QUEUE) {
			this.lost++;
			return;
		}
		const offset = SDPCM + (channel === DATA && payload.length ? 2 : 0);
		const frame = Buffer.alloc(offset + payload.length);
		frame.writeUInt16LE(frame.length, 0);
		frame.writeUInt16LE(~frame.length & 0xffff, 2);
		frame.writeUInt8(this.seq, 4);
		frame.writeUInt8(channel, 5);
		frame.writeUInt8(offset, 7);
		frame.writeUInt8(this.flow, 8);
		frame.writeUInt8(this.credit, 9);
		payload.copy(frame, offset);
		this.seq = (this.seq + 1) & 0xff;
		if (this.damage > 0) {
			this.damage--;
			frame[2] ^= 0x40;
		}
		this.frames.push(frame);
		this.changed();
	}

	// The host reads: exactly what the status says is there.
	readFrame(t, bytes) {
		if (this.frames.length === 0) {
			this.refuse('f2: a read where there is no frame');
			this.raise(INT.NO_DATA);
			return;
		}
		const frame = this.frames[0];
		if (t.length !== frame.length)
			this.refuse(`f2: a read of ${t.length} bytes, there are ${frame.length}`);
		bytes.set(frame.subarray(0, Math.min(frame.length, bytes.length)));
		frame.writeUInt8(this.credit, 9);
	}

	wasRead(t) {
		if (t.f === 2)
			this.frames.shift();
	}

	writeFrame(t, bytes) {
		const frame = Buffer.from(bytes);
		const size = frame.length >= SDPCM ? frame.readUInt16LE(0) : 0;

		if (!this.f2Ready)
			return this.error('f2: a frame before the chip is ready');
		if (frame.length < SDPCM || (size ^ frame.readUInt16LE(2)) !== 0xffff)
			return this.error('f2: a frame without a length');
		if (frame.length % 4 !== 0 || size > frame.length || frame.length - size > 3)
			return this.error(`f2: a frame of ${size} bytes in a transfer of ${frame.length}`);
		const [seq, channel, , offset] = frame.subarray(4, 8);
		if (seq !== this.hostSeq)
			this.refuse(`f2: frame ${seq}, not ${this.hostSeq}`);
		if (seq === this.credit)
			return this.refuse(`f2: frame ${seq} without a credit`);
		this.hostSeq = (seq + 1) & 0xff;
		this.refill();
		const payload = frame.subarray(offset, size);
		if (offset < SDPCM || offset > size)
			return this.refuse(`f2: the header is ${offset} bytes long`);
		if (channel === CONTROL)
			return offset === SDPCM ? this.control(payload) : this.refuse(`f2: a question behind ${offset} bytes`);
		if (channel === DATA)
			return this.packet(payload, offset);
		return this.refuse(`f2: channel ${channel}`);
	}

	packet(payload, offset) {
		if (offset !== SDPCM + 2)
			this.refuse(`f2: a packet behind ${offset} bytes`);
		if (payload.length < BDC || payload[0] !== 0x20 || payload[2] !== 0 || payload[3] !== 0)
			return this.refuse(`f2: a packet with the header ${payload.subarray(0, BDC).toString('hex')}`);
		const ethernet = payload.subarray(BDC);
		if (ethernet.length < 14 || ethernet.length > 1514)
			return this.refuse(`f2: a packet of ${ethernet.length} bytes`);
		this.inFlight++;
		this.refill();
		this.after(AIRTIME, () => {
			this.inFlight--;
			this.refill();
			this.sent(Buffer.from(ethernet));
		});
		return undefined;
	}

	// A packet for the host. Some have words between header and packet, as the chip's firmware likes it.
	give2(ethernet) {
		const words = this.random() < 1 / 32 ? 1 : 0;
		this.push(DATA, Buffer.concat([Buffer.from([0x20, 0, 0, words]), Buffer.alloc(4 * words), ethernet]));
	}

	// An event, if the host wants to hear of its kind.
	event(type, { status = 0, reason = 0, flags = 0, auth = 0, address = Buffer.alloc(6), data = Buffer.alloc(0) } = {}) {
		if (!((this.eventMask[type >> 3] ?? 0) & (1 << (type & 7))))
			return;
		const e = Buffer.alloc(14 + 10 + 48 + data.length);
		this.address.copy(e, 0);
		this.address.copy(e, 6);
		e[6] |= 2;
		e.writeUInt16BE(0x886c, 12);
		e.writeUInt16BE(0x8001, 14);
		e.writeUInt16BE(e.length - 18, 16);
		e.writeUInt8(0, 18);
		e.set([0x00, 0x10, 0x18], 19);
		e.writeUInt16BE(1, 22);
		e.writeUInt16BE(2, 24);
		e.writeUInt16BE(flags, 26);
		e.writeUInt32BE(type, 28);
		e.writeUInt32BE(status, 32);
		e.writeUInt32BE(reason, 36);
		e.writeUInt32BE(auth, 40);
		e.writeUInt32BE(data.length, 44);
		address.copy(e, 48);
		e.write('wl0', 54);
		data.copy(e, 72);
		this.push(EVENT, Buffer.concat([Buffer.from([0x20, 0, 0, 0]), e]));
	}
}
