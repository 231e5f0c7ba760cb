# make map      draw the sample articles to map.html
# make test     install what the tests need, Chromium included; run the linters and every test
# make check    the linters alone
# make picture  take the README's picture again
# make clean    remove what these commands made
# Another interpreter: make test PYTHON=python3.13

PYTHON ?= python3
VENV ?= .venv

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install -q
READY := $(VENV)/.ready
CORE := $(VENV)/.core
TOOLS := $(VENV)/.tools
CHROMIUM := $(VENV)/.chromium

# $(call apt,PACKAGES) installs Debian packages, and fails quietly where it may not.
apt = [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	&& apt-get update -qq -o DPkg::Lock::Timeout=120 \
	&& DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends \
		-o DPkg::Lock::Timeout=120 $(1) >/dev/null
# $(call stop,MESSAGE) says what to do and ends the run.
stop = { echo "mawaqi: $(1)" >&2; exit 1; }

.PHONY: map test check picture clean

map: $(CORE)
	@$(BIN)/mawaqi map data/articles -o map.html

test: check $(CHROMIUM)
	@$(BIN)/python -m pytest

check: $(TOOLS)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/oxlint geo/maps/page
	@$(BIN)/lint-imports

picture: $(TOOLS) $(CHROMIUM)
	@$(BIN)/python benchmarks/pictures.py

clean:
	@rm -rf $(VENV) map.html build dist

$(READY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| $(call stop,Python 3.11 or newer is needed: name it with make PYTHON=/path/to/python3)
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(call apt,python3-venv); } \
		|| $(call stop,$(PYTHON) cannot make virtual environments: install python3-venv)
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(CORE): pyproject.toml $(READY)
	@$(PIP) -e .
	@touch $@

$(TOOLS): pyproject.toml $(READY)
	@$(PIP) -e '.[build,test,check]'
	@touch $@ $(CORE)

$(CHROMIUM): | $(TOOLS)
	@command -v chromium >/dev/null || { $(call apt,chromium fonts-noto-core); } \
		|| $(BIN)/python -m playwright install chromium \
		|| $(call stop,no Chromium for the tests: install it so that the command chromium is found)
	@touch $@
