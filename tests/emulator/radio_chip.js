// SPDX-License-Identifier: BSD-3-Clause
// A model of the CYW43439, second part: the backplane. Windows, clocks, cores in and out of reset, memory, the firmware's
// start and its log.
import { RadioBus, INT } from './radio_bus.js';

const WATERMARK = 0x10008, WINDOW_LOW = 0x1000a, WINDOW_HIGH = 0x1000c, FRAME_CONTROL = 0x1000d, CLOCK_CSR = 0x1000e;
const PULL_UPS = 0x1000f, WAKE_UP = 0x1001e, SLEEP = 0x1001f;
const DIRECT = [WATERMARK, 0x1000a, 0x1000b, 0x1000c, FRAME_CONTROL, CLOCK_CSR, PULL_UPS, WAKE_UP, SLEEP];
const CSR = { FORCE_ALP: 1, FORCE_HT: 2, WANT_ALP: 8, WANT_HT: 16, ALP: 64, HT: 128 };
const KSO = 1, DEVICE_ON = 2;

const CHIPCOMMON = 0x18000000, BUS_CORE = 0x18002000, ARM = 0x18103000, SOCSRAM = 0x18004000, SOCSRAM_WRAP = 0x18104000;
const IOCTRL = 0x408, RESETCTRL = 0x800;
const CLOCK_ENABLE = 1, FORCE_CLOCK = 2, HALT = 32;
const CHIP_ID = 0x1545a9af;             // 43439 in the lower half

const RAM = 512 * 1024;
const SHARED_AT = RAM - 4 - 64 * 1024;  // where the word stands that points to the firmware's log
const SHARED = 0x60000, CONSOLE = 0x60040, LOG = 0x60100, LOG_SIZE = 1024;

const LONGEST = 64;                     // bytes of a transfer to the backplane
const ALP_TIME = 0.0005, HT_TIME = 0.024, F2_TIME = 0.084;

export class RadioChip extends RadioBus {
	// firmware: the bytes that the chip must find in its memory to start.
	constructor(clock, { firmware, ...options } = {}) {
		super(clock, options);
		this.firmware = firmware;
	}

	reset() {
		super.reset();
		this.ram = new Uint8Array(RAM);
		this.view = new DataView(this.ram.buffer);
		this.direct = new Map(DIRECT.map((at) => [at, 0]));
		this.direct.set(SLEEP, DEVICE_ON | KSO);
		this.alp = this.ht = this.f2Ready = false;
		this.cores = { [ARM]: { ioctrl: 0, reset: 1 }, [SOCSRAM_WRAP]: { ioctrl: 0, reset: 1 } };
		this.registers = new Map();     // of the cores, as they were written
		this.frames = [];
		this.running = this.slow = false;
		this.logged = 0;
		this.overflows = 0;             // how many writes to memory are to be lost
	}

	// Function 1: registers that are always there, and 32 KiB of the backplane.
	readBackplane(t, bytes) {
		if (t.address >= 0x10000) {
			if (this.checkDirect(t))
				bytes[0] = this.readDirect(t.address);
			return;
		}
		if (!this.checkWindow(t))
			return;
		const at = this.window() + (t.address & 0x7fff);
		if (at + t.length <= RAM) {
			this.checkMemory(at);
			bytes.set(this.ram.subarray(at, at + t.length));
			return;
		}
		for (let i = 0; i < t.length; i += 4) {
			const word = this.readCore(at + i);
			for (let j = 0; j < Math.min(4, t.length - i); j++)
				bytes[i + j] = word >>> (8 * j);
		}
	}

