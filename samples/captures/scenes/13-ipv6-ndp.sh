# SPDX-License-Identifier: BSD-3-Clause
# ipv6-ndp.pcapng: a host starts with IPv6. Detection of duplicates (one address is taken), router solicitation and
# radvd's advertisement with every option it has, multicast listeners of both versions, echoes, name queries, errors
# (no route, no address, closed port, hop limit, packet too big, unknown header), a redirect, a neighbour that is gone.

host6 client router router2 server
at router sysctl -qw net.ipv6.conf.all.forwarding=1 net.ipv6.icmp.ratelimit=0
at router2 sysctl -qw net.ipv6.conf.all.forwarding=1
at server sysctl -qw net.ipv6.icmp.ratelimit=0
at client sysctl -qw net.ipv6.conf.default.router_solicitation_delay=0
lan 01 router router2
cable router far0 11 server eth0 12
cable router2 far0 13 server eth1 14
addr router eth0 2001:db8:1::1/64
addr router2 eth0 2001:db8:1::2/64
addr router far0 2001:db8:2::1/64
addr server eth0 2001:db8:2::80/64
addr router2 far0 2001:db8:3::1/64
addr server eth1 2001:db8:3::80/64
at router ip link set far0 mtu 1400
at router ip route add 2001:db8:3::/64 via fe80::ff:fe00:2 dev eth0
at router ip route add prohibit 2001:db8:bad::/48
at server ip route add 2001:db8:1::/64 via 2001:db8:2::1
until_true settled router eth0
cat > $run/tmp/radvd.conf <<'END'
interface eth0 {
	AdvSendAdvert on; MinRtrAdvInterval 3; MaxRtrAdvInterval 4; AdvLinkMTU 1500; AdvManagedFlag off;
	AdvOtherConfigFlag on; AdvDefaultPreference high; AdvHomeAgentFlag on; AdvHomeAgentInfo on; HomeAgentPreference 3;
	HomeAgentLifetime 1800; AdvIntervalOpt on; AdvReachableTime 30000; AdvRetransTimer 1000;
	prefix 2001:db8:1::/64 { AdvOnLink on; AdvAutonomous on; AdvRouterAddr on; };
	prefix 2001:db8:9::/64 { AdvOnLink off; AdvAutonomous off; AdvValidLifetime infinity; };
	route 2001:db8:2::/48 { AdvRoutePreference high; AdvRouteLifetime 600; };
	RDNSS 2001:db8:1::1 2001:db8:1::53 { AdvRDNSSLifetime 60; };
	DNSSL remora.example ship.remora.example { AdvDNSSLLifetime 60; };
};
END
touch $run/tmp/radvd.pid

record router ipv6-ndp.pcapng 'A host starts with IPv6: NDP, MLD, errors of ICMPv6' -i eth0 -i far0
background router radvd -n -m stderr -C $run/tmp/radvd.conf -p $run/tmp/radvd.run
cable client eth0 03 switch to-client 83
ip -n switch link set to-client master br0
until_true settled client eth0
until_true at client sh -c 'ip -6 route show default | grep -q via'
at client ip address add 2001:db8:1::1/64 dev eth0          # taken: the router will say so
sleep 2
at client ip address del 2001:db8:1::1/64 dev eth0 || true
try() {
	gently client ping -6 -q -c 1 -W 1 "$@"
}
try 2001:db8:1::1
try -s 0 2001:db8:2::80
try -s 1000 -Q 0xb8 -F 0xc0ffe 2001:db8:2::80
try ff02::1%eth0
try -N name 2001:db8:1::1
try -t 1 2001:db8:2::80
try 2001:db8:2::81
try 2001:db8:bad::1
try 2001:db8:4::1
try -M do -s 1400 2001:db8:2::80
try -s 2000 2001:db8:2::80
try 2001:db8:3::80                                          # the router knows a better one
gently client tracepath -6 -n -m 4 2001:db8:2::80
gently client dig +tries=1 +timeout=1 @2001:db8:2::80 remora.example
gently client nc -6 -z -w 1 2001:db8:2::80 9
gently client socat -u -T 1 - IP6-SENDTO:[2001:db8:2::80]:253 </etc/hosts
at client sysctl -qw net.ipv6.conf.eth0.force_mld_version=1
gently client timeout 1 socat -u UDP6-RECV:4000,ipv6-join-group=[ff15::4000]:eth0 -
at client sysctl -qw net.ipv6.conf.eth0.force_mld_version=2
gently client timeout 1 socat -u UDP6-RECV:4000,ipv6-join-group=[ff15::4001]:eth0 -
at switch sysctl -qw net.ipv6.conf.br0.disable_ipv6=0
until_true settled switch br0
at switch ip link set br0 type bridge mcast_snooping 1 mcast_querier 1 mcast_mld_version 2 mcast_startup_query_interval 50
sleep 2
at switch ip link set br0 type bridge mcast_mld_version 1 mcast_querier 0
at switch ip link set br0 type bridge mcast_querier 1
sleep 2
stop_recording
