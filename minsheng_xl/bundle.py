"""python -m minsheng_xl.bundle: the door to `desk.bundle`."""

from minsheng_xl.desk.bundle import main

if __name__ == "__main__":
    raise SystemExit(main())
