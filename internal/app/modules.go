package app

import (
	"cmp"
	"embed"
	"path/filepath"
	"slices"

	"bastida/internal/modules/accounts"
	"bastida/internal/modules/agenda"
	"bastida/internal/modules/applications"
	"bastida/internal/modules/attendance"
	"bastida/internal/modules/ballots"
	"bastida/internal/modules/board"
	"bastida/internal/modules/booking"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/catalogue"
	"bastida/internal/modules/certificates"
	"bastida/internal/modules/commitment"
	"bastida/internal/modules/coverage"
	"bastida/internal/modules/drafts"
	"bastida/internal/modules/evaluation"
	"bastida/internal/modules/findings"
	"bastida/internal/modules/folder"
	"bastida/internal/modules/grouping"
	"bastida/internal/modules/hours"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/instruments"
	"bastida/internal/modules/intake"
	"bastida/internal/modules/myseason"
	"bastida/internal/modules/obstacles"
	"bastida/internal/modules/planning"
	"bastida/internal/modules/prevention"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/programmes"
	"bastida/internal/modules/publishing"
	"bastida/internal/modules/reflection"
	"bastida/internal/modules/register"
	"bastida/internal/modules/resolution"
	"bastida/internal/modules/schedule"
	"bastida/internal/modules/season"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/teams"
	"bastida/internal/modules/territory"
	"bastida/internal/modules/timetables"
	"bastida/internal/modules/wellbeing"
	"bastida/internal/platform/access"
	"bastida/internal/platform/crypt"
	"bastida/internal/platform/files"
	"bastida/internal/platform/mail"
	"bastida/internal/platform/module"
	"bastida/internal/platform/pack"
	"bastida/packs"
)

//go:embed locales
var locales embed.FS

// services are the verbs of every module, lower tiers first.
type services struct {
	mail         *mail.Service
	files        *files.Store
	keys         *crypt.Keys
	identity     *identity.Service
	territory    *territory.Service
	instruments  *instruments.Service
	accounts     *accounts.Service
	supervisors  *supervisors.Service
	register     *register.Service
	intake       *intake.Service
	catalogue    *catalogue.Service
	publishing   *publishing.Service
	folder       *folder.Service
	calls        *calls.Service
	applications *applications.Service
	resolution   *resolution.Service
	grouping     *grouping.Service
	board        *board.Service
	profiles     *profiles.Service
	supervision  *supervision.Service
	programmes   *programmes.Service
	hours        *hours.Service
	sessions     *sessions.Service
	booking      *booking.Service
	planning     *planning.Service
	timetables   *timetables.Service
	schedule     *schedule.Service
	attendance   *attendance.Service
	agenda       *agenda.Service
	coverage     *coverage.Service
	certificates *certificates.Service
	season       *season.Service
	myseason     *myseason.Service
	evaluation   *evaluation.Service
	ballots      *ballots.Service
	commitment   *commitment.Service
	teams        *teams.Service
	wellbeing    *wellbeing.Service
	findings     *findings.Service
	prevention   *prevention.Service
	reflection   *reflection.Service
	obstacles    *obstacles.Service
}

// connect makes every service and lists what each module plugs in. This is the
// one place where modules meet: read it to know who is called by whom.
func (a *App) connect() (err error) {
	if a.packs, err = pack.Load(packs.FS); err != nil {
		return err
	}
	if a.files, err = files.New(a.DB, files.Options{Dir: filepath.Join(a.Config.Data, "files")}); err != nil {
		return err
	}
	if a.keys, err = crypt.New(crypt.Options{Masters: a.Config.MasterKey, File: a.Config.MasterKeyFile}); err != nil {
		return err
	}
	a.mail = mail.New(a.DB, a.Config.mail())
	a.identity = identity.New(a.DB, a.demo)
	a.territory = territory.New(a.DB, territory.Drawings(a.packs))
	a.instruments = instruments.New(a.DB)
	a.accounts = accounts.New(a.identity)
	a.intake = intake.New(a.DB, a.identity)
	a.connectCalls()
	a.connectSeason()
	if err := cmp.Or(a.connectReview(), a.connectWellbeing()); err != nil {
		return err
	}
	a.Modules = slices.Concat([]module.Descriptor{
		a.mail.Module(),
		a.files.Module(),
		a.keys.Module(),
		a.identity.Module(),
		a.territory.Module(),
		a.instruments.Module(),
		a.accounts.Module(),
		a.intake.Module(),
		drafts.Module(),
	}, a.callModules(), a.seasonModules(), a.reviewModules(), a.wellbeingModules())
	return nil
}

