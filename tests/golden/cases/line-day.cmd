TZ=Europe/Berlin read -t udoy -c 2 samples/captures/first-light.pcapng
