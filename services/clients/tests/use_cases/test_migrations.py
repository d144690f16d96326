"""The migrations make what the models describe."""

from common import migrations


def test_models_and_migrations_say_the_same(app):
    migrations.check(app)
