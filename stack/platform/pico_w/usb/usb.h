/* SPDX-License-Identifier: BSD-3-Clause */
/* What the device and its descriptors share: the numbers of its endpoints, and the descriptors. */
#ifndef PICO_W_USB_H
#define PICO_W_USB_H

#include <remora/pico_w.h>

enum {
	USB_PACKET = 64,       /* bytes of a packet at most, at full speed */
	USB_CONFIGURATION = 1, /* the only one's number */
};

/* Each port has two interfaces, for its state and for its bytes, and two endpoints. */
#define USB_STATE_INTERFACE(port) (2 * (port))
#define USB_STATE_ENDPOINT(port)  (2 * (port) + 1)
#define USB_DATA_ENDPOINT(port)   (2 * (port) + 2)

/* Kinds of descriptors: USB 2.0, table 9-5, and CDC 1.2, table 12. */
enum {
	USB_DEVICE = 1,
	USB_CONFIG = 2,
	USB_STRING = 3,
	USB_INTERFACE = 4,
	USB_ENDPOINT = 5,
	USB_ASSOCIATION = 11,
	USB_CLASS = 0x24,
};

enum { USB_INTERRUPT = 3, USB_BULK = 2 }; /* kinds of endpoints */

/* The descriptor of that kind and index, as long as nobody asks for another; empty: there is none. */
struct rem_span usb_descriptor(unsigned kind, unsigned index);

#endif
