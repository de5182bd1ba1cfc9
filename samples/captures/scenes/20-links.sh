# SPDX-License-Identifier: BSD-3-Clause
# linux-sll.pcap, linux-sll2.pcapng: what "any" looks like, in its two forms, on a router with two cards.
# raw-ip.pcap: the inside of a tunnel made of socat and two tun devices: IP without a link layer.
# loopback.pcapng.gz: a machine talking to itself.
# snap.pcap: the first 60 bytes of everything, with nanoseconds.

host6 client router server
cable client eth0 01 router lan0 02
cable router wan0 03 server eth0 04
addr client eth0 192.0.2.10/24 2001:db8:1::10/64
addr router lan0 192.0.2.1/24 2001:db8:1::1/64
addr router wan0 198.51.100.1/24 2001:db8:2::1/64
addr server eth0 198.51.100.80/24 2001:db8:2::80/64
at router sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
for route in 'client default 192.0.2.1' 'client default 2001:db8:1::1' 'server default 198.51.100.1' \
	'server default 2001:db8:2::1'; do
	set -- $route
	ip -n $1 route add $2 via $3
done
echo '198.51.100.80 web.remora.example' >> $run/hosts
page server 198.51.100.80
serve server 'sport = 53' dnsmasq -k -C /dev/null -R -h -u root -x $run/tmp/dnsmasq.pid --listen-address=198.51.100.80 \
	--bind-interfaces --host-record=web.remora.example,198.51.100.80,2001:db8:2::80
visit() {
	gently client ping -q -c 1 198.51.100.80
	gently client ping -6 -q -c 1 2001:db8:2::80
	gently client dig +tries=1 +timeout=1 @198.51.100.80 web.remora.example
	gently client curl -sS http://web.remora.example/
}
record_pcap router linux-sll.pcap -i any -y LINUX_SLL
record router linux-sll2.pcapng 'Every interface of a router (Linux cooked, version 2)' -i any -y LINUX_SLL2
record_pcap client snap.pcap -i eth0 -s 60 --time-stamp-precision=nano
visit
stop_recording

record client loopback.pcapng 'A machine talks to itself' -i lo
serve client 'sport = 7' socat TCP6-LISTEN:7,fork EXEC:cat
gently client ping -q -c 1 127.0.0.1
gently client ping -6 -q -c 1 ::1
gently client socat -t 0.2 SYSTEM:'echo hello me' 'TCP6:[::1]:7'
gently client dig +tries=1 +timeout=1 @127.0.0.1 remora.example
stop_recording
pack loopback.pcapng gz

serve server 'sport = 5000' socat UDP4-LISTEN:5000 TUN:203.0.113.2/24,tun-name=tun0,iff-no-pi,up
background client socat UDP4:198.51.100.80:5000 TUN:203.0.113.1/24,tun-name=tun0,iff-no-pi,up
until_true ip -n client link show tun0
addr client tun0 2001:db8:7::1/64
record_pcap client raw-ip.pcap -i tun0
gently client ping -q -c 1 203.0.113.2
until_true ip -n server link show tun0
addr server tun0 2001:db8:7::2/64
gently client ping -q -c 2 -i 0.2 203.0.113.2
gently client ping -6 -q -c 2 -i 0.2 2001:db8:7::2
gently client nc -z -w 1 203.0.113.2 9
gently client dig +tries=1 +timeout=1 @203.0.113.2 remora.example
stop_recording
