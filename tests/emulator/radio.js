// SPDX-License-Identifier: BSD-3-Clause
// A model of the CYW43439, fourth part: what its firmware does when it is asked. Ioctls and iovars with their errors, joining
// with every way to fail, scanning, the filter for groups.
import { pbkdf2Sync } from 'node:crypto';
import { RadioFrames } from './radio_frames.js';

export const EVENT = { SET_SSID: 0, JOIN: 1, AUTH: 3, DEAUTH_IND: 6, ASSOC: 7, DISASSOC_IND: 12, LINK: 16, PRUNE: 23, PSK_SUP: 46, ESCAN: 69 };
const IOCTL = { UP: 2, DOWN: 3, SET_INFRA: 20, SET_AUTH: 22, GET_BSSID: 23, SET_SSID: 26, SET_CHANNEL: 30, DISASSOC: 52,
	SET_ANTDIV: 64, SET_PM: 86, SET_GMODE: 110, GET_RSSI: 127, SET_WSEC: 134, SET_BAND: 142, SET_WPA_AUTH: 165, GET_VAR: 262,
	SET_VAR: 263, SET_WSEC_PMK: 268 };
const ERROR = { ARGUMENT: -2, NOT_UP: -4, NOT_ASSOCIATED: -17, SHORT: -14, UNSUPPORTED: -23 };
const STATUS = { OK: 0, FAIL: 1, TIMEOUT: 2, NO_NETWORKS: 3, NO_ACK: 5, PARTIAL: 8 };
const AES = 4, WPA2_PSK = 0x80;
const REPLY = 0.0004;                   // seconds from a question to its answer
const CLM_TIME = 0.25;
const SETTLE = 0.15;                    // after the start, until the mask of events may be set

// The length that an ioctl must come with.
const LENGTH = { [IOCTL.SET_INFRA]: 4, [IOCTL.SET_AUTH]: 4, [IOCTL.SET_SSID]: 36, [IOCTL.SET_ANTDIV]: 4, [IOCTL.SET_PM]: 4,
	[IOCTL.SET_GMODE]: 4, [IOCTL.SET_WSEC]: 4, [IOCTL.SET_BAND]: 4, [IOCTL.SET_WPA_AUTH]: 4, [IOCTL.SET_WSEC_PMK]: 68 };

// Iovars that are numbers and do nothing here, and what they come with.
const PLAIN = { 'bus:txglom': 4, apsta: 4, ampdu_ba_wsize: 4, ampdu_mpdu: 4, ampdu_rx_factor: 4, pm2_sleep_ret: 4, bcn_li_bcn: 4,
	bcn_li_dtim: 4, assoc_listen: 4, mfp: 4, 'bsscfg:sup_wpa': 8, 'bsscfg:sup_wpa2_eapver': 8, 'bsscfg:sup_wpa_tmo': 8 };

export class Radio extends RadioFrames {
	// air: {networks: [{ssid, bssid, channel, rssi, key?, behaviour?}], send(frame)}; clm: the bytes that must come.
	constructor(clock, { clm, air, ...options }) {
		super(clock, options);
		this.clmWanted = clm;
		this.air = air;
		this.address = Buffer.from([0x28, 0xcd, 0xc1, 0x00, 0x00, 0x01]);
		this.fail = new Map();          // ioctl or iovar → the status with which it fails, once
		this.mute = 0;                  // questions that are not to be answered
		this.joins = 0;
	}

	reset() {
		super.reset();
		this.up = false;
		this.clm = [];
		this.clmStatus = -1;
		this.eventMask = Buffer.alloc(24);
		this.values = new Map();
		this.groups = [];
		this.pins = 0;
		this.network = null;
		this.associated = this.keyed = false;
		this.pmk = null;
		this.attempt = 0;
		this.scanning = false;
		this.questions = [];
	}

	f2Begins() {
		super.f2Begins();
		this.started = this.clock.seconds;
	}

