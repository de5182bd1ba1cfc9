# SPDX-License-Identifier: BSD-3-Clause
# What every scene needs: hosts, cables, programs in the background, and a recorder. Read by record.sh.

die() {
	echo "record.sh: $*" >&2
	tail -n 12 $run/log/* >&2 2>/dev/null || true
	exit 1
}

open_scene() {
	hosts='' daemons='' recorders=''
	rm -rf $run/log $run/tmp
	echo '127.0.0.1 localhost' > $run/hosts
	mkdir -p $run/log $run/tmp
	chmod 777 $run/tmp
}

close_scene() {
	local pid name
	stop_recording
	for pid in $daemons; do
		kill "$pid" 2>/dev/null || true
	done
	for pid in $daemons; do
		until_true gone "$pid"
		wait "$pid" 2>/dev/null || true
	done
	for name in $hosts; do
		ip netns del "$name"
	done
}

# host NAME...: a machine without cables. IPv6 stays silent until a scene asks for it with host6.
host() {
	local name
	for name; do
		ip netns add "$name"
		hosts="$hosts $name"
		at "$name" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
		at "$name" ip link set lo up
	done
}

host6() {
	local name
	host "$@"
	for name; do
		at "$name" sysctl -qw net.ipv6.conf.all.disable_ipv6=0 net.ipv6.conf.default.disable_ipv6=0
	done
}

# at HOST COMMAND...: runs a command on that machine.
at() {
	local name=$1
	shift
	ip netns exec "$name" "$@"
}

# cable HOST PORT NUMBER HOST PORT NUMBER: a wire between two machines; the numbers end the link addresses. What a
# network card would do is left to the kernel, so frames carry whole checksums and their VLAN tags.
cable() {
	ip -n "$1" link add "$2" address "02:00:00:00:00:$3" type veth \
		peer name "$5" address "02:00:00:00:00:$6" netns "$4"
	no_offload "$1" "$2"
	no_offload "$4" "$5"
	ip -n "$1" link set "$2" up
	ip -n "$4" link set "$5" up
}

no_offload() {
	at "$1" ethtool -K "$2" tx off sg off tso off gso off gro off rxvlan off txvlan off >/dev/null
}

# lan NUMBER HOST...: machines on one switch, each with an eth0; their link addresses count up from NUMBER.
lan() {
	local name number=$1
	shift
	host switch
	ip -n switch link add br0 address 02:00:00:00:00:f0 type bridge mcast_snooping 0
	ip -n switch link set br0 up
	for name; do
		cable "$name" eth0 "$number" switch "to-$name" "$(printf %02x $((0x80 + 0x$number)))"
		ip -n switch link set "to-$name" master br0
		number=$(printf %02x $((0x$number + 1)))
	done
}

# addr HOST PORT ADDRESS...: IPv6 addresses are used at once, unless a scene wants to show the detection of duplicates.
addr() {
	local name=$1 port=$2 address
	shift 2
	for address; do
		case $address in
		*:*) ip -n "$name" address add "$address" dev "$port" nodad ;;
		*) ip -n "$name" address add "$address" broadcast + dev "$port" ;;
		esac
	done
}

# until_true COMMAND...: waits up to a minute for something to become true.
until_true() {
	local tries
	for tries in $(seq 600); do
		if "$@" >/dev/null 2>&1; then
			return 0
		fi
		sleep 0.1
	done
	die "waited in vain for: $*"
}

# background HOST COMMAND...: starts a program that serves until the scene ends; its pid is left in $last.
background() {
	local name=$1 log
	shift
	log=$run/log/$name-${1##*/}
	ip netns exec "$name" "$@" >>"$log" 2>&1 </dev/null &
	last=$!
	daemons="$daemons $last"
}

listens() { # HOST FILTER: is there a socket like this?
	at "$1" ss -Hlntu "$2" | grep -q .
}

gone() { # PID: has this program ended, or is it only waited for?
	! grep -qs '^State:.[^Z]' "/proc/$1/status"
}

