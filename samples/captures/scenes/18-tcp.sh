# SPDX-License-Identifier: BSD-3-Clause
# tcp.pcapng: the kernel's TCP, one conversation for each thing it can do.
# tcp-options.pcapng: the rarer options: MD5 signatures, fast open, multipath; and none at all.
# tcp-loss.pcapng: a page over a wire that loses every seventh segment: SACK, retransmissions, RTO.
# tcp-offload.pcapng: the same without loss, but with the sums and the cutting left to a network card that is not there:
# partial checksums, segments larger than the wire's MTU.

host client server
lan 01 client server
addr client eth0 192.0.2.10/24
addr server eth0 192.0.2.80/24
talk() {
	gently client timeout 5 socat "$@"
}
seq 5000 | head -c 9000 > $run/www/numbers.txt

record client tcp.pcapng 'TCP by the kernel: open, talk, close, reset, stall, probe' -i eth0
serve server 'sport = 4007' socat TCP4-LISTEN:4007,fork EXEC:cat
serve server 'sport = 4009' socat -u TCP4-LISTEN:4009,fork OPEN:/dev/null
serve server 'sport = 4019' socat -U TCP4-LISTEN:4019,fork OPEN:$run/www/numbers.txt
talk -t 1 SYSTEM:'echo first; sleep 0.2; echo second' TCP4:192.0.2.80:4007
talk -u TCP4:192.0.2.80:4019 OPEN:/dev/null
talk -u $run/www/numbers.txt TCP4:192.0.2.80:4009
talk - TCP4:192.0.2.80:81 </dev/null                                 # nobody listens: RST
gently client python3 -c '
import socket, struct
s = socket.create_connection(("192.0.2.80", 4009)); s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
s.send(b"bye"); s.close()'                                           # RST instead of FIN
talk -u SYSTEM:'sleep 3' TCP4:192.0.2.80:4009,keepalive,keepidle=1,keepintvl=1,keepcnt=3
talk -u SYSTEM:'sleep 0.2; echo on; sleep 0.2; echo push' TCP4:192.0.2.80:4009,nodelay,tos=0x10
at client sysctl -qw net.ipv4.tcp_ecn=1
at server sysctl -qw net.ipv4.tcp_ecn=1
talk -u $run/www/numbers.txt TCP4:192.0.2.80:4009
at client sysctl -qw net.ipv4.tcp_ecn=2
serve server 'sport = 4001' python3 -c '
import socket, time                          # reads nothing for two seconds: the window closes
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096); s.bind(("192.0.2.80", 4001)); s.listen()
c = s.accept()[0]; time.sleep(2)
while c.recv(65536): pass'
talk -u $run/www/numbers.txt TCP4:192.0.2.80:4001
serve server 'sport = 4002' python3 -c '
import socket, time
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("192.0.2.80", 4002)); s.listen(); c = s.accept()[0]; c.send(b"plain"); c.send(b"!", socket.MSG_OOB)
time.sleep(0.5)'
talk -u TCP4:192.0.2.80:4002 OPEN:/dev/null                   # urgent data
drop server 'tcp dport 4003'
talk - TCP4:192.0.2.80:4003,connect-timeout=3 </dev/null             # SYN, again, again
at server nft flush ruleset
stop_recording

record client tcp-options.pcapng 'TCP options: none, MD5 signature, fast open, multipath' -i eth0
at client sysctl -qw net.ipv4.tcp_timestamps=0 net.ipv4.tcp_sack=0 net.ipv4.tcp_window_scaling=0
talk -u SYSTEM:'echo bare' TCP4:192.0.2.80:4009
at client sysctl -qw net.ipv4.tcp_timestamps=1 net.ipv4.tcp_sack=1 net.ipv4.tcp_window_scaling=1
talk -u SYSTEM:'echo small' TCP4:192.0.2.80:4009,mss=536
cat > $run/tmp/options.py <<'END'
import socket, struct, sys, time
kind, side = sys.argv[1:]
MD5SIG, FASTOPEN, MPTCP, SERVER = 14, 23, 262, ("192.0.2.80", {"md5": 4010, "fast": 4011, "multi": 4012}[kind])
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM, MPTCP if kind == "multi" else 0)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
if kind == "md5":
    peer = socket.inet_aton("192.0.2.10" if side == "server" else "192.0.2.80")
    s.setsockopt(socket.IPPROTO_TCP, MD5SIG, struct.pack("HH4s120xHHI80s", 2, 0, peer, 0, 5, 0, b"shark"))
if side == "server":
    if kind == "fast":
        s.setsockopt(socket.IPPROTO_TCP, FASTOPEN, 8)
    s.bind(SERVER)
    s.listen()
    while True:
        c = s.accept()[0]
        while data := c.recv(4096):
            c.sendall(data)
        c.close()
elif kind == "fast":
    s.sendto(b"in the SYN", socket.MSG_FASTOPEN, SERVER)
else:
    s.connect(SERVER)
    time.sleep(0.5)
    s.sendall(b"swims with sharks")
s.recv(100)
time.sleep(0.5)
s.close()
END
at server sysctl -qw net.ipv4.tcp_fastopen=3
at client sysctl -qw net.ipv4.tcp_fastopen=1
ip -n client address add 192.0.2.11/24 dev eth0
ip -n server address add 192.0.2.81/24 dev eth0
at client ip mptcp limits set subflows 2 add_addr_accepted 2
at server ip mptcp limits set subflows 2 add_addr_accepted 2
at client ip mptcp endpoint add 192.0.2.11 dev eth0 subflow
at server ip mptcp endpoint add 192.0.2.81 dev eth0 signal
for kind in md5 fast multi; do
	background server python3 $run/tmp/options.py $kind server
	sleep 0.5
	gently client python3 $run/tmp/options.py $kind client
	[ $kind != fast ] || gently client python3 $run/tmp/options.py $kind client     # now with the cookie
done
at client sysctl -qw net.mptcp.checksum_enabled=1
at server sysctl -qw net.mptcp.checksum_enabled=1
gently client python3 $run/tmp/options.py multi client
stop_recording

page server 192.0.2.80
seq 9000 | head -c 24000 > $run/www/numbers.txt
at switch nft -f - <<'END'
table bridge loss { chain way { type filter hook forward priority 0; tcp sport 80 numgen inc mod 7 == 5 drop; }; }
END
record client tcp-loss.pcapng 'A page over a wire that loses every seventh segment' -i eth0
gently client curl -sS http://192.0.2.80/numbers.txt
gently client curl -sS http://192.0.2.80/numbers.txt
stop_recording

at switch nft flush ruleset
for port in client:eth0 server:eth0 switch:to-client switch:to-server; do
	at ${port%:*} ethtool -K ${port#*:} tx on sg on tso on gso on gro on >/dev/null
done
record client tcp-offload.pcapng 'Checksums and segmentation left to the card: partial sums, long segments' -i eth0
gently client curl -sS http://192.0.2.80/numbers.txt
gently client dig +tries=1 +timeout=1 @192.0.2.80 remora.example
stop_recording
