protos tcp
