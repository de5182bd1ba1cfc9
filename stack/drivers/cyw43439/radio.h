/* SPDX-License-Identifier: BSD-3-Clause */
/* What the driver's files know of each other. */
#ifndef CYW43439_RADIO_H
#define CYW43439_RADIO_H

#include <remora/cyw43439.h>
#include <remora/gspi.h>
#include <remora/node.h>
#include <remora/sdpcm.h>

#define MS(n) ((rem_time)(n)*1000)

/* Where something is: the bus's own registers, those of function 1 that are always in sight, the chip's memory. */
enum { BUS, DIRECT, MEMORY };

/* words.c: rem_get and rem_put for fields of whole bytes that are read too seldom to be worth code of their own. */
uint32_t rem_cyw_field(const uint8_t *p, uint32_t handle);
void rem_cyw_write_field(uint8_t *p, uint32_t handle, uint32_t value);

/* gspi.c: numbers of 1, 2 or 4 bytes, and bytes that do not cross a window; n is at most 64 and
 * a multiple of 4, p aligned to 4. A transfer that fails is a fault, seen by rem_cyw_poll. What is read from
 * memory stands in work, and is returned. */
uint32_t rem_cyw_get(struct rem_cyw *cyw, unsigned where, uint32_t at, unsigned bytes);
void rem_cyw_put(struct rem_cyw *cyw, unsigned where, uint32_t at, unsigned bytes, uint32_t value);
const uint8_t *rem_cyw_read_memory(struct rem_cyw *cyw, uint32_t at, uint32_t n);
void rem_cyw_write_memory(struct rem_cyw *cyw, uint32_t at, const uint8_t *p, uint32_t n);
void rem_cyw_bus_begin(struct rem_cyw *cyw); /* the power has just come */
bool rem_cyw_read_frame(struct rem_cyw *cyw, uint8_t *p, uint32_t n);
bool rem_cyw_write_frame(struct rem_cyw *cyw, const uint8_t *p, uint32_t n);

/* image.c: what the chip's memory shall hold, piece by piece. */
int rem_cyw_image_fits(struct rem_cyw *cyw); /* REM_LENGTH: no */
/* From the beginning; the next piece: it goes to *at, its bytes, at most 64, are written to p; 0: that was all. */
void rem_cyw_image_begin(struct rem_cyw *cyw);
uint32_t rem_cyw_image_piece(struct rem_cyw *cyw, uint32_t *at, uint8_t p[64]);

enum { PIECE = REM_GSPI_BACKPLANE_LONGEST, RAM_BYTES = 512 << 10 };

/* boot.c: from the switch to a firmware that takes frames. */
void rem_cyw_boot(struct rem_cyw *cyw);
void rem_cyw_boot_begin(struct rem_cyw *cyw, rem_time wait);

/* frames.c: SDPCM. */
extern const struct rem_nic_ops rem_cyw_nic_ops;
void rem_cyw_frames_begin(struct rem_cyw *cyw);
bool rem_cyw_may_send(const struct rem_cyw *cyw);
void rem_cyw_sdpcm(struct rem_cyw *cyw, uint8_t *p, uint32_t size, unsigned channel,
		   unsigned offset);

/* control.c: one question at a time. A request is an element of a list. */
enum rem_cyw_asked { NOT_ASKED, TO_ASK, ASKED, ANSWERED, REFUSED, PAUSE };

struct rem_cyw_request {
	uint16_t command; /* REM_CYW_IOCTL_… */
	int16_t value;
	uint8_t var;      /* REM_CYW_VAR_… of GET_VAR and SET_VAR */
	uint8_t form;     /* what is sent */
	uint8_t flags;
	uint8_t wait;     /* ms, after the answer */
};

enum form {
	NOTHING,
	WORD,    /* value */
	PAIR,    /* the interface, which is 0, and value */
	ROOM,    /* value bytes of zeros, for the answer */
	CLM,     /* the next chunk; the request is repeated until there is none */
	COUNTRY, EVENTS, PMK, SSID, GROUPS, PINS, ESCAN,
};

enum {
	MAY_FAIL = 1,
	SAYS_ADDRESS = 2, /* the answer is our link address… */
	SAYS_CLM = 4,     /* …what is the matter with the regulatory data… */
	SAYS_RSSI = 8,    /* …or the signal strength */
	LAST = 16,        /* of its list */
};

void rem_cyw_ask(struct rem_cyw *cyw, const struct rem_cyw_request *list);
void rem_cyw_control(struct rem_cyw *cyw);
void rem_cyw_answered(struct rem_cyw *cyw, const uint8_t *p, uint32_t n);
/* values.c: writes what the request sends to p, returns its bytes. */
uint32_t rem_cyw_value(struct rem_cyw *cyw, const struct rem_cyw_request *r, uint8_t *p);

/* join.c: what is to be done, and how a join goes. */
enum rem_cyw_todo { DO_GROUPS = 1, DO_PINS = 2, DO_LEAVE = 4, DO_SCAN = 8 };
enum rem_cyw_seen {
	SEEN_AUTH = 1,
	SEEN_LINK = 2,
	SEEN_KEYS = 4,
	SEEN_SSID = 8,
	SEEN_PRUNE = 16,
	SEEN_FAILURE = 32
};

void rem_cyw_setup(struct rem_cyw *cyw);
void rem_cyw_do(struct rem_cyw *cyw, enum rem_cyw_todo what);
void rem_cyw_next(struct rem_cyw *cyw);
void rem_cyw_list_done(struct rem_cyw *cyw);
void rem_cyw_list_refused(struct rem_cyw *cyw, const struct rem_cyw_request *r);
void rem_cyw_join_event(struct rem_cyw *cyw, const uint8_t *event);

/* scan.c */
void rem_cyw_scan_event(struct rem_cyw *cyw, const uint8_t *event, uint32_t data);
void rem_cyw_scan_end(struct rem_cyw *cyw);

/* radio.c: begin anew; the first fault counts. */
void rem_cyw_fail(struct rem_cyw *cyw, enum rem_cyw_fault fault);

#endif
