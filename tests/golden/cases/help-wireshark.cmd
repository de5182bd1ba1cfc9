help wireshark
