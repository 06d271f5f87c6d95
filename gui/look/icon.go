package look

import (
	"fmt"
	"image/color"
	"maps"
	"slices"

	"fyne.io/fyne/v2"
)

// Icon is one of the program's own line drawings, 24 × 24, one colour.
type Icon string

// The icons, first those of the rail from top to bottom.
const (
	IconToday     Icon = "today"     // 今日
	IconTask      Icon = "task"      // 任务
	IconOrder     Icon = "order"     // 督办
	IconSecretary Icon = "secretary" // 书记
	IconVillage   Icon = "village"   // 驻村
	IconHousehold Icon = "household" // 监测户
	IconProject   Icon = "project"   // 项目
	IconReport    Icon = "report"    // 报表
	IconLedger    Icon = "ledger"    // 台账
	IconSettings  Icon = "settings"  // 设置
	IconHistory   Icon = "history"   // 历史

	IconUndo     Icon = "undo"
	IconRedo     Icon = "redo"
	IconSearch   Icon = "search"
	IconClose    Icon = "close"
	IconAdd      Icon = "add"
	IconCheck    Icon = "check"
	IconDown     Icon = "down"
	IconRight    Icon = "right"
	IconLeft     Icon = "left"
	IconCalendar Icon = "calendar"
	IconClip     Icon = "clip"
	IconFilter   Icon = "filter"
	IconImport   Icon = "import"
	IconExport   Icon = "export"
	IconCopy     Icon = "copy"
	IconEdit     Icon = "edit"
	IconDelete   Icon = "delete"
	IconFolder   Icon = "folder"
	IconWarning  Icon = "warning"
	IconHelp     Icon = "help"
	IconMore     Icon = "more"
	IconMenu     Icon = "menu"
	IconLock     Icon = "lock"
	IconPhone    Icon = "phone"
)

