/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A driver for Infineon's CYW43439, the radio of the Raspberry Pi Pico W, over gSPI. It stands under
 * the stack as a struct rem_nic and joins open and WPA2 networks; the chip does the handshake. It
 * waits for nothing: who runs the stack goes round as below, and sleeps until `due`, until the
 * stack is due, or until the bus raises its interrupt line.
 *
 *	do {
 *		while ((n = nic->ops->receive(nic, buf + nic->headroom, room)) != 0) …
 *		due = rem_cyw_poll(&cyw, now);
 *	} while (due <= now);
 *
 * receive() must be called while there is no link, too: the chip's answers and events come that way, into
 * the caller's buffer, and are not copied. Whatever the chip does wrong ends in its being switched
 * off and on, loaded anew and told again what it should be doing.
 */
#ifndef REMORA_CYW43439_H
#define REMORA_CYW43439_H

#include <remora/nic.h>

/*
 * The bus, which a board provides. Its struct has one of these as its first member. Function calls last
 * as long as the transfer; nothing is called from inside of an interrupt. Idle clock low; the chip takes a
 * bit on the rising edge and changes its own on the falling one.
 */
struct rem_cyw_bus;

struct rem_cyw_bus_ops {
	/* The chip's WL_REG_ON. The data line is an output and low when the power comes, and stays
	 * so until the first transfer: the chip looks at it to know that it is on gSPI. */
	void (*power)(struct rem_cyw_bus *bus, bool on);
	/*
	 * One transfer: select, the command, so many words from or to p, deselect. Each word goes out its
	 * most significant bit first. Those at p are little-endian: on a little-endian machine they
	 * are words as they stand, which DMA can move; p is aligned for that. 0, or negative: the
	 * transfer did not take place (a DMA that never ends), and the driver begins anew.
	 */
	int (*write)(struct rem_cyw_bus *bus, uint32_t command, const uint8_t *p, uint32_t words);
	int (*read)(struct rem_cyw_bus *bus, uint32_t command, uint8_t *p, uint32_t words);
	/* Is the data line high between transfers? The chip has something to say then. Where this
	 * wakes the processor, let it be by level, or look again before sleeping. */
	bool (*interrupt)(struct rem_cyw_bus *bus);
};

struct rem_cyw_bus {
	const struct rem_cyw_bus_ops *ops;
};

/* Infineon's three files for the chip, not ours to give. They stay where they are; flash will do. */
struct rem_cyw_images {
	struct rem_span firmware; /* of 7.95.x, about 230 kB */
	struct rem_span clm;      /* what each country allows */
	struct rem_span nvram;    /* the board's parameters, as text of lines name=value */
};

enum rem_cyw_state {
	REM_CYW_OFF = 0,
	REM_CYW_STARTING = 1, /* it is being loaded and set up */
	REM_CYW_READY = 2,    /* nic.address is known; no network is wanted */
	REM_CYW_JOINING = 3,
	REM_CYW_UP = 4,       /* joined: frames come and go */
	REM_CYW_WAITING = 5,  /* not joined, `why` says why; the next try comes by itself */
};

/* Why there is no link, or why the last one went. */
enum rem_cyw_why {
	REM_CYW_WHY_NONE = 0,
	REM_CYW_NO_NETWORK = 1, /* nobody by that name is heard */
	REM_CYW_WRONG_KEY = 2,
	REM_CYW_NO_ANSWER = 3,  /* the access point is heard, and does not answer */
	REM_CYW_REFUSED = 4,    /* the access point does not want us, or offers another protection */
	REM_CYW_LOST = 5,       /* the link was there and has gone */
	REM_CYW_RESTARTED = 6,  /* the chip had to be started again, `fault` says why */
	REM_CYW_REJECTED = 7,   /* the chip itself does not take what it was told */
};

/* Why the chip had to be started again. */
enum rem_cyw_fault {
	REM_CYW_FAULT_NONE = 0,
	REM_CYW_FAULT_BUS =
		1, /* a transfer failed, or the test words are not what they should be */
	REM_CYW_FAULT_CHIP = 2,    /* it is another chip */
	REM_CYW_FAULT_CLOCK = 3,   /* a clock does not come */
	REM_CYW_FAULT_MEMORY = 4,  /* its memory does not hold what was written: see the bus */
	REM_CYW_FAULT_CORE = 5,    /* its processor does not leave reset */
	REM_CYW_FAULT_START = 6,   /* the firmware does not start */
	REM_CYW_FAULT_CLM = 7,     /* the regulatory data are refused */
	REM_CYW_FAULT_SETTING = 8, /* a setting without which nothing works is refused */
	REM_CYW_FAULT_SILENT = 9,  /* a question is not answered, or there is no credit to ask it */
	REM_CYW_FAULT_FRAMES = 10, /* one damaged frame after the other */
};

