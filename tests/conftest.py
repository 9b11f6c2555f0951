"""What all tests share: a function as a parameter is named by its name, so that every worker collects the same tests."""


def pytest_make_parametrize_id(val):
    return val.__name__.strip("<>") if callable(val) and hasattr(val, "__name__") else None
