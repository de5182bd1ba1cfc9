read -t ad -c 5 samples/captures/first-light.pcapng