/* A network that was found, gone when the callback returns. */
struct rem_cyw_network {
	uint8_t bssid[6];
	struct rem_span ssid; /* 0 to 32 bytes, of any kind */
	int16_t rssi;         /* dBm */
	uint16_t capability;  /* as in the beacon, 802.11 */
	uint8_t channel;
	uint8_t security;     /* enum rem_cyw_security */
};

enum rem_cyw_security {
	REM_CYW_PRIVATE = 1, /* a key is needed */
	REM_CYW_WPA = 2,
	REM_CYW_WPA2 = 4,    /* or WPA3: both say RSN */
};

struct rem_cyw;

/* A network was found; NULL: the search has ended. It may not call the driver's poll or receive. */
typedef void rem_cyw_found(void *by, const struct rem_cyw_network *network);

struct rem_cyw_counts {
	uint32_t received, sent, events;
	uint32_t moved;      /* received frames that had to be moved by some bytes */
	uint32_t damaged;    /* frames whose headers contradict themselves */
	uint32_t too_long;   /* frames for which the caller's buffer was too small */
	uint32_t foreign; /* frames on a channel or interface of no use to us, or too early */
	uint32_t gaps;       /* frames that the chip has sent and we have not seen */
	uint32_t stalls;     /* sends that found no credit */
	uint32_t bus_errors; /* transfers of which the chip complains */
	uint32_t unanswered; /* questions that had to be asked again */
	uint32_t refused;    /* questions that were answered by an error */
	uint32_t joins, restarts;
};

enum { REM_CYW_GROUPS = 10, REM_CYW_SSID = 32, REM_CYW_KEY = 64, REM_CYW_CHUNK = 512 };

/* What is used most stands first: there a Cortex-M0+ reaches it with one instruction. */
struct rem_cyw {
	struct rem_nic nic; /* address: known from REM_CYW_READY on */

	/* The driver's own. */
	uint8_t asked; /* enum rem_cyw_asked */
	uint8_t todo;  /* enum rem_cyw_todo */
	uint8_t seen;  /* enum rem_cyw_seen: of the join */
	uint8_t seq, credit, flow;
	uint8_t front, other_front; /* bytes in front of a frame: as expected, and last time */
	uint8_t trouble; /* frames in a row that were no good */
	bool broken, listening, more, scanning, moot, again;

	/* To be read. */
	enum rem_cyw_state state;
	enum rem_cyw_why why;
	enum rem_cyw_fault fault;

	/* The driver's own. */
	rem_time now, due, until;
	const struct rem_cyw_step *step;       /* of the start; NULL: it is behind us */
	const struct rem_cyw_request *request; /* being asked; NULL: none */
	struct rem_cyw_bus *bus;
	uint32_t at;     /* how far loading is */
	uint32_t window; /* of the backplane */
	rem_time beat, retry;
	uint16_t id;        /* of the question */
	uint16_t clm_bytes; /* of the chunk in it */
	uint8_t chip_seq, failures, restarts; /* the last two: in a row */
	bool fresh, heard, words_32;
	struct rem_cyw_images image;
	struct {
		uint32_t at; /* how far reading the text is */
		bool begun, comment;
	} text;
	uint32_t nvram; /* bytes in the chip's memory */
	uint32_t log_at;
	rem_cyw_found *found;
	void *found_by;

	/* To be read. */
	struct rem_cyw_counts count;
	int32_t refusal;   /* the status with which a question was refused last… */
	uint16_t refused_command; /* …and the question, REM_CYW_IOCTL_… */
	int16_t rssi;      /* dBm, every few seconds while there is a link; 0: not known */
	uint8_t bssid[6];  /* of the access point */

	/* The driver's own. */
	struct { /* what the application wants: told to the chip again after a restart */
		char country[2];
		uint8_t groups, ssid_bytes, key_bytes, pins, levels;
		uint8_t group[REM_CYW_GROUPS][6];
		uint8_t ssid[REM_CYW_SSID], key[REM_CYW_KEY];
	} want;
	uint8_t answer[8];
	_Alignas(4) uint8_t work[REM_CYW_CHUNK + 64]; /* a chunk on its way, or a question */
};

/* The bytes in front of and behind a frame that the driver needs for itself, of every buffer that receive() or
 * send() is given. The frame then begins 2 bytes behind a multiple of 4, as the IP header likes it. */
