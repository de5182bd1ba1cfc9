#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# station.sh BIN STATION: the blocking layer's calls, and its deadlines, against the kernel, dnsmasq and chrony.
. "$(dirname "$0")/net.sh"
for program in dnsmasq chronyd nft python3; do
	command -v $program >/dev/null || skip "$program is missing"
done
seq 40 | sed 's/.*/10.9.9.& many.example/' >"$dir/hosts"
background dnsmasq dnsmasq -k --no-resolv --no-hosts --addn-hosts="$dir/hosts" --interface=tap0 --bind-interfaces --user=root \
	--pid-file= --dhcp-range=192.168.10.50,192.168.10.59,255.255.255.0,2m --dhcp-leasefile="$dir/leases" --dhcp-authoritative \
	--no-ping --dhcp-reply-delay=1 --host-record=one.example,192.168.10.1 --local=/example/
printf '%s\n' 'local stratum 5' 'allow all' 'bindaddress 192.168.10.1' 'cmdport 0' "pidfile $dir/chronyd.pid" >"$dir/chrony.conf"
background chrony chronyd -d -x -u root -f "$dir/chrony.conf"
at nft 'add table inet lost; add chain inet lost in { type filter hook input priority 0; };
	add rule inet lost in icmp type echo-request meta length 694 drop'
background peer python3 -c '
import socket, threading
def echo(s):
    while data := s.recv(65536):
        s.sendall(data)
    s.close()
quiet = socket.create_server(("192.168.10.1", 7001))
door = socket.create_server(("192.168.10.1", 7000))
while True:
    threading.Thread(target=echo, args=(door.accept()[0],), daemon=True).start()'
background station "$2" tap0
station=$last
listens() {
	grep -q listening "$dir/station.log" || ! kill -0 $station
}
sleep 6 # nobody is asked for three seconds, and is not there
until_true listens
at python3 -c '
import socket, sys
s = socket.create_connection((sys.argv[1], 7000), 5)
s.sendall(b"hello")
s.close()' "$(awk '{ print $3 }' "$dir/leases")" || true
wait $station || die "the station has failed"
echo "every call, and every deadline"
