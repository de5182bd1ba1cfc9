// SPDX-License-Identifier: BSD-3-Clause
// The sample of a project that links the library: it joins its network, answers ARP, and answers an echo.
import { check, finish, pico } from './testing.js';

const { machine, radio, air } = pico({ image: `${process.env.REMORA_EMULATOR}/minimal/minimal.uf2` });
machine.run(5, () => (machine.news = true, radio.keyed));
machine.run(0.2);               // until the program knows, too
check('it joins', radio.keyed, radio.questions);

const us = '02aabbccdd01', its = radio.address.toString('hex');
const hex = (text) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const answer = (frame) => {
	air.sent = [];
	radio.heard(frame);
	machine.run(0.1, () => (machine.news = true, air.sent.length > 0));
	return air.sent[0] ?? Buffer.alloc(0);
};
const arp = answer(hex(`ffffffffffff ${us} 0806 0001 0800 06 04 0001 ${us} c0a80a01 000000000000 c0a80a02`));
check('who has 192.168.10.2', arp.subarray(0, 42).equals(hex(`${us} ${its} 0806 0001 0800 06 04 0002 ${its} c0a80a02 ${us} c0a80a01`)), arp.toString('hex'));
const echo = answer(hex(`${its} ${us} 0800 4500001e 00000000 40 01 e58b c0a80a01 c0a80a02 0800 f7fd 0001 0001 0000`));
check('an echo', echo[23] === 1 && echo[34] === 0 && echo.subarray(30, 34).equals(hex('c0a80a01')), echo.toString('hex'));
check('the radio has nothing to complain about', radio.refused.length === 0, radio.refused);
finish();
