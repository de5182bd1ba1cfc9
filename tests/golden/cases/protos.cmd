protos
