# SPDX-License-Identifier: BSD-3-Clause
# vlan.pcapng: two hosts behind two switches (Open vSwitch), recorded between those. First in VLAN 10, then with a
# priority, then in a tunnel of VLANs (802.1ad outside, 802.1Q inside).
# gre.pcapng: the switches joined by GRE, first plain, then with key, checksum and sequence numbers.

host client server left right
cable client eth0 01 left to-client 81
cable server eth0 02 right to-server 82
cable left trunk 11 right trunk 12
addr client eth0 192.0.2.10/24
addr server eth0 192.0.2.80/24

ovs() { # HOST PROGRAM ARGUMENT...
	local dir=$run/tmp/ovs-$1 name=$1 program=$2
	shift 2
	case $program in
	ovs-vsctl) set -- --db="unix:$dir/db.sock" "$@" ;;
	ovs-ofctl) set -- -O OpenFlow13 "$1" "unix:$dir/$2.mgmt" "${@:3}" ;;
	esac
	timeout 10 ip netns exec "$name" env OVS_RUNDIR="$dir" "$program" "$@" >>"$run/log/$name-ovs" 2>&1
}
bridge() { # HOST BRIDGE PORT SETTINGS
	ovs "$1" ovs-vsctl add-br "$2" -- set bridge "$2" datapath_type=netdev "${@:4}" -- add-port "$2" "$3"
}
for name in left right; do
	mkdir $run/tmp/ovs-$name
	ovsdb-tool create $run/tmp/ovs-$name/db /usr/share/openvswitch/vswitch.ovsschema
	background $name env OVS_RUNDIR=$run/tmp/ovs-$name ovsdb-server --remote=punix:$run/tmp/ovs-$name/db.sock \
		--pidfile=$run/tmp/ovs-$name/db.pid --unixctl=$run/tmp/ovs-$name/db.ctl $run/tmp/ovs-$name/db
	until_true test -S $run/tmp/ovs-$name/db.sock
	ovs $name ovs-vsctl --no-wait init
	background $name env OVS_RUNDIR=$run/tmp/ovs-$name ovs-vswitchd --disable-system \
		--pidfile=$run/tmp/ovs-$name/vs.pid --unixctl=$run/tmp/ovs-$name/vs.ctl unix:$run/tmp/ovs-$name/db.sock
done
bridge left br0 to-client
bridge right br0 to-server
port() { # SETTINGS: both switches treat their host's port like this
	ovs left ovs-vsctl set port to-client "$@"
	ovs right ovs-vsctl set port to-server "$@"
}
for name in left right; do
	ovs $name ovs-vsctl add-port br0 trunk -- set open_vswitch . other_config:vlan-limit=0
done
meet() {
	at client ip neigh flush dev eth0
	gently client ping -q -c 1 -W 2 192.0.2.80
	gently client ping -q -c 1 -W 2 "$@" 192.0.2.80
}

record left vlan.pcapng 'Two switches and their trunk: 802.1Q, 802.1ad' -i trunk
port tag=10
meet -s 1400
ovs left ovs-ofctl add-flow br0 'in_port=to-client,actions=push_vlan:0x8100,set_field:4196->vlan_vid,set_field:5->vlan_pcp,output:trunk'
ovs right ovs-ofctl add-flow br0 'in_port=trunk,dl_vlan=100,actions=pop_vlan,output:to-server'
ovs right ovs-ofctl add-flow br0 'in_port=to-server,actions=push_vlan:0x8100,set_field:4196->vlan_vid,set_field:7->vlan_pcp,output:trunk'
ovs left ovs-ofctl add-flow br0 'in_port=trunk,dl_vlan=100,actions=pop_vlan,output:to-client'
meet -s 0
for side in left:to-client right:to-server; do
	ovs ${side%:*} ovs-ofctl del-flows br0
	ovs ${side%:*} ovs-ofctl add-flow br0 "in_port=${side#*:},actions=push_vlan:0x8100,set_field:4106->vlan_vid,push_vlan:0x88a8,set_field:4396->vlan_vid,set_field:3->vlan_pcp,output:trunk"
	ovs ${side%:*} ovs-ofctl add-flow br0 'in_port=trunk,vlan_tci=0x1000/0x1000,actions=pop_vlan,resubmit(,1)'
	ovs ${side%:*} ovs-ofctl add-flow br0 "table=1,vlan_tci=0x1000/0x1000,actions=pop_vlan,output:${side#*:}"
done
meet -s 100
stop_recording

# The trunk becomes the way of a tunnel: its port moves to a bridge that has an address.
for side in left:1:to-client right:2:to-server; do
	name=${side%%:*} rest=${side#*:}
	ovs $name ovs-ofctl del-flows br0
	ovs $name ovs-ofctl add-flow br0 actions=normal
	ovs $name ovs-vsctl clear port ${rest#*:} tag
	ovs $name ovs-vsctl del-port br0 trunk
	bridge $name br-way trunk other-config:hwaddr=02:00:00:00:01:0${rest%:*}
	addr $name br-way 198.51.100.${rest%:*}/24
	ip -n $name link set br-way up
done
tunnel() { # SETTINGS: a GRE tunnel like this
	ovs left ovs-vsctl --if-exists del-port br0 gre0 -- add-port br0 gre0 -- set interface gre0 type=gre \
		options:remote_ip=198.51.100.2 "$@"
	ovs right ovs-vsctl --if-exists del-port br0 gre0 -- add-port br0 gre0 -- set interface gre0 type=gre \
		options:remote_ip=198.51.100.1 "$@"
	sleep 2
}

record left gre.pcapng 'Two switches joined by GRE: plain, then with key, checksum and sequence numbers' -i trunk
tunnel
meet -s 100
tunnel options:key=42 options:csum=true options:seq=true
meet -s 0
stop_recording