	// A question: the header of 16 bytes, little-endian, and what comes with it.
	control(payload) {
		if (payload.length < 16)
			return this.refuse(`a question of ${payload.length} bytes`);
		const q = { command: payload.readUInt32LE(0), length: payload.readUInt32LE(4) & 0xffff, flags: payload.readUInt32LE(8),
			status: payload.readInt32LE(12), data: Buffer.from(payload.subarray(16)) };
		if (q.status !== 0 || (q.flags & 0xf000) !== 0 || (q.flags & 0xd) !== 0)
			this.refuse(`a question with flags ${q.flags.toString(16)} and status ${q.status}`);
		if (q.data.length !== q.length)
			return this.refuse(`a question of ${q.length} bytes that has ${q.data.length}`);
		q.set = (q.flags & 2) !== 0;
		this.questions.push(this.name(q));
		if (this.mute > 0) {
			this.mute--;
			return undefined;
		}
		const forced = this.fail.get(this.name(q));
		this.fail.delete(this.name(q));
		const answer = forced !== undefined ? forced : this.ask(q);
		const wait = typeof answer === 'object' && answer.wait ? answer.wait : REPLY;
		this.after(wait, () => this.answer(q, answer));
		return undefined;
	}

	name(q) {
		return q.command === IOCTL.GET_VAR || q.command === IOCTL.SET_VAR ? q.data.toString('latin1').split('\0')[0] : q.command;
	}

	// An answer is a status, or bytes.
	answer(q, answer) {
		const status = typeof answer === 'number' ? answer : 0;
		const data = Buffer.alloc(q.length);
		if (answer.data)
			answer.data.copy(data, 0, 0, q.length);
		const p = Buffer.alloc(16 + data.length);
		p.writeUInt32LE(q.command, 0);
		p.writeUInt32LE(q.length, 4);
		p.writeUInt32LE(((q.flags & 0xffff0002) | (status < 0 ? 1 : 0)) >>> 0, 8);
		p.writeInt32LE(status, 12);
		data.copy(p, 16);
		this.push(0, p);
	}

	ask(q) {
		if (LENGTH[q.command] !== undefined && (q.length !== LENGTH[q.command] || !q.set))
			return ERROR.SHORT;
		switch (q.command) {
		case IOCTL.UP:
			if (this.clmStatus !== 0)
				return ERROR.NOT_UP;
			this.up = true;
			return 0;
		case IOCTL.DOWN:
			this.up = false;
			this.leave();
			return 0;
		case IOCTL.DISASSOC:
			this.leave();
			return 0;
		case IOCTL.GET_BSSID:
			return this.associated ? { data: this.network.bssid } : ERROR.NOT_ASSOCIATED;
		case IOCTL.GET_RSSI:
			return this.number(this.associated ? this.network.rssi : 0);
		case IOCTL.SET_SSID:
			return this.join(q.data);
		case IOCTL.SET_WSEC_PMK:
			return this.setKey(q.data);
		case IOCTL.GET_VAR:
		case IOCTL.SET_VAR:
			return this.variable(q);
		case IOCTL.SET_WSEC:
		case IOCTL.SET_WPA_AUTH:
		case IOCTL.SET_AUTH:
		case IOCTL.SET_INFRA:
			this.values.set(q.command, q.data.readUInt32LE(0));
			return 0;
		case IOCTL.SET_ANTDIV:
		case IOCTL.SET_PM:
		case IOCTL.SET_GMODE:
		case IOCTL.SET_BAND:
		case IOCTL.SET_CHANNEL:
			return 0;
		default:
			return ERROR.UNSUPPORTED;
		}
	}

	number(n) {
		const data = Buffer.alloc(4);
		data.writeInt32LE(n);
		return { data };
	}

	variable(q) {
		const end = q.data.indexOf(0);
		if (end < 0)
			return ERROR.ARGUMENT;
		const name = q.data.toString('latin1', 0, end);
		const value = q.data.subarray(end + 1);
		const set = q.command === IOCTL.SET_VAR;
		if (set !== q.set)
			return ERROR.ARGUMENT;
		if (PLAIN[name] !== undefined)
			return this.plain(name, value, set);
		switch (`${set ? 'set' : 'get'} ${name}`) {
		case 'get clmload_status':
			return this.number(this.clmStatus);
		case 'set clmload':
			return this.loadClm(value);
		case 'get cur_etheraddr':
			return q.length < 6 ? ERROR.SHORT : { data: this.address };
		case 'set country':
			return value.length === 12 ? 0 : ERROR.SHORT;
		case 'set bsscfg:event_msgs':
			return this.setEvents(value);
		case 'set mcast_list':
			return this.setGroups(value);
		case 'set gpioout':
			if (value.length !== 8)
				return ERROR.SHORT;
			this.pins = (this.pins & ~value.readUInt32LE(0)) | (value.readUInt32LE(4) & value.readUInt32LE(0));
			return 0;
		case 'get ccgpioin':
			return this.number(4);
		case 'set escan':
			return this.scan(value);
		default:
			return ERROR.UNSUPPORTED;
		}
	}

