using Atropos.Tokenizer.V1;
using Atropos.TokenizerService.Grpc;
using static Atropos.TokenizerService.Tests.TokenizerFixture;

namespace Atropos.TokenizerService.Tests.Grpc;

/// <summary>What an encoding tells beside its ids.</summary>
public sealed class DetailsTests
{
    private const string Text = "né 🙂 end";

    [Fact]
    public void Nothing_is_told_that_was_not_asked_for()
    {
        var plain = Calls.Encode(new EncodeRequest { Text = Text });
        var empty = Calls.Encode(new EncodeRequest { Text = Text, Details = new EncodeDetails() });

        Assert.Equal(plain, empty);
        Assert.Equal(new EncodeResponse { TokenIds = { plain.TokenIds } }, plain);
    }

    [Fact]
    public void Ids_are_the_same_with_details()
    {
        var details = new EncodeDetails { Tokens = true, Offsets = OffsetUnit.Byte, TypeIds = true, SpecialTokensMask = true };

        var encoded = Calls.Encode(new EncodeRequest { Text = Text, Details = details });

        Assert.Equal(Calls.Encode(new EncodeRequest { Text = Text }).TokenIds, encoded.TokenIds);
        var count = encoded.TokenIds.Count;
        Assert.Equal(
            (count, count, count, count, count, count),
            (encoded.Tokens.Count, encoded.Starts.Count, encoded.Ends.Count, encoded.TypeIds.Count, encoded.SpecialTokensMask.Count, encoded.SequenceIds.Count));
        Assert.Equal(encoded.TokenIds, encoded.Tokens.Select(token => Id(token)));
        Assert.All(encoded.SpecialTokensMask, Assert.False);
        Assert.All(encoded.SequenceIds, sequence => Assert.Equal(0, sequence));
    }

    [Theory]
    [InlineData(OffsetUnit.CodePoint, 8, 5)]
    [InlineData(OffsetUnit.Byte, 12, 9)]
    [InlineData(OffsetUnit.Utf16, 9, 6)]
    public void Offsets_count_the_unit_that_was_asked_for(OffsetUnit unit, int length, int endOfWord)
    {
        var encoded = Calls.Encode(new EncodeRequest { Text = Text, Details = new EncodeDetails { Offsets = unit } });

        Assert.Equal((0, length), (encoded.Starts[0], encoded.Ends[^1]));
        Assert.Contains(encoded.Starts, start => start == endOfWord || start == endOfWord - 1);
        Assert.All(encoded.Starts.Zip(encoded.Ends), range => Assert.True(range.First <= range.Second));
    }

    [Fact]
    public void A_unit_that_is_not_known_is_refused()
    {
        var request = new EncodeRequest { Text = "a", Details = new EncodeDetails { Offsets = (OffsetUnit)77 } };

        Assert.Equal("details.offsets", Assert.Throws<Hosting.Errors.AtroposException>(() => Calls.Encode(request)).Field);
    }

    [Fact]
    public void Offsets_of_a_pair_are_each_in_the_text_that_they_are_from()
    {
        var request = new EncodeRequest { Text = "one", Pair = "two", Details = new EncodeDetails { Offsets = OffsetUnit.CodePoint, TypeIds = true } };

        var encoded = Calls.Encode(request);

        int[] first = Tokenizer("one");
        int[] second = Tokenizer("two");
        Assert.Equal([.. first, .. second], encoded.TokenIds);
        Assert.Equal([.. first.Select(_ => 0), .. second.Select(_ => 1)], encoded.SequenceIds);
        Assert.Equal(0, encoded.Starts[first.Length]);
        Assert.Equal(3, encoded.Ends[^1]);
    }

    [Fact]
    public void A_batch_tells_of_each_text_what_it_would_be_told_alone()
    {
        var details = new EncodeDetails { Tokens = true, Offsets = OffsetUnit.CodePoint };
        var batch = new EncodeBatchRequest { Texts = { "one", Text }, Pairs = { "two", "" }, Details = details };

        var encoded = TokenizerCalls.EncodeBatch(Loaded, batch);

        Assert.Equal(
            [
                Calls.Encode(new EncodeRequest { Text = "one", Pair = "two", Details = details }),
                Calls.Encode(new EncodeRequest { Text = Text, Pair = "", Details = details }),
            ],
            encoded.Encodings);
    }

    [Fact]
    public void Spaces_are_cleaned_up_only_where_that_is_asked_for()
    {
        var ids = Tokenizer("Is it , he said ?");

        Assert.Equal("Is it , he said ?", Calls.Decode(new DecodeRequest { TokenIds = { ids } }).Text);
        Assert.Equal("Is it, he said?", Calls.Decode(new DecodeRequest { TokenIds = { ids }, CleanUpSpaces = true }).Text);
    }

    private static int[] Tokenizer(string text) => TokenizerFixture.Tokenizer.Encode(text, addSpecialTokens: false);
}