	writeBackplane(t, bytes) {
		if (t.address >= 0x10000) {
			if (this.checkDirect(t))
				this.writeDirect(t.address, bytes[0]);
			return;
		}
		if (!this.checkWindow(t))
			return;
		const at = this.window() + (t.address & 0x7fff);
		if (at + t.length <= RAM) {
			this.checkMemory(at);
			if (this.overflows > 0) {       // what comes faster than the chip can store it is lost, and said to be
				this.overflows--;
				this.raise(INT.F1_OVERFLOW);
				return;
			}
			this.ram.set(bytes, at);
			return;
		}
		if (t.length > 4)
			this.error(`f1: ${t.length} bytes to a core's register`);
		else
			this.writeCore(at, bytes.reduce((word, byte, i) => (word | (byte << (8 * i))) >>> 0, 0));
	}

	checkDirect(t) {
		if (t.length !== 1)
			return this.error(`f1: ${t.length} bytes at ${t.address.toString(16)}`);
		return this.direct.has(t.address) || this.error(`f1: there is nothing at ${t.address.toString(16)}`);
	}

	checkWindow(t) {
		if (!this.alp)
			return this.error('f1: the backplane before its clock');
		if (t.length > LONGEST)
			return this.error(`f1: ${t.length} bytes in one transfer`);
		if (t.length >= 4 && !(t.address & 0x8000))
			return this.error('f1: a word without the flag for words');
		if (t.length >= 4 && (t.length % 4 !== 0 || t.address % 4 !== 0))
			return this.error(`f1: ${t.length} bytes at ${t.address.toString(16)}, not aligned`);
		if ((t.address & 0x7fff) + t.length > 0x8000)
			return this.error('f1: a transfer over the end of the window');
		return true;
	}

	checkMemory() {
		if (!this.clocked(SOCSRAM_WRAP))
			this.refuse('memory that is in reset');
	}

	window() {
		const [low, middle, high] = [0, 1, 2].map((i) => this.direct.get(WINDOW_LOW + i));
		return ((high << 24) | (middle << 16) | ((low & 0x80) << 8)) >>> 0;
	}

	readDirect(at) {
		const value = this.direct.get(at);
		if (at === CLOCK_CSR)
			return value | (this.alp ? CSR.ALP : 0) | (this.ht ? CSR.HT : 0);
		if (at === SLEEP)
			return value | DEVICE_ON;
		return value;
	}

	writeDirect(at, value) {
		if (at >= WINDOW_LOW && at <= WINDOW_HIGH) {
			this.direct.set(at, at === WINDOW_LOW ? value & 0x80 : value);
		} else if (at === FRAME_CONTROL) {
			if (value & 1)
				this.abortFrame();
		} else {
			this.direct.set(at, value);
		}
		if (at === CLOCK_CSR && value & (CSR.WANT_ALP | CSR.FORCE_ALP | CSR.WANT_HT | CSR.FORCE_HT))
			this.after(ALP_TIME, () => { this.alp = true; });
		if (at === SLEEP && !(value & KSO))
			this.refuse('the chip is put to sleep, which nothing here wakes it from');
	}

	abortFrame() {
		this.frames.shift();
	}

	clocked(wrap) {
		const core = this.cores[wrap];
		return core.reset === 0 && (core.ioctrl & CLOCK_ENABLE) !== 0;
	}

	readCore(at) {
		if (at === CHIPCOMMON)
			return CHIP_ID;
		for (const wrap of [ARM, SOCSRAM_WRAP]) {
			if (at === wrap + IOCTRL)
				return this.cores[wrap].ioctrl;
			if (at === wrap + RESETCTRL)
				return this.cores[wrap].reset;
		}
		if (!this.known(at))
			this.refuse(`a read of the backplane at ${at.toString(16)}`);
		return this.registers.get(at) ?? 0;
	}

	known(at) {
		return (at >= BUS_CORE && at <= BUS_CORE + 0x4c) || at === SOCSRAM + 0x10 || at === SOCSRAM + 0x44;
	}

