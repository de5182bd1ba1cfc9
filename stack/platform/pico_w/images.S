/* SPDX-License-Identifier: BSD-3-Clause */
/* The radio's three images as they are, in flash. CMake says where they are. */
	.macro image name, path
	.section .rodata.\name, "a"
	.balign 4
	.global image_\name, image_\name\()_end
image_\name:
	.incbin "\path"
image_\name\()_end:
	.endm

	image firmware, CYW43_FIRMWARE
	image clm, CYW43_CLM
	image nvram, CYW43_NVRAM
