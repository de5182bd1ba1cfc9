read -q samples/captures/first-light.pcapng
