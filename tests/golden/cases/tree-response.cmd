read -O http -c 26 -Y http.response samples/captures/first-light.pcapng
