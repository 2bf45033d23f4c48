package app

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/knadh/koanf/parsers/toml/v2"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/v2"

	"bastida/internal/platform/mail"
)

// Config is how an installation is set up. Its zero value works: it listens on
// this machine only and keeps its data in a folder called data.
//
// A setting comes from a TOML file, from the environment (BASTIDA_ADDRESS for
// address, BASTIDA_SMTP_HOST for smtp.host), or from a flag, the later over
// the earlier.
type Config struct {
	Address  string `koanf:"address"`  // host and port to listen on; 127.0.0.1:8080
	URL      string `koanf:"url"`      // address that people type, for links in mail; http://Address
	Data     string `koanf:"data"`     // folder of the embedded database and of attachments; data
	Database string `koanf:"database"` // postgres://… instead of the embedded database
	Log      string `koanf:"log"`      // debug, info, warn or error; info
	SMTP     SMTP   `koanf:"smtp"`

	MasterKey     string `koanf:"master_key"`      // keys that lock the keys of groups; empty takes those of the file
	MasterKeyFile string `koanf:"master_key_file"` // data/keys/master, made at the first start
}

// SMTP is the server that sends mail. Without a host, mail waits in the queue.
type SMTP struct {
	Host     string `koanf:"host"`
	Port     int    `koanf:"port"` // 587
	User     string `koanf:"user"`
	Password string `koanf:"password"`
	From     string `koanf:"from"`
	TLS      string `koanf:"tls"` // tls, none, or empty for STARTTLS
}

// mail returns the settings as the mail service takes them.
func (c Config) mail() mail.Config {
	s := c.SMTP
	return mail.Config{Host: s.Host, Port: s.Port, User: s.User, Password: s.Password, From: s.From, TLS: mail.Security(s.TLS)}
}

const environment = "BASTIDA_"

// groups are the settings that have settings of their own, which the
// environment writes with an underscore.
var groups = []string{"smtp"}

// ReadConfig reads the settings. An empty file name reads none.
func ReadConfig(name string) (Config, error) {
	var c Config
	k := koanf.New(".")
	if name != "" {
		if err := k.Load(file.Provider(name), toml.Parser()); err != nil {
			return c, &UsageError{File: name, Message: err.Error()}
		}
	}
	vars := env.Provider(".", env.Opt{Prefix: environment, TransformFunc: func(key, value string) (string, any) {
		key = strings.ToLower(strings.TrimPrefix(key, environment))
		for _, group := range groups {
			if rest, ok := strings.CutPrefix(key, group+"_"); ok {
				return group + "." + rest, value
			}
		}
		return key, value
	}})
	if err := k.Load(vars, nil); err != nil {
		return c, err
	}
	if err := k.Unmarshal("", &c); err != nil {
		return c, &UsageError{File: name, Message: err.Error()}
	}
	if unknown := unknownSettings(k); len(unknown) > 0 {
		return c, &UsageError{File: name, Message: "unknown settings: " + strings.Join(unknown, ", ")}
	}
	return c, nil
}

var settings = []string{
	"address", "url", "data", "database", "log", "smtp.host", "smtp.port", "smtp.user", "smtp.password", "smtp.from", "smtp.tls",
	"master_key", "master_key_file",
}

// outside are variables of the environment that are not settings.
var outside = []string{"password", "test_postgres"}

func unknownSettings(k *koanf.Koanf) (unknown []string) {
	known := map[string]bool{}
	for _, s := range append(settings, outside...) {
		known[s] = true
	}
	for _, key := range k.Keys() {
		if !known[key] {
			unknown = append(unknown, key)
		}
	}
	return unknown
}

// Complete fills in what was left empty.
func (c Config) Complete() Config {
	set := func(s *string, value string) {
		if *s == "" {
			*s = value
		}
	}
	set(&c.Address, "127.0.0.1:8080")
	set(&c.URL, "http://"+c.Address)
	set(&c.Data, "data")
	set(&c.Log, "info")
	set(&c.MasterKeyFile, filepath.Join(c.Data, "keys", "master"))
	if c.SMTP.Port == 0 {
		c.SMTP.Port = 587
	}
	return c
}

// Check says everything that is wrong with the settings.
func (c Config) Check() error {
	var wrong []error
	if _, _, err := net.SplitHostPort(c.Address); err != nil {
		wrong = append(wrong, fmt.Errorf("address: %w", err))
	}
	if u, err := url.Parse(c.URL); err != nil || u.Host == "" {
		wrong = append(wrong, fmt.Errorf("url: %q is not an address", c.URL))
	}
	if c.Database != "" && !strings.HasPrefix(c.Database, "postgres://") && !strings.HasPrefix(c.Database, "postgresql://") {
		wrong = append(wrong, errors.New("database: must begin with postgres:// (leave it empty for the embedded database)"))
	}
	if _, err := c.level(); err != nil {
		wrong = append(wrong, fmt.Errorf("log: %w", err))
	}
	if c.SMTP.Host != "" && c.SMTP.From == "" {
		wrong = append(wrong, errors.New("smtp.from: mail needs a sender"))
	}
	if len(wrong) == 0 {
		return nil
	}
	return &UsageError{Message: errors.Join(wrong...).Error()}
}

func (c Config) level() (level slog.Level, err error) {
	err = level.UnmarshalText([]byte(c.Log))
	return level, err
}

// databaseURL returns what db.Open takes, making the data folder if needed.
func (c Config) databaseURL() (string, error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return "", fmt.Errorf("make data folder: %w", err)
	}
	if c.Database != "" {
		return c.Database, nil
	}
	return filepath.Join(c.Data, "bastida.db"), nil
}
