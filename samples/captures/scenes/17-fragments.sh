# SPDX-License-Identifier: BSD-3-Clause
# fragments.pcapng: echoes too large for the wire, in fragments: IPv4 (with options too), IPv6, UDP, a small MTU, a
# datagram whose last fragment never comes.

host6 client server
cable client eth0 01 server eth0 02
addr client eth0 192.0.2.10/24 2001:db8:1::10/64
addr server eth0 192.0.2.1/24 2001:db8:1::1/64

record client fragments.pcapng 'Fragments of IPv4 and IPv6' -i eth0
gently client ping -q -c 1 -s 4000 192.0.2.1
gently client ping -q -c 1 -s 3000 -R 192.0.2.1
gently client ping -6 -q -c 1 -s 4000 2001:db8:1::1
seq 2000 | head -c 5000 > $run/tmp/datagram
gently client socat -u -b 8192 $run/tmp/datagram UDP4-DATAGRAM:192.0.2.1:4000
gently client socat -u -b 8192 $run/tmp/datagram UDP6-DATAGRAM:[2001:db8:1::1]:4000
drop server 'ip protocol udp'
ip -n client link set eth0 mtu 1280
gently client ping -q -c 1 -s 3000 192.0.2.1
gently client ping -6 -q -c 1 -s 3000 2001:db8:1::1
ip -n client route add 2001:db8:1::1/128 dev eth0 mtu 1280
ip -n client link set eth0 mtu 576
gently client ping -q -c 1 -s 1000 192.0.2.1
stop_recording
