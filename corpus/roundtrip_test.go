package corpus

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"yusuan/corpus/synth"
	"yusuan/export/parquet"
	"yusuan/normalize/record"
)

// roundTripDocuments is how many generated disclosures go through the whole
// pipeline; a short run takes a tenth.
const roundTripDocuments = 1000

// TestRoundTrip writes disclosures with known records as .docx, as .doc, as
// PDF and as text, runs them into a dataset, reads its Parquet files, and
// expects the records.
func TestRoundTrip(t *testing.T) {
	n := roundTripDocuments
	if testing.Short() {
		n /= 10
	}
	for _, format := range []string{synth.FormatDocx, synth.FormatDoc, synth.FormatPDF, synth.FormatText} {
		t.Run(format, func(t *testing.T) {
			dir := t.TempDir()
			in, out := filepath.Join(dir, "in"), filepath.Join(dir, "out")
			settings := synth.Settings{Seed: 20}
			if err := synth.Write(in, settings, n, []string{format}); err != nil {
				t.Fatal(err)
			}
			sum, err := Run(context.Background(), []string{in}, out, Settings{WorkDir: dir})
			if err != nil {
				t.Fatal(err)
			}
			if sum.OK != n {
				t.Fatalf("%d of %d documents are ok: %+v", sum.OK, n, sum)
			}
			got := readBack(t, out)
			ext := map[string]string{synth.FormatDocx: ".docx", synth.FormatDoc: ".doc", synth.FormatPDF: ".pdf", synth.FormatText: ".txt"}[format]
			g := synth.New(settings)
			bad := 0
			for i := range n {
				d := g.Document(i)
				diff := compareRead(d, got[d.Name+ext])
				if len(diff) == 0 {
					continue
				}
				if bad++; bad <= 5 {
					t.Errorf("document %d (%s): %q", i, d.Name, diff[:min(5, len(diff))])
				}
			}
			if bad > 0 {
				t.Errorf("%d of %d documents differ", bad, n)
			}
		})
	}
}

// compareRead compares a generated document with what the dataset says.
func compareRead(d *synth.Document, got *record.Disclosure) []string {
	if got == nil {
		return []string{"the dataset does not have it"}
	}
	want := *d.Truth
	want.Projects = slices.Clone(want.Projects)
	for i := range want.Projects {
		// The dataset has no step for a month whose percentage is blank.
		p := &want.Projects[i]
		p.SpendingPlan = slices.DeleteFunc(slices.Clone(p.SpendingPlan), func(s record.PlanStep) bool { return s.Percent.IsNull() })
	}
	want.Amounts = slices.Clone(want.Amounts)
	for i := range want.Amounts {
		want.Amounts[i].Qualitative = "" // the dataset has these words in text alone
	}
	return synth.Compare(&want, got)
}

