read -O nonsense samples/captures/first-light.pcapng
