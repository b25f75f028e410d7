using Atropos.TokenTree.Matching;

namespace Atropos.TokenTree.Tests.Matching;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{"a":1,"b":2}""", """{ "b" : 2, "a" : 1 }""")]
    [InlineData("""{"a":"é\n"}""", """{"\u0061":"\u00e9\u000a"}""")]
    [InlineData("1.0", "1")]
    [InlineData("1e2", "100")]
    [InlineData("-0.0", "0")]
    [InlineData("10.50", "1.05E+1")]
    [InlineData("\"\\/\"", "\"/\"")]
    [InlineData("\"\\ud83d\\ude00\"", "\"\U0001F600\"")]
    [InlineData(" [1 , {} , null ] ", "[1,{},null]")]
    public void TryCanonicalize_OneValueInTwoTexts_GivesOneForm(string left, string right)
    {
        Assert.True(CanonicalJson.TryCanonicalize(left, out var canonicalLeft));
        Assert.True(CanonicalJson.TryCanonicalize(right, out var canonicalRight));

        Assert.Equal(canonicalLeft, canonicalRight);
    }

    [Theory]
    [InlineData("1", "\"1\"")]
    [InlineData("1", "-1")]
    [InlineData("[1,2]", "[2,1]")]
    [InlineData("[1,[2]]", "[[1],2]")]
    [InlineData("{\"a\":\"1:b\"}", "{\"a\":\"1\",\"b\":1}")]
    [InlineData("true", "\"true\"")]
    [InlineData("null", "{}")]
    [InlineData("10", "100")]
    [InlineData("0.1", "0.01")]
    [InlineData("12345678901234567890", "12345678901234567168")]
    [InlineData("1e400", "1e401")]
    public void TryCanonicalize_TwoValues_GivesTwoForms(string left, string right)
    {
        Assert.True(CanonicalJson.TryCanonicalize(left, out var canonicalLeft));
        Assert.True(CanonicalJson.TryCanonicalize(right, out var canonicalRight));

        Assert.NotEqual(canonicalLeft, canonicalRight);
    }

    [Theory]
    [InlineData("""{"a":1,"a":1}""")]
    [InlineData("""{"a":{"b":1,"\u0062":2}}""")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[1,]")]
    [InlineData("\"\\ud800\"")]
    public void TryCanonicalize_NoOneValue_Refuses(string json)
    {
        Assert.False(CanonicalJson.TryCanonicalize(json, out _));
    }

    [Fact]
    public void TryCanonicalize_RandomValueWrittenInRandomStyles_GivesOneForm() => Property.Holds(random =>
    {
        var value = RandomJson.Value(random, depth: 4);
        var first = RandomJson.Write(value, random);
        var second = RandomJson.Write(value, random);

        Assert.True(CanonicalJson.TryCanonicalize(first, out var canonicalFirst), first);
        Assert.True(CanonicalJson.TryCanonicalize(second, out var canonicalSecond), second);
        Assert.True(canonicalFirst == canonicalSecond, $"{first}\n{second}");
    });

    [Fact]
    public void TryCanonicalize_RandomValueWithOneChange_GivesAnotherForm() => Property.Holds(random =>
    {
        var value = new List<object?> { RandomJson.Value(random, depth: 3), RandomJson.Value(random, depth: 3) };
        var changed = new List<object?>(value) { [random.Next(2)] = "changed" + random.Next() };

        Assert.True(CanonicalJson.TryCanonicalize(RandomJson.Write(value, random), out var before));
        Assert.True(CanonicalJson.TryCanonicalize(RandomJson.Write(changed, random), out var after));
        Assert.NotEqual(before, after);
    });
}
