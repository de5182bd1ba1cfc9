# SPDX-License-Identifier: BSD-3-Clause
# http.pcapng: curl and nginx. Several requests on one connection, HEAD, ranges, conditions, compression, chunks in both
# directions, 100 (Continue), forms, uploads, passwords, cookies, redirects, errors; HTTP/1.0; a request that is nonsense.

host client server
cable client eth0 01 server eth0 02
addr client eth0 192.0.2.10/24
addr server eth0 192.0.2.80/24
echo '192.0.2.80 web.remora.example' >> $run/hosts
page server 192.0.2.80
echo '<p>It is <!--#echo var="DATE_GMT" --></p>' > $run/www/now.html
url=http://web.remora.example
fetch() {
	gently client curl -sS --max-time 5 "$@"
}

record client http.pcapng 'curl and nginx: HTTP/1.1 and 1.0' -i eth0
fetch $url/ $url/long.txt $url/nothing
fetch -I $url/
fetch -r 10-29 $url/long.txt
fetch -r 0-9,20-29 $url/long.txt
fetch -r 99999- $url/long.txt
fetch -z 'Fri, 01 Jan 2038 00:00:00 GMT' $url/
fetch --compressed $url/long.txt
fetch --compressed $url/packed.txt
fetch $url/now.html
fetch -L $url/moved
fetch $url/private
fetch -u remora:shark $url/private
fetch -b 'taste=salt; depth=40' -A 'remora-reader/1.0' -e $url/ -H 'Accept-Language: en, de;q=0.5' $url/cookie
fetch $url/teapot
fetch -d 'name=remora&host=shark' $url/form
fetch -F fish=remora -F "file=@$run/www/index.html" $url/form
fetch -T $run/www/long.txt -H 'Expect: 100-continue' $url/upload/long.txt
fetch -T - -H 'Transfer-Encoding: chunked' $url/upload/chunks.txt < $run/www/index.html
fetch -X DELETE $url/upload/long.txt
fetch -X OPTIONS "$url/*"
fetch --http1.0 $url/
fetch -x http://192.0.2.80 $url/index.html
fetch -H 'X-Empty;' -H 'X-Latin: '$'\xe9' "$url/a%20path/?q=1&q=2#top"
gently client sh -c 'printf "GET / HTTP/1.1\nHost: web.remora.example\nX-Folded: one\n two\nConnection: close\n\n" | nc -N 192.0.2.80 80'
gently client sh -c 'printf "GET /\r\n" | nc -N 192.0.2.80 80'
gently client sh -c 'printf "\\026\\003\\001\\002 no request at all\r\n\r\n" | nc -N 192.0.2.80 80'
stop_recording
