# make run    the main job on the reference case, from a bare checkout
# make test   all tests
# make setup  the virtual environment .venv with .venv/bin/offramp; the others do it themselves
PYTHON ?= python3
UV = UV_PROJECT_ENVIRONMENT=.venv .venv/bin/uv
WORLDS ?= 64

.PHONY: setup run test lint shots clean
.DEFAULT_GOAL := run

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "offramp needs Python 3.11 or newer")'
	@$(PYTHON) -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check uv

.venv/.synced: .venv/bin/uv uv.lock pyproject.toml
	@$(UV) sync --quiet --frozen --no-dev --inexact
	@touch $@

.venv/.tested: .venv/bin/uv uv.lock pyproject.toml
	@$(UV) sync --quiet --frozen --no-dev --inexact --group test
	@touch $@ .venv/.synced

.venv/.developed: .venv/bin/uv uv.lock pyproject.toml
	@$(UV) sync --quiet --frozen --inexact --all-groups
	@touch $@ .venv/.synced .venv/.tested

setup: .venv/.synced

run: .venv/.synced
	.venv/bin/offramp run iran-2009 --worlds $(WORLDS)

test: .venv/.tested
	.venv/bin/python -m pytest -q -n auto

lint: .venv/.developed
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

shots: .venv/.developed
	.venv/bin/python scripts/screenshots.py iran-2009.offramp/report.html iran-2009.offramp/shots

clean:
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
