#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""uf2.py IMAGE.bin IMAGE.uf2: a flash image as the file that a Pico's boot loader takes, in blocks of 256 bytes."""
import pathlib
import struct
import sys

FLASH = 0x10000000
RP2040 = 0xE48BFF56  # the family that the block is for
FAMILY_PRESENT = 0x2000
PAGE = 256


def main():
    image = pathlib.Path(sys.argv[1]).read_bytes()
    pages = [image[at : at + PAGE] for at in range(0, len(image), PAGE)]
    blocks = [
        struct.pack(
            "<8I476sI", 0x0A324655, 0x9E5D5157, FAMILY_PRESENT, FLASH + i * PAGE, PAGE, i, len(pages), RP2040,
            page.ljust(PAGE, b"\xff"), 0x0AB16F30,
        )
        for i, page in enumerate(pages)
    ]  # fmt: skip
    pathlib.Path(sys.argv[2]).write_bytes(b"".join(blocks))


main()
