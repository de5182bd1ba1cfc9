# SPDX-License-Identifier: BSD-3-Clause
# http-ipv6.pcapng: the same over IPv6, shortly: names, addresses in brackets, an interface in the address.

host6 client server
cable client eth0 01 server eth0 02
addr client eth0 2001:db8:1::10/64
addr server eth0 2001:db8:1::80/64
until_true settled server eth0
until_true settled client eth0
echo '2001:db8:1::80 web.remora.example' >> $run/hosts
page server '[::]'

record client http-ipv6.pcapng 'curl and nginx over IPv6' -i eth0
gently client curl -sS http://web.remora.example/ http://web.remora.example/long.txt
gently client curl -sS -I 'http://[2001:db8:1::80]/nothing'
gently client curl -sS 'http://[fe80::ff:fe00:2%25eth0]/'
gently client curl -sS --max-time 1 'http://[2001:db8:1::80]:81/'
stop_recording