	plain(name, value, set) {
		if (!set)
			return { data: this.values.get(name) ?? Buffer.alloc(PLAIN[name]) };
		if (value.length !== PLAIN[name])
			return ERROR.SHORT;
		this.values.set(name, Buffer.from(value));
		return 0;
	}

	// Flags, type 2, length, no CRC, and at most 1024 bytes.
	loadClm(value) {
		if (value.length < 12)
			return ERROR.SHORT;
		const flags = value.readUInt16LE(0), length = value.readUInt32LE(4);
		const bytes = value.subarray(12);
		if ((flags & 0xf000) !== 0x1000 || value.readUInt16LE(2) !== 2 || length > 1024 || length > bytes.length || bytes.length - length > 7)
			return ERROR.ARGUMENT;
		if (flags & 2)
			this.clm = [];
		else if (this.clm.length === 0)
			return ERROR.ARGUMENT;
		this.clm.push(...bytes.subarray(0, length));
		if (!(flags & 4))
			return 0;
		this.clmStatus = Buffer.compare(Buffer.from(this.clm), this.clmWanted) === 0 ? 0 : -1;
		return { wait: CLM_TIME };
	}

	setEvents(value) {
		if (value.length < 4 + 19 || value.length > 4 + 24 || value.readUInt32LE(0) !== 0)
			return ERROR.SHORT;
		if (this.clock.seconds - this.started < SETTLE)
			this.refuse('the mask of events so soon after the start');
		this.eventMask = Buffer.from(value.subarray(4));
		return 0;
	}

	setGroups(value) {
		const n = value.length >= 4 ? value.readUInt32LE(0) : 11;
		if (n > 10 || value.length < 4 + 6 * n)
			return ERROR.SHORT;
		this.groups = Array.from({ length: n }, (_, i) => value.subarray(4 + 6 * i, 10 + 6 * i).toString('hex'));
		return 0;
	}

	setKey(data) {
		const length = data.readUInt16LE(0), flags = data.readUInt16LE(2);
		if (flags !== 1 || length < 8 || length > 64)
			return ERROR.ARGUMENT;
		this.pmk = data.toString('latin1', 4, 4 + length);
		return 0;
	}

	// Joining: the name starts it, and events tell how it goes.
	join(data) {
		const length = data.readUInt32LE(0);
		if (!this.up)
			return ERROR.NOT_UP;
		if (length > 32)
			return ERROR.ARGUMENT;
		const ssid = data.toString('latin1', 4, 4 + length);
		const attempt = ++this.attempt;
		const still = (seconds, run) => this.after(seconds, () => attempt === this.attempt && run());
		this.associated = this.keyed = false;
		this.joins++;
		if (this.values.get(IOCTL.SET_INFRA) !== 1)
			this.refuse('a join that is not of an access point');
		const network = this.air.networks.find((n) => n.ssid === ssid);
		const wanted = this.values.get(IOCTL.SET_WSEC) ?? 0, auth = this.values.get(IOCTL.SET_WPA_AUTH) ?? 0;
		if (!network) {
			still(1.5, () => this.event(EVENT.SET_SSID, { status: STATUS.NO_NETWORKS }));
			return 0;
		}
		if ((network.key === undefined) !== (wanted === 0) || (wanted !== 0 && (wanted !== AES || auth !== WPA2_PSK))) {
			still(0.5, () => {
				this.event(EVENT.PRUNE, { address: network.bssid, reason: 8 });
				this.event(EVENT.SET_SSID, { status: STATUS.NO_NETWORKS });
			});
			return 0;
		}
		this.network = network;
		still(0.3, () => this.authenticate(network, still));
		return 0;
	}

