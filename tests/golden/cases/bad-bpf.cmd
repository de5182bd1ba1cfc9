read -f 'port nonsense' samples/captures/first-light.pcapng
