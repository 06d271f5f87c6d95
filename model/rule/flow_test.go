package rule

import (
	"testing"

	"xiangzhen/model"
)

// TestFlowShort_Values: levels joined by 、; a word that is no choice is refused,
// so that a slip of the pen does not switch the short flow off in silence.
func TestFlowShort_Values(t *testing.T) {
	for _, ledger := range []string{"task", "order", "rectification", "commitment", "led_project", "decision"} {
		key := FlowShort + ledger
		for value, ok := range map[string]bool{"村": true, "乡镇、村": true, "村、" + FlowKeepsSign: true, "无": true,
			"": false, "村级": false, "乡镇，村": false, "村、": false} {
			if err := CheckSetting(key, value); (err == nil) != ok || err != nil && model.CodeOf(err) != model.CodeInvalid {
				t.Errorf("%s=%q: %v", key, value, err)
			}
		}
		if err := CheckSetting(key, Defaults()[key]); err != nil {
			t.Errorf("%s as shipped: %v", key, err)
		}
	}
}
