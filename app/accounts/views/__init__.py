"""Come in, go out, and look after one's account."""

from app.accounts.views import account, candidates, entrance, passwords
from app.accounts.views.browser import blueprint, init_login

__all__ = ["account", "blueprint", "candidates", "entrance", "init_login", "passwords"]
