read -O dns,udp -Y dns -c 12 samples/captures/first-light.pcapng
