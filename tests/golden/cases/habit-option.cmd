read -nA samples/captures/first-light.pcapng