settled() { # HOST PORT: has its link-local address been found to be unique?
	ip -n "$1" -6 address show dev "$2" scope link -tentative | grep -q inet6
}

logged() { # LOG COUNT TEXT: has a program said this so often?
	[ "$(grep -c "$3" "$run/log/$1")" -ge "$2" ]
}

# serve HOST FILTER COMMAND...: the same, and waits for its socket, `sport = 53` say.
serve() {
	local name=$1 filter=$2
	shift 2
	background "$name" "$@"
	until_true listens "$name" "$filter"
}

# drop HOST MATCH: from now on that machine does not hear these packets.
drop() {
	at "$1" nft -f - <<-END
	table inet remora {
		chain in {
			type filter hook input priority 0
			$2 drop
		}
	}
	END
}

gently() { # HOST COMMAND...: a client may fail, some scenes are about that; it may not hang
	timeout 20 ip netns exec "$@" >/dev/null 2>&1 || true
}

# record HOST FILE COMMENT DUMPCAP-OPTIONS...: records as pcapng with the interfaces' names.
record() {
	local name=$1 file=$2 comment=$3
	shift 3
	ip netns exec "$name" dumpcap -q "$@" --capture-comment "$comment" -w "$run/tmp/$file" 2>"$run/log/dumpcap-$file" &
	recorders="$recorders $!"
	until_true grep -q '^File:' "$run/log/dumpcap-$file"
	sleep 0.3
}

# record_pcap HOST FILE TCPDUMP-OPTIONS...: records as classic pcap.
record_pcap() {
	local name=$1 file=$2
	shift 2
	ip netns exec "$name" tcpdump -Z root -U --immediate-mode "$@" -w "$run/tmp/$file" 2>"$run/log/tcpdump-$file" &
	recorders="$recorders $!"
	until_true grep -q 'listening on' "$run/log/tcpdump-$file"
	sleep 0.3
}

stop_recording() {
	local pid file
	[ -n "$recorders" ] || return 0
	sleep 0.7
	for pid in $recorders; do
		kill "$pid"
		until_true gone "$pid"
		wait "$pid" || die "a recorder failed"
	done
	recorders=''
	for file in "$run"/tmp/*.pcapng; do
		[ -e "$file" ] || continue
		reordercap "$file" "$file.ordered" >/dev/null 2>&1 && mv "$file.ordered" "$file"
		python3 "$here/anonymous.py" "$file"
	done
	for file in "$run"/tmp/*.pcap "$run"/tmp/*.pcapng; do
		[ -e "$file" ] || continue
		[ -z "$(tshark -n -r "$file" -Y _ws.malformed 2>/dev/null)" ] || die "${file##*/}: malformed packets"
		install -m 644 "$file" "$out/"
		rm "$file"
		printf '%-24s %4d packets %7d bytes\n' "${file##*/}" \
			"$(tshark -n -r "$out/${file##*/}" 2>/dev/null | wc -l)" "$(stat -c %s "$out/${file##*/}")"
	done
}

# dhcp_client HOST OPTIONS...: dhclient on eth0 with $run/tmp/dhclient.conf, which a scene may write before.
dhcp_client() {
	local name=$1
	shift
	[ -e $run/tmp/dhclient.conf ] || cat > $run/tmp/dhclient.conf <<-END
	send host-name "reader";
	request subnet-mask, broadcast-address, routers, domain-name, domain-name-servers, ntp-servers;
	END
	cat > $run/dhclient-script <<-'END'
	#!/bin/sh
	case $reason in
	PREINIT) ip link set "$interface" up ;;
	BOUND | RENEW | REBIND | REBOOT)
		ip address replace "$new_ip_address/$new_subnet_mask" broadcast + dev "$interface"
		for router in $new_routers; do ip route add default via "$router" && break; done ;;
	RELEASE | EXPIRE | FAIL | STOP) ip -4 address flush dev "$interface" ;;
	BOUND6 | RENEW6 | REBIND6) ip address replace "$new_ip6_address/128" dev "$interface" nodad ;;
	RELEASE6 | EXPIRE6 | STOP6) ip address del "$old_ip6_address/128" dev "$interface" ;;
	esac
	exit 0
	END
	chmod 755 $run/dhclient-script
	timeout 20 ip netns exec "$name" dhclient -v "$@" -cf $run/tmp/dhclient.conf -lf "$run/tmp/$name.leases" \
		-pf "$run/tmp/$name-dhclient.pid" -sf $run/dhclient-script eth0 >>"$run/log/$name-dhclient" 2>&1
}

