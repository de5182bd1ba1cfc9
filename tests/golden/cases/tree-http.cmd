read -V -x -Y 'http.request' samples/captures/first-light.pcapng
