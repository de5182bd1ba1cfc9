#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""uf2.py IMAGE.bin IMAGE.uf2 [rp2040|rp2350]: a flash image as the file that a Pico's boot loader takes, in blocks of 256 bytes."""
import pathlib
import struct
import sys

FLASH = 0x10000000
FAMILY = {"rp2040": 0xE48BFF56, "rp2350": 0xE48BFF59}  # that the blocks are for; the second: its ARM cores
FAMILY_PRESENT = 0x2000
PAGE = 256


def main():
    family = FAMILY[sys.argv[3] if len(sys.argv) > 3 else "rp2040"]
    image = pathlib.Path(sys.argv[1]).read_bytes()
    pages = [image[at : at + PAGE] for at in range(0, len(image), PAGE)]
    blocks = [
        struct.pack(
            "<8I476sI", 0x0A324655, 0x9E5D5157, FAMILY_PRESENT, FLASH + i * PAGE, PAGE, i, len(pages), family,
            page.ljust(PAGE, b"\xff"), 0x0AB16F30,
        )
        for i, page in enumerate(pages)
    ]  # fmt: skip
    pathlib.Path(sys.argv[2]).write_bytes(b"".join(blocks))


main()