# tell FILE FILTER COMMENT...: puts a comment on the first packet that each filter selects.
tell() {
	local file=$1 number notes=()
	shift
	while [ $# -gt 1 ]; do
		number=$(tshark -n -r "$out/$file" -Y "$1" -T fields -e frame.number 2>/dev/null | head -n 1)
		[ -n "$number" ] || die "$file: no packet for a comment: $1"
		notes+=(-a "$number:$2")
		shift 2
	done
	editcap "${notes[@]}" "$out/$file" $run/told.pcapng 2>/dev/null
	mv $run/told.pcapng "$out/$file"
}

# page HOST ADDRESS...: nginx with a page of every kind on port 80 and, over TLS, 443.
page() {
	local name=$1 address ports=''
	shift
	for address; do
		ports="$ports listen $address:80; listen $address:443 ssl http2;"
	done
	[ -e $run/tmp/cert.pem ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
		-days 3650 -subj /CN=web.remora.example -addext subjectAltName=DNS:web.remora.example \
		-keyout $run/tmp/key.pem -out $run/tmp/cert.pem 2>/dev/null
	echo 'It swims with sharks.' > $run/www/index.html
	seq -f '%03g: a line of a longer text' 100 > $run/www/long.txt
	gzip -9nc $run/www/long.txt > $run/www/packed.txt.gz
	cat > $run/tmp/nginx.conf <<-END
	daemon off; user root; worker_processes 1; pid $run/tmp/nginx.pid; error_log stderr;
	events { }
	http {
		access_log off; if_modified_since before; types { text/html html; text/plain txt; } gzip on; gzip_types text/plain; gzip_min_length 100;
		client_body_temp_path $run/tmp/body; proxy_temp_path $run/tmp/proxy; fastcgi_temp_path $run/tmp/fcgi;
		uwsgi_temp_path $run/tmp/uwsgi; scgi_temp_path $run/tmp/scgi; server_tokens off;
		ssl_certificate $run/tmp/cert.pem; ssl_certificate_key $run/tmp/key.pem;
		ssl_protocols TLSv1.2 TLSv1.3; ssl_ecdh_curve X25519:prime256v1:secp384r1; ssl_session_cache shared:s:1m;
		server {
			$ports
			server_name web.remora.example;
			root $run/www;
			ssi on;
			location /packed { gzip_static always; root $run/www; }
			location /moved { return 301 /long.txt; }
			location /form { return 200 "I heard you.\n"; }
			location /teapot { return 418 "short and stout\n"; }
			location /private { auth_basic "The reef"; auth_basic_user_file $run/tmp/users; }
			location /upload { dav_methods PUT DELETE; create_full_put_path on; root $run/www; }
			location /cookie {
				add_header Set-Cookie "fish=remora; Path=/; HttpOnly"; add_header X-Motto "swims with sharks";
				return 200 "{\"fish\": \"remora\"}\n"; default_type application/json;
			}
		}
	}
	END
	echo 'remora:{PLAIN}shark' > $run/tmp/users
	serve "$name" 'sport = 80' nginx -p $run/tmp -c $run/tmp/nginx.conf
}

# pack FILE gz|zst: compresses a finished capture.
pack() {
	case $2 in
	gz) gzip -nf9 "$out/$1" ;;
	zst) zstd -q -19 -f --rm "$out/$1" ;;
	esac
}
