package value
import ("testing";"fmt";"strings";"time")
func TestScratchSlow(t *testing.T){
 for _,u:=range []string{"1个;","1个,","1","一","1、","(1","每","≥","1个\n","a\n","百","1-","1~","2020年","优","1个且≤2个,","率(","第","(",")","万","1万","、1个","百分之","1/","零","培训1次","=","开展"," ","1 ","达到"}{
  for _,n:=range []int{2000,20000}{
   s:=strings.Repeat(u,n)
   t0:=time.Now(); Find(s); a:=time.Since(t0); t0=time.Now(); v:=Parse(s,Hint{Name:s,Description:s}); b:=time.Since(t0)
   t0=time.Now(); for _,x:=range v[:min(len(v),1000)]{Format(x)}; Dates(s); c:=time.Since(t0)
   if a+b+c>50*time.Millisecond {fmt.Printf("%q x%d find %v parse %v other %v\n",u,n,a,b,c)}
  }}
}
