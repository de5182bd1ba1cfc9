read -T fields -e ip.tll samples/captures/first-light.pcapng