	writeCore(at, value) {
		for (const wrap of [ARM, SOCSRAM_WRAP]) {
			const core = this.cores[wrap];
			if (at === wrap + IOCTRL) {
				core.ioctrl = value;
				return;
			}
			if (at === wrap + RESETCTRL) {
				const was = core.reset;
				core.reset = value & 1;
				if (was === 1 && core.reset === 0 && !(core.ioctrl & FORCE_CLOCK))
					this.refuse('a core leaves reset without a forced clock');
				if (wrap === ARM && was === 1 && core.reset === 0 && !(core.ioctrl & HALT))
					this.startFirmware();
				if (wrap === ARM && core.reset === 1)
					this.stopFirmware();
				return;
			}
		}
		if (!this.known(at))
			this.refuse(`a write of the backplane at ${at.toString(16)}`);
		else if (at === SOCSRAM + 0x10 || at === SOCSRAM + 0x44)
			this.checkMemory();
		this.registers.set(at, value);
		if (at === BUS_CORE + 0x24)
			this.ready();
	}

	// The processor runs what it finds. Without the right bytes it does nothing, and says nothing.
	startFirmware() {
		const words = this.view.getUint32(RAM - 4, true);
		const count = words & 0xffff;
		const nvram = this.ram.subarray(RAM - 4 - 4 * count, RAM - 4);

		if (((words >>> 16) ^ count) !== 0xffff || count === 0)
			return this.refuse(`the length of the NVRAM is ${words.toString(16)}`);
		if (this.registers.get(SOCSRAM + 0x10) !== 3 || this.registers.get(SOCSRAM + 0x44) !== 0)
			return this.refuse('the firmware starts with bank 3 of the memory remapped');
		if (!this.checkNvram(nvram))
			return undefined;
		if (Buffer.compare(this.ram.subarray(0, this.firmware.length), this.firmware) !== 0)
			return this.refuse('the firmware is not the image');
		this.nvram = Buffer.from(nvram).toString('latin1').split('\0').filter((line) => line);
		this.after(HT_TIME, () => {
			this.ht = true;
			this.running = true;
			this.view.setUint32(SHARED_AT, SHARED, true);
			this.view.setUint32(SHARED + 20, CONSOLE, true);
			this.view.setUint32(CONSOLE + 8, LOG, true);
			this.view.setUint32(CONSOLE + 12, LOG_SIZE, true);
			this.print('the radio has started\n');
			this.after(F2_TIME, () => {
				this.slow = true;
				this.ready();
			});
		});
		return undefined;
	}

	// Strings name=value with a NUL behind each, another at the end, padded to a word.
	checkNvram(nvram) {
		const text = Buffer.from(nvram).toString('latin1');
		const lines = text.replace(/\0+$/, '').split('\0');
		if (!text.endsWith('\0\0') && !/\0\0{1,4}$/.test(text))
			return this.refuse('the NVRAM does not end with two NULs');
		const wrong = lines.find((line) => !/^[\x21-\x7e][^=\n\r#]*=[^\n\r]*$/.test(line));
		if (wrong !== undefined)
			return this.refuse(`the NVRAM has the line "${wrong}"`);
		return true;
	}

	// Frames may go when the firmware has come so far, and the host has said that it wants to hear of them.
	ready() {
		if (!this.running || !this.slow || this.f2Ready || !(this.registers.get(BUS_CORE + 0x24) & 0xf0))
			return;
		if (this.direct.get(WATERMARK) !== 32)
			this.refuse(`the watermark of function 2 is ${this.direct.get(WATERMARK)}`);
		this.f2Ready = true;
		this.f2Begins();
		this.changed();
	}

	stopFirmware() {
		this.running = this.ht = this.f2Ready = this.slow = false;
		this.frames = [];
	}

	// The firmware's log: a ring of text in the chip's memory.
	print(text) {
		for (const byte of Buffer.from(text))
			this.ram[LOG + (this.logged++ % LOG_SIZE)] = byte;
		this.view.setUint32(CONSOLE + 16, this.logged % LOG_SIZE, true);
	}
}
