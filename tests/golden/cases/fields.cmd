read -T fields -e frame.number -e ip.src -e dns.qry.name -e http.host -e _ws.col.info -E header=y -E quote=d -E separator=, samples/captures/first-light.pcapng
