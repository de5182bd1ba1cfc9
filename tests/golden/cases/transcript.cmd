read -T breakdown --us d8:5e:d3:43:03:eb --us 192.168.1.53 {transcript}
