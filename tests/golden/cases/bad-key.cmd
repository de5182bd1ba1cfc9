fields tcp.options.ms
