read -V samples/captures/snap.pcap -c 8
