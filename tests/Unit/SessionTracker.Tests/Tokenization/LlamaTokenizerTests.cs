using System.IO.Compression;
using Atropos.SessionTracker.Tokenization;
using Atropos.TestSupport;

namespace Atropos.SessionTracker.Tests.Tokenization;

/// <summary>The example that happy_vllm's documentation gives, on the tokenizer that it was made with.</summary>
public sealed class LlamaTokenizerTests
{
    [Fact]
    public async Task The_modified_tokenizer_gives_what_happy_vllm_documents()
    {
        var file = Repository.SharedPath("conformance", "tokenizers", "llama-2", "tokenizer.json.gz");
        if (!File.Exists(file))
        {
            Assert.Skip($"There is no {file}: it is reference material that need not be there.");
        }

        using var json = new MemoryStream();
        await using (var compressed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress))
        {
            await compressed.CopyToAsync(json);
        }

        var llama = Tokenizers.Tokenizer.FromJson(json.ToArray());
        var modified = ModifiedTokenizerTests.Over(llama);

        var ids = await modified.EncodeAsync("Hey, how are you ? Fine thanks.");

        Assert.Equal([29950, 1032, 29892, 920], ids[..4]);
        Assert.Equal(["H", "ey", ",", " how", " are", " you", " ?", " Fine", " thanks", "."], await modified.DecodeEachAsync(ids));
        Assert.Equal("Hey, how", await modified.DecodeAsync(ids[..4]));
    }
}
