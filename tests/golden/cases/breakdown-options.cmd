read -T breakdown --subfields 8 --legacy --classes +option,+size -Y 'tcp.flags.syn == 1' samples/captures/first-light.pcapng
