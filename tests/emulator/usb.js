// SPDX-License-Identifier: BSD-3-Clause
// A USB host for the emulated board: finds its serial interfaces (CDC), opens the first, and reads and writes them. USB 2.0,
// chapter 9, and PSTN120, 6.3.12. An endpoint that the host has nothing for stays unanswered, as on a wire.
const CONFIGURATION = 2, INTERFACE = 4, ENDPOINT = 5;           // kinds of descriptors
const CDC_CONTROL = 2, CDC_DATA = 10, BULK = 2;
const GET_DESCRIPTOR = 6, SET_ADDRESS = 5, SET_CONFIGURATION = 9, SET_CONTROL_LINE_STATE = 0x22;

function setup(type, request, value, index, length) {
	return new Uint8Array([type, request, value & 0xff, value >> 8, index & 0xff, index >> 8, length & 0xff, length >> 8]);
}

export class UsbHost {
	constructor(controller, news) {
		this.controller = controller;
		this.news = news;       // called when a port has said something
		this.ports = [];        // {control, input, output, text, waiting}
		this.steps = null;
		this.answer = [];
		controller.onUSBEnabled = () => controller.resetDevice();
		controller.onResetReceived = () => this.start();
		controller.onEndpointWrite = (endpoint, bytes) => this.incoming(endpoint, bytes);
		controller.onEndpointRead = (endpoint, room) => this.wanted(endpoint, room);
	}

	// Requests go one after the other; each is over when the device has answered, or acknowledged with nothing.
	start() {
		this.ports = [];
		this.steps = this.enumerate();
		this.next();
	}

	next(bytes) {
		const { value, done } = this.steps.next(bytes);
		if (!done) {
			this.answer = [];
			this.expected = value[6] | (value[7] << 8);
			this.controller.sendSetupPacket(value);
		}
	}

	*enumerate() {
		yield setup(0x00, SET_ADDRESS, 1, 0, 0);
		const head = yield setup(0x80, GET_DESCRIPTOR, CONFIGURATION << 8, 0, 9);
		const all = yield setup(0x80, GET_DESCRIPTOR, CONFIGURATION << 8, 0, head[2] | (head[3] << 8));
		this.read(all);
		yield setup(0x00, SET_CONFIGURATION, 1, 0, 0);
		if (this.ports.length)
			yield* this.state(0, true);
		this.open = true;
	}

	*state(index, open) {
		yield setup(0x21, SET_CONTROL_LINE_STATE, open ? 3 : 0, this.ports[index].control, 0);
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
				port = { control: d[2], input: -1, output: -1, bytes: [], waiting: [], room: 0 };
				this.ports.push(port);
			}
			if (d[1] === INTERFACE)
				data = d[5] === CDC_DATA;
			if (d[1] === ENDPOINT && data && port && (d[3] & 3) === BULK)
				port[d[2] & 0x80 ? 'input' : 'output'] = d[2] & 0xf;
		}
	}

	incoming(endpoint, bytes) {
		if (endpoint !== 0) {
			this.ports.find((port) => port.input === endpoint)?.bytes.push(...bytes);
			this.news();
			return;
		}
		this.answer.push(...bytes);
		if (bytes.length < 64 || this.answer.length >= this.expected)
			this.next(this.answer);
	}

	wanted(endpoint, room) {
		const port = this.ports.find((p) => p.output === endpoint);
		if (port) {             // the status of a request, on endpoint 0, is taken for granted
			port.room = room;
			this.feed(port);
		}
	}

	feed(port) {
		if (port.room === 0 || port.waiting.length === 0)
			return;
		const bytes = Uint8Array.from(port.waiting.splice(0, port.room));
		port.room = 0;
		this.controller.endpointReadDone(port.output, bytes);
	}

	type(text, port = this.ports[0]) {
		port.waiting.push(...Buffer.from(text));
		this.feed(port);
	}

	text(index = 0) {
		return Buffer.from(this.ports[index]?.bytes ?? []).toString();
	}
}
