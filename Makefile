# Everything happens in this folder (.venv) and in your own folder for models; only system libraries need root.

.DEFAULT_GOAL := help
.PHONY: help install installed install-for-tests run test check format translations screenshots lock clean

BIN := .venv/bin
SOURCES = $(sort $(shell find companion/ui -name '*.py'))
TRANSLATIONS = $(wildcard assets/translations/companion_*.ts)
SERVERS := wyoming openwakeword
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock"

help: ## what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 20

install: installed ## all that a conversation needs: system libraries, Python packages, models
	@echo "All is installed. Now talk with her: make run"

installed:
	@./install.sh

install-for-tests:
	@./install.sh --for-tests

run: installed ## install what is missing, then start the app
	@$(BIN)/companion

check: install-for-tests ## style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -q tests/unit/test_imports.py

test: install-for-tests ## install what tests need, then run them all
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -m "not alone" --numprocesses auto --maxprocesses 4 --dist loadfile
	$(BIN)/pytest -m alone

format: install-for-tests ## lay the code out as ruff does
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

translations: install-for-tests ## gather the words of the windows, and pack their translations
	@for words in $(TRANSLATIONS); do \
		$(BIN)/pyside6-lupdate -locations none -no-obsolete -source-language en $(SOURCES) -ts $$words && \
		$(BIN)/pyside6-lrelease $$words || exit 1; \
	done

screenshots: install-for-tests ## take the pictures of the README anew, on a desktop that nobody sees
	@$(BIN)/python -m tests.desktop.screenshots

lock: ## choose the newest versions anew and write down their hashes (needs uv)
	$(COMPILE) --upgrade --group build --output-file requirements-build.lock
	$(COMPILE) --upgrade --constraint requirements-build.lock pyproject.toml --output-file requirements.lock
	$(COMPILE) --upgrade --constraint requirements-build.lock --constraint requirements.lock --group dev \
		--output-file requirements-dev.lock
	for server in $(SERVERS); do $(COMPILE) --upgrade --constraint requirements-build.lock \
		--group server-$$server --output-file requirements-server-$$server.lock || exit 1; done

clean: ## remove the Python environment; the models stay
	rm -rf .venv
