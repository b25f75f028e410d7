using System.Text;

namespace Atropos.Tokenizers.Tests;

public sealed class DecodedTokenBytesTests
{
    [Theory]
    [InlineData("""{"type": "WordPiece", "prefix": "##", "cleanup": true}""", "##x", "x")]
    [InlineData("""{"type": "WordPiece", "prefix": "##", "cleanup": true}""", "x", " x")]
    [InlineData("""{"type": "WordPiece", "prefix": "##", "cleanup": true}""", ".", ".")]
    [InlineData("""{"type": "Metaspace", "replacement": "▁"}""", "▁x", " x")]
    [InlineData("""{"type": "BPEDecoder", "suffix": "</w>"}""", "x</w>", "x ")]
    [InlineData("""{"type": "CTC", "pad_token": "<pad>", "word_delimiter_token": "|", "cleanup": true}""", "<pad>", "")]
    [InlineData("""{"type": "CTC", "pad_token": "<pad>", "word_delimiter_token": "|", "cleanup": true}""", "|", " ")]
    [InlineData("""{"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true}""", "Ġx", " x")]
    [InlineData("""{"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true}""", "▁x", "▁x")]
    [InlineData("""{"type": "Replace", "pattern": {"Regex": "x+"}, "content": "y"}""", "axx", "ay")]
    [InlineData("""{"type": "Strip", "content": "x", "start": 1, "stop": 1}""", "xxx", "x")]
    [InlineData("null", "x", " x")]
    [InlineData(DecoderTokenizers.Llama, "▁x", " x")]
    [InlineData("""{"type": "Sequence", "decoders": [{"type": "ByteLevel"}, {"type": "Fuse"}, {"type": "Replace", "pattern": {"String": "the"}, "content": "THE"}]}""", "Ġthe", " THE")]
    public void A_tokens_bytes_are_what_it_adds_in_the_middle_of_a_text(string decoder, string token, string expected)
    {
        Assert.Equal(expected, Encoding.UTF8.GetString(DecoderTokenizers.Load(decoder, [token]).TokenBytes(0)));
    }

    [Fact]
    public void Byte_tokens_give_their_byte()
    {
        var tokenizer = DecoderTokenizers.Load(DecoderTokenizers.Llama, ["<0xE4>", "a"], "<s>");

        Assert.Equal<byte>([0xE4], tokenizer.TokenBytes(0).ToArray());
        Assert.Equal<byte>("<s>"u8.ToArray(), tokenizer.TokenBytes(2).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.TokenBytes(3).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.TokenBytes(-1).Length);
    }

    [Fact]
    public void Bytes_side_by_side_are_the_text_behind_the_first_token()
    {
        foreach (var decoder in new[] { """{"type": "WordPiece", "prefix": "##", "cleanup": true}""", """{"type": "Metaspace", "replacement": "▁"}""", "null" })
        {
            var tokenizer = DecoderTokenizers.Load(decoder, ["a", "▁b", "##c", ".", "<0x41>"]);
            int[] ids = [0, 1, 2, 3, 4, 2];
            var bytes = ids.Skip(1).SelectMany(id => tokenizer.TokenBytes(id).ToArray()).ToArray();

            Assert.Equal("a" + Encoding.UTF8.GetString(bytes), tokenizer.Decode(ids, skipSpecialTokens: false));
        }
    }
}
