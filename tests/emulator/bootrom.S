/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A boot ROM for the emulated RP2040, written from the datasheet (sections 2.7 and 2.8), not from the maker's ROM, whose
 * code is licensed for the chip alone. It has what a program of the Pico SDK asks for: the start from flash with the
 * check of the second stage, the table of functions, and flash that behaves like flash: erasing sets bits, programming
 * only clears them.
 */
	.syntax unified
	.cpu cortex-m0plus
	.thumb

	.equ FLASH, 0x10000000
	.equ SECOND_STAGE, 0x20041f00           /* where the second stage is copied to, and the stack's end */

	.section .text
	.word SECOND_STAGE
	.word start + 1
	.word fault + 1                         /* NMI */
	.word fault + 1                         /* hard fault */
	.byte 'M', 'u', 1, 3                    /* the magic, and the version of the ROM */
	.hword functions
	.hword data
	.hword look_up + 1
	.hword 0

functions:
	.ascii "P3"
	.hword count_ones + 1
	.ascii "R3"
	.hword reverse + 1
	.ascii "L3"
	.hword leading_zeros + 1
	.ascii "T3"
	.hword trailing_zeros + 1
	.ascii "MS"
	.hword set_bytes + 1
	.ascii "S4"
	.hword set_bytes + 1
	.ascii "MC"
	.hword copy_bytes + 1
	.ascii "C4"
	.hword copy_bytes + 1
	.ascii "IF"
	.hword nothing + 1
	.ascii "EX"
	.hword nothing + 1
	.ascii "RE"
	.hword flash_erase + 1
	.ascii "RP"
	.hword flash_program + 1
	.ascii "FC"
	.hword nothing + 1
	.ascii "CX"
	.hword nothing + 1
	.ascii "UB"
	.hword fault + 1
data:
	.hword 0                                /* ends both tables: there is no data to look up */
	.balign 4

/* Whoever waits outside sees the breakpoint and says where the program stood. */
fault:
	bkpt #0
	b fault

/* r0: a table, r1: two letters. Returns the entry, or 0. */
look_up:
	ldrh r2, [r0]
	cmp r2, r1
	beq 1f
	adds r0, #4
	cmp r2, #0
	bne look_up
	movs r0, #0
	bx lr
1:	ldrh r0, [r0, #2]
	bx lr

/* Copies the second stage, 256 bytes, checks its CRC-32 (0x04c11db7, not reflected) and enters it with lr = 0. */
start:
	ldr r4, =FLASH
	ldr r5, =SECOND_STAGE
	ldr r6, =0x04c11db7
	movs r0, #0
	mvns r0, r0                             /* the CRC */
	movs r3, #0
1:	ldrb r1, [r4, r3]
	strb r1, [r5, r3]
	lsls r1, r1, #24
	eors r0, r1
	movs r2, #8
2:	lsls r0, r0, #1
	bcc 3f
	eors r0, r6
3:	subs r2, #1
	bne 2b
	adds r3, #1
	cmp r3, #252
	bne 1b
	ldr r1, [r4, r3]
	cmp r0, r1
	bne fault
	adds r5, #1
	movs r1, #0
	mov lr, r1
	bx r5

count_ones:
	movs r1, #0
1:	lsls r0, r0, #1
	bcc 2f
	adds r1, #1
2:	cmp r0, #0
	bne 1b
	mov r0, r1
	bx lr

reverse:
	movs r1, #1                             /* a one that leaves at the top after 32 rounds */
1:	lsrs r0, r0, #1
	adcs r1, r1
	bcc 1b
	mov r0, r1
	bx lr

leading_zeros:
	movs r1, #32
1:	cmp r0, #0
	beq 2f
	lsrs r0, r0, #1
	subs r1, #1
	b 1b
2:	mov r0, r1
	bx lr

trailing_zeros:
	movs r1, #32
1:	cmp r0, #0
	beq 2f
	lsls r0, r0, #1
	subs r1, #1
	b 1b
2:	mov r0, r1
	bx lr

/* r0: where, r1: the byte, r2: how many. Returns r0. */
set_bytes:
	subs r2, #1
	bcc nothing
	strb r1, [r0, r2]
	b set_bytes

/* r0: to, r1: from, r2: how many. Returns r0. */
copy_bytes:
	mov r12, r0
	push {r4}
1:	subs r2, #4
	bcc 2f
	mov r3, r0
	orrs r3, r1
	lsls r3, r3, #30
	bne 2f
	ldmia r1!, {r4}
	stmia r0!, {r4}
	b 1b
2:	adds r2, #4
	movs r3, #0
3:	cmp r3, r2
	beq 4f
	ldrb r4, [r1, r3]
	strb r4, [r0, r3]
	adds r3, #1
	b 3b
4:	mov r0, r12
	pop {r4}
nothing:
	bx lr

/* r0: an offset in flash, r1: how many bytes. */
flash_erase:
	ldr r2, =FLASH
	adds r0, r0, r2
	movs r2, #0
	mvns r2, r2
1:	subs r1, #4
	bcc nothing
	stmia r0!, {r2}
	b 1b

/* r0: an offset in flash, r1: from, r2: how many bytes. */
flash_program:
	push {r4}
	ldr r3, =FLASH
	adds r0, r0, r3
1:	subs r2, #4
	bcc 2f
	ldr r3, [r0]
	ldmia r1!, {r4}
	ands r3, r4
	stmia r0!, {r3}
	b 1b
2:	pop {r4}
	bx lr

	.ltorg
