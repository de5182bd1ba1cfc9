# SPDX-License-Identifier: BSD-3-Clause
# vxlan.pcapng: the kernel's VXLAN, two segments over one wire, IPv4 and IPv6 inside.
# srv6.pcapng: segment routing (SRH) inserted and as encapsulation, IPv6 and IPv4 inside IPv6.

host6 client server
cable client eth0 01 server eth0 02
addr client eth0 198.51.100.1/24 2001:db8:1::1/64
addr server eth0 198.51.100.2/24 2001:db8:1::2/64
segment() { # NUMBER: a second network over the first
	local side
	for side in client:1:2 server:2:1; do
		ip -n ${side%%:*} link add vxlan$1 address 02:00:00:00:$1:0${side:7:1} type vxlan id $1 \
			local 198.51.100.${side:7:1} remote 198.51.100.${side:9:1} dstport 4789
		no_offload ${side%%:*} vxlan$1
		ip -n ${side%%:*} link set vxlan$1 up
		addr ${side%%:*} vxlan$1 192.0.2.${side:7:1}/24 2001:db8:$1::${side:7:1}/64
	done
}

record client vxlan.pcapng 'VXLAN by the kernel: two segments' -i eth0 -f 'not ip6'
segment 42
gently client ping -q -c 1 192.0.2.2
gently client ping -q -c 1 -s 1400 192.0.2.2
gently client ping -6 -q -c 1 2001:db8:42::2
serve server 'sport = 80' socat -u TCP4-LISTEN:80 -
gently client socat -u /etc/hosts TCP4:192.0.2.2:80
ip -n client link del vxlan42
ip -n server link del vxlan42
segment 43
gently client ping -q -c 1 192.0.2.2
stop_recording

host6 middle far
cable client eth1 11 middle eth0 12
cable middle eth1 13 server eth1 14
cable server eth2 15 far eth0 16
addr client eth1 2001:db8:a::1/64
addr middle eth0 2001:db8:a::2/64
addr middle eth1 2001:db8:b::1/64
addr server eth1 2001:db8:b::2/64
addr server eth2 2001:db8:d::1/64 203.0.113.129/25
addr far eth0 2001:db8:d::2/64 203.0.113.130/25
addr client lo 203.0.113.1/32 2001:db8:c::1/128
for name in client middle server; do
	at $name sysctl -qw net.ipv6.conf.all.forwarding=1 net.ipv6.conf.all.seg6_enabled=1 net.ipv4.ip_forward=1 \
		net.ipv6.conf.eth1.seg6_enabled=1 net.ipv4.conf.all.rp_filter=0
done
at middle sysctl -qw net.ipv6.conf.eth0.seg6_enabled=1
at client ip -6 route add default via 2001:db8:a::2
at server ip -6 route add default via 2001:db8:b::1
at far ip -6 route add default via 2001:db8:d::1
at far ip route add default via 203.0.113.129
at middle ip -6 route add 2001:db8:c::/64 via 2001:db8:a::1
at middle ip -6 route add 2001:db8:d::/64 via 2001:db8:b::2
at middle ip -6 route add 2001:db8:5e9:2::/64 via 2001:db8:b::2
at middle ip -6 route add 2001:db8:5e9:1::1/128 encap seg6local action End dev eth1
at server ip -6 route add 2001:db8:5e9:2::6/128 encap seg6local action End.DX6 nh6 2001:db8:d::2 dev eth2
at server ip -6 route add 2001:db8:5e9:2::4/128 encap seg6local action End.DX4 nh4 203.0.113.130 dev eth2
for name in client middle server far; do
	until_true settled $name eth0
done
until_true settled client eth1

record middle srv6.pcapng 'Segment routing over IPv6: SRH inserted, IPv6 and IPv4 encapsulated' -i eth0 -i eth1
through() { # DESTINATION MODE SEGMENTS
	at client ip route add "$1" encap seg6 mode "$2" segs "$3" via inet6 2001:db8:a::2 dev eth1
}
through 2001:db8:d::1/128 inline 2001:db8:5e9:1::1
gently client ping -6 -q -c 2 -i 0.3 -W 1 -I 2001:db8:c::1 2001:db8:d::1
through 2001:db8:d::2/128 encap 2001:db8:5e9:1::1,2001:db8:5e9:2::6
gently client ping -6 -q -c 2 -i 0.3 -W 1 -I 2001:db8:c::1 2001:db8:d::2
through 203.0.113.130/32 encap 2001:db8:5e9:1::1,2001:db8:5e9:2::4
gently client ping -q -c 2 -i 0.3 -W 1 -I 203.0.113.1 203.0.113.130
stop_recording
