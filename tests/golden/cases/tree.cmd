read -V -c 6 samples/captures/first-light.pcapng
