using Atropos.TestSupport;

namespace Atropos.SessionTracker.Tests.Tokenization;

/// <summary>The example that happy_vllm's documentation gives, on the tokenizer that it was made with.</summary>
public sealed class LlamaTokenizerTests
{
    [Fact]
    public async Task The_modified_tokenizer_gives_what_happy_vllm_documents()
    {
        var llama = Tokenizers.Tokenizer.FromJson(ConformanceFiles.Tokenizer(ConformanceFiles.RequiredFolder("tokenizers", "llama-2"))!);
        var modified = ModifiedTokenizerTests.Over(llama);

        var ids = await modified.EncodeAsync("Hey, how are you ? Fine thanks.");

        Assert.Equal([29950, 1032, 29892, 920], ids[..4]);
        Assert.Equal(["H", "ey", ",", " how", " are", " you", " ?", " Fine", " thanks", "."], await modified.DecodeEachAsync(ids));
        Assert.Equal("Hey, how", await modified.DecodeAsync(ids[..4]));
    }
}
