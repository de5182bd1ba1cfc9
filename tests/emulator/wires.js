// SPDX-License-Identifier: BSD-3-Clause
// The radio at the pins of the board: bits on four wires to transfers of words, and back.
//
// The chip takes a bit when the clock rises and gives its next one when the clock falls; `delay` is how many system clocks
// that bit needs to arrive at the processor's pad.
const POWER = 23, DATA = 24, SELECT = 25, CLOCK = 29;
const LOW = 0, HIGH = 1;                // rp2040js's GPIOPinState

export class Wires {
	constructor(machine, radio, { delay = 1, flip = 0, seed = 1 } = {}) {
		this.machine = machine;
		this.radio = radio;
		this.delay = delay;
		this.flip = flip;               // how likely a bit is to arrive wrong
		this.random = random(seed);
		this.flipped = 0;
		this.selected = false;
		this.level = 0;                 // what the chip puts on the data line
		this.bits = 0;
		this.pio = machine.pios[0];
		radio.interruptChanged = () => this.idle();
		const pin = (number, heard) => machine.chip.gpio[number].addListener((state) => heard(state));
		this.gpio = machine.chip.gpio;
		pin(POWER, (state) => radio.power(state === HIGH, this.gpio[DATA].value === LOW));
		pin(SELECT, (state) => (state === LOW ? this.select() : this.deselect()));
		pin(CLOCK, (state) => this.selected && (state === HIGH ? this.rise() : this.fall()));
	}

	put(level) {
		if (this.flip > 0 && this.selected && this.random() < this.flip) {
			level ^= 1;
			this.flipped++;
		}
		if (level !== this.level) {
			this.level = level;
			this.pio.drive(DATA, level, this.delay);
		}
	}

	// Between transfers the data line is the interrupt.
	idle() {
		if (!this.selected)
			this.put(this.radio.interrupt ? 1 : 0);
	}

	select() {
		this.selected = true;
		this.bits = 0;
		this.word = 0;
		this.out = null;                // the word that goes out, and how many of its bits have gone
		this.radio.select();
	}

	deselect() {
		if (!this.selected)
			return;
		this.selected = false;
		this.radio.deselect(this.bits);
		this.idle();
	}

	rise() {
		this.bits++;
		if (this.out !== null)
			return;                 // the host listens
		if (this.gpio[DATA].value > HIGH)
			this.radio.refuse('a bit that nobody drives');
		let bit = this.gpio[DATA].value === HIGH ? 1 : 0;
		if (this.flip > 0 && this.random() < this.flip) {
			bit ^= 1;
			this.flipped++;
		}
		this.word = (this.word << 1) | bit;
		if (this.bits % 32 === 0)
			this.radio.take(this.word >>> 0);
	}

	fall() {
		if (this.bits === 0 || !this.radio.giving)
			return;
		if (this.out === null || this.left === 0) {
			this.out = this.radio.give();
			this.left = 32;
		}
		this.left--;
		this.put((this.out >>> this.left) & 1);
	}
}

// Numbers from 0 to 1 that look random and are the same in each run (xorshift, Marsaglia 2003).
export function random(seed) {
	let x = seed >>> 0 || 1;
	return () => {
		x ^= x << 13;
		x ^= x >>> 17;
		x ^= x << 5;
		return (x >>> 0) / 0x100000000;
	};
}
