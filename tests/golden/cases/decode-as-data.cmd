read -d udp.port==53,data -O udp -Y frame.number==12 samples/captures/first-light.pcapng
