# SPDX-License-Identifier: BSD-3-Clause
# dhcp-options.pcapng: dhcpd with one value for every option of RFC 2132 that a server may send, behind dhcrelay, which
# adds the relay agent's information (option 82); then a client of little memory, so the fields file and sname are
# overloaded with options. Recorded on both sides of the relay.

host client relay server
cable client eth0 01 relay lan0 02
cable relay wan0 03 server eth0 04
addr relay lan0 192.0.2.1/24
addr relay wan0 198.51.100.1/24
addr server eth0 198.51.100.67/24
at relay sysctl -qw net.ipv4.ip_forward=1
at server ip route add 192.0.2.0/24 via 198.51.100.1
cat > $run/tmp/dhcpd.conf <<'END'
authoritative; default-lease-time 600; max-lease-time 1200; ping-check false;
if exists dhcp-max-message-size {
	server-name "boot.remora.example"; filename "remora.img"; next-server 198.51.100.69;
}
option space remora; option remora.motto code 1 = text; option remora.depth code 2 = unsigned integer 16;
option wpad code 252 = text;
option rfc3442 code 121 = array of unsigned integer 8;
option capwap code 138 = array of ip-address;
option tzname code 101 = text;
option posix code 100 = text;
option captive code 114 = text;
subnet 198.51.100.0 netmask 255.255.255.0 { }
subnet 192.0.2.0 netmask 255.255.255.0 {
	range 192.0.2.100 192.0.2.199;
	option subnet-mask 255.255.255.0; option time-offset -3600; option routers 192.0.2.1, 192.0.2.2;
	option time-servers 192.0.2.3; option ien116-name-servers 192.0.2.4; option domain-name-servers 192.0.2.5;
	option log-servers 192.0.2.6; option cookie-servers 192.0.2.7; option lpr-servers 192.0.2.8;
	option impress-servers 192.0.2.9; option resource-location-servers 192.0.2.10; option boot-size 512;
	option merit-dump "/core"; option domain-name "remora.example"; option swap-server 192.0.2.11;
	option root-path "/export/root"; option extensions-path "/ext"; option ip-forwarding false;
	option non-local-source-routing true; option policy-filter 203.0.113.0 255.255.255.0;
	option max-dgram-reassembly 4096; option default-ip-ttl 64; option path-mtu-aging-timeout 600;
	option path-mtu-plateau-table 68, 576, 1492, 1500; option interface-mtu 1500;
	option all-subnets-local true; option broadcast-address 192.0.2.255; option perform-mask-discovery false;
	option mask-supplier true; option router-discovery false; option router-solicitation-address 192.0.2.12;
	option static-routes 203.0.113.1 192.0.2.13; option trailer-encapsulation false;
	option arp-cache-timeout 60; option ieee802-3-encapsulation true; option default-tcp-ttl 60;
	option tcp-keepalive-interval 7200; option tcp-keepalive-garbage false; option nis-domain "nis.example";
	option nis-servers 192.0.2.14; option ntp-servers 192.0.2.15; vendor-option-space remora;
	option remora.motto "swims with sharks"; option remora.depth 40; option netbios-name-servers 192.0.2.16;
	option netbios-dd-server 192.0.2.17; option netbios-node-type 8; option netbios-scope "REMORA";
	option font-servers 192.0.2.18; option x-display-manager 192.0.2.19; option nisplus-domain "nisp.example";
	option nisplus-servers 192.0.2.20; option tftp-server-name "tftp.remora.example";
	option bootfile-name "remora.img"; option mobile-ip-home-agent 192.0.2.21; option smtp-server 192.0.2.22;
	option pop-server 192.0.2.23; option nntp-server 192.0.2.24; option www-server 192.0.2.25;
	option finger-server 192.0.2.26; option irc-server 192.0.2.27; option streettalk-server 192.0.2.28;
	option streettalk-directory-assistance-server 192.0.2.29; option slp-directory-agent true 192.0.2.30;
	option slp-service-scope true "fish"; option nds-servers 192.0.2.31; option nds-tree-name "reef";
	option nds-context "sea"; option uap-servers "http://uap.remora.example/"; option posix "UTC0";
	option tzname "Etc/UTC"; option netinfo-server-address 192.0.2.32; option netinfo-server-tag "tag";
	option captive "https://portal.remora.example/"; option name-service-search 6, 44;
	option domain-search "remora.example", "ship.remora.example"; option capwap 192.0.2.33;
	option rfc3442 25, 203, 0, 113, 128, 192, 0, 2, 2, 0, 192, 0, 2, 1; option wpad "http://wpad.remora.example/";
}
END
cat > $run/tmp/dhclient.conf <<'END'
timeout 10;
initial-interval 1;
send dhcp-max-message-size 1500;
send vendor-class-identifier "remora:1.0";
send fqdn.fqdn "reader.remora.example";
send fqdn.encoded on;
send fqdn.server-update on;
END
{
	echo 'send dhcp-parameter-request-list'
	seq -s, 1 49
	echo ,
	seq -s, 62 76
	echo ,78,79,85,86,87,98,100,101,112,113,114,117,118,119,121,138,252\;
} >> $run/tmp/dhclient.conf
touch $run/tmp/dhcpd.leases
serve server 'sport = 67' dhcpd -4 -d -cf $run/tmp/dhcpd.conf -lf $run/tmp/dhcpd.leases -pf $run/tmp/dhcpd.pid eth0
serve relay 'sport = 67' dhcrelay -4 -d -a -D -pf $run/tmp/dhcrelay.pid -id lan0 -iu wan0 198.51.100.67

record relay dhcp-options.pcapng 'dhcpd behind dhcrelay: every option of RFC 2132, relay agent information' -i lan0 -i wan0
dhcp_client client -1
dhcp_client client -r
sed -i /dhcp-max-message-size/d $run/tmp/dhclient.conf
dhcp_client client -1                         # now they must fit into 576 bytes: file and sname carry options too
dhcp_client client -r
stop_recording
