package vocab

import "testing"

func TestFindRegion(t *testing.T) {
	for _, c := range []struct {
		name      string
		year      int
		code      string
		full      string
		ambiguous bool
	}{
		{"邯郸市人力资源和社会保障局", 2020, "130400", "河北省邯郸市", false},
		{"上海市普陀区司法局", 2026, "310107", "上海市普陀区", false},
		{"江苏省高级人民法院", 2018, "320000", "江苏省", false},
		{"平山县下口镇财政所", 2025, "130131", "河北省石家庄市平山县", false},
		{"青神县发展和改革局", 2023, "511425", "四川省眉山市青神县", false},
		{"普陀区司法局", 2026, "", "", true},                    // 上海 or 舟山
		{"舟山市普陀区司法局", 2020, "330903", "浙江省舟山市普陀区", false}, // the city decides
		{"江苏高院", 2018, "320000", "江苏省", false},
		{"楚雄州农业农村局", 2020, "532300", "云南省楚雄彝族自治州", false},
		{"黔东南州财政局", 2022, "522600", "贵州省黔东南苗族侗族自治州", false},
		{"大厂县教育局", 2021, "131028", "河北省廊坊市大厂回族自治县", false},
		{"财政部", 2020, "", "", false},
	} {
		r, found, ambiguous := FindRegion(c.name, c.year)
		if r.Code != c.code || r.FullName != c.full || ambiguous != c.ambiguous || found != (c.code != "") {
			t.Errorf("FindRegion(%s, %d) = %+v, %v, %v; want %s %s %v", c.name, c.year, r, found, ambiguous, c.code, c.full, c.ambiguous)
		}
	}
}

func TestRegionRows(t *testing.T) {
	last := ""
	for i, row := range rows(regionsTSV) {
		if len(row) != 4 || len(row[0]) != 6 {
			t.Fatalf("row %d: %q", i, row)
		}
		if key := row[0] + "\t" + row[1]; key <= last {
			t.Errorf("row %d: %q is not in order", i, row)
		} else {
			last = key
		}
	}
}
