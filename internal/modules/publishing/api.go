package publishing

import (
	"time"

	"bastida/internal/kernel/record"
	"bastida/internal/modules/catalogue"
)

// ResourceShape is the JSON of a resource for those who write it.
type ResourceShape struct {
	ID        string               `json:"id"`
	Version   int                  `json:"version" doc:"To send back in If-Match when changing it"`
	State     catalogue.State      `json:"state"`
	Published int                  `json:"published" doc:"Number of the version that the public sees; 0 while it sees none"`
	Latest    int                  `json:"latest" doc:"Number of the newest version"`
	Changed   bool                 `json:"changed" doc:"Whether the sheet says what the newest version does not"`
	Sheet     catalogue.SheetShape `json:"sheet"`
}

func shapeResource(r catalogue.Resource) ResourceShape {
	return ResourceShape{r.ID.String(), r.Version, r.State, r.Published, r.Latest, r.Changed, catalogue.SheetShape(r.Sheet.V)}
}

// VersionShape is the JSON of one published version.
type VersionShape struct {
	Resource  record.ID            `json:"resource"`
	Number    int                  `json:"number"`
	Published time.Time            `json:"published_at"`
	By        string               `json:"published_by"`
	Sheet     catalogue.SheetShape `json:"sheet"`
}

func shapeVersion(v catalogue.Version) VersionShape {
	return VersionShape{v.ResourceID, v.Number, v.PublishedAt.Time, v.PublishedBy, catalogue.SheetShape(v.Sheet.V)}
}
