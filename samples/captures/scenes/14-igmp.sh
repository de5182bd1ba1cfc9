# SPDX-License-Identifier: BSD-3-Clause
# igmp.pcapng: a bridge asks which groups are wanted, and socat joins and leaves some: IGMPv1, v2 and v3, a membership
# with chosen sources; and the bridge's own spanning tree (802.3 with LLC).

host client server
lan 01 client server
addr client eth0 192.0.2.10/24
addr server eth0 192.0.2.11/24
addr switch br0 192.0.2.1/24
listen() { # a program that wants the group for a second
	gently client timeout 1 socat -u "UDP4-RECV:4000,$1" -
}
querier() {
	at switch ip link set br0 type bridge mcast_querier 0
	at switch ip link set br0 type bridge mcast_snooping 1 mcast_igmp_version "$1" mcast_querier 1 \
		mcast_startup_query_interval 50 mcast_query_response_interval 50
}

record client igmp.pcapng 'IGMP v1, v2 and v3 between a bridge and a listener; spanning tree' -i eth0
querier 3
listen ip-add-membership=233.252.0.3:eth0
gently client python3 - <<'END'
import socket, struct, time
def joined(option, *addresses):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.setsockopt(socket.IPPROTO_IP, option, b"".join(map(socket.inet_aton, addresses)))
    return s
ADD_SOURCE, DROP_SOURCE, BLOCK_SOURCE = 39, 40, 38
me = "192.0.2.10"
one = joined(ADD_SOURCE, "233.252.0.4", me, "198.51.100.1")
time.sleep(0.3)
one.setsockopt(socket.IPPROTO_IP, ADD_SOURCE, b"".join(map(socket.inet_aton, ("233.252.0.4", me, "198.51.100.2"))))
time.sleep(0.3)
one.setsockopt(socket.IPPROTO_IP, DROP_SOURCE, b"".join(map(socket.inet_aton, ("233.252.0.4", me, "198.51.100.1"))))
two = joined(socket.IP_ADD_MEMBERSHIP, "233.252.0.5", me)
two.setsockopt(socket.IPPROTO_IP, BLOCK_SOURCE, b"".join(map(socket.inet_aton, ("233.252.0.5", me, "198.51.100.3"))))
time.sleep(1)
END
at client sysctl -qw net.ipv4.conf.eth0.force_igmp_version=2
querier 2
listen ip-add-membership=233.252.0.2:eth0
at client sysctl -qw net.ipv4.conf.eth0.force_igmp_version=1
listen ip-add-membership=233.252.0.1:eth0
at switch ip link set br0 type bridge stp_state 1 hello_time 100 forward_delay 200
sleep 4
stop_recording
