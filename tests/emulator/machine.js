// SPDX-License-Identifier: BSD-3-Clause
// A Pico W: the RP2040 of rp2040js with our boot ROM, its PIO in lock step, consoles over UART and USB, and a radio at its
// pins. Time is the emulated system clock, and nothing here depends on any other: two runs are the same run.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { LockStep } from './pio.js';
import { load } from './uf2.js';
import { UsbHost } from './usb.js';
import { random } from './wires.js';

// The package stands in the build folder, not beside this file.
const { RP2040 } = createRequire(`${process.env.REMORA_EMULATOR}/`)('rp2040js');

const RANDOM_BIT = 0x1c, ROSC_STABLE = 0x80001000;
const BYTE = 10 / 115200;       // seconds on the line
const NEAR = 32;        // system clocks at most that the processor sleeps through while the PIO works

// What rp2040js lacks and a program of the SDK touches without need: the chip select of the flash, the UART's DMA and FIFO levels.
const KNOWN = ['IO_QSPI_BASE: Unimplemented peripheral', 'UART0: Unimplemented peripheral'];

export class Machine {
	// rom and image are paths; `usb` plugs in a host. `log` hears what the emulator complains about.
	constructor({ rom, image, usb = false, seed = 5, log = (text) => process.stderr.write(`emulator: ${text}\n`) }) {
		const chip = new RP2040();
		const text = readFileSync(rom);

		this.chip = chip;
		this.cycles = 0;
		this.news = false;      // since `done` was asked
		this.asleep = 0;        // cycles among them in which the processor waited
		this.stopped = null;
		this.tasks = [];        // what else happens in emulated time, sorted: {at, run}
		const say = (name, message) => {
			if (!KNOWN.some((known) => `${name}: ${message}`.startsWith(known)))
				log(`${name}: ${message}`);
		};
		chip.logger = { debug: () => {}, info: () => {}, warn: say, error: say };
		chip.loadBootrom(new Uint32Array(text.buffer, text.byteOffset, text.length >> 2));
		load(Buffer.from(chip.flash.buffer), readFileSync(image));
		chip.onBreak = (code) => { this.stopped ??= `breakpoint ${code} at ${(chip.core.PC - 2).toString(16)}`; };
		const watchdog = chip.peripherals[0x40058];
		watchdog.onWatchdogTrigger = () => {
			watchdog.timer.enable = watchdog.alarm.enable = false;  // as the reset does that it means
			this.stopped ??= 'the watchdog';
		};
		const bits = random(seed);      // of the ring oscillator, datasheet 2.17: what the board's secret is made of
		chip.peripherals[0x40060].readUint32 = (offset) => (offset === RANDOM_BIT ? Math.round(bits()) : ROSC_STABLE);
		this.pios = chip.pio.map((pio) => new LockStep(chip, pio));
		this.uart = '';
		chip.uart[0].onByte = (byte) => {
			this.uart += String.fromCharCode(byte);
			this.news = true;
		};
		this.usb = usb ? new UsbHost(this) : null;
		chip.core.reset();
	}

	get seconds() {
		return this.cycles / this.chip.clkSys;
	}

	clocks(seconds) {
		return Math.round(seconds * this.chip.clkSys);
	}

	// Calls run() that many seconds of emulated time from now.
	later(seconds, run) {
		const at = this.cycles + Math.max(1, this.clocks(seconds));
		let i = this.tasks.length;
		while (i > 0 && this.tasks[i - 1].at > at)
			i--;
		const task = { at, run };
		this.tasks.splice(i, 0, task);
		return task;
	}

	cancel(task) {
		const i = this.tasks.indexOf(task);
		if (i >= 0)
			this.tasks.splice(i, 1);
	}

	// Types into the console on the UART, as fast as the line goes.
	type(text) {
		Buffer.from(text).forEach((byte, i) => this.later((i + 1) * BYTE, () => this.chip.uart[0].feedByte(byte)));
	}

	// How far the processor may sleep: to the next alarm, the next task, or a little further than now while the PIO works.
	nap(limit) {
		const { clock } = this.chip;
		const period = 1e9 / this.chip.clkSys;
		let clocks = limit;
		if (this.tasks.length)
			clocks = Math.min(clocks, this.tasks[0].at - this.cycles);
		if (clock.nextAlarm)
			clocks = Math.min(clocks, Math.ceil((clock.nextAlarm.nanos - clock.nanos) / period));
		if (!this.pios.every((pio) => pio.quiet))
			clocks = Math.min(clocks, NEAR);
		return Math.max(1, clocks);
	}

	// Runs until `done()` says so, which is asked when there is news, or the clocks are over; false: they are.
	run(seconds, done = () => false) {
		const end = this.cycles + this.clocks(seconds);
		const { chip } = this;
		const { core, clock } = chip;
		const [pio0, pio1] = this.pios;
		this.news = true;
		while (this.cycles < end && this.stopped === null) {
			if (this.news) {
				this.news = false;
				if (done())
					return true;
			}
			const asleep = core.waiting;
			const clocks = asleep ? this.nap(end - this.cycles) : core.executeInstruction();
			if (pio0.quiet)
				pio0.now += clocks;
			else
				pio0.run(clocks);
			if (pio1.quiet)
				pio1.now += clocks;
			else
				pio1.run(clocks);
			clock.tick(clocks * (1e9 / chip.clkSys));
			this.cycles += clocks;
			if (asleep)
				this.asleep += clocks;
			while (this.tasks.length && this.tasks[0].at <= this.cycles)
				this.tasks.shift().run();
		}
		return done();
	}
}