	authenticate(network, still) {
		const about = { address: network.bssid };
		if (network.behaviour === 'silent') {
			still(0.6, () => {
				this.event(EVENT.AUTH, { ...about, status: STATUS.TIMEOUT });
				this.event(EVENT.SET_SSID, { ...about, status: STATUS.FAIL });
			});
			return;
		}
		this.event(EVENT.AUTH, about);
		if (network.behaviour === 'refuse') {
			this.event(EVENT.ASSOC, { ...about, status: STATUS.FAIL, reason: 17 });
			this.event(EVENT.SET_SSID, { ...about, status: STATUS.FAIL });
			return;
		}
		this.event(EVENT.ASSOC, about);
		this.associated = true;
		this.event(EVENT.LINK, { ...about, flags: 1 });
		this.event(EVENT.JOIN, about);
		this.event(EVENT.SET_SSID, about);
		if (network.key === undefined) {
			this.keyed = true;
			return;
		}
		const tmo = this.values.get('bsscfg:sup_wpa_tmo')?.readUInt32LE(4) ?? 2500;
		if ((this.values.get('bsscfg:sup_wpa')?.readUInt32LE(4) ?? 0) !== 1)
			this.refuse('WPA2 without the supplicant');
		else if (this.keysFit(network))
			still(0.05, () => {
				this.keyed = true;
				this.event(EVENT.PSK_SUP, { ...about, status: 6 });
			});
		else
			still(tmo / 1000, () => {
				this.event(EVENT.PSK_SUP, { ...about, status: 8, reason: 15 });
				this.lose(EVENT.DEAUTH_IND, 15);
			});
	}

	keysFit(network) {
		if (this.pmk === null)
			return false;
		const derived = pbkdf2Sync(network.key, network.ssid, 4096, 32, 'sha1').toString('hex');
		return this.pmk === network.key || (this.pmk.length === 64 && this.pmk.toLowerCase() === derived);
	}

	// The access point sends us away, or is gone.
	lose(type = EVENT.DEAUTH_IND, reason = 3) {
		if (!this.associated)
			return;
		this.associated = this.keyed = false;
		this.event(type, { reason, address: this.network.bssid });
		this.event(EVENT.LINK, { flags: 0, reason: 1, address: this.network.bssid });
	}

	leave() {
		this.attempt++;
		this.associated = this.keyed = false;
	}

	sent(ethernet) {
		if (!this.keyed) {
			this.lost++;
			return;
		}
		if (!ethernet.subarray(6, 12).equals(this.address))
			this.refuse(`a packet from ${ethernet.subarray(6, 12).toString('hex')}`);
		this.air.send(ethernet);
	}

	// A packet that the access point sends: ours, for all, or for a group that the host has named.
	heard(ethernet) {
		if (!this.keyed)
			return;
		const to = ethernet.subarray(0, 6);
		if (to.equals(this.address) || to.every((byte) => byte === 0xff) || (to[0] & 1 && this.groups.includes(to.toString('hex'))))
			this.give2(ethernet);
	}

	// Scanning: every network once, then the end.
	scan(value) {
		if (!this.up)
			return ERROR.NOT_UP;
		if (value.length < 8 + 64 || value.readUInt32LE(0) !== 1 || value.readUInt16LE(4) !== 1)
			return ERROR.ARGUMENT;
		const id = value.readUInt16LE(6);
		this.air.networks.forEach((network, i) => this.after(0.1 + 0.05 * i, () => {
			this.event(EVENT.ESCAN, { status: STATUS.PARTIAL, address: network.bssid, data: this.found(network, id) });
		}));
		this.after(0.6 + 0.05 * this.air.networks.length, () => this.event(EVENT.ESCAN, { data: Buffer.from([12, 0, 0, 0, 109, 0, 0, 0, id & 255, id >> 8, 0, 0]) }));
		return 0;
	}

	// The result's header of 12 bytes, and a description of 128 in version 109, with the network's elements behind it.
	found(network, id) {
		const rsn = network.key === undefined ? Buffer.alloc(0)
			: Buffer.from('30140100000fac040100000fac040100000fac020000', 'hex');
		const r = Buffer.alloc(12 + 128 + rsn.length);
		const b = r.subarray(12);
		r.writeUInt32LE(r.length, 0);
		r.writeUInt32LE(109, 4);
		r.writeUInt16LE(id, 8);
		r.writeUInt16LE(1, 10);
		b.writeUInt32LE(109, 0);
		b.writeUInt32LE(b.length, 4);
		network.bssid.copy(b, 8);
		b.writeUInt16LE(100, 14);
		b.writeUInt16LE(network.key === undefined ? 0x0401 : 0x0411, 16);
		b.writeUInt8(network.ssid.length, 18);
		b.write(network.ssid, 19, 'latin1');
		b.writeUInt16LE(0x1000 | network.channel, 72);
		b.writeInt16LE(network.rssi, 78);
		b.writeUInt8(network.channel, 88);
		b.writeUInt16LE(128, 116);
		b.writeUInt32LE(rsn.length, 120);
		rsn.copy(b, 128);
		return r;
	}

	// The chip stops, as silicon does now and then: only taking its power away helps.
	hang() {
		this.hung = true;
		this.interrupt = false;
		this.interruptChanged();
	}
}
