package corpus_test

import (
	"context"
	"fmt"
	"os"

	"yusuan/corpus"
)

func ExampleRun() {
	dataset, err := os.MkdirTemp("", "yusuan-example-")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dataset)
	sum, err := corpus.Run(context.Background(), []string{"samples/generated"}, dataset, corpus.Settings{Pipeline: "example"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(sum.Documents, "documents,", sum.Failed, "failed,", sum.Counts.Forms["procurement"], "procurement tables")
	// Output: 9 documents, 0 failed, 7 procurement tables
}
