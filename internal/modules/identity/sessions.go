package identity

import (
	"context"
	"encoding/base64"
	"time"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
	"bastida/internal/platform/secret"
)

// SessionStore keeps sessions in the database, under the fingerprint of their
// token: whoever reads the table cannot take a session over. Sessions belong
// to nobody's tenant, because a person may act in several.
type SessionStore struct{ DB *db.DB }

// FindCtx implements scs.CtxStore.
func (s SessionStore) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.DB.View(ownerless(ctx), func(tx *db.Tx) error {
		kept, err := db.All[string](tx, "SELECT data FROM identity_session WHERE tenant_id = $1 AND fingerprint = $2 AND expires_at > $3",
			secret.Fingerprint(token), record.At(time.Now()))
		if err != nil || len(kept) == 0 {
			return err
		}
		found = true
		data, err = base64.StdEncoding.DecodeString(kept[0])
		return err
	})
	return data, found, err
}

// CommitCtx implements scs.CtxStore.
func (s SessionStore) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return s.DB.Do(ownerless(ctx), func(tx *db.Tx) error {
		_, err := tx.Exec(`
			INSERT INTO identity_session (tenant_id, fingerprint, data, expires_at)
			VALUES ($1, $2, $3, $4)
			ON CONFLICT (fingerprint) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at`,
			secret.Fingerprint(token), base64.StdEncoding.EncodeToString(data), record.At(expiry))
		return err
	})
}

// DeleteCtx implements scs.CtxStore.
func (s SessionStore) DeleteCtx(ctx context.Context, token string) error {
	return s.DB.Do(ownerless(ctx), func(tx *db.Tx) error {
		_, err := tx.Exec("DELETE FROM identity_session WHERE tenant_id = $1 AND fingerprint = $2", secret.Fingerprint(token))
		return err
	})
}

// Find implements scs.Store; the middleware calls FindCtx.
func (s SessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit implements scs.Store; the middleware calls CommitCtx.
func (s SessionStore) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete implements scs.Store; the middleware calls DeleteCtx.
func (s SessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// Sweep removes the sessions that have expired.
func (s SessionStore) Sweep(ctx context.Context) error {
	return s.DB.Do(ownerless(ctx), func(tx *db.Tx) error {
		_, err := tx.Exec("DELETE FROM identity_session WHERE tenant_id = $1 AND expires_at <= $2", record.At(time.Now()))
		return err
	})
}

func ownerless(ctx context.Context) context.Context { return actor.AsSystem(ctx, "", "web") }
