using Atropos.TokenTree.Segments;

namespace Atropos.TokenTree.Tests.Segments;

public sealed class SegmentTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Completion_LogprobsOfAnotherLength_Throws(int count)
    {
        var error = Assert.Throws<ArgumentException>(() => Segment.Completion([1, 2], new float[count], Talk.Part(2)));

        Assert.Contains($"2 token ids but {count} logprobs", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.PositiveInfinity)]
    public void Completion_LogprobThatIsNoNumber_Throws(float logprob)
    {
        Assert.Throws<ArgumentException>(() => Segment.Completion([1, 2], [-1f, logprob], Talk.Part(2)));
    }

    [Fact]
    public void Completion_PartsThatDoNotCoverTheTokens_Throws()
    {
        SampledPart Part(int start, int end) => new() { Start = start, End = end };

        Assert.Throws<ArgumentException>(() => Segment.Completion([1, 2], [-1f, -1f]));
        Assert.Throws<ArgumentException>(() => Segment.Completion([1, 2], [-1f, -1f], Part(0, 1)));
        Assert.Throws<ArgumentException>(() => Segment.Completion([1, 2], [-1f, -1f], Part(1, 2)));
        Assert.Throws<ArgumentException>(() => Segment.Completion([1, 2], [-1f, -1f], Part(0, 2), Part(1, 2)));
        Assert.Throws<ArgumentException>(() => Segment.Completion([1, 2], [-1f, -1f], Part(0, 3)));
        Assert.Equal(2, Segment.Completion([1, 2], [-1f, -1f], Part(0, 1), Part(1, 1), Part(1, 2)).Length);
    }

    [Fact]
    public void Prompt_NegativeId_Throws() => Assert.Throws<ArgumentException>(() => Segment.Prompt([1, -100]));

    [Fact]
    public void Prompt_CallerChangesItsArray_StaysAsItWas()
    {
        int[] ids = [1, 2];
        var segment = Segment.Prompt(ids);

        ids[0] = 9;

        Assert.Equal([1, 2], segment.TokenIds.ToArray());
    }
}