// The rows as they are read back: the columns that a truth knows about.
type (
	documentColumns struct {
		DocumentID     string `parquet:"document_id"`
		RegionCode     string `parquet:"region_code"`
		Department     string `parquet:"department"`
		FiscalYear     int32  `parquet:"fiscal_year,optional"`
		Kind           string `parquet:"kind"`
		URI            string `parquet:"uri"`
		Title          string `parquet:"title"`
		DepartmentCode string `parquet:"department_code"`
		RegionName     string `parquet:"region_name"`
		IssuerLevel    string `parquet:"issuer_level"`
	}
	planColumns struct {
		ThroughMonth int32 `parquet:"through_month"`
		Percent      int32 `parquet:"percent,decimal(4:9)"`
	}
	projectColumns struct {
		DocumentID   string        `parquet:"document_id"`
		ProjectNo    int32         `parquet:"project_no"`
		Code         string        `parquet:"code"`
		Name         string        `parquet:"name"`
		Category     string        `parquet:"category"`
		Nature       string        `parquet:"nature"`
		UnitCode     string        `parquet:"unit_code"`
		UnitName     string        `parquet:"unit_name"`
		Total        *int64        `parquet:"total,decimal(4:18)"`
		Fiscal       *int64        `parquet:"fiscal,decimal(4:18)"`
		Other        *int64        `parquet:"other,decimal(4:18)"`
		Carryover    *int64        `parquet:"carryover,decimal(4:18)"`
		YearTotal    *int64        `parquet:"year_total,decimal(4:18)"`
		YearFiscal   *int64        `parquet:"year_fiscal,decimal(4:18)"`
		Purpose      string        `parquet:"purpose"`
		OverallGoal  string        `parquet:"overall_goal"`
		Goals        []string      `parquet:"goals,list"`
		SpendingPlan []planColumns `parquet:"spending_plan,list"`
		StartDate    *int32        `parquet:"start_date,date"`
		EndDate      *int32        `parquet:"end_date,date"`
	}
	indicatorColumns struct {
		DocumentID        string   `parquet:"document_id"`
		ProjectNo         int32    `parquet:"project_no"`
		ProjectCode       string   `parquet:"project_code"`
		ProjectName       string   `parquet:"project_name"`
		Level1            string   `parquet:"level1"`
		Level2            string   `parquet:"level2"`
		Level3            string   `parquet:"level3"`
		Description       string   `parquet:"description"`
		Basis             string   `parquet:"basis"`
		ValueRaw          string   `parquet:"value_raw"`
		PartNo            int32    `parquet:"part_no"`
		ValueKind         string   `parquet:"value_kind"`
		Comparator        string   `parquet:"comparator,optional"`
		ComparatorImplied bool     `parquet:"comparator_implied"`
		Value             *int64   `parquet:"value,decimal(4:18)"`
		Upper             *int64   `parquet:"upper,decimal(4:18)"`
		UpperInclusive    bool     `parquet:"upper_inclusive"`
		ScaleExp          int32    `parquet:"scale_exp"`
		BaseValue         *int64   `parquet:"base_value,decimal(4:18)"`
		UnitRaw           string   `parquet:"unit_raw"`
		Unit              string   `parquet:"unit"`
		UnitInferred      string   `parquet:"unit_inferred"`
		Grade             string   `parquet:"grade"`
		Qualifier         string   `parquet:"qualifier"`
		Qualitative       string   `parquet:"qualitative"`
		Direction         string   `parquet:"direction"`
		Flags             []string `parquet:"flags,list"`
	}
	procurementColumns struct {
		DocumentID       string `parquet:"document_id"`
		RowType          string `parquet:"row_type"`
		UnitName         string `parquet:"unit_name"`
		ProjectName      string `parquet:"project_name"`
		ProjectCode      string `parquet:"project_code"`
		ProjectTotal     *int64 `parquet:"project_total,decimal(4:18)"`
		ItemName         string `parquet:"item_name"`
		CatalogueCode    string `parquet:"catalogue_code"`
		CatalogueVersion string `parquet:"catalogue_version"`
		UnitRaw          string `parquet:"unit_raw"`
		Quantity         *int64 `parquet:"quantity,decimal(4:18)"`
		UnitPrice        *int64 `parquet:"unit_price,decimal(4:18)"`
		Amount           *int64 `parquet:"amount,decimal(4:18)"`
		FiscalTotal      *int64 `parquet:"fiscal_total,decimal(4:18)"`
		GeneralPublic    *int64 `parquet:"general_public,decimal(4:18)"`
		Fund             *int64 `parquet:"fund,decimal(4:18)"`
		SpecialAccount   *int64 `parquet:"special_account,decimal(4:18)"`
		OtherIncome      *int64 `parquet:"other_income,decimal(4:18)"`
		OtherSources     *int64 `parquet:"other_sources,decimal(4:18)"`
	}
	organizationColumns struct {
		DocumentID string `parquet:"document_id"`
		Name       string `parquet:"name"`
		Nature     string `parquet:"nature"`
		Grade      string `parquet:"grade"`
		Funding    string `parquet:"funding"`
		Code       string `parquet:"code"`
	}
	assetColumns struct {
		DocumentID string `parquet:"document_id"`
		RowType    string `parquet:"row_type"`
		Item       string `parquet:"item"`
		Quantity   *int64 `parquet:"quantity,decimal(4:18)"`
		UnitRaw    string `parquet:"unit_raw"`
		Unit       string `parquet:"unit"`
		Value      *int64 `parquet:"value,decimal(4:18)"`
		AsOf       *int32 `parquet:"as_of,date"`
	}
	amountColumns struct {
		DocumentID      string `parquet:"document_id"`
		Metric          string `parquet:"metric"`
		Text            string `parquet:"text"`
		Period          string `parquet:"period"`
		Comparator      string `parquet:"comparator,optional"`
		Value           *int64 `parquet:"value,decimal(4:18)"`
		ScaleExp        int32  `parquet:"scale_exp"`
		BaseValue       *int64 `parquet:"base_value,decimal(4:18)"`
		UnitRaw         string `parquet:"unit_raw"`
		Unit            string `parquet:"unit"`
		ChangeDirection string `parquet:"change_direction"`
		BasePeriod      string `parquet:"base_period"`
		Per             string `parquet:"per"`
		Qualifier       string `parquet:"qualifier"`
	}
)

