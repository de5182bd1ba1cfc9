read -T json -c 3 samples/captures/first-light.pcapng
