"""``python -m collectdesk`` is the program."""

from collectdesk.cli import main

if __name__ == "__main__":
    main()
