# SPDX-License-Identifier: BSD-3-Clause
# mdns.pcapng: two avahi daemons over IPv4 and IPv6: probing, announcing, browsing, resolving, reverse lookup, goodbye.

host6 client server
cable client eth0 01 server eth0 02
addr client eth0 192.0.2.10/24
addr server eth0 192.0.2.80/24
until_true settled client eth0
until_true settled server eth0
ip -n client route add 224.0.0.0/4 dev eth0
mkdir -p $run/tmp/services
cat > $run/tmp/services/page.service <<'END'
<?xml version="1.0" standalone='no'?>
<!DOCTYPE service-group SYSTEM "avahi-service.dtd">
<service-group>
	<name>Remora's page</name>
	<service>
		<type>_http._tcp</type><subtype>_printer._sub._http._tcp</subtype><port>80</port>
		<txt-record>path=/index.html</txt-record><txt-record>motto=swims with sharks</txt-record>
	</service>
	<service protocol="ipv6"><type>_ntp._udp</type><port>123</port></service>
</service-group>
END
avahi() { # HOST DBUS: the name of the machine is the namespace's
	cat > "$run/tmp/avahi-$1.conf" <<-END
	[server]
	host-name=$1
	domain-name=local
	use-ipv4=yes
	use-ipv6=yes
	allow-interfaces=eth0
	enable-dbus=$2
	[wide-area]
	enable-wide-area=no
	[publish]
	publish-hinfo=no
	publish-workstation=no
	publish-aaaa-on-ipv4=yes
	publish-a-on-ipv6=yes
	END
	background "$1" unshare --mount sh -c "mount -t tmpfs tmpfs /run/avahi-daemon
		mount --bind $run/tmp/services-$1 /etc/avahi/services
		exec avahi-daemon --no-drop-root --no-chroot --no-rlimits -f $run/tmp/avahi-$1.conf"
}
mkdir -p /run/avahi-daemon $run/tmp/services-client
mv $run/tmp/services $run/tmp/services-server
background client dbus-daemon --system --nofork --nopidfile
until_true test -S /run/dbus/system_bus_socket

record client mdns.pcapng 'Two avahi daemons: probe, announce, browse, resolve, goodbye' -i eth0
avahi server no
server_avahi=$last
avahi client yes
until_true logged client-unshare 1 'startup complete'
gently client avahi-browse -t -r _http._tcp
gently client avahi-browse -t -a
gently client avahi-resolve -4 -n server.local
gently client avahi-resolve -6 -n server.local
gently client avahi-resolve -a 192.0.2.80
gently client dig +tries=1 +timeout=1 +noedns @224.0.0.251 -p 5353 server.local A
kill $server_avahi
sleep 1
stop_recording
