read no-such-file.pcap
