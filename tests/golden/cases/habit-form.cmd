read -T ek samples/captures/first-light.pcapng