// connectCalls makes what leads from the catalogue to formed groups.
func (a *App) connectCalls() {
	a.catalogue = catalogue.New(a.DB, a.identity)
	a.publishing = publishing.New(a.catalogue)
	a.folder = folder.New(a.DB, a.catalogue)
	a.calls = calls.New(calls.Deps{DB: a.DB, Identity: a.identity, Territory: a.territory})
	a.applications = applications.New(applications.Deps{
		DB: a.DB, Identity: a.identity, Territory: a.territory, Instruments: a.instruments, Calls: a.calls, Files: a.files,
	})
	a.resolution = resolution.New(resolution.Deps{
		DB: a.DB, Identity: a.identity, Instruments: a.instruments, Catalogue: a.catalogue, Calls: a.calls, URL: a.Config.URL, Say: a.say,
	})
	a.grouping = grouping.New(a.DB, a.calls, a.territory)
	a.board = board.New(board.Deps{Calls: a.calls, Territory: a.territory, Grouping: a.grouping})
	a.catalogue.ShowBeside(a.openCalls)
}

func (a *App) callModules() []module.Descriptor {
	return []module.Descriptor{
		a.catalogue.Module(),
		a.publishing.Module(),
		a.folder.Module(),
		a.calls.Module(),
		a.applications.Module(),
		a.resolution.Module(),
		a.grouping.Module(),
		a.board.Module(),
	}
}

// connectSeason makes what leads from formed groups to sessions held.
func (a *App) connectSeason() {
	a.supervisors = supervisors.New(supervisors.Deps{DB: a.DB, Identity: a.identity, Territory: a.territory, Files: a.files})
	a.register = register.New(register.Deps{Supervisors: a.supervisors, Identity: a.identity, Territory: a.territory, Files: a.files})
	a.profiles = profiles.New(a.DB)
	a.supervision = supervision.New(supervision.Deps{
		DB: a.DB, Identity: a.identity, Territory: a.territory, Profiles: a.profiles, Supervisors: a.supervisors, Calls: a.calls, Grouping: a.grouping,
	})
	a.programmes = programmes.New(programmes.Deps{
		Identity: a.identity, Territory: a.territory, Profiles: a.profiles, Supervisors: a.supervisors, Calls: a.calls, Supervision: a.supervision,
	})
	a.hours = hours.New(hours.Deps{DB: a.DB, Supervision: a.supervision})
	a.sessions = sessions.New(sessions.Deps{DB: a.DB, Supervision: a.supervision, Hours: a.hours})
	a.booking = booking.New(booking.Deps{
		DB: a.DB, Territory: a.territory, Supervisors: a.supervisors, Supervision: a.supervision, Hours: a.hours, Sessions: a.sessions,
	})
	a.planning = planning.New(planning.Deps{
		Territory: a.territory, Supervisors: a.supervisors, Supervision: a.supervision, Hours: a.hours, Sessions: a.sessions,
	})
	a.timetables = timetables.New(timetables.Deps{
		DB: a.DB, Supervision: a.supervision, Sessions: a.sessions, Booking: a.booking, Planning: a.planning,
	})
	a.schedule = schedule.New(schedule.Deps{Supervisors: a.supervisors, Supervision: a.supervision, Timetables: a.timetables})
	a.attendance = attendance.New(attendance.Deps{DB: a.DB, Sessions: a.sessions, URL: a.Config.URL})
	a.agenda = agenda.New(agenda.Deps{
		DB: a.DB, Identity: a.identity, Supervisors: a.supervisors, Supervision: a.supervision, Sessions: a.sessions, Booking: a.booking,
		URL: a.Config.URL, Sender: a.Config.mail().From, Say: a.say,
	})
}

func (a *App) seasonModules() []module.Descriptor {
	return []module.Descriptor{
		a.supervisors.Module(),
		a.register.Module(),
		a.profiles.Module(),
		a.supervision.Module(),
		a.programmes.Module(),
		a.hours.Module(),
		a.sessions.Module(),
		a.booking.Module(),
		a.planning.Module(),
		a.timetables.Module(),
		a.schedule.Module(),
		a.attendance.Module(),
		a.agenda.Module(),
	}
}