enum { REM_CYW_HEADROOM = 26, REM_CYW_TAILROOM = 4 };
/* A buffer for a frame, with room for longer headers of the radio than one guesses. */
enum { REM_CYW_FRAME = REM_CYW_HEADROOM + 14 + 1500 + 16 };

/*
 * Sets up cyw to drive a chip on `bus`, switched off. The images must stay where they are. country: two letters,
 * "XX" where the board does not know. REM_LENGTH: an image is missing, or they do not fit into the chip.
 */
int rem_cyw_init(struct rem_cyw *cyw, struct rem_cyw_bus *bus, const struct rem_cyw_images *images,
		 const char country[2]);

/* Power on, power off. The rest is poll's work; what has been asked for is remembered. */
void rem_cyw_start(struct rem_cyw *cyw);
void rem_cyw_stop(struct rem_cyw *cyw);

/* Does what is due, at most 1 KiB over the bus. Returns when it wants to be called again, or earlier
 * if the interrupt line rises; that is now or in the past while there is more to do. */
rem_time rem_cyw_poll(struct rem_cyw *cyw, rem_time now);

/*
 * Join this network, and stay: after a loss or a failure it is tried again, after 1, 2, 4 … 64 s. key: a
 * passphrase of 8 to 63 bytes, the 64 hex digits of a key, or none for an open network. REM_LENGTH,
 * REM_FIELD: it cannot be the name or the key of a network. It is not the time that matters: it
 * may be called before the chip is ready.
 */
int rem_cyw_join(struct rem_cyw *cyw, struct rem_span ssid, struct rem_span key);
void rem_cyw_leave(struct rem_cyw *cyw);

/* Looks for networks; each is told to `found`, some more than once, then NULL. REM_STATE: the chip is not
 * ready, or it is at it already. While a join is under way the search waits for its end. */
int rem_cyw_scan(struct rem_cyw *cyw, rem_cyw_found *found, void *by);

/* The chip's pins: those of mask get the level of `levels`. On the Pico W 1 is the LED, 2 the power
 * supply's mode, 4 an input. */
void rem_cyw_pins(struct rem_cyw *cyw, uint8_t mask, uint8_t levels);

/* What the firmware writes to its log: some more of it; 0: nothing new. Also of a chip that hangs. REM_STATE:
 * there is no firmware, or no log. It is text in all but name: escape it. */
int rem_cyw_log(struct rem_cyw *cyw, char *text, uint32_t room);

/* What the bus makes of the test word, REM_GSPI_TEST_WORD: to find out about wiring and delays. The chip must have
 * been started a quarter of a second ago. */
uint32_t rem_cyw_test(struct rem_cyw *cyw);

/* Names of what goes over the bus, for who prints them; firmware that does not leaves them out. */
enum rem_cyw_ioctl {
#define REM_CYW_IOCTL(number, name, about) REM_CYW_IOCTL_##name = (number),
#define REM_CYW_IOVAR(name, text, about)
#define REM_CYW_EVENT(number, name, about)
#include <remora/cyw43439.def>
#undef REM_CYW_IOCTL
};

enum rem_cyw_iovar {
#define REM_CYW_IOCTL(number, name, about)
#undef REM_CYW_IOVAR
#define REM_CYW_IOVAR(name, text, about) REM_CYW_VAR_##name,
#include <remora/cyw43439.def>
#undef REM_CYW_IOVAR
	REM_CYW_VARS
};

enum rem_cyw_event {
#define REM_CYW_IOVAR(name, text, about)
#undef REM_CYW_EVENT
#define REM_CYW_EVENT(number, name, about) REM_CYW_EVENT_##name = (number),
#include <remora/cyw43439.def>
};
#undef REM_CYW_IOCTL
#undef REM_CYW_IOVAR
#undef REM_CYW_EVENT

enum rem_cyw_kind { REM_CYW_KIND_IOCTL, REM_CYW_KIND_IOVAR, REM_CYW_KIND_EVENT };

struct rem_cyw_name {
	uint8_t kind;    /* enum rem_cyw_kind */
	uint16_t number; /* of an iovar: enum rem_cyw_iovar */
	const char *name, *about;
};

extern const struct rem_cyw_name rem_cyw_names[];
extern const unsigned rem_cyw_names_count;

const char *rem_cyw_state_text(enum rem_cyw_state state);
const char *rem_cyw_why_text(enum rem_cyw_why why);
const char *rem_cyw_fault_text(enum rem_cyw_fault fault);

#endif
