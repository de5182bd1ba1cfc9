# SPDX-License-Identifier: BSD-3-Clause
# arp-ping.pcapng: ARP, echoes of several sizes and with IPv4 options, and every ICMP error that the kernel can be made
# to send: unreachable network, host and port, prohibited, need to fragment, time exceeded, redirect. Recorded on both
# sides of the router.

host client router router2 server
lan 01 client router router2
cable router far0 11 server eth0 12
cable router2 far0 13 server eth1 14
addr client eth0 192.0.2.10/24
addr router eth0 192.0.2.1/24
addr router2 eth0 192.0.2.2/24
addr router far0 198.51.100.1/24
addr server eth0 198.51.100.80/24
addr router2 far0 203.0.113.1/24
addr server eth1 203.0.113.80/24
at router sysctl -qw net.ipv4.ip_forward=1 net.ipv4.icmp_ratelimit=0 net.ipv4.conf.all.send_redirects=1
at router2 sysctl -qw net.ipv4.ip_forward=1
at server sysctl -qw net.ipv4.icmp_ratelimit=0 net.ipv4.conf.all.rp_filter=0
at router ip link set far0 mtu 1400
at router ip route add 203.0.113.0/24 via 192.0.2.2
at router ip route add prohibit 192.0.2.128/25
at router ip route add unreachable 198.51.100.128/25
at client ip route add default via 192.0.2.1
at client ip route add 192.0.2.128/25 via 192.0.2.1
at server ip route add 192.0.2.0/24 via 198.51.100.1

record router arp-ping.pcapng 'ARP, ping and the errors of ICMP, seen by a router' -i eth0 -i far0
gently client arping -q -c 1 -I eth0 192.0.2.1
gently client arping -q -c 1 -D -I eth0 192.0.2.2
gently client arping -q -c 1 -U -I eth0 192.0.2.10
gently client ping -q -c 2 -i 0.1 192.0.2.1
gently client ping -q -c 1 -s 0 198.51.100.80
gently client ping -q -c 1 -s 1 -p 5a 198.51.100.80
gently client ping -q -c 1 -s 1000 -Q 0xb8 198.51.100.80
gently client ping -q -c 1 -R 198.51.100.80      # record route
gently client ping -q -c 1 -T tsonly 198.51.100.80
gently client ping -q -c 1 -T tsandaddr 198.51.100.80
gently client ping -q -c 1 -T tsprespec 192.0.2.1 198.51.100.1 198.51.100.80
gently client ping -q -c 1 -W 1 -M do -s 1450 198.51.100.80
at client ip route flush cache
gently client ping -q -c 1 -W 1 -t 1 198.51.100.80
for nowhere in 10.0.0.1 192.0.2.200 198.51.100.200; do
	sleep 1.1                                      # the kernel sends one such error a second
	gently client ping -q -c 1 -W 1 $nowhere
done
gently client ping -q -c 1 -W 4 198.51.100.81    # nobody there: ARP in vain
gently client dig +tries=1 +timeout=1 @198.51.100.80 remora.example
gently client tracepath -n -m 4 198.51.100.80
gently client nc -z -w 1 198.51.100.80 9
gently client ping -q -c 1 -W 1 203.0.113.80     # the router knows a better one
stop_recording
