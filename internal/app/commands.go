package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/alecthomas/kong"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/audit"
	"bastida/internal/platform/db"
)

// Commands is the command line.
type Commands struct {
	Config string `help:"File with settings (TOML); the environment and flags go over it." type:"existingfile" placeholder:"FILE"`

	Serve   Serve   `cmd:"" help:"Serve an installation."`
	Demo    Demo    `cmd:"" help:"Serve a demonstration with the five organisations and invented people."`
	Migrate Migrate `cmd:"" help:"Bring the database up to date."`
	User    struct {
		Add UserAdd `cmd:"" help:"Make an account, such as the first administrator's."`
	} `cmd:"" help:"Accounts."`
	Pack       PackLoad   `cmd:"" help:"Load the bodies, territory and catalogue of a region into an installation."`
	FormGroups FormGroups `cmd:"" help:"Form groups from a CSV file of applications."`
	Schedule   Schedule   `cmd:"" help:"Arrange the sessions of a season from a JSON file."`
	Audit      struct {
		Verify AuditVerify `cmd:"" help:"Check that no entry of the audit trail was altered, removed or moved."`
	} `cmd:"" help:"The audit trail."`
	Keys struct {
		Rewrap KeysRewrap `cmd:"" help:"Lock the keys of groups with the first master key, so that the others can be destroyed."`
	} `cmd:"" help:"The keys that lock what groups write."`
	Cfg struct {
		Check ConfigCheck `cmd:"" help:"Check the settings and say where they lead."`
	} `cmd:"" name:"config" help:"The settings."`
}

// Main runs one command. A *UsageError is a mistake of whoever called it.
func Main(ctx context.Context, args []string, stdout io.Writer) error {
	var c Commands
	parser, err := kong.New(&c, kong.Name("bastida"), kong.Description("Municipal social services and those who support them."),
		kong.Writers(stdout, os.Stderr), kong.BindTo(ctx, (*context.Context)(nil)), kong.BindTo(stdout, (*io.Writer)(nil)))
	if err != nil {
		return err
	}
	chosen, err := parser.Parse(args)
	if err != nil {
		return &UsageError{Message: err.Error()}
	}
	return chosen.Run(&c)
}

// installation opens an installation with the settings of a command.
func (c *Commands) installation(ctx context.Context, flags Config) (*App, error) {
	config, err := c.settings(flags)
	if err != nil {
		return nil, err
	}
	return Open(ctx, Options{Config: config, Log: os.Stderr})
}

// settings puts flags over the environment and the file.
func (c *Commands) settings(flags Config) (Config, error) {
	config, err := ReadConfig(c.Config)
	if err != nil {
		return config, err
	}
	if flags.Address != "" {
		config.Address = flags.Address
	}
	if flags.Data != "" {
		config.Data = flags.Data
	}
	return config, nil
}

// Serve is the command that runs an installation.
type Serve struct {
	Addr string `help:"Host and port to listen on." placeholder:"HOST:PORT"`
	Data string `help:"Folder of the data." placeholder:"DIR"`
}

// Run serves until interrupted.
func (s *Serve) Run(ctx context.Context, stdout io.Writer, c *Commands) error {
	a, err := c.installation(ctx, Config{Address: s.Addr, Data: s.Data})
	if err != nil {
		return err
	}
	err = a.Serve(ctx, func(address string) { _, _ = fmt.Fprintln(stdout, "Bastida is on", address) })
	return errors.Join(err, a.Close())
}

// Demo is the command that runs the demonstration.
type Demo struct {
	Addr  string `default:"127.0.0.1:8080" help:"Host and port to listen on."`
	Data  string `help:"Folder that keeps the demonstration; without it, each start is new." placeholder:"DIR"`
	Today string `help:"Day on which the demonstration begins, such as 2020-02-01." placeholder:"DATE"`
	Reset bool   `help:"Begin anew: what DIR holds of an earlier demonstration is removed."`
}

// Run serves the demonstration until interrupted.
func (d *Demo) Run(ctx context.Context, stdout io.Writer, c *Commands) error {
	began := time.Now()
	day, err := d.day()
	if err != nil {
		return err
	}
	config, remove, err := d.place(c)
	if err != nil {
		return err
	}
	defer remove()
	a, err := Open(ctx, Options{Config: config, Demo: true, Log: d.log()})
	if err != nil {
		return err
	}
	if err := a.LoadDemo(ctx, day); err != nil {
		return errors.Join(err, a.Close())
	}
	err = a.Serve(ctx, func(address string) { a.welcome(ctx, stdout, address, time.Since(began)) })
	return errors.Join(err, a.Close())
}

