// SPDX-License-Identifier: BSD-3-Clause
// A USB host for the emulated board, by way of the buffers of the RP2040's controller (datasheet 4.1): finds the serial
// interfaces (CDC), opens the first, reads and writes them. USB 2.0, chapters 8 and 9, and PSTN120, 6.3. A port's bytes are
// fetched only while a program has it open. What the firmware does to the controller against the datasheet stands in `refused`.
const CONFIGURATION = 2, INTERFACE = 4, ENDPOINT = 5;           // kinds of descriptors
const CDC_CONTROL = 2, CDC_DATA = 10, BULK = 2;
const GET_DESCRIPTOR = 6, SET_ADDRESS = 5, SET_CONFIGURATION = 9, SET_CONTROL_LINE_STATE = 0x22;
const CONTROLS = 0x80, SOF_RD = 0x48, SIE_STATUS = 0x50;         // in the controller's memory, and registers
const SOF = 1 << 17, BUS_RESET = 1 << 19, SUSPENDED = 1 << 4, RESUME = 1 << 11;
const FULL = 1 << 15, DATA1 = 1 << 13, STALL = 1 << 11, AVAILABLE = 1 << 10, LENGTH = 0x3ff;
const FRAME = 0.001, LATE = 0.0008;     // RP2040-E15: nothing is handed over for sending in the last fifth of a frame
const PACKET = 64;

export function setup(type, request, value, index, length) {
	return new Uint8Array([type, request, value & 0xff, value >> 8, index & 0xff, index >> 8, length & 0xff, length >> 8]);
}

export class UsbHost {
	constructor(machine) {
		this.machine = machine;
		this.controller = machine.chip.usbCtrl;
		this.memory = machine.chip.usbDPRAMView;
		this.ports = [];        // {control, input, output, bytes, last, waiting, reading}; last: bytes of the last packet
		this.refused = [];
		this.delay = 0.00005;   // from one packet to the next
		this.words = [];        // what the buffers' controls were last
		this.begin();
		const { controller } = this;
		const readUint32 = controller.readUint32.bind(controller), writeUint32 = controller.writeUint32.bind(controller);
		controller.onUSBEnabled = () => controller.resetDevice();
		controller.onResetReceived = () => this.start();
		controller.DPRAMUpdated = (offset, value) => {
			if (offset >= CONTROLS && offset < CONTROLS + 0x80)
				this.given((offset - CONTROLS) >> 2, value);
		};
		controller.readUint32 = (offset) => {
			if (offset === SOF_RD)
				this.interrupt(SOF, false);
			return readUint32(offset);
		};
		controller.writeUint32 = (offset, value) => {
			if (offset === SIE_STATUS)
				controller.sieStatus &= ~(controller.rawWriteValue & SUSPENDED);
			writeUint32(offset, value);
		};
	}

	begin() {
		this.steps = this.request = null;
		this.odd = 0;           // buffers whose next packet is DATA1
		this.answer = [];
		this.ports = [];
		this.open = false;
	}

	interrupt(bit, yes) {
		this.controller.intRaw = yes ? this.controller.intRaw | bit : this.controller.intRaw & ~bit;
		this.controller.checkInterrupts();
	}

	frame() {
		this.began = this.machine.seconds;
		this.interrupt(SOF, true);
		this.frames = this.machine.later(FRAME, () => this.frame());
	}

	// Requests go one after the other; each is over when the device has answered, or acknowledged.
	start() {
		this.begin();
		this.machine.cancel(this.frames);
		this.frame();
		this.steps = this.enumerate();
		this.next();
	}

	reset() {
		this.open = false;
		this.controller.sieStatus |= BUS_RESET;
		this.controller.sieStatusUpdated();
	}

	// The cable is pulled: no frames any more.
	pull() {
		this.machine.cancel(this.frames);
		this.ports.forEach((port) => { port.reading = false; });
		this.controller.sieStatus |= SUSPENDED;
		this.controller.sieStatusUpdated();
	}

	// …and the host, which had only slept, goes on where it was.
	resume() {
		this.controller.sieStatus |= RESUME;
		this.controller.sieStatusUpdated();
		this.frame();
		this.ports.forEach((port, index) => this.listen(index));
	}

	next(answer) {
		const { value, done } = this.steps.next(answer);
		this.request = done ? null : { expected: value.setup[6] | (value.setup[7] << 8), stage: 'status', ...value };
		if (done)
			return;
		if (this.request.expected > 0)
			this.request.stage = value.setup[0] & 0x80 ? 'answer' : 'data';
		this.answer = [];
		this.odd |= 3;
		this.controller.sendSetupPacket(value.setup);
	}

	// Asks for something; the answer is null if the device stalls.
	ask(bytes, data, done) {
		this.steps = (function* () { done(yield { setup: bytes, data }); })();
		this.next();
	}

	*enumerate() {
		yield { setup: setup(0x00, SET_ADDRESS, 1, 0, 0) };
		const head = yield { setup: setup(0x80, GET_DESCRIPTOR, CONFIGURATION << 8, 0, 9) };
		const all = yield { setup: setup(0x80, GET_DESCRIPTOR, CONFIGURATION << 8, 0, head[2] | (head[3] << 8)) };
		this.read(all);
		yield { setup: setup(0x00, SET_CONFIGURATION, 1, 0, 0) };
		this.odd &= 3;
		if (this.ports.length)
			yield* this.state(0, true);
		this.open = true;
	}

