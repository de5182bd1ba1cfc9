TZ=Europe/Berlin read -t adoy -c 2 samples/captures/first-light.pcapng
