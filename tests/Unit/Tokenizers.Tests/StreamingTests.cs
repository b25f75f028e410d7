using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Atropos.Tokenizers.Tests;

public sealed class StreamingTests
{
    [Fact]
    public void Text_comes_as_soon_as_its_bytes_are_whole()
    {
        var tokenizer = Tiny.Load(Tiny.ByteLevel([], preTokenizer: Tiny.ByteLevelOnly));
        var decoder = tokenizer.CreateDecoder(skipSpecialTokens: false);
        var parts = tokenizer.Encode("a中👍", addSpecialTokens: false).Select(id => decoder.Append([id])).ToArray();

        Assert.Equal(["a", "", "", "中", "", "", "", "👍"], parts);
        Assert.Equal("", decoder.Flush());
    }

    [Fact]
    public void Bytes_that_break_off_become_one_replacement_character_at_the_end()
    {
        var tokenizer = Tiny.Load(Tiny.ByteLevel([]));
        var decoder = tokenizer.CreateDecoder(skipSpecialTokens: false);

        Assert.Equal("a", decoder.Append(tokenizer.Encode("a中", addSpecialTokens: false).AsSpan(0, 3)));
        Assert.Equal("\uFFFD", decoder.Flush());
        Assert.Equal("", decoder.Flush());
        Assert.Throws<InvalidOperationException>(() => decoder.Append([1]));
    }

    [Fact]
    public void A_run_of_byte_tokens_is_certain_when_it_ends()
    {
        var tokenizer = Tiny.Load(Tiny.ByteFallback());
        var ids = tokenizer.Encode("ab é ab", addSpecialTokens: false);
        var decoder = tokenizer.CreateDecoder(skipSpecialTokens: false);

        Assert.Equal(["ab", " ", "", "", "é ab"], ids.Select(id => decoder.Append([id])));
        Assert.Equal("ab é ab", tokenizer.Decode(ids, skipSpecialTokens: false));
        Assert.Equal("\uFFFD\uFFFDa", tokenizer.Decode([1 + 0xC3, 1 + 0xC3, tokenizer.TokenToId("a")!.Value], skipSpecialTokens: false));
    }

    [Fact]
    public void Special_tokens_are_left_out_when_asked()
    {
        var tokenizer = Tiny.Load(Tiny.ByteLevel([], ["<|end|>"]));
        var ids = tokenizer.Encode("a<|end|>b", addSpecialTokens: false);

        Assert.Equal("a<|end|>b", tokenizer.Decode(ids, skipSpecialTokens: false));
        Assert.Equal("ab", tokenizer.Decode(ids, skipSpecialTokens: true));
    }

    [Theory]
    [InlineData("null", "a b <0x41> xx x")]
    [InlineData("""{"type": "Sequence", "decoders": [{"type": "Fuse"}, {"type": "Replace", "pattern": {"String": "abx"}, "content": "!"}]}""", "ab<0x41>xxx")]
    [InlineData("""{"type": "Sequence", "decoders": [{"type": "Fuse"}, {"type": "Replace", "pattern": {"String": "xx"}, "content": "y"}]}""", "ab<0x41>yx")]
    [InlineData("""{"type": "Strip", "content": "x", "start": 0, "stop": 1}""", "ab<0x41>x")]
    [InlineData("""{"type": "Sequence", "decoders": [{"type": "Fuse"}, {"type": "Strip", "content": "x", "start": 0, "stop": 2}]}""", "ab<0x41>x")]
    [InlineData("""{"type": "Sequence", "decoders": [{"type": "ByteFallback"}, {"type": "Replace", "pattern": {"Regex": "x+"}, "content": "z"}]}""", "abAzz")]
    public void Every_decoder_gives_the_whole_in_pieces_too(string decoder, string expected)
    {
        var json = Tiny.ByteFallback();
        var vocabulary = (JsonObject)json["model"]!["vocab"]!;
        vocabulary["xx"] = vocabulary.Count;
        vocabulary["x"] = vocabulary.Count;
        var tokenizer = Tiny.With(json, "decoder", decoder);
        int[] ids = [.. new[] { "a", "b", "<0x41>", "xx", "x" }.Select(token => tokenizer.TokenToId(token)!.Value)];

        Assert.Equal(expected, tokenizer.Decode(ids, skipSpecialTokens: false));
        Assert.Equal(expected, DecoderTokenizers.Streamed(tokenizer, ids, default));
    }

    [Fact]
    public void Random_ids_decode_in_pieces_as_they_do_whole()
    {
        Tokenizer[] tokenizers = [Tiny.Load(Tiny.ByteLevel(["a b", "Ã ©"], ["<|end|>"])), Tiny.Load(Tiny.ByteFallback())];
        var ids = Gen.Choose(0, 256).ListOf().ToArbitrary();
        Prop.ForAll(ids, list => tokenizers.All(tokenizer =>
        {
            int[] array = [.. list];
            return DecoderTokenizers.Streamed(tokenizer, array, default) == tokenizer.Decode(array, skipSpecialTokens: false);
        })).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void Random_bytes_decode_as_dotnet_decodes_them()
    {
        var tokenizer = Tiny.Load(Tiny.ByteLevel([]));
        var values = Gen.Elements<byte>(0x41, 0x80, 0xBF, 0xC2, 0xE0, 0xA0, 0xED, 0x9F, 0xF0, 0x90, 0xF4, 0x8F, 0xFF).ListOf().ToArbitrary();
        Prop.ForAll(values, list =>
        {
            byte[] bytes = [.. list];
            int[] ids = [.. bytes];
            return DecoderTokenizers.Streamed(tokenizer, ids, default) == Encoding.UTF8.GetString(bytes);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Random_text_survives_encoding_and_decoding()
    {
        var tokenizer = Tiny.Load(Tiny.ByteLevel(["a b", "Ġ a", "Ã ©", "ð Ł"], ["<|end|>"]));
        var letters = Gen.Elements("a", "b", " ", "\n", "é", "中", "👍", "<|end|>", "<|", "'s", "1", "\u0301", "\u200D").ListOf().ToArbitrary();
        Prop.ForAll(letters, list =>
        {
            var text = string.Concat(list);
            return tokenizer.Decode(tokenizer.Encode(text, addSpecialTokens: true), skipSpecialTokens: false) == text;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }
}
