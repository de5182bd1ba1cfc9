fields ip