// readBack turns a dataset into disclosures by URI.
func readBack(t *testing.T, dir string) map[string]*record.Disclosure {
	t.Helper()
	byID, byURI := map[string]*record.Disclosure{}, map[string]*record.Disclosure{}
	for _, r := range readTable[documentColumns](t, dir, "documents") {
		d := &record.Disclosure{Identity: record.Identity{Title: r.Title, Department: r.Department, DepartmentCode: r.DepartmentCode,
			RegionCode: r.RegionCode, RegionName: r.RegionName, FiscalYear: int(r.FiscalYear), Kind: r.Kind, Level: r.IssuerLevel}}
		byID[r.DocumentID], byURI[r.URI] = d, d
	}
	for _, r := range readTable[projectColumns](t, dir, "projects") {
		p := record.Project{Number: int(r.ProjectNo), Code: r.Code, Name: r.Name, Category: r.Category, Nature: r.Nature,
			UnitCode: r.UnitCode, UnitName: r.UnitName, Total: back(r.Total), Fiscal: back(r.Fiscal), Other: back(r.Other),
			Carryover: back(r.Carryover), YearTotal: back(r.YearTotal), YearFiscal: back(r.YearFiscal),
			Purpose: r.Purpose, OverallGoal: r.OverallGoal, Goals: r.Goals, StartDate: day(r.StartDate), EndDate: day(r.EndDate)}
		for _, s := range r.SpendingPlan {
			n := int64(s.Percent)
			p.SpendingPlan = append(p.SpendingPlan, record.PlanStep{ThroughMonth: int(s.ThroughMonth), Percent: back(&n)})
		}
		byID[r.DocumentID].Projects = append(byID[r.DocumentID].Projects, p)
	}
	for _, r := range readTable[indicatorColumns](t, dir, "indicators") {
		comparator := r.Comparator
		byID[r.DocumentID].Indicators = append(byID[r.DocumentID].Indicators, record.Indicator{
			ProjectNumber: int(r.ProjectNo), ProjectCode: r.ProjectCode, ProjectName: r.ProjectName, Level1: r.Level1, Level2: r.Level2, Level3: r.Level3,
			Description: r.Description, Basis: r.Basis, ValueRaw: r.ValueRaw, PartNo: int(r.PartNo), Direction: r.Direction,
			Value: record.Value{Kind: r.ValueKind, Comparator: comparator, ComparatorImplied: r.ComparatorImplied, Number: back(r.Value),
				Upper: back(r.Upper), UpperInclusive: r.UpperInclusive, ScaleExp: int(r.ScaleExp), Base: back(r.BaseValue), UnitRaw: r.UnitRaw,
				Unit: r.Unit, UnitInferred: r.UnitInferred, Grade: r.Grade, Qualifier: r.Qualifier, Qualitative: r.Qualitative, Flags: r.Flags}})
	}
	for _, r := range readTable[procurementColumns](t, dir, "procurement") {
		byID[r.DocumentID].Procurement = append(byID[r.DocumentID].Procurement, record.Procurement{RowType: r.RowType, UnitName: r.UnitName,
			ProjectName: r.ProjectName, ProjectCode: r.ProjectCode, ProjectTotal: back(r.ProjectTotal), ItemName: r.ItemName,
			CatalogueCode: r.CatalogueCode, CatalogueVersion: r.CatalogueVersion, UnitRaw: r.UnitRaw, Quantity: back(r.Quantity),
			UnitPrice: back(r.UnitPrice), Amount: back(r.Amount), FiscalTotal: back(r.FiscalTotal), GeneralPublic: back(r.GeneralPublic),
			Fund: back(r.Fund), SpecialAccount: back(r.SpecialAccount), OtherIncome: back(r.OtherIncome), OtherSource: back(r.OtherSources)})
	}
	for _, r := range readTable[organizationColumns](t, dir, "organizations") {
		byID[r.DocumentID].Organizations = append(byID[r.DocumentID].Organizations,
			record.Organization{Name: r.Name, Nature: r.Nature, Grade: r.Grade, Funding: r.Funding, Code: r.Code})
	}
	for _, r := range readTable[assetColumns](t, dir, "assets") {
		byID[r.DocumentID].Assets = append(byID[r.DocumentID].Assets, record.Asset{RowType: r.RowType, Item: r.Item,
			Quantity: back(r.Quantity), UnitRaw: r.UnitRaw, Unit: r.Unit, Worth: back(r.Value), AsOf: day(r.AsOf)})
	}
	for _, r := range readTable[amountColumns](t, dir, "amounts") {
		byID[r.DocumentID].Amounts = append(byID[r.DocumentID].Amounts, record.Amount{Metric: r.Metric, Text: r.Text, Period: r.Period,
			Change: r.ChangeDirection, BasePeriod: r.BasePeriod, Value: record.Value{Comparator: r.Comparator, Number: back(r.Value),
				ScaleExp: int(r.ScaleExp), Base: back(r.BaseValue), UnitRaw: r.UnitRaw, Unit: r.Unit, Per: r.Per, Qualifier: r.Qualifier}})
	}
	return byURI
}

// readTable reads all parts of a table, in the order of their names.
func readTable[T any](t *testing.T, dir, table string) []T {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, table, "*", "*.parquet"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no parts of %s (%v)", table, err)
	}
	var out []T
	for _, name := range names {
		out = append(out, readPart[T](t, name)...)
	}
	return out
}

func readPart[T any](t *testing.T, name string) []T {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	r, err := parquet.NewReader[T](f, info.Size())
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var out []T
	for {
		rows := make([]T, 512)
		n, err := r.Read(rows)
		out = append(out, rows[:n]...)
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

// back turns a stored decimal into a number.
func back(n *int64) record.Decimal {
	if n == nil {
		return record.Null
	}
	return record.Int(*n).Shift(-4)
}

// day turns a stored date into its text.
func day(n *int32) string {
	if n == nil {
		return ""
	}
	return time.Unix(0, 0).UTC().AddDate(0, 0, int(*n)).Format(time.DateOnly)
}