	// A program begins to read before the device hears of it, as with Linux, and ends before, too.
	*state(index, open) {
		const port = this.ports[index];
		port.reading = false;
		if (open)
			this.listen(index);
		yield { setup: setup(0x21, SET_CONTROL_LINE_STATE, open ? 3 : 0, port.control, 0) };
	}

	listen(index) {
		this.ports[index].reading = true;
		this.look(2 * this.ports[index].input);
	}

	// A program opens a port, or closes it. The first is opened at once.
	set(index, open) {
		this.steps = this.state(index, open);
		this.next();
	}

	read(descriptors) {
		let port = null, data = false;
		for (let i = 0; i + 2 <= descriptors.length && descriptors[i] >= 2; i += descriptors[i]) {
			const d = descriptors.slice(i, i + descriptors[i]);
			if (d[1] === INTERFACE && d[5] === CDC_CONTROL) {
				port = { control: d[2], input: -1, output: -1, bytes: [], last: 0, waiting: [], reading: false };
				this.ports.push(port);
			}
			if (d[1] === INTERFACE)
				data = d[5] === CDC_DATA;
			if (d[1] === ENDPOINT && data && port && (d[3] & 3) === BULK)
				port[d[2] & 0x80 ? 'input' : 'output'] = d[2] & 0xf;
		}
	}

	// The firmware has written a buffer's control: 4.1.2.5.
	given(buffer, value) {
		const before = this.words[buffer] ?? 0;
		this.words[buffer] = value;
		if ((before & AVAILABLE) && !(this.controller.epAbort >> buffer & 1))
			this.refused.push(`buffer ${buffer} is the controller's`);
		if (buffer === 0 && (value & STALL) && (this.controller.epStallArm & 3) === 3) {
			this.controller.epStallArm = 0;
			this.machine.later(this.delay, () => this.request && this.next(null));
		}
		if (!(value & AVAILABLE))
			return;
		if ((before ^ value) !== AVAILABLE)
			this.refused.push(`buffer ${buffer} is available before the rest of its control is`);
		if (buffer > 1 && buffer % 2 === 0 && this.machine.seconds - this.began > LATE)
			this.refused.push(`buffer ${buffer} is handed over too late in a frame`);
		this.look(buffer);
	}

	look(buffer) {
		this.machine.later(this.delay, () => {
			if ((this.words[buffer] & AVAILABLE) && !(this.controller.epAbort >> buffer & 1))
				this.transfer(buffer, this.ports.find((port) => port.input === buffer >> 1 || port.output === buffer >> 1));
		});
	}

	transfer(buffer, port) {
		if (buffer === 0 && this.request?.stage === 'answer')
			this.take_answer();
		else if (buffer === 0 && this.request?.stage === 'status')
			this.finish(this.take(0));
		else if (buffer === 1 && this.request?.stage === 'acknowledge') {
			this.put(1, []);
			this.finish(this.answer);
		} else if (buffer === 1 && this.request?.stage === 'data') {
			this.put(1, this.request.data);
			this.request.stage = 'status';
		} else if (buffer > 1 && buffer % 2 === 0 && port?.reading) {
			const bytes = this.take(buffer);
			port.bytes.push(...bytes);
			port.last = bytes.length;
			this.machine.news = true;
		} else if (buffer > 1 && buffer % 2 === 1 && port?.waiting.length) {
			this.put(buffer, port.waiting.splice(0, PACKET));
		}
	}

	take_answer() {
		const bytes = this.take(0);
		this.answer.push(...bytes);
		if (this.answer.length > this.request.expected)
			this.refused.push('an answer is longer than what was asked for');
		if (bytes.length < PACKET || this.answer.length >= this.request.expected) {
			this.request.stage = 'acknowledge';
			this.look(1);
		}
	}

	finish(answer) {
		this.machine.later(this.delay, () => this.next(answer));
	}

	// The end of a packet: its number was the next, and the buffer is the firmware's again.
	end(buffer, word) {
		if (((word & DATA1) !== 0) !== ((this.odd >> buffer & 1) !== 0))
			this.refused.push(`buffer ${buffer}: DATA${word & DATA1 ? 1 : 0} is not the next`);
		this.odd ^= 1 << buffer;
		this.words[buffer] = word & ~AVAILABLE;
		this.memory.setUint32(CONTROLS + 4 * buffer, this.words[buffer], true);
		this.controller.indicateBufferReady(buffer >> 1, buffer % 2 === 1);
	}

	place(buffer) {
		return this.controller.getEndpointBufferOffset(buffer >> 1, buffer % 2 === 1);
	}

	take(buffer) {
		const word = this.words[buffer], at = this.place(buffer);
		if (!(word & FULL))
			this.refused.push(`buffer ${buffer} is sent empty`);
		const bytes = [...this.machine.chip.usbDPRAM.slice(at, at + (word & LENGTH))];
		this.end(buffer, word & ~FULL);
		return bytes;
	}

	put(buffer, bytes) {
		const word = this.words[buffer];
		if ((word & FULL) || bytes.length > (word & LENGTH))
			this.refused.push(`buffer ${buffer} has no room for ${bytes.length} bytes`);
		this.machine.chip.usbDPRAM.set(bytes, this.place(buffer));
		this.end(buffer, (word & ~LENGTH) | FULL | bytes.length);
	}

	type(text, port = this.ports[0]) {
		port.waiting.push(...Buffer.from(text));
		this.look(2 * port.output + 1);
	}

	text(index = 0) {
		return Buffer.from(this.ports[index]?.bytes ?? []).toString();
	}
}
