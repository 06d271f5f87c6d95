package sheet

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"xiangzhen/model"
)

// convertTime is the longest that LibreOffice may take over one workbook.
const convertTime = 2 * time.Minute

// OpenConverted is OpenTemplate for xls and et, by way of the LibreOffice of this
// machine. Without one it is refused with a sentence that says what to do.
func OpenConverted(ctx context.Context, name string) (*Template, error) {
	t, err := OpenTemplate(name)
	if model.CodeOf(err) != model.CodeUnsupported {
		return t, err
	}
	book, readErr := Open(name)
	office, lookErr := exec.LookPath("soffice")
	if readErr != nil || book.Format != XLS || lookErr != nil {
		return nil, err
	}
	dir, tempErr := os.MkdirTemp("", "xz-convert-")
	if tempErr != nil {
		return nil, tempErr
	}
	defer os.RemoveAll(dir)
	ctx, cancel := context.WithTimeout(ctx, convertTime)
	defer cancel()
	profile := url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(dir, "profile"))}
	cmd := exec.CommandContext(ctx, office, "-env:UserInstallation="+profile.String(), "--headless", "--convert-to", "xlsx", "--outdir", dir, name)
	if out, runErr := cmd.CombinedOutput(); runErr != nil {
		return nil, model.Wrap(runErr, model.CodeUnsupported, "“%s”没有转成 .xlsx（%s）。请用 WPS 打开，另存为 .xlsx 后再来。", filepath.Base(name), clip(string(out), 80))
	}
	stem := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	if t, err = OpenTemplate(filepath.Join(dir, stem+".xlsx")); err != nil {
		return nil, err
	}
	t.Path = name
	return t, nil
}
