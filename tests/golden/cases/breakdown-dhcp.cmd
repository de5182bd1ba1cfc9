read -T breakdown --subfields 9 -c 2 samples/captures/dhcp.pcapng
