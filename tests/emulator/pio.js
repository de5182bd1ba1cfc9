// SPDX-License-Identifier: BSD-3-Clause
// The PIO of rp2040js in lock step with the processor. As it comes it runs from a timer, a thousand steps at a time,
// machines that are disabled too, without divider and delays. Here every system clock is one clock of the PIO, too.

// Sections of the RP2040 datasheet: 3.5.5 (dividers), 3.5.6.3 (the input synchroniser), 3.4 (delays).
const WAIT_RX = 2, WAIT_TX = 3, WAIT_OUT = 5;   // rp2040js's WaitType
const SYNCHRONISER = 2;                         // flip-flops between a pad and the PIO

class Machine {
	constructor(block, machine) {
		this.block = block;
		this.machine = machine;
		this.phase = 0;
		this.pause = 0;
		this.resume = machine.checkWait.bind(machine);
		machine.checkWait = () => {};           // a machine that waits looks again at its own clock, not at the writer's
		machine.clkDivRestart = () => { this.phase = 0; };
		const restart = machine.restart.bind(machine);
		machine.restart = () => { restart(); this.pause = 0; };
		Object.defineProperty(machine, 'inPins', { get: () => block.inputs(machine.inBase) });
	}

	get idle() {
		const m = this.machine;
		if (!m.waiting || this.pause > 0)
			return false;
		return (m.waitType === WAIT_OUT || m.waitType === WAIT_TX) ? m.txFIFO.empty : m.waitType === WAIT_RX && m.rxFIFO.full;
	}

	// System clocks until the machine's next own clock.
	get next() {
		return Math.ceil((this.divider - this.phase) / 256);
	}

	get divider() {
		return (this.machine.clockDivInt || 65536) * 256 + this.machine.clockDivFrac;
	}

	clock(clocks) {
		const m = this.machine;
		const { divider } = this;

		this.phase += 256 * clocks;
		if (this.phase < divider)
			return;
		this.phase -= divider;
		if (this.pause > 0) {
			this.pause--;
			return;
		}
		if (m.waiting) {
			this.resume();
			if (!m.waiting)
				this.pause = Math.max(m.waitDelay, 0);
			return;
		}
		const before = m.cycles;
		m.updatePC = true;
		m.executeInstruction(this.block.pio.instructions[m.pc]);
		if (m.updatePC)
			m.nextPC();
		this.pause = m.cycles - before - 1;
	}
}

export class LockStep {
	// A block of the PIO of an RP2040. Levels that come from outside are said with drive().
	constructor(rp2040, pio) {
		this.pio = pio;
		this.rp2040 = rp2040;
		this.now = 0;                           // system clocks
		this.levels = 0;                        // what the pads see from outside …
		this.late = 0;                          // … and the PIO behind its synchroniser
		this.coming = [];                       // changes of levels, the next one first …
		this.passing = [];                      // … and those that are in the synchroniser
		this.quiet = true;                      // nothing happens until somebody writes to it or drives a pin
		pio.run = () => {};
		for (const door of ['readUint32', 'writeUint32']) {
			const original = pio[door].bind(pio);
			pio[door] = (...args) => {
				this.quiet = false;
				return original(...args);
			};
		}
		this.machines = pio.machines.map((m) => new Machine(this, m));
		pio.checkChangedPins = () => this.notify();
	}

	// The level of a pin changes `after` system clocks from the one that runs; always the same number, for a block.
	drive(pin, level, after) {
		this.coming.push({ at: this.now + after, pin, level });
		this.quiet = false;
	}

	inputs(base) {
		const { pio } = this;
		const direct = pio.inputSyncBypass;
		const pins = (this.levels & direct) | (this.late & ~direct);
		return base ? (pins >>> base) | (pins << (32 - base)) : pins;
	}

	arrive() {
		const set = (levels, change) => (change.level ? levels | (1 << change.pin) : levels & ~(1 << change.pin));
		while (this.coming.length && this.coming[0].at <= this.now) {
			const change = this.coming.shift();
			this.levels = set(this.levels, change);
			this.rp2040.gpio[change.pin].setInputValue(!!change.level);
			change.at += SYNCHRONISER;
			this.passing.push(change);
		}
		while (this.passing.length && this.passing[0].at <= this.now)
			this.late = set(this.late, this.passing.shift());
	}

	// Tells the pins that changed, the lower first.
	notify() {
		const { pio } = this;
		let changed = (pio.oldPinDirections ^ pio.pinDirections) | (pio.oldPinValues ^ pio.pinValues);
		pio.oldPinDirections = pio.pinDirections;
		pio.oldPinValues = pio.pinValues;
		while (changed) {
			const bit = changed & -changed;
			this.rp2040.gpio[31 - Math.clz32(bit)].checkForUpdates();
			changed ^= bit;
		}
	}

	// From one clock at which something happens to the next.
	run(clocks) {
		const { pio, machines } = this;
		const end = this.now + clocks;
		while (this.now < end && !this.quiet) {
			let step = end - this.now, busy = false;
			for (let i = 0; i < 4; i++)
				if (machines[i].machine.enabled && !machines[i].idle) {
					step = Math.min(step, machines[i].next);
					busy = true;
				}
			if (this.coming.length)
				step = Math.min(step, Math.max(1, this.coming[0].at - this.now));
			if (this.passing.length)
				step = Math.min(step, Math.max(1, this.passing[0].at - this.now));
			this.now += step;
			if (this.coming.length || this.passing.length)
				this.arrive();
			for (let i = 0; i < 4; i++)
				if (machines[i].machine.enabled && !machines[i].idle)
					machines[i].clock(step);
			if (pio.oldPinValues !== pio.pinValues || pio.oldPinDirections !== pio.pinDirections)
				this.notify();
			this.quiet = !busy && this.coming.length === 0 && this.passing.length === 0;
		}
		this.now = end;
	}
}