// connectReview makes what groups and bodies say of the season: records that
// only the group reads, evaluations, the commitment.
func (a *App) connectReview() error {
	words, err := reflection.ReadTaxonomy(packs.FS)
	if err != nil {
		return err
	}
	a.reflection = reflection.New(reflection.Deps{
		DB: a.DB, Keys: a.keys, Taxonomy: words, Territory: a.territory, Supervision: a.supervision, Sessions: a.sessions,
	})
	a.obstacles = obstacles.New(obstacles.Deps{DB: a.DB, Reflection: a.reflection})
	a.evaluation = evaluation.New(evaluation.Deps{DB: a.DB, Identity: a.identity, Supervision: a.supervision, URL: a.Config.URL, Say: a.say})
	a.ballots = ballots.New(ballots.Deps{
		DB: a.DB, Identity: a.identity, Territory: a.territory, Supervision: a.supervision, Evaluation: a.evaluation, URL: a.Config.URL, Say: a.say,
	})
	a.commitment = commitment.New(commitment.Deps{DB: a.DB, Identity: a.identity, Supervision: a.supervision, Evaluation: a.evaluation})
	a.coverage = coverage.New(coverage.Deps{DB: a.DB, Supervisors: a.supervisors, Supervision: a.supervision, Sessions: a.sessions})
	a.coverage.AskFinal(a.finallyRated)
	a.certificates = certificates.New(certificates.Deps{
		DB: a.DB, Identity: a.identity, Supervisors: a.supervisors, Supervision: a.supervision, Coverage: a.coverage, Files: a.files,
		URL: a.Config.URL, Say: a.say,
	})
	a.season = season.New(season.Deps{
		DB: a.DB, Territory: a.territory, Supervisors: a.supervisors, Calls: a.calls, Supervision: a.supervision, Hours: a.hours, Sessions: a.sessions,
		Evaluation: a.evaluation, Commitment: a.commitment, Coverage: a.coverage,
	})
	a.myseason = myseason.New(myseason.Deps{
		DB: a.DB, Supervisors: a.supervisors, Supervision: a.supervision, Hours: a.hours, Sessions: a.sessions, Evaluation: a.evaluation,
		Ballots: a.ballots, Coverage: a.coverage, Certificates: a.certificates,
	})
	return nil
}

func (a *App) reviewModules() []module.Descriptor {
	return []module.Descriptor{
		a.reflection.Module(),
		a.obstacles.Module(),
		a.evaluation.Module(),
		a.ballots.Module(),
		a.commitment.Module(),
		a.coverage.Module(),
		a.certificates.Module(),
		a.season.Module(),
		a.myseason.Module(),
	}
}

// connectWellbeing makes what asks teams how they are and what is done about it.
func (a *App) connectWellbeing() error {
	asked, err := wellbeing.ReadInstruments(packs.FS)
	if err != nil {
		return err
	}
	a.teams = teams.New(a.DB, a.identity, a.territory)
	a.wellbeing = wellbeing.New(wellbeing.Deps{
		DB: a.DB, Identity: a.identity, Teams: a.teams, Instruments: asked, URL: a.Config.URL, Say: a.say,
	})
	a.findings = findings.New(findings.Deps{DB: a.DB, Territory: a.territory, Teams: a.teams, Wellbeing: a.wellbeing})
	a.prevention = prevention.New(prevention.Deps{DB: a.DB, Teams: a.teams, Wellbeing: a.wellbeing, Findings: a.findings})
	return nil
}

func (a *App) wellbeingModules() []module.Descriptor {
	return []module.Descriptor{
		a.teams.Module(),
		a.wellbeing.Module(),
		a.findings.Module(),
		a.prevention.Module(),
	}
}

// OfferScopes tells the page of personal tokens which permissions there are.
func (a *App) OfferScopes(all []access.Permission) { a.identity.OfferScopes(all) }

// say says a message in the language of whoever gets it: for letters.
func (a *App) say(lang, key string, args ...any) string {
	return a.Router.Messages.Say(lang, key, args...)
}
