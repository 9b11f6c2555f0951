"""What all tests share: a parameter that is a function has its name, so that all workers collect the same tests."""


def pytest_make_parametrize_id(val):
    return val.__name__.strip("<>") if callable(val) and hasattr(val, "__name__") else None
