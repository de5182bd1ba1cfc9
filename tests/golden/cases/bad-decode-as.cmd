read -d 'tcp.port==80,nonsense' samples/captures/first-light.pcapng
