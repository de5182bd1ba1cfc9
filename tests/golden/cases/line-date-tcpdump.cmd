read -tttt -c 2 samples/captures/first-light.pcapng
