using System.Text;
using Atropos.Tokenizers.Loading;
using Atropos.Tokenizers.Models;

namespace Atropos.Tokenizers.Tests;

/// <summary>Models made in the test from their section of a file, and their answers as text.</summary>
internal static class ModelJson
{
    public static TokenModel Load(string json)
    {
        using var document = TokenizerLoader.ParseTokenizer(Encoding.UTF8.GetBytes($$"""{"model": {{json}}}"""), "tokenizer.json", out var root);
        return ModelLoader.Load(root.Member("model"), takesBytes: false);
    }

    /// <summary>The path of what the loader complains about.</summary>
    public static string RefusedAt(string json) => Assert.Throws<TokenizerLoadException>(() => Load(json)).Path;

    /// <summary>The ids, asked for twice, since the second answer may come from memory.</summary>
    public static int[] Ids(TokenModel model, string piece)
    {
        var first = new List<int>();
        var second = new List<int> { -7 };
        model.Encode(piece, first);
        model.Encode(piece, second);
        Assert.Equal([-7, .. first], second);
        return [.. first];
    }

    /// <summary>The tokens as <c>id:text:start-end</c>; their ids are those of the overload without offsets.</summary>
    public static string Tokens(TokenModel model, string piece)
    {
        var spans = new TokenSpans();
        model.Encode(piece, spans);
        var tokens = Enumerable.Range(0, spans.Count).Select(index => spans[index]).ToArray();
        Assert.Equal(Ids(model, piece), tokens.Select(token => token.Id));
        return string.Join(' ', tokens.Select(token =>
            $"{token.Id}:{token.Text ?? model.Vocabulary.TokenOf(token.Id)}:{token.Start}-{token.End}"));
    }
}
