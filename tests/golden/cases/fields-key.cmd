fields tcp.options.timestamp
