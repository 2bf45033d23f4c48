package obstacles

import "bastida/internal/platform/form"

var shareForm = form.New("obstacles.share",
	form.Pick("kind", func(in *ShareInput) *string { return &in.Kind }).Required(),
	form.Area("text", func(in *ShareInput) *string { return &in.Text }).Required().Limit(500),
	form.Bool("sure", func(in *ShareInput) *bool { return &in.Sure }),
)

var filterForm = form.New("obstacles.filter",
	form.Pick("kind", func(f *Filter) *string { return &f.Kind }),
	form.Choice("stage", func(f *Filter) *Stage { return &f.Stage }, Stages...),
)

var answerForm = form.New("obstacles.answer",
	form.Choice("stage", func(in *AnswerInput) *Stage { return &in.Stage }, Stages...).Required().Radio(),
	form.Area("answer", func(in *AnswerInput) *string { return &in.Answer }).Limit(2000),
)
