help protos
