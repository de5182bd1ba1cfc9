read samples/captures/first-light.pcapng 'ip.ttl < 60 && tcp.flags.re'
