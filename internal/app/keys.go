package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"bastida/internal/kernel/actor"
	"bastida/internal/platform/db"
)

// KeysRewrap is the command that ends the use of a master key.
type KeysRewrap struct {
	Data string `help:"Folder of the data." placeholder:"DIR"`
}

// Run locks every key of every tenant with the first master key.
func (k *KeysRewrap) Run(ctx context.Context, stdout io.Writer, c *Commands) error {
	a, err := c.installation(ctx, Config{Data: k.Data})
	if err != nil {
		return err
	}
	changed := 0
	err = a.eachTenant(ctx, func(tx *db.Tx) error {
		n, err := a.keys.Rewrap(tx)
		changed += n
		return err
	})
	if err == nil {
		_, err = fmt.Fprintf(stdout, "%d keys locked anew; every key is under master key %s\n", changed, a.keys.Masters()[0])
	}
	return errors.Join(err, a.Close())
}

// eachTenant does something in every tenant, each in a transaction of its own.
func (a *App) eachTenant(ctx context.Context, f func(*db.Tx) error) error {
	tenants, err := a.identity.Tenants(ctx)
	if err != nil {
		return err
	}
	for _, tenant := range tenants {
		if err := a.DB.Do(actor.AsSystem(ctx, tenant, "command"), f); err != nil {
			return err
		}
	}
	return nil
}

// missKeys says in the log which master keys the database names and the program
// does not have. It goes on: everything else works without them.
func (a *App) missKeys(ctx context.Context) error {
	return a.eachTenant(ctx, func(tx *db.Tx) error {
		missing, err := a.keys.Missing(tx)
		if len(missing) > 0 {
			a.Log.ErrorContext(ctx, "master keys are missing: what they lock cannot be read", "tenant", tx.Tenant, "keys", strings.Join(missing, ", "))
		}
		return err
	})
}
