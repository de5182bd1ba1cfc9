read -T fields -E quote=d -E separator=, -e frame.number -e _ws.col.Info -e dhcp.option.hostname -c 2 samples/captures/first-light.pcapng
