/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a build may choose. A user who wants other values puts a header of the same name in front
 * of this one on the include path.
 */
#ifndef REMORA_CONFIG_H
#define REMORA_CONFIG_H

/* REM_NO_NAMES, when defined, leaves keys, names, meanings and RFC references out of the tables.
 * Decoding works as before; who prints has only handles and values. It saves most of the flash. */

/* Tunnels (IP in IP, GRE, VXLAN, quoted datagrams) inside each other before decode stops. Each may
 * carry a checksum over all that is below it, so this bounds the work of a hostile frame. */
#ifndef REM_MAX_TUNNELS
#define REM_MAX_TUNNELS 16
#endif

/* Option spaces inside option spaces (DHCPv6) before the walker stops. */
#ifndef REM_MAX_NESTING
#define REM_MAX_NESTING 8
#endif

/* Bytes of options that are looked through for the pieces of a name that DHCP has cut in several
 * (RFC 3396). Who reads such a name needs as much stack. */
#ifndef REM_MAX_JOINED
#define REM_MAX_JOINED 2048
#endif

/* Bytes of an address in the live stack: 4 where only IPv4 is spoken, 16 for both families. */
#ifndef REM_ADDR_BYTES
#define REM_ADDR_BYTES 16
#endif

/*
 * What the last frame has shown is remembered, so that the next one of the same conversation is looked at but once, and a
 * SYN with the usual options goes a way of its own: 1; or 0 where state and flash are dearer than instructions. A Cortex-M0+
 * most often has little of both.
 */
#ifndef REM_SHORT_CUTS
#ifdef __ARM_ARCH_6M__
#define REM_SHORT_CUTS 0
#else
#define REM_SHORT_CUTS 1
#endif
#endif

/* Ranges of bytes that a TCP connection remembers behind a hole, on each side of it. */
#ifndef REM_TCP_RANGES
#define REM_TCP_RANGES 8
#endif

/* What counts the bytes of an HTTP body: where it is uint32_t, bodies of 4 GiB are refused. */
#ifndef REM_HTTP_SIZE
#define REM_HTTP_SIZE uint64_t
#endif

/* The maximum segment lifetime in seconds: TIME-WAIT lasts twice as long. RFC 9293 says 120. */
#ifndef REM_TCP_MSL
#define REM_TCP_MSL 30
#endif

#endif
