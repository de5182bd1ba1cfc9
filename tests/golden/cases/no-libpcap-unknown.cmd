LD_LIBRARY_PATH={broken} read -c 1 {unknown}
