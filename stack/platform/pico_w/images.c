/* SPDX-License-Identifier: BSD-3-Clause */
/* The radio's images, as images.S has them. */
#include <remora/pico_w.h>

extern const uint8_t image_firmware[], image_firmware_end[], image_clm[], image_clm_end[],
	image_nvram[], image_nvram_end[];

struct rem_cyw_images rem_pico_w_images(void)
{
	return (struct rem_cyw_images){
		.firmware = {image_firmware, (uint32_t)(image_firmware_end - image_firmware)},
		.clm = {image_clm, (uint32_t)(image_clm_end - image_clm)},
		.nvram = {image_nvram, (uint32_t)(image_nvram_end - image_nvram)},
	};
}