// strokes are the icons' paths, drawn by a pen of 1.7 with round ends.
var strokes = map[Icon]string{
	IconToday:     "M4 11 L12 4 L20 11 M6 9.5 V20 H10 V14.5 H14 V20 H18 V9.5",
	IconTask:      "M9 6 H20 M9 12 H20 M9 18 H20 M4 6 H5 M4 12 H5 M4 18 H5",
	IconOrder:     "M6 21 V4 H19 L15.5 8.5 L19 13 H6",
	IconSecretary: "M8 8 C8 2.7 16 2.7 16 8 C16 13.3 8 13.3 8 8 Z M4.5 20 C5.5 13.5 18.5 13.5 19.5 20 Z",
	IconVillage:   "M3 20 L3 12 L7 8 L11 12 L11 20 M11 12 L16 5 L21 12 L21 20 M2 20 H22 M14.5 20 V15.5 H17.5 V20",
	IconHousehold: "M12 20 C2 13.5 2.5 5 7.5 5 C10 5 11.3 6.5 12 8 C12.7 6.5 14 5 16.5 5 C21.5 5 22 13.5 12 20 Z",
	IconProject:   "M5 20 V13 M12 20 V4 M19 20 V9",
	IconReport:    "M6 3.5 H14 L19 8.5 V20.5 H6 Z M14 3.5 V8.5 H19 M9 13 H16 M9 16.5 H16",
	IconLedger:    "M4 5 H20 V19 H4 Z M4 10 H20 M10 10 V19",
	IconSettings:  "M8.5 12 C8.5 7.4 15.5 7.4 15.5 12 C15.5 16.6 8.5 16.6 8.5 12 Z M12 3 V6 M12 18 V21 M3 12 H6 M18 12 H21 M5.7 5.7 L7.8 7.8 M16.2 16.2 L18.3 18.3 M5.7 18.3 L7.8 16.2 M16.2 7.8 L18.3 5.7",
	IconHistory:   "M4 12 C4 1.3 20 1.3 20 12 C20 22.7 4 22.7 4 12 Z M12 7.5 V12 L15 14",

	IconUndo:     "M8.5 4.5 L4 9 L8.5 13.5 M4 9 H14 C21.5 9 21.5 19.5 14 19.5 H9",
	IconRedo:     "M15.5 4.5 L20 9 L15.5 13.5 M20 9 H10 C2.5 9 2.5 19.5 10 19.5 H15",
	IconSearch:   "M4 10.5 C4 2 17 2 17 10.5 C17 19 4 19 4 10.5 Z M15.3 15.3 L20.5 20.5",
	IconClose:    "M6 6 L18 18 M18 6 L6 18",
	IconAdd:      "M12 5 V19 M5 12 H19",
	IconCheck:    "M5 12.5 L10 17.5 L19.5 7",
	IconDown:     "M6 9.5 L12 15.5 L18 9.5",
	IconRight:    "M9.5 6 L15.5 12 L9.5 18",
	IconLeft:     "M14.5 6 L8.5 12 L14.5 18",
	IconCalendar: "M4 6 H20 V20 H4 Z M4 10.5 H20 M8.5 3.5 V7.5 M15.5 3.5 V7.5",
	IconClip:     "M19 11 L11.5 18.5 C7.5 22.5 1.5 16.5 5.5 12.5 L13.5 4.5 C16 2 20 6 17.5 8.5 L10 16 C8.5 17.5 6.5 15.5 8 14 L15 7",
	IconFilter:   "M4 5 H20 L14 12.5 V19.5 L10 17.5 V12.5 Z",
	IconImport:   "M12 4 V14.5 M7.5 10.5 L12 15 L16.5 10.5 M4.5 17 V20 H19.5 V17",
	IconExport:   "M12 15 V4.5 M7.5 8.5 L12 4 L16.5 8.5 M4.5 17 V20 H19.5 V17",
	IconCopy:     "M9 9 H20 V20 H9 Z M15 9 V4 H4 V15 H9",
	IconEdit:     "M5 19 L6 14.5 L15.5 5 L19 8.5 L9.5 18 Z M13 7.5 L16.5 11",
	IconDelete:   "M5 7 H19 M9.5 7 V4 H14.5 V7 M6.5 7 L7.5 20 H16.5 L17.5 7 M10.5 11 V16 M13.5 11 V16",
	IconFolder:   "M3.5 6 H10 L12 8.5 H20.5 V19 H3.5 Z",
	IconWarning:  "M12 4 L21 19.5 H3 Z M12 10 V14.5 M12 16.8 V17.2",
	IconHelp:     "M4 12 C4 1.3 20 1.3 20 12 C20 22.7 4 22.7 4 12 Z M9.5 10 C9.5 6.5 14.5 6.5 14.5 10 C14.5 12 12 12 12 14 M12 16.3 V16.7",
	IconMore:     "M4.5 12 H6.5 M11 12 H13 M17.5 12 H19.5",
	IconMenu:     "M4 6.5 H20 M4 12 H20 M4 17.5 H20",
	IconLock:     "M6 11 H18 V20 H6 Z M8.5 11 V8 C8.5 3.5 15.5 3.5 15.5 8 V11",
	IconPhone:    "M8 4 L10 8.5 L7.5 10.5 C8.5 13 11 15.5 13.5 16.5 L15.5 14 L20 16 V19 C14 22 2 10 5 4 Z",
}

// Resource returns the icon as a picture in colour c, for canvas.NewImageFromResource.
// Two calls with the same arguments give resources of the same name, so that
// Fyne draws each only once.
func (i Icon) Resource(c color.NRGBA) fyne.Resource {
	name := fmt.Sprintf("%s-%02x%02x%02x.svg", i, c.R, c.G, c.B)
	svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">`+
		`<path d="%s" fill="none" stroke="#%02x%02x%02x" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/></svg>`,
		strokes[i], c.R, c.G, c.B)
	return fyne.NewStaticResource(name, []byte(svg))
}

// Icons returns all icons, in no order.
func Icons() []Icon { return slices.Collect(maps.Keys(strokes)) }
