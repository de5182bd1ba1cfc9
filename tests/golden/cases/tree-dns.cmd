read -V -Y 'dns' -c 12 samples/captures/first-light.pcapng
