/* SPDX-License-Identifier: BSD-3-Clause */
/* What TinyUSB is to be: a device with the serial interfaces of usb.c. */
#ifndef TUSB_CONFIG_H
#define TUSB_CONFIG_H

#define CFG_TUSB_RHPORT0_MODE  OPT_MODE_DEVICE
#define CFG_TUSB_OS            OPT_OS_PICO
#define CFG_TUD_ENDPOINT0_SIZE 64
#define CFG_TUD_CDC            2
#define CFG_TUD_CDC_RX_BUFSIZE 64
#define CFG_TUD_CDC_TX_BUFSIZE 256
#define CFG_TUD_CDC_EP_BUFSIZE 64

#endif
