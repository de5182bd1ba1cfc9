read -c 0 samples/captures/first-light.pcapng
