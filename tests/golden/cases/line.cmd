read samples/captures/first-light.pcapng