func (d *Demo) day() (civil.Date, error) {
	if d.Today == "" {
		return civil.Date{}, nil
	}
	day, err := civil.Parse(d.Today)
	if err != nil {
		return day, &UsageError{Message: "--today: write the day as 2020-02-01"}
	}
	return day, nil
}

func (d *Demo) log() io.Writer {
	if os.Getenv("BASTIDA_LOG") == "" {
		return nil
	}
	return os.Stderr
}

// place finds where the demonstration keeps its data: in a folder that goes
// away with it, unless one was given.
func (d *Demo) place(c *Commands) (config Config, remove func(), err error) {
	remove = func() {}
	if config, err = c.settings(Config{Address: d.Addr, Data: d.Data}); err != nil {
		return config, remove, err
	}
	if d.Data == "" && config.Database == "" {
		if config.Data, err = os.MkdirTemp("", "bastida-demo"); err != nil {
			return config, remove, err
		}
		remove = func() { _ = os.RemoveAll(config.Data) }
	}
	if err == nil {
		err = d.mustBeDemo(config)
	}
	if err == nil && d.Reset {
		err = d.reset(config)
	}
	return config, remove, err
}

// mustBeDemo refuses a folder that holds a real installation: invented people
// would mix with real ones, and a reset would remove them.
func (d *Demo) mustBeDemo(config Config) error {
	_, errData := os.Stat(filepath.Join(config.Data, "bastida.db"))
	_, errDay := os.Stat(filepath.Join(config.Data, dayName))
	if errData == nil && errDay != nil {
		return &UsageError{Message: fmt.Sprintf("--data: %s holds an installation that is not a demonstration", config.Data)}
	}
	return nil
}

// reset removes the files of a demonstration, and nothing else that may lie in
// the folder. A PostgreSQL database is emptied by whoever owns it.
func (d *Demo) reset(config Config) error {
	if config.Database != "" {
		return &UsageError{Message: "--reset works on the embedded database; drop and create the PostgreSQL database yourself"}
	}
	for _, name := range []string{"bastida.db", "bastida.db-wal", "bastida.db-shm", dayName, "files"} {
		if err := os.RemoveAll(filepath.Join(config.Data, name)); err != nil {
			return fmt.Errorf("reset: %w", err)
		}
	}
	return nil
}

// Migrate is the command that brings the database up to date.
type Migrate struct {
	Data string `help:"Folder of the data." placeholder:"DIR"`
}

// Run migrates.
func (m *Migrate) Run(ctx context.Context, stdout io.Writer, c *Commands) error {
	a, err := c.installation(ctx, Config{Data: m.Data}) // opening migrates
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(stdout, "the database is up to date")
	return errors.Join(err, a.Close())
}

// PackLoad is the command that loads a region.
type PackLoad struct {
	Code string `arg:"" help:"Pack to load: diba, imas, treviso, mugello or barcelona."`
	Data string `help:"Folder of the data." placeholder:"DIR"`
}

// Run loads the pack, or nothing.
func (p *PackLoad) Run(ctx context.Context, stdout io.Writer, c *Commands) error {
	a, err := c.installation(ctx, Config{Data: p.Data})
	if err != nil {
		return err
	}
	if err = a.LoadPacks(ctx, p.Code); err == nil {
		_, err = fmt.Fprintln(stdout, "loaded", p.Code)
	}
	return errors.Join(err, a.Close())
}

// UserAdd is the command that makes an account: the way in to an installation
// in which nobody can sign in yet.
type UserAdd struct {
	Body  string `required:"" help:"Code of the body where the person works."`
	Email string `required:"" help:"Address to sign in with."`
	Name  string `required:"" help:"Name of the person."`
	Role  string `default:"administrator" help:"What the account may do there."`
	Data  string `help:"Folder of the data." placeholder:"DIR"`
}

// passwordVariable carries the password, so that no list of running programs
// shows it.
const passwordVariable = "BASTIDA_PASSWORD"

