# Run "make help" for what there is to do.
GO      ?= go
TOOL    := $(GO) tool -modfile=tools/go.mod
TIMEOUT ?= 20m

.PHONY: help
help: ## Say what there is to do
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

.PHONY: run
run: ## Serve an installation with its data in ./data
	$(GO) run ./cmd/bastida serve

.PHONY: demo
demo: ## Serve the demonstration
	$(GO) run ./cmd/bastida demo

.PHONY: test
test: ## Run every test, on SQLite, PostgreSQL and in a browser
	@./.ci/tools
	$(GO) run ./internal/dev/withpostgres $(GO) test -timeout $(TIMEOUT) ./...

.PHONY: race
race: ## Run every test but those in a browser with the race detector
	$(GO) run ./internal/dev/withpostgres $(GO) test -race -short -timeout $(TIMEOUT) ./...

.PHONY: bench
bench: ## Measure, and rewrite docs/benchmarks.md
	$(GO) run ./internal/bench

.PHONY: lint
lint: ## Read the code for mistakes and check that generated files are fresh
	$(GO) vet ./...
	$(TOOL) golangci-lint run ./...
	$(MAKE) -s fresh

.PHONY: fresh
fresh: ## Check that generated files are what their sources say
	$(TOOL) templ generate
	@git diff --exit-code --stat -- '*_templ.go' || { echo "run: make fmt, and commit"; exit 1; }

.PHONY: golden
golden: ## Rewrite the references in docs/reference and testdata; then read the difference
	$(GO) test ./internal/app ./internal/platform/ui -short -update

.PHONY: fmt
fmt: ## Format code and templates, and generate
	$(TOOL) templ fmt internal
	$(TOOL) templ generate
	gofmt -w cmd engine internal packs

.PHONY: migration
migration: ## Begin a migration: make migration module=calls name=add_place
	$(GO) run ./internal/dev/scaffold migration $(module) $(name)

.PHONY: module
module: ## Begin a module: make module name=training
	$(GO) run ./internal/dev/scaffold module $(name)
