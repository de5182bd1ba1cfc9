read README.md
