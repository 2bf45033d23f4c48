package evaluation

type pages struct{}
