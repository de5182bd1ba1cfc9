fields tcp udp