// Run makes the account, or nothing.
func (u *UserAdd) Run(ctx context.Context, stdout io.Writer, c *Commands) error {
	password := os.Getenv(passwordVariable)
	if password == "" {
		return &UsageError{Message: "put the password in " + passwordVariable}
	}
	if !slices.Contains(actor.Roles, actor.Role(u.Role)) {
		return &UsageError{Message: fmt.Sprintf("--role: there is no role %q", u.Role)}
	}
	a, err := c.installation(ctx, Config{Data: u.Data})
	if err != nil {
		return err
	}
	if err = a.addUser(ctx, u, password); err == nil {
		_, err = fmt.Fprintln(stdout, u.Email, "may sign in")
	}
	return errors.Join(err, a.Close())
}

func (a *App) addUser(ctx context.Context, in *UserAdd, password string) error {
	body, err := a.identity.BodyByCode(ctx, in.Body)
	if err != nil {
		return &UsageError{Message: fmt.Sprintf("--body: there is no body %q; load its pack first", in.Body)}
	}
	return a.DB.Do(actor.AsSystem(ctx, body.ID, "command"), func(tx *db.Tx) error {
		account, err := a.identity.Register(tx.Context, identity.UserInput{
			Email: in.Email, Name: in.Name, Language: body.Language, Password: password,
		})
		if err != nil {
			return err
		}
		_, err = a.identity.Grant(tx.Context, identity.MembershipInput{UserID: account.ID, Role: actor.Role(in.Role)})
		return err
	})
}

// AuditVerify is the command that checks the audit trail.
type AuditVerify struct {
	Data string `help:"Folder of the data." placeholder:"DIR"`
}

// Run prints the head of every trail and everything found wrong. It fails when
// anything was.
func (v *AuditVerify) Run(ctx context.Context, stdout io.Writer, c *Commands) error {
	a, err := c.installation(ctx, Config{Data: v.Data})
	if err != nil {
		return err
	}
	findings, err := a.verify(ctx, stdout)
	if err == nil && findings > 0 {
		err = fmt.Errorf("%d findings: the audit trail is not as it was written", findings)
	}
	return errors.Join(err, a.Close())
}

func (a *App) verify(ctx context.Context, stdout io.Writer) (findings int, err error) {
	tenants, err := a.trails(ctx)
	if err != nil {
		return 0, err
	}
	for _, tenant := range tenants {
		err := a.DB.View(actor.AsSystem(ctx, tenant, "command"), func(tx *db.Tx) error {
			head, found, err := audit.Verify(tx)
			if err != nil {
				return err
			}
			_, _ = fmt.Fprintf(stdout, "%s\t%d entries\t%s\n", tenant, head.Seq, head.Hash)
			for _, f := range found {
				_, _ = fmt.Fprintln(stdout, f)
			}
			findings += len(found)
			return nil
		})
		if err != nil {
			return findings, err
		}
	}
	return findings, nil
}

// ConfigCheck is the command that checks the settings.
type ConfigCheck struct{}

// Run prints the settings that would be used, without secrets.
func (ConfigCheck) Run(stdout io.Writer, c *Commands) error {
	config, err := ReadConfig(c.Config)
	if err != nil {
		return err
	}
	config = config.Complete()
	if err := config.Check(); err != nil {
		return err
	}
	engine := "embedded database in " + config.Data
	if config.Database != "" {
		engine = "PostgreSQL"
	}
	mail := "kept in the queue"
	if config.SMTP.Host != "" {
		mail = fmt.Sprintf("sent through %s:%d", config.SMTP.Host, config.SMTP.Port)
	}
	keys := config.MasterKeyFile
	if config.MasterKey != "" {
		keys = "from the settings"
	}
	_, err = fmt.Fprintf(stdout, "address  %s\nurl      %s\ndata     %s\nlog      %s\nmail     %s\nkeys     %s\n",
		config.Address, config.URL, engine, config.Log, mail, keys)
	return err
}

// trails lists the tenants that have an audit trail.
func (a *App) trails(ctx context.Context) (tenants []record.ID, err error) {
	err = a.DB.ViewAcross(ctx, "the verifier reads every trail", func(tx *db.Tx) error {
		tenants, err = audit.Tenants(tx)
		return err
	})
	return tenants, err
}
