/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A strict model of a CYW43439 on gSPI, written from what is known of the chip, not from the driver. What the
 * chip was not seen to allow is a complaint, and a test ends by asking that there is none. It has its own
 * constants on purpose: a number that the driver has wrong is wrong here only if both were misread.
 */
#ifndef RADIO_MODEL_H
#define RADIO_MODEL_H

#include <remora/cyw43439.h>

enum { MODEL_RAM = 512 * 1024, MODEL_QUEUE = 96, MODEL_LONGEST = 2048 };

/* An access point within reach. */
struct model_network {
	const char *ssid;
	const char *key; /* NULL: open */
	uint8_t bssid[6];
	uint8_t channel;
	int16_t rssi;
	bool deaf;    /* does not answer */
	bool refuses; /* answers no */
	bool silent_about_key; /* does not say that the key is wrong, but sends us away */
	bool flaps;   /* the link goes again before the keys are there */
};

struct model_frame {
	rem_time at; /* when the host can see it */
	uint32_t n;
	bool raw;    /* sequence and credit are not ours to write */
	uint8_t p[MODEL_LONGEST];
};

struct model_core {
	uint8_t io, reset;
	rem_time released;
};

struct model {
	struct rem_cyw_bus bus;
	rem_time now; /* the test's clock */
	rem_time step; /* us that each transfer takes */
	char complaint[160]; /* the first one; empty: there is none */

	/* What the test wants to see. */
	struct rem_cyw_images expect;
	const struct model_network *network;
	unsigned networks;
	unsigned receive_pad; /* bytes between SDPCM and BDC header in frames to the host */
	unsigned bdc_words;   /* of data behind the BDC header, there */
	unsigned credits;     /* at most given ahead */

	/* What shall go wrong. */
	unsigned junk_reads;      /* of the test register at first */
	bool warm;                /* the processor runs when the power comes */
	bool bad_writes;          /* a bit of what is written to the test register is lost */
	bool wrong_chip, no_alp, no_ht, no_f2, bad_memory, bad_clm, bad_record, no_credit,
		stop_flow;
	bool hangs;               /* the firmware no longer answers */
	uint8_t sticks;           /* 1: the data line stays low, 2: high */
	uint32_t flips, random;   /* a bit of every so many words that are read */
	unsigned failing;         /* so many transfers fail */
	unsigned damaged;         /* so many frames to the host are damaged */
	unsigned lost_questions;  /* so many are not answered */
	uint32_t refused_command; /* this ioctl, or… */
	const char *refused_iovar;
	uint16_t complains; /* bits of INTERRUPT that come up again and again */

	/* What is seen. */
	uint32_t transfers, words, loads, ups, questions, joins, disassociations;
	uint8_t pins;
	uint32_t groups;
	uint8_t group[10][6];
	char country[4];
	uint32_t sent; /* frames from the host, the last of them: */
	uint8_t last[MODEL_LONGEST];
	uint32_t last_bytes;
	const struct model_network *joined;

	/* The chip. */
	bool power, words_32, up, heard_events, clm_good;
	rem_time powered, alp, started, f2, pause, pmk_after, scan_until;
	uint32_t bus_ctrl, test_rw, window, sdio_mask, bank_index, bank_pda;
	uint16_t interrupt, interrupt_enable;
	uint8_t delay_f1, clock, watermark, pull_ups;
	struct model_core arm, socsram;
	uint8_t ram[MODEL_RAM + 64];
	uint8_t host_seq, chip_seq, credit;
	uint32_t clm_at;
	uint8_t event_mask[24];
	uint32_t wsec, auth, wpa_auth, infra, sup_wpa, mfp;
	char key[65];
	bool has_key;
	struct model_frame queue[MODEL_QUEUE];
	unsigned first, count;
};

/* A chip that has never had power, with two access points: "shark" with the key "remora43", and "reef", which is open. */
void model_init(struct model *m, const struct rem_cyw_images *expect);

/* The next time at which something happens by itself, or INT64_MAX. */
rem_time model_next(const struct model *m);

/* A frame for the host: from the air; an event; or any bytes as they are. */
void model_air(struct model *m, const uint8_t *p, uint32_t n);
void model_event(struct model *m, uint32_t type, uint32_t status, uint32_t reason, uint16_t flags,
		 rem_time after);
void model_raw(struct model *m, const uint8_t *p, uint32_t n);

/* The access point sends us away. */
void model_deauthenticate(struct model *m, uint32_t reason);

/* Writes to the firmware's log. */
void model_log(struct model *m, const char *text);

/* model_wlan.c, for model.c: the firmware starts; it gets a frame. */
void model_firmware_start(struct model *m);
void model_firmware_frame(struct model *m, const uint8_t *p, uint32_t n);
void model_complain(struct model *m, const char *what, uint32_t number);

#endif
