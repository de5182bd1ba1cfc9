read -T nonsense samples/captures/first-light.pcapng
