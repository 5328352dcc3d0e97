"""The pages of stages and immersions, a module each screen or two."""

from importlib import import_module
from pkgutil import iter_modules

from app.placements.views.blueprint import blueprint

for _module in iter_modules(__path__, f"{__name__}."):
    import_module(_module.name)

__all__ = ["blueprint"]
