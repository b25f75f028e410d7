using Atropos.ReferenceModel;
using Atropos.SessionTracker.Tokenization;
using FsCheck;
using FsCheck.Fluent;

namespace Atropos.SessionTracker.Tests.Tokenization;

/// <summary>The algorithm alone, over tokenizers in the same process.</summary>
public sealed class ModifiedTokenizerTests
{
    private const string Spaced = "  Hey, how\n are you ? ";

    private static readonly Tokenizers.Tokenizer Small = SmallTokenizer.Create();
    private static readonly Tokenizers.Tokenizer ByteLevel = ReferenceModelAssets.CreateTokenizer();

    [Fact]
    public async Task A_text_has_neither_a_space_before_it_nor_special_tokens()
    {
        var modified = Over(Small);

        var ids = await modified.EncodeAsync("Hey, how");

        Assert.Equal(["<s>", "▁Hey", ",", "▁how"], Small.Encode("Hey, how", addSpecialTokens: true).Select(Small.IdToToken));
        Assert.Equal(["H", "ey", ",", "▁how"], ids.Select(Small.IdToToken));
        Assert.Equal(["H", "ey", ",", " how"], await modified.DecodeEachAsync(ids));
        Assert.Equal("Hey, how", await modified.DecodeAsync(ids));
    }

    [Fact]
    public async Task A_space_before_a_text_is_kept()
    {
        var modified = Over(Small);

        var ids = await modified.EncodeAsync(" how");

        Assert.Equal(["▁how"], ids.Select(Small.IdToToken));
        Assert.Equal(" how", await modified.DecodeAsync(ids));
        Assert.Equal("how", Small.Decode(ids.AsSpan(), skipSpecialTokens: false));
    }

    [Fact]
    public async Task A_text_that_merges_with_the_word_before_it_is_put_after_a_shorter_one()
    {
        var asked = new List<string>();
        var modified = new ModifiedTokenizer(
            texts =>
            {
                asked.AddRange(texts);
                return Task.FromResult<IReadOnlyList<IReadOnlyList<int>>>([.. texts.Select(text => Small.Encode(text, addSpecialTokens: false))]);
            },
            _ => throw new InvalidOperationException());

        var ids = await modified.EncodeAsync("Xy");

        Assert.Equal(["X", "y"], ids.Select(Small.IdToToken));
        Assert.Equal(
            ["thisisareallybigwordisntit", "thisisareallybigwordisntitXy", "thisisareallybigwordisnti", "thisisareallybigwordisntiXy"], asked);
    }

    [Fact]
    public async Task A_tokenizer_that_merges_with_every_word_gives_what_it_gives()
    {
        var modified = new ModifiedTokenizer(
            texts => Task.FromResult<IReadOnlyList<IReadOnlyList<int>>>([.. texts.Select(text => (int[])[text.Length])]),
            sequences => Task.FromResult<IReadOnlyList<string>>([.. sequences.Select(_ => "")]));

        Assert.Equal((int[])[3], await modified.EncodeAsync("abc"));
        Assert.Equal("", await modified.DecodeAsync([3]));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(Spaced)]
    [InlineData("日本語 🙂 é")]
    public async Task Decoding_gives_the_text_back(string text)
    {
        var modified = Over(ByteLevel);

        Assert.Equal(text, await modified.DecodeAsync(await modified.EncodeAsync(text)));
    }

    [Fact]
    public void Decoding_gives_any_text_back()
    {
        var texts = Gen.Elements(" ", "a", "Hey", ".", " ?", "\n", "é", "日", "🙂", "isntit", "c").ListOf()
            .Select(parts => string.Concat((IEnumerable<string>)parts)).ToArbitrary();

        Prop.ForAll(texts, text =>
        {
            var modified = Over(ByteLevel);
            return modified.DecodeAsync(modified.EncodeAsync(text).Result).Result == text;
        }).QuickCheckThrowOnFailure();
    }

    internal static ModifiedTokenizer Over(Tokenizers.Tokenizer tokenizer) => new(
        texts => Task.FromResult<IReadOnlyList<IReadOnlyList<int>>>([.. texts.Select(text => tokenizer.Encode(text, addSpecialTokens: false))]),
        sequences => Task.FromResult<IReadOnlyList<string>>([.. sequences.Select(ids => tokenizer.Decode([.. ids], skipSpecialTokens: false))]));
}
