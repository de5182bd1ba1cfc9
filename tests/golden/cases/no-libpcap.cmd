LD_LIBRARY_PATH={broken} read -f 'udp port 53' samples/captures/first-light.pcapng
