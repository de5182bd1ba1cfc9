read -T pdml -c 1 samples/captures/first-light.pcapng
