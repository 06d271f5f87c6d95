package store

import (
	"context"

	"xiangzhen/model"
)

// Day returns the day up to which derived fields have been brought; "" if never.
func (s *Store) Day(ctx context.Context) (model.Day, error) {
	return ask(ctx, s, func(v *view) (model.Day, error) {
		day, err := getMeta(ctx, v.ses, metaDay)
		return model.Day(day), err
	})
}
