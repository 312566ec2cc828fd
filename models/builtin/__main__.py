"""Starts the command line; a filming process imports this file too, so it must import no PyTorch."""

import sys

if __name__ == '__main__':
    from .command_line import main

    main(sys.argv[1:])
