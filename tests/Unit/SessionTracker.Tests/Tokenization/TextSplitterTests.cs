using Atropos.SessionTracker.Tokenization;
using FsCheck;
using FsCheck.Fluent;

namespace Atropos.SessionTracker.Tests.Tokenization;

public sealed class TextSplitterTests
{
    [Theory]
    [InlineData(1, new[] { "1 2 0", "3 0", "0", "4" })]
    [InlineData(2, new[] { "1 2 0", "3 0", "0 4" })]
    [InlineData(3, new[] { "1 2 0", "3 0 0", "4" })]
    [InlineData(4, new[] { "1 2 0 3 0", "0 4" })]
    [InlineData(100, new[] { "1 2 0 3 0 0 4" })]
    public void A_chunk_ends_at_the_first_separator_from_which_it_is_long_enough(int fewest, string[] expected) =>
        Assert.Equal(expected, Split([1, 2, 0, 3, 0, 0, 4], [[0]], fewest));

    [Fact]
    public void A_separator_of_several_ids_ends_where_its_last_one_is() =>
        Assert.Equal(["1 7 8", "7 7 8", "8"], Split([1, 7, 8, 7, 7, 8, 8], [[7, 8], [9, 9, 9, 9, 9, 9, 9, 9]], 1));

    [Fact]
    public void Without_separators_there_is_one_chunk() => Assert.Equal(["1 2"], Split([1, 2], [], 1));

    [Fact]
    public void A_separator_without_ids_is_everywhere() => Assert.Equal(["1 2", "3 4", "5"], Split([1, 2, 3, 4, 5], [[]], 2));

    [Fact]
    public void A_text_that_ends_with_a_separator_leaves_an_empty_rest() => Assert.Equal(["1 0", ""], Split([1, 0], [[0]], 1));

    [Fact]
    public void Chunks_of_no_tokens_cannot_be_asked_for() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TextSplitter.Split([1], [], 0));

    [Fact]
    public void Chunks_are_the_text_and_long_enough()
    {
        var ids = Gen.Choose(0, 3).ListOf().Select(list => list.ToArray()).ToArbitrary();
        var fewest = Gen.Choose(1, 5).ToArbitrary();

        Prop.ForAll(ids, fewest, (int[] text, int least) =>
        {
            int[][] chunks = [.. TextSplitter.Split(text, [[0], [1, 2]], least).Select(range => text[range])];
            var closed = chunks[..^1];
            return chunks.SelectMany(chunk => chunk).SequenceEqual(text)
                && closed.All(chunk => chunk.Length >= least && (chunk[^1] == 0 || chunk[^1] == 2));
        }).QuickCheckThrowOnFailure();
    }

    private static IEnumerable<string> Split(int[] ids, int[][] separators, int fewest) =>
        TextSplitter.Split(ids, separators, fewest).Select(range => string.Join(' ', ids[range]));
}
