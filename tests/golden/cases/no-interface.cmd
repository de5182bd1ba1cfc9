read -i eth0
