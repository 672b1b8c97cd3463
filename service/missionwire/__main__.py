"""`python -m missionwire` is the command `missionwire`."""

from missionwire.cli import main

if __name__ == "__main__":
    main()
