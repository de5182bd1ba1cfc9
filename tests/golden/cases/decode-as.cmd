read -d 'tcp.port==80,dns' -c 26 samples/captures/first-light.pcapng frame.number == 24
