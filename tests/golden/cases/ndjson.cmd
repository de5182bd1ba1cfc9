read -T ndjson -Y ntp samples/captures/first-light.pcapng
